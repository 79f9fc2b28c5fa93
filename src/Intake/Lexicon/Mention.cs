using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Lexicons;

/// <summary>What a mention of a number is for.</summary>
public enum MentionUse : byte
{
    /// <summary>May count people, vehicles or anything else that the next words name.</summary>
    Count,

    /// <summary>Of hours, kilometres, per cent, money, an age; its noun follows, or its mark stands before it.</summary>
    Measure,

    /// <summary>Part of a date, a year, a clause or resolution number, a score, the name of a weapon or a road.</summary>
    Name,
}

/// <summary>A number in a text with the words that bound it: "more than 9,500", "between 30 and 40", "hundreds of". Positions are lexemes, end excluded.</summary>
/// <param name="From">Where the words that bound it start.</param>
/// <param name="NumberAt">Where the number itself starts.</param>
/// <param name="To">The lexeme after it, and after the words behind it that bound it ("or more").</param>
/// <param name="IsFurther">"eight more", "another eight": beside what was counted, never inside it.</param>
/// <param name="IsShared">The words that bound it stand at the number before: "at least 12 killed and 30 wounded".</param>
/// <param name="IsInNoun">The number is the form of its noun, an Arabic dual: the noun stands at <paramref name="NumberAt"/>.</param>
public readonly record struct Mention(
    int From,
    int NumberAt,
    int To,
    decimal? Low,
    decimal? High,
    bool LowIsStrict,
    bool HighIsStrict,
    Approximation Approximation,
    string? VagueWord,
    MentionUse Use,
    bool IsFurther,
    bool IsShared = false,
    bool IsInNoun = false)
{
    public bool Says(decimal? number) => number is not null && (Low == number || High == number);

    /// <summary>As a bound on a count; null where the number is no whole number, or one that no count has.</summary>
    public Bound? AsBound() => Whole(Low) && Whole(High) && !(HighIsStrict && High == 0)
        ? Bound.Of((long?)Low, (long?)High, LowIsStrict, HighIsStrict, Approximation, VagueWord)
        : null;

    private static bool Whole(decimal? n) => n is null || (decimal.Truncate(n.Value) == n && n <= Bound.Greatest);
}
