using NodaTime;

namespace Safeconduct.Statements.Times;

/// <summary>The time a statement speaks of: a moment or an interval, both ends included, kept as said. Instants are derived from it on the operation's clock, never stored.</summary>
public sealed record TimeSpoken
{
    public TimeSpoken(Moment start, Moment end, string? words = null)
    {
        if (end.Date < start.FirstDate || (start.At is { } a && end.At is { } b && b.ToInstant() < a.ToInstant()))
        {
            throw new RefusedException("time.end-before-start", $"The time ends ({end}) before it starts ({start}).");
        }

        Start = start;
        End = end;
        Words = words;
    }

    public Moment Start { get; }

    public Moment End { get; }

    /// <summary>The words, where they say what the calendar can't: "the morning of the 16th", "the first 24 hours".</summary>
    public string? Words { get; }

    public bool IsInterval => !Start.Equals(End);

    public static TimeSpoken At(Moment moment, string? words = null) => new(moment, moment, words);

    /// <summary>Reads a moment, or two with a slash between them; see <see cref="Moment.Parse"/>.</summary>
    /// <exception cref="RefusedException"><c>time.not-a-time</c>, <c>time.end-before-start</c>.</exception>
    public static TimeSpoken Parse(string text, string? words = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? At(Moment.Parse(text), words)
            : new TimeSpoken(Moment.Parse(text[..slash]), Moment.Parse(text[(slash + 1)..]), words);
    }

    public Instant Earliest(DateTimeZone zone) => Start.Earliest(zone);

    public Instant Latest(DateTimeZone zone) => End.Latest(zone);

    public override string ToString() => IsInterval ? $"{Start}/{End}" : Start.ToString();
}
