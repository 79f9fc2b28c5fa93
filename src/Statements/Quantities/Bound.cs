namespace Safeconduct.Statements.Quantities;

/// <summary>Which way "about" reaches. The operation's tolerance says how far.</summary>
public enum Approximation
{
    None,

    /// <summary>"about", "some", "an estimated": either way.</summary>
    EitherWay,

    /// <summary>"nearly", "almost": below only.</summary>
    Below,
}

/// <summary>
/// What was said about a number, as a bound on it: whole numbers of its unit, ends included. "More than 9,500" keeps 9,500 as the number said and remembers
/// that it is strict; <see cref="Least"/> is then 9,501. A bound is never a measured number, and a bound is not a <see cref="long"/>: it has no arithmetic.
/// </summary>
public readonly record struct Bound
{
    /// <summary>Larger counts are refused: no evacuation has them, and sums of them could overflow.</summary>
    public const long Greatest = 1_000_000_000_000;

    /// <summary>"hundreds of thousands" and its like are shorter.</summary>
    public const int LongestWord = 80;

    private Bound(long? low, long? high, bool lowIsStrict, bool highIsStrict, Approximation approximation, string? vagueWord, bool notKnown)
    {
        if (low is < 0 || high is < 0)
        {
            throw new RefusedException("bound.negative", "A count can't be below zero.");
        }

        if (low > Greatest || high > Greatest)
        {
            throw new RefusedException("bound.too-large", $"A count above {Shown.Grouped(Greatest)} is refused; check the number.");
        }

        if (low is not null && high is not null && low > high)
        {
            throw new RefusedException("bound.low-above-high", $"The low end ({Shown.Number(low.Value)}) is above the high end ({Shown.Number(high.Value)}); swap them or leave one out.");
        }

        if (highIsStrict && high is 0)
        {
            throw new RefusedException("bound.negative", "Nothing is fewer than none.");
        }

        if (low + (lowIsStrict ? 1 : 0) > high - (highIsStrict ? 1 : 0))
        {
            throw new RefusedException("bound.nothing-between", $"No whole number is {(lowIsStrict ? "more than" : "at least")} {Shown.Number(low!.Value)} and {(highIsStrict ? "fewer than" : "at most")} {Shown.Number(high!.Value)}; check the two ends.");
        }

        if (vagueWord is not null && (string.IsNullOrWhiteSpace(vagueWord) || vagueWord.Length > LongestWord))
        {
            throw new RefusedException("bound.word", $"The word used for the number is 1 to {LongestWord} characters.");
        }

        (Low, High, LowIsStrict, HighIsStrict, Approximation, VagueWord, IsNotKnown) = (low, high, lowIsStrict, highIsStrict, approximation, vagueWord, notKnown);
    }

    /// <summary>The low number as said, or null where nothing is said from below.</summary>
    public long? Low { get; }

    /// <summary>The high number as said, or null where nothing is said from above.</summary>
    public long? High { get; }

    /// <summary>"more than", "over": the number itself is excluded.</summary>
    public bool LowIsStrict { get; }

    /// <summary>"fewer than", "under".</summary>
    public bool HighIsStrict { get; }

    public Approximation Approximation { get; }

    /// <summary>"hundreds", "many": the word itself, where the number is our declared reading of it (see <see cref="VagueWords"/>) or there is none.</summary>
    public string? VagueWord { get; }

    /// <summary>Somebody said that the number is not known. That is a statement too.</summary>
    public bool IsNotKnown { get; }

    public bool IsApproximate => Approximation is not Approximation.None;

    /// <summary>A floor alone: "at least", "more than". It never sets the low end of a range where somebody gives a number.</summary>
    public bool IsFloor => Low is not null && High is null;

    public bool HasNumber => Low is not null || High is not null;

    /// <summary>The least whole number that the words allow, without tolerance; for proofs.</summary>
    public long? Least => LowIsStrict ? Low + 1 : Low;

    /// <summary>The greatest whole number that the words allow, without tolerance; for proofs.</summary>
    public long? Most => HighIsStrict ? High - 1 : High;

    public static Bound NotKnown { get; } = new(null, null, false, false, Approximation.None, null, true);

    public static Bound Exactly(long n) => new(n, n, false, false, Approximation.None, null, false);

    public static Bound AtLeast(long n) => new(n, null, false, false, Approximation.None, null, false);

    public static Bound MoreThan(long n) => new(n, null, true, false, Approximation.None, null, false);

    public static Bound UpTo(long n) => new(null, n, false, false, Approximation.None, null, false);

    public static Bound FewerThan(long n) => new(null, n, false, true, Approximation.None, null, false);

    public static Bound About(long n) => new(n, n, false, false, Approximation.EitherWay, null, false);

    public static Bound Nearly(long n) => new(n, n, false, false, Approximation.Below, null, false);

    public static Bound Between(long low, long high, bool approximate = false) =>
        new(low, high, false, false, approximate ? Approximation.EitherWay : Approximation.None, null, false);

    public static Bound Vague(string word, long? low, long? high = null) => new(low, high, false, false, Approximation.None, word, false);

    /// <summary>The general form, for readers of bytes.</summary>
    public static Bound Of(long? low, long? high, bool lowIsStrict, bool highIsStrict, Approximation approximation, string? vagueWord)
    {
        if (low is null && high is null && vagueWord is null)
        {
            throw new RefusedException("bound.empty", "A bound needs a low end, a high end or the word that was used; or say that the number is not known.");
        }

        return new(low, high, lowIsStrict && low is not null, highIsStrict && high is not null, approximation, vagueWord, false);
    }

    /// <summary>Low end with the operation's tolerance in per cent: what "about 8,500" allows.</summary>
    public long? LeastWithin(int tolerancePercent) => IsApproximate && Low is { } low ? low - (low * tolerancePercent / 100) : Least;

    /// <summary>High end with the operation's tolerance in per cent. "Nearly" does not reach upwards.</summary>
    public long? MostWithin(int tolerancePercent) =>
        Approximation is Approximation.EitherWay && High is { } high ? high + (high * tolerancePercent / 100) : Most;

    /// <summary>The bound in words: "more than 9,500", "about 8,500", "80,000 to 100,000", "none", "not known".</summary>
    public override string ToString() => this switch
    {
        { IsNotKnown: true } => "not known",
        { VagueWord: { } word } => word,
        { Low: 0, High: 0 } => "none",
        { Low: { } n, High: { } m } when n == m => $"{Nearness}{Said(n)}",
        { Low: { } n, High: { } m, LowIsStrict: false, HighIsStrict: false } => $"{Nearness}{Said(n)} to {Said(m)}",
        { Low: { } n, High: { } m } => $"{Floor(n)} and {Ceiling(m)}",
        { Low: { } n } => Floor(n),
        { High: { } m } => Ceiling(m),
        _ => "no number",
    };

    private string Nearness => Approximation switch
    {
        Approximation.None => "",
        Approximation.EitherWay => "about ",
        Approximation.Below => "nearly ",
        _ => throw new InvalidOperationException(),
    };

    private string Floor(long n) => $"{(LowIsStrict ? "more than" : "at least")} {Nearness}{Said(n)}";

    private string Ceiling(long m) => $"{(HighIsStrict ? "fewer than" : "up to")} {Nearness}{Said(m)}";

    private static string Said(long n) => Shown.Grouped(n);
}

/// <summary>Words that stand for a number, and the floor we declare for each. The word is what was said; the number is only our reading, the same for every operation.</summary>
public static class VagueWords
{
    public static IReadOnlyDictionary<string, long> Floors { get; } = new Dictionary<string, long>(StringComparer.Ordinal)
    {
        ["some"] = 1,
        ["several"] = 3,
        ["tens"] = 20,
        ["dozens"] = 24,
        ["several tens"] = 30,
        ["several dozen"] = 36,
        ["scores"] = 40,
        ["hundreds"] = 200,
        ["several hundred"] = 300,
        ["thousands"] = 2_000,
        ["several thousand"] = 3_000,
        ["tens of thousands"] = 20_000,
        ["hundreds of thousands"] = 200_000,
        ["millions"] = 2_000_000,
    };
}
