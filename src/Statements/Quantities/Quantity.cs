using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Quantities;

/// <summary>Where a count is taken: out of an area, into one, by a crossing. <see cref="Batch"/> singles out one convoy, batch or event in the words used for it ("first convoy"), so that it is never taken for the whole.</summary>
public sealed record Scope(PlaceId? From = null, PlaceId? To = null, PlaceId? Via = null, string? Batch = null);

/// <summary>Over which time a count runs.</summary>
public enum CutKind
{
    /// <summary>At one time: how many are inside, aboard, held.</summary>
    At,

    /// <summary>Between two times.</summary>
    During,

    /// <summary>A running total, from the start of the operation up to the end of the time spoken of. A later one replaces it; they are never added.</summary>
    SinceStart,
}

/// <summary>Over which time a count runs, and the time it was said of.</summary>
public sealed record Cut(CutKind Kind, TimeSpoken Time);

/// <summary>How many of a unit, in a category, for a measure, in a scope, over a time. Two quantities are the same only when all five are.</summary>
/// <param name="Group">Words that narrow the category beyond its dimensions ("critically", "from an orphanage"); a quantity with a group is a part of the one without.</param>
public sealed record Quantity(Measure Measure, Unit Unit, Category Category, Scope Scope, Cut Cut, string? Group = null);

/// <summary>A count as it stands inside a kind: unit, category and bound. Where and when come from the statement around it.</summary>
public sealed record Counted
{
    public Counted(Unit unit, Category category, Bound bound, string? group = null)
    {
        var space = unit switch
        {
            Unit.People or Unit.Bodies or Unit.Movements => CategorySpace.People,
            Unit.Vehicles or Unit.Trips => CategorySpace.Vehicles,
            Unit.Violations or Unit.Tonnes => CategorySpace.Whole,
            _ => throw new ArgumentOutOfRangeException(nameof(unit)),
        };
        if (category.Space != space)
        {
            throw new RefusedException("category.other-space", $"{unit} can't be counted in a category of {category.Space}.");
        }

        if (bound is { HasNumber: false, VagueWord: null, IsNotKnown: false })
        {
            throw new RefusedException("bound.empty", "A bound needs a low end, a high end or the word that was used; or say that the number is not known.");
        }

        (Unit, Category, Bound, Group) = (unit, category, bound, group);
    }

    public Unit Unit { get; }

    public Category Category { get; }

    public Bound Bound { get; }

    /// <inheritdoc cref="Quantity.Group"/>
    public string? Group { get; }

    /// <summary>"more than 9,500 people", "about 15 buses", "no fighters", "hundreds of people".</summary>
    public override string ToString() => $"{HowMany} {What}";

    private string HowMany => Bound switch
    {
        { Low: 0, High: 0 } => "no",
        { VagueWord: { } word } when VagueWords.Floors.ContainsKey(word) => word.EndsWith('s') ? word + " of" : word,
        { IsNotKnown: true } => "an unknown number of",
        _ => Bound.ToString(),
    };

    private string What => Unit switch
    {
        Unit.Bodies => "bodies",
        Unit.Trips => $"trips of {Category}",
        Unit.Movements => $"movements of {Category}",
        Unit.Violations => "violations",
        Unit.Tonnes => "tonnes",
        Unit.People or Unit.Vehicles => Category.ToString(),
        _ => throw new InvalidOperationException(),
    };
}
