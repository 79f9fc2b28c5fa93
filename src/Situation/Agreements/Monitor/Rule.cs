namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>One event of a rule: a name, the places of the key at which it must agree with the trigger, and attributes it must have.</summary>
/// <param name="Where">Attributes it must have; 0: any.</param>
public sealed record Part(int Name, Same Same = Same.None, Key Where = default)
{
    /// <summary>Whether a report is one of this event.</summary>
    public bool Takes(in Happening happening) => happening.Name == Name && happening.Key.Fits(Where);
}

/// <summary>A state that one event opens and another closes. It is on at a moment when an opening at or before it was followed by no closing up to then; opened and closed in the same millisecond it is off.</summary>
public sealed record State(Part On, Part Off);

/// <summary>What adds up to a total: reports of so many more, reports of so many in all so far, or both. The total at a moment is the greater of the sum of the increments and the highest of the totals up to it. Whose it is, is said by the attributes the events must have; totals of each key are rules of their own.</summary>
public sealed record Amounts(Part? Increments, Part? Totals = null);

/// <summary>
/// A clause of an agreement as the monitor judges it. All spans are milliseconds, all ends included. What each rule means, as a formula and over all completions, stands in formats/agreement-semantics.md.
/// </summary>
/// <param name="Id">The caller's number of the rule, unique.</param>
/// <param name="Closed">Whether no report means that nothing happened, always and everywhere; else only where somebody watched.</param>
public abstract record Rule(int Id, bool Closed);

/// <summary>Each trigger has a <paramref name="By"/> with the same key between <paramref name="AtLeast"/> and <paramref name="AtMost"/> before it.</summary>
public sealed record Preceded(int Id, Part Trigger, Part By, long AtLeast, long AtMost, bool Closed = false) : Rule(Id, Closed);

/// <summary>Each trigger has a response with the same key between <paramref name="AtLeast"/> and <paramref name="AtMost"/> after it, unless an excuse comes from the trigger on until the deadline.</summary>
/// <param name="Excuse">What excuses, when it comes until the deadline and no response did.</param>
/// <param name="PausedBy">The clock to the deadline stands still while this state is on.</param>
/// <param name="LateFor">How long after the deadline a response still counts as a late one; null: always.</param>
public sealed record Answered(int Id, Part Trigger, Part Response, long AtLeast, long AtMost, Part? Excuse = null, State? PausedBy = null, long? LateFor = null, bool Closed = false) : Rule(Id, Closed);

/// <summary>The event does not happen; where <paramref name="During"/> is given, while that state is on; where <paramref name="Unless"/> is given, without it between <paramref name="AtLeast"/> and <paramref name="AtMost"/> before.</summary>
public sealed record Never(int Id, Part Event, State? During = null, Part? Unless = null, long AtLeast = 0, long AtMost = 0, bool Closed = false) : Rule(Id, Closed);

/// <summary>At no moment t does the sum of <paramref name="Plus"/> over [t - window, t] exceed that of <paramref name="Minus"/> by more than the limit.</summary>
public sealed record Balance(int Id, Part Plus, Part? Minus, long Window, long Limit, bool Closed = false) : Rule(Id, Closed);

/// <summary>The total reaches a number by a time, or (<paramref name="AtMost"/>) never exceeds it until then.</summary>
/// <param name="By">Unix milliseconds, included; null: without end.</param>
public sealed record Reach(int Id, Amounts Of, long Total, long? By = null, bool AtMost = false, bool Closed = false) : Rule(Id, Closed);

/// <summary>For every <paramref name="Each"/> of one total, <paramref name="OwedEach"/> of another are owed, within a span: tranche k opens when the first total reaches k times Each and is discharged when the second reaches k times OwedEach.</summary>
/// <param name="EitherOrder">Whichever total comes first opens the tranche, and the other one discharges it.</param>
public sealed record ForEach(int Id, Amounts Of, long Each, Amounts Owed, long OwedEach, long Within, bool EitherOrder = false, bool Closed = false) : Rule(Id, Closed);

/// <summary>The event happens between two moments, Unix milliseconds.</summary>
public sealed record Once(int Id, Part Event, long From, long Until, bool Closed = false) : Rule(Id, Closed);

/// <summary>No <paramref name="Then"/> before <paramref name="First"/> happened; where a total is given, before the total of First reached it.</summary>
/// <param name="Total">The total First has to reach; null: it has to happen once, with the same key.</param>
public sealed record Order(int Id, Amounts First, Part Then, long? Total = null, bool Closed = false) : Rule(Id, Closed);
