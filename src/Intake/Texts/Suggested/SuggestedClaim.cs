namespace Safeconduct.Intake.Texts.Suggested;

/// <summary>
/// A claim as somebody who can't be trusted says a text makes it: a language model, or a form filled in elsewhere. Nothing in it is taken as it stands; see
/// <see cref="HeldToText"/>. Every part may be missing.
/// </summary>
public sealed record SuggestedClaim
{
    /// <summary>The words of the text that state the claim. Without them there is no claim.</summary>
    public string? Quote { get; init; }

    /// <summary>Where the quote is said to begin. Only ever a hint among several places where it really stands.</summary>
    public long? Offset { get; init; }

    /// <summary>The innermost speaker; null or "narrator" is the text in its own voice.</summary>
    public string? Source { get; init; }

    /// <summary>Outermost first.</summary>
    public IReadOnlyList<string> Via { get; init; } = [];

    public string? Kind { get; init; }

    public SuggestedQuantity? Quantity { get; init; }

    public string? Category { get; init; }

    public string? Harm { get; init; }

    public string? Place { get; init; }

    public SuggestedWhen? When { get; init; }

    public string? Status { get; init; }
}

/// <summary>A number as suggested. It only ever chooses among the numbers that the quote says by our own grammar.</summary>
public sealed record SuggestedQuantity(string? Words = null, decimal? Low = null, decimal? High = null)
{
    public bool IsEmpty => Words is null && Low is null && High is null;
}

/// <summary>A time as suggested: the words, and the day (2031-05-02) or month (2031-05) they are read as.</summary>
public sealed record SuggestedWhen(string? Words = null, string? Date = null)
{
    public bool IsEmpty => Words is null && Date is null;
}
