using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Ties;

/// <summary>One count as a bound on one quantity, with the operation's tolerance where it was said with "about". Both ends may be missing: then it says nothing here.</summary>
internal sealed record Claimed(Node Node, CountSaid Count, long? Least, long? Most)
{
    public static Claimed Of(FigureKey key, CountSaid count, int tolerancePercent, DateTimeZone zone) =>
        new(new Node(key, UpToOf(key, count, zone)), count, count.Bound.LeastWithin(tolerancePercent), count.Bound.MostWithin(tolerancePercent));

    /// <summary>Equal times are one quantity unless words of time, a stated hour or batch numbers stop one of them short.</summary>
    private static UpTo? UpToOf(FigureKey key, CountSaid count, DateTimeZone zone)
    {
        var hour = key.Form is not CutForm.During && count.Quantity.Cut.Time.End.At is { } at ? at.ToInstant().InZone(zone).TimeOfDay : (LocalTime?)null;
        var batches = count.UpToWhichBatch is { } words ? BatchWords.NumberIn(words) : null;
        var upTo = new UpTo(
            hour is { } h ? (h.Hour * 60) + h.Minute : null,
            batches,
            Join(batches is null ? count.UpToWhichBatch : null, count.PartOfTheTime));
        return upTo is { Hour: null, Batches: null, Words: null } ? null : upTo;
    }

    private static string? Join(string? one, string? other) =>
        string.Join("; ", new[] { one, other }.Where(w => w is not null)).ToLowerInvariant() is { Length: > 0 } words ? words : null;
}
