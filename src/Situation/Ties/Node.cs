using Safeconduct.Situation.Figures;

namespace Safeconduct.Situation.Ties;

/// <summary>
/// One quantity in the network: what is counted over which time and, where the words stop short of the end of that time, how far they go ("up to 10:42", "10 batches",
/// "by early afternoon"). Two claims speak of one quantity only when all of it is equal.
/// </summary>
internal sealed record Node(FigureKey Key, UpTo? UpTo = null);

/// <summary>How far a count goes that stops before the end of the time spoken of.</summary>
/// <param name="Hour">The stated hour, as minutes of the last day on the operation's clock; null where none is.</param>
/// <param name="Batches">Up to which batch, where a number of them is named.</param>
/// <param name="Words">Other words of time, in lower case.</param>
internal sealed record UpTo(int? Hour, int? Batches, string? Words)
{
    /// <summary>True where the first certainly ends no later than the second: an earlier hour, or fewer batches of the same movement.</summary>
    public static bool IsEarlier(UpTo one, UpTo other) => (one, other) switch
    {
        ({ Hour: { } a, Batches: null, Words: null }, { Hour: { } b, Batches: null, Words: null }) => a < b,
        ({ Batches: { } a, Words: null, Hour: null }, { Batches: { } b, Words: null, Hour: null }) => a < b,
        _ => false,
    };

    public override string ToString() => string.Join(
        ", ",
        new[]
        {
            Hour is { } h ? $"up to {h / 60:00}:{h % 60:00}" : null,
            Batches is { } b ? $"up to batch {Safeconduct.Statements.Shown.Number(b)}" : null,
            Words,
        }.Where(w => w is not null));
}
