namespace Safeconduct.Statements.Quantities;

/// <summary>What became of those counted. Departures, arrivals and records of arrival are different measures: arrivals may be fewer.</summary>
public enum Measure
{
    Left,
    Passed,
    Arrived,

    /// <summary>Written down on arrival by somebody, in certain places: neither departures nor all arrivals.</summary>
    Recorded,
    Aboard,
    Remaining,

    /// <summary>Named on a list, or said to want to leave: neither inside nor out.</summary>
    WishedToLeave,
    TurnedBack,
    Held,
    Killed,
    Wounded,

    /// <summary>Killed or wounded, not told apart.</summary>
    Harmed,
    Found,

    /// <summary>Taken into hospitals or other care.</summary>
    Received,
    Displaced,
    Delivered,
    Assigned,

    /// <summary>Vehicles that set out towards a place, empty or not; staff or goods sent.</summary>
    Sent,
    Burned,
    Present,
    Released,

    /// <summary>Got on after the departure was counted.</summary>
    Boarded,
    Born,

    /// <summary>Got off on the way by their own choice.</summary>
    GotOff,

    /// <summary>Moved to another vehicle on the way; a hand-over, neither lost nor new.</summary>
    Transferred,

    /// <summary>Violations of a truce, written down by whoever watched: what was not watched is not in it.</summary>
    Observed,
}
