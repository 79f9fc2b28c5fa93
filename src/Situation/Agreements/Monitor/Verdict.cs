namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>What can be said of one instance of a rule over all completions of what was reported.</summary>
public enum Verdict
{
    /// <summary>There is no such instance.</summary>
    None,

    /// <summary>Kept in every completion, as far as anything was reported.</summary>
    Kept,

    /// <summary>What was owed came after its deadline, in every completion.</summary>
    Late,

    /// <summary>Not kept in any completion; where that rests on an absence, nobody could have missed the report.</summary>
    Broken,

    /// <summary>Nothing was reported, and there is still time.</summary>
    Pending,

    /// <summary>Nothing was reported, the time is over, and nobody watched all of it: unconfirmed.</summary>
    Overdue,

    /// <summary>An excuse that the rule allows came in time, in every completion.</summary>
    Excused,

    /// <summary>Readings differ: without the contested reports it would be settled.</summary>
    Disputed,

    /// <summary>Completions differ already over the times and amounts of reports that nobody contests.</summary>
    Possible,
}

/// <summary>What may have come of an instance in some completion, all time being over.</summary>
[Flags]
internal enum Outcomes
{
    None = 0,
    Kept = 1,
    Late = 2,
    Broken = 4,
    Excused = 8,
}

/// <summary>A verdict that became another one.</summary>
/// <param name="Rule">The rule's own number.</param>
/// <param name="Instance">Which instance: the trigger's report, the tranche, or the moment at which a balance began to exceed its limit; 0 where a rule has only one.</param>
/// <param name="KnownAt">When what changed it was known, as the caller counts.</param>
public readonly record struct Change(int Rule, long Instance, Verdict Before, Verdict After, long KnownAt);

/// <summary>The verdict of one instance.</summary>
/// <param name="From">The earliest moment its window may begin, Unix milliseconds.</param>
/// <param name="Until">The latest moment its window may end; <see cref="AgreementMonitor.Ever"/>: without end.</param>
/// <param name="Provisional">Whether a report that keeps the declared lateness bound may still change it; always where none is declared.</param>
/// <param name="Low">Of a total or a sum: at least so much.</param>
/// <param name="High">Of a total or a sum: at most so much; null: no upper end.</param>
/// <param name="Witness">A report that decides it alone with the trigger, where there is one; else 0.</param>
public readonly record struct InstanceVerdict(long Instance, Verdict Verdict, long From, long Until, bool Provisional, long Low = 0, long? High = 0, int Witness = 0);

internal static class Judgement
{
    /// <summary>The verdict that follows from what is possible; the caller settles what an absence means.</summary>
    /// <param name="all">Over all completions.</param>
    /// <param name="sure">Over those with the trigger and without any other contested report; asked for only when completions differ.</param>
    public static Verdict Of(Outcomes all, Func<Outcomes> sure, Verdict absence) => all switch
    {
        Outcomes.Kept => Verdict.Kept,
        Outcomes.Late => Verdict.Late,
        Outcomes.Excused => Verdict.Excused,
        Outcomes.Broken => absence,
        _ => IsOne(sure()) ? Verdict.Disputed : Verdict.Possible,
    };

    public static bool IsOne(Outcomes outcomes) => System.Numerics.BitOperations.IsPow2((int)outcomes);
}
