namespace Safeconduct.Intake.Texts.Proposals;

/// <summary>A stretch of the original text, in UTF-16 characters, end excluded. Never of a cleaned copy: what stands there is what was written.</summary>
public readonly record struct Span(int Start, int End)
{
    public int Length => End - Start;

    public bool Holds(Span other) => Start <= other.Start && other.End <= End;

    public bool Meets(Span other) => Start < other.End && other.Start < End;

    public string Of(string original) => original[Start..End];
}
