using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Reports.Publishing;

/// <summary>
/// A correction to reports that are out already. What was published stays as it was; the erratum stands beside it and is printed in the next report. Byte layout:
/// <c>formats/publication.md</c>.
/// </summary>
/// <param name="Reports">The reference of every report it corrects, at least one.</param>
/// <param name="Text">What was wrong and what should stand there.</param>
/// <param name="Language">Of the text (BCP 47).</param>
/// <param name="On">The statement that was corrected or withdrawn, where that is the cause.</param>
/// <exception cref="RefusedException"><c>erratum.no-report</c>, <c>erratum.no-text</c>.</exception>
public sealed record Erratum(IReadOnlyList<string> Reports, string Text, string Language, Instant At, StatementId? On = null)
{
    public const string Media = "application/vnd.safeconduct.erratum+json";
    public const int LongestText = 4000;

    public IReadOnlyList<string> Reports { get; } = Reports.Count > 0 ? Reports : throw new RefusedException("erratum.no-report", "An erratum names the reports that it corrects.", "reports");

    public string Text { get; } = Text.Trim().Length is > 0 and <= LongestText ? Text : throw new RefusedException("erratum.no-text", $"Say what was wrong and what should stand there, in at most {Shown.Grouped(LongestText)} characters.", "text");

    /// <exception cref="RefusedException">It is not an erratum; the place says where.</exception>
    public static Erratum Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Documents.Open(bytes);
        var f = new Fields(document.RootElement, "erratum");
        f.Only("v", "reports", "text", "language", "at", "on");
        return new(f.MaybeTexts("reports") ?? [], f.Text("text"), f.Text("language", 35), Documents.InstantOf(f, "at"), f.MaybeText("on", 64) is { } on ? new StatementId(on) : null);
    }

    public byte[] ToBytes() => Documents.Written(json =>
    {
        JsonFields.Texts(json, "reports", Reports);
        json.WriteString("text", Text);
        json.WriteString("language", Language);
        json.WriteString("at", InstantPattern.General.Format(At));
        JsonFields.Text(json, "on", On?.Value);
    });
}
