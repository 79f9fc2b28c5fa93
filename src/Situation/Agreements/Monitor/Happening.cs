namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>Attributes of a happening, each an interned number; 0: absent. Which attribute stands at which place is the caller's choice, the same for all names that are compared.</summary>
public readonly record struct Key(int First, int Second = 0, int Third = 0)
{
    /// <summary>The attributes at some places; 0 at the others.</summary>
    public Key Only(Same places) => new((places & Same.First) != Same.None ? First : 0, (places & Same.Second) != Same.None ? Second : 0, (places & Same.Third) != Same.None ? Third : 0);

    /// <summary>Whether every attribute that the other one gives is the same here.</summary>
    public bool Fits(Key other) => (other.First == 0 || other.First == First) && (other.Second == 0 || other.Second == Second) && (other.Third == 0 || other.Third == Third);
}

/// <summary>Places of a key that have to agree.</summary>
[Flags]
public enum Same
{
    None = 0,
    First = 1,
    Second = 2,
    Third = 4,
    All = 7,
}

/// <summary>
/// A report, as an event that happened once, at one moment that may be known only within limits. A completion of a log picks for every report one time and one amount within its limits, and for every contested one
/// whether it happened; reports are independent of each other.
/// </summary>
/// <param name="Id">The caller's number of the report; unique among those that stand, 1 or more.</param>
/// <param name="Name">What happened: an interned name.</param>
/// <param name="Early">The earliest it may have happened, Unix milliseconds.</param>
/// <param name="Late">The latest it may have happened, included; equal to <paramref name="Early"/> when the time is known exactly.</param>
/// <param name="Low">At least so many: people, vehicles, as the name says; 0 or more.</param>
/// <param name="High">At most so many; null: no upper end.</param>
/// <param name="Contested">Some readings of the record accept it, some do not.</param>
public readonly record struct Happening(int Id, int Name, Key Key, long Early, long Late, long Low = 1, long? High = 1, bool Contested = false)
{
    /// <summary>A report of one event at an exactly known time.</summary>
    public static Happening At(int id, int name, Key key, long time, long amount = 1) => new(id, name, key, time, time, amount, amount);
}

/// <summary>A time during which whoever watched would have reported every happening of one name: the absence of a report then means that nothing happened.</summary>
/// <param name="Id">The caller's number of the report on the watch; 1 or more.</param>
/// <param name="Key">What was watched; 0 at a place: all.</param>
/// <param name="From">Unix milliseconds, included.</param>
/// <param name="Until">Unix milliseconds, included.</param>
public readonly record struct Watch(int Id, int Name, Key Key, long From, long Until);
