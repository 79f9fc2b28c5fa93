namespace Safeconduct.Situation.Agreements;

/// <summary>A rule as the monitor keeps it: its instances, and what each report that comes or goes does to them.</summary>
internal abstract class Judged(Rule rule, AgreementMonitor monitor)
{
    public Rule Rule { get; } = rule;

    /// <summary>The events it looks at, each once.</summary>
    public abstract IEnumerable<Part> Parts { get; }

    protected AgreementMonitor Monitor { get; } = monitor;

    protected Reports Reports { get; } = monitor.Reports;

    protected long Now => Monitor.Now;

    /// <summary>A report of one of its events was taken up.</summary>
    public abstract void Added(int slot);

    /// <summary>A report is about to go; it still stands in its slot.</summary>
    public abstract void Removed(int slot);

    /// <summary>Time went on.</summary>
    /// <param name="from">What the time was before.</param>
    public abstract void Advanced(long from);

    /// <summary>The monitor begins: instances that no report opens.</summary>
    public abstract void Started();

    /// <summary>Somebody watched, or did not after all.</summary>
    public abstract void WatchChanged();

    public abstract IEnumerable<InstanceVerdict> Verdicts();

    public abstract InstanceVerdict? VerdictOf(long instance);

    protected void Changed(long instance, Verdict before, Verdict after) => Monitor.Tell(new Change(Rule.Id, instance, before, after, Monitor.KnownAt));
}
