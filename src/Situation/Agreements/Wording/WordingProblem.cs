using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>Whether a text can't be trusted with it, or can and somebody should look.</summary>
public enum Severity
{
    Warning,
    Error,
}

/// <summary>One thing to say about the text of an agreement, at its place, with what would have been understood there.</summary>
/// <param name="Code">Dotted, lower case, never reused for another meaning: <c>agreement.unknown-place</c>.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Length">How many characters from there it is about; at least 1.</param>
/// <param name="Expected">What could have stood there; null where the message says it.</param>
/// <param name="Suggestion">What to write instead; null where nothing is near. Several ways stand on lines of their own.</param>
public sealed record WordingProblem(string Code, string Message, At At, int Length, Severity Severity, string? Expected = null, string? Suggestion = null)
{
    public Problem AsProblem()
    {
        var expected = Expected is null ? "" : $" Expected: {Expected}.";
        var suggestion = Suggestion is null ? "" : $" Write: {Suggestion.Replace("\n", " / ", StringComparison.Ordinal)}";
        return new Problem(Code, Message + expected + suggestion, $"line {Shown.Number(At.Line)}, column {Shown.Number(At.Column)}");
    }

    public override string ToString() => AsProblem().ToString();
}

/// <summary>A comment and the line it belongs to. <paramref name="Anchor"/> names that line apart from where it stands: "term 3/binds".</summary>
public sealed record WordingComment(string Anchor, bool AtLineEnd, string Words);

/// <summary>What a reader understood of a text, and everything it had to say. The agreement is null as soon as one problem is an error.</summary>
public sealed record WrittenAgreement(Agreement? Agreement, IReadOnlyList<WordingProblem> Problems, IReadOnlyList<WordingComment> Comments)
{
    public bool Understood => Agreement is not null;

    public IEnumerable<WordingProblem> Errors => Problems.Where(p => p.Severity is Severity.Error);

    public IEnumerable<WordingProblem> Warnings => Problems.Where(p => p.Severity is Severity.Warning);
}

/// <summary>A line that makes no sense from here on: the reader goes on with the next one.</summary>
internal sealed class UnreadableException(WordingProblem problem) : Exception(problem.Message)
{
    public WordingProblem Problem { get; } = problem;
}
