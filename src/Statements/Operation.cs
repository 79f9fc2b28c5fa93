using NodaTime;
using Safeconduct.Statements.Places;

namespace Safeconduct.Statements;

/// <summary>What an operation declares before anything is said: its name, the clock its times are read on, how far "about" reaches, its places.</summary>
public sealed record Operation
{
    /// <summary>"About" reaches this far in per cent, unless the charter says otherwise.</summary>
    public const int UsualTolerancePercent = 10;

    public Operation(string name, DateTimeZone zone, Gazetteer gazetteer, int tolerancePercent = UsualTolerancePercent)
    {
        if (tolerancePercent is < 0 or > 50)
        {
            throw new RefusedException("operation.tolerance", "The tolerance of 'about' is 0 to 50 per cent.");
        }

        (Name, Zone, Gazetteer, TolerancePercent) = (name, zone, gazetteer, tolerancePercent);
    }

    public string Name { get; private init; }

    public DateTimeZone Zone { get; private init; }

    public Gazetteer Gazetteer { get; private init; }

    public int TolerancePercent { get; }

    /// <summary>How long the way usually takes from departure to arrival; null where the operation does not say. Without it nobody is ever called overdue.</summary>
    /// <exception cref="RefusedException"><c>operation.usual-travel</c>.</exception>
    public Duration? UsualTravel
    {
        get;
        init => field = value is null || (value > Duration.Zero && value <= Duration.FromDays(30))
            ? value
            : throw new RefusedException("operation.usual-travel", "The usual travel time is 1 minute to 30 days (43,200 minutes).");
    }

    /// <summary>How long after the time spoken of nothing about a convoy leaves the room.</summary>
    /// <exception cref="RefusedException"><c>operation.release-delay</c>.</exception>
    public Duration ReleaseDelay
    {
        get;
        init => field = value >= Duration.Zero && value <= Duration.FromDays(30)
            ? value
            : throw new RefusedException("operation.release-delay", "The delay before release is 0 minutes to 30 days (43,200 minutes).");
    } = Duration.FromHours(24);

    /// <summary>In public a count of people below this that nobody published is given as "fewer than" it. Practice goes no lower than 3.</summary>
    /// <exception cref="RefusedException"><c>operation.small-cells</c>.</exception>
    public int SmallCellsBelow
    {
        get;
        init => field = value is >= 3 and <= 100
            ? value
            : throw new RefusedException("operation.small-cells", "Counts of people are covered in public below a number from 3 to 100.");
    } = 5;

    /// <summary>In public a position is given on a grid of this many degrees, and no finer.</summary>
    /// <exception cref="RefusedException"><c>operation.position-grid</c>.</exception>
    public double PositionGridDegrees
    {
        get;
        init => field = value is >= 0.01 and <= 5
            ? value
            : throw new RefusedException("operation.position-grid", "The grid of public positions is 0.01 to 5 degrees.");
    } = 0.1;

    /// <summary>Whether observers may count fighters as "of those above". Off unless the operation says so.</summary>
    public bool FightersTallied { get; init; }

    /// <summary>The same declarations under another name, or read on another clock.</summary>
    public Operation Called(string name, DateTimeZone zone) => this with { Name = name, Zone = zone };

    /// <summary>The same declarations with other places, or with theirs drawn elsewhere.</summary>
    public Operation In(Gazetteer places) => this with { Gazetteer = places };
}
