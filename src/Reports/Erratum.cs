using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Reports;

/// <summary>A correction to reports that are out already. What was published stays as it was; the erratum is printed in the next report and stands beside the old ones.</summary>
/// <param name="Reports">The reference of every report it corrects, at least one.</param>
/// <param name="Text">What was wrong and what should stand there.</param>
/// <param name="Language">Of the text (BCP 47).</param>
/// <param name="On">The statement that was corrected or withdrawn, where that is the cause.</param>
/// <exception cref="RefusedException"><c>erratum.no-report</c>, <c>erratum.no-text</c>.</exception>
public sealed record Erratum(IReadOnlyList<string> Reports, string Text, string Language, Instant At, StatementId? On = null)
{
    public const int LongestText = 4000;

    public IReadOnlyList<string> Reports { get; } = Reports.Count > 0 ? Reports : throw new RefusedException("erratum.no-report", "An erratum names the reports that it corrects.", "reports");

    public string Text { get; } = Text.Trim().Length is > 0 and <= LongestText ? Text : throw new RefusedException("erratum.no-text", $"Say what was wrong and what should stand there, in at most {Shown.Grouped(LongestText)} characters.", "text");
}
