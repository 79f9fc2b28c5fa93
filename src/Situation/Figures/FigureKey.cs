using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Figures;

/// <summary>What is counted, whatever the time: the same series has one figure for each cut.</summary>
/// <param name="Area">The area left, or the place spoken of; null where none is named.</param>
/// <param name="To">Where to, only where that makes it another quantity: see <see cref="Destinations"/>.</param>
/// <param name="Batch">One convoy or batch, as <see cref="BatchWords"/> reads it; null for all.</param>
internal sealed record Series(Measure Measure, Unit Unit, Category Category, string? Group, PlaceId? Area, PlaceId? To, string? Batch)
{
    /// <summary>By way of which crossing or route, only where one source counts departures from the area by several: see <see cref="Crossings"/>.</summary>
    public PlaceId? Via { get; init; }
}

internal enum CutForm
{
    /// <summary>A running total up to the end of a day, or a count over exactly the same days.</summary>
    Total,

    /// <summary>A count over days that no running total covers.</summary>
    During,

    /// <summary>How many there are on a day.</summary>
    At,

    /// <summary>The latest total of each source, once departures are over as far as is said.</summary>
    Closing,
}

internal sealed record FigureKey(Series Series, CutForm Form, LocalDate Start, LocalDate End);
