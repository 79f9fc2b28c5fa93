namespace Safeconduct.Situation.Agreements.Monitor;

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

    /// <summary>Instances that were folded, by verdict.</summary>
    public Dictionary<Verdict, long> Folded { get; } = [];

    /// <summary>Which of the folded instances were not plainly kept.</summary>
    public List<int> FoldedIds { get; } = [];

    /// <summary>Folds what no report that keeps the lateness bound can change; totals need all their reports and fold nothing.</summary>
    /// <param name="horizon">No report of a moment before it comes any more.</param>
    public virtual void Fold(long horizon)
    {
    }

    /// <summary>Why an instance has its verdict; null: there is none.</summary>
    public abstract Proof? Explain(long instance);

    /// <summary>A proof with what every rule says of an instance.</summary>
    protected Proof Proved(InstanceVerdict said, Coverage absence, IEnumerable<int> deciding, IEnumerable<int>? counted = null, IEnumerable<int>? nearest = null) => new(
        Rule.Id, said.Instance, said.Verdict, said.From, said.Until, [.. deciding.Order()], [.. (counted ?? []).Order()], [.. (nearest ?? []).Order()],
        said.Verdict == Verdict.Broken ? absence : said.Verdict is Verdict.Overdue or Verdict.Pending ? Coverage.Unwatched : Coverage.NotNeeded, said.Low, said.High);

    protected void Changed(long instance, Verdict before, Verdict after) => Monitor.Tell(new Change(Rule.Id, instance, before, after, Monitor.KnownAt));
}
