namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// Judges the rules of an agreement while reports come in any order, late, contested, corrected and withdrawn. It answers at any moment and waits for none: after any sequence of calls its verdicts are those of the reports
/// that stand, whatever order they came in. One delta touches the instances whose window its time lies in and no others. Not safe for several threads.
/// </summary>
public sealed partial class AgreementMonitor
{
    /// <summary>A moment that never comes.</summary>
    public const long Ever = 4_000_000_000_000_000_000;

    /// <summary>Times and spans are refused beyond this many milliseconds, either sign.</summary>
    public const long GreatestTime = 1_000_000_000_000_000;

    /// <summary>The most that one report may say of an amount.</summary>
    public const long GreatestAmount = 1_000_000_000;

    /// <summary>The most that a rule may ask for or limit.</summary>
    public const long GreatestTotal = 1_000_000_000_000;

    /// <summary>What an amount without an upper end counts in a sum: more than any rule asks for.</summary>
    internal const long Unbounded = 4_000_000_000_000;

    private readonly Dictionary<int, Judged[]> _byName = [];
    private readonly List<Judged> _rules = [];
    private readonly Dictionary<int, Watch> _watches = [];
    private readonly Action<Change>? _changed;
    private readonly List<int> _beyond = [];
    private List<Change>? _held;
    private int _foldAt = 4096;

    /// <summary>Begins with no reports.</summary>
    /// <param name="rules">What to judge; their numbers are unique.</param>
    /// <param name="from">When the agreement begins, Unix milliseconds: what may have happened before it opens no instance and adds to no total, but may answer for one.</param>
    /// <param name="lateness">How long after the earliest moment it may have happened a report may still come; null: not declared, so nothing is ever final.</param>
    /// <param name="changed">Told of every verdict that changes; those of <see cref="ForEach"/> when time goes on or somebody reads.</param>
    /// <exception cref="Statements.RefusedException">A rule cannot be judged: see the codes <c>rule.*</c>.</exception>
    public AgreementMonitor(IReadOnlyList<Rule> rules, long from, long? lateness = null, Action<Change>? changed = null)
    {
        Refusals.Rules(rules);
        (From, Lateness, _changed) = (from, lateness, changed);
        Reports = new Reports(remembers: lateness is null);
        foreach (var rule in rules)
        {
            _rules.Add(rule switch
            {
                Balance balance => new BalanceRule(balance, this),
                Reach reach => new ReachRule(reach, this),
                ForEach forEach => new ForEachRule(forEach, this),
                Order { Total: not null } order => new OrderAfterTotal(order, this),
                _ => new KeyedRule(rule, this),
            });
        }

        foreach (var named in _rules.SelectMany(r => r.Parts.Select(p => p.Name).Distinct().Select(n => (Name: n, Rule: r))).GroupBy(p => p.Name))
        {
            _byName[named.Key] = [.. named.Select(p => p.Rule)];
        }

        _rules.ForEach(r => r.Started());
    }

    /// <summary>When the agreement begins, Unix milliseconds.</summary>
    public long From { get; }

    /// <summary>How long after the earliest moment it may have happened a report may still come, in milliseconds.</summary>
    public long? Lateness { get; }

    /// <summary>Up to when time went on.</summary>
    public long Now { get; private set; } = -GreatestTime;

    /// <summary>How many reports stand.</summary>
    public int Count => Reports.Count;

    /// <summary>The reports that stand and may have happened before the agreement.</summary>
    public IReadOnlyList<int> BeforeTheAgreement() => [.. Reports.Slots.Where(s => Reports[s].Early < From).Select(s => Reports[s].Id).Order()];

    internal Reports Reports { get; }

    internal long KnownAt { get; private set; }

    /// <summary>Takes up a report.</summary>
    /// <param name="knownAt">When it was known, as the caller counts; given back with the changes.</param>
    /// <exception cref="Statements.RefusedException">Its number stands already, or it cannot be: see the codes <c>happening.*</c>.</exception>
    public void Insert(in Happening happening, long knownAt)
    {
        Refusals.Happening(happening);
        KnownAt = knownAt;
        if (Lateness is { } lateness && (happening.Early < Now - lateness || !_byName.ContainsKey(happening.Name)))
        {
            // What no rule looks at is not kept either, but it kept the bound.
            if (happening.Early < Now - lateness)
            {
                _beyond.Add(happening.Id);
            }

            return;
        }

        var slot = Reports.Add(happening, knownAt);
        if (slot < 0)
        {
            throw Refusals.Twice(happening.Id);
        }

        if (_byName.TryGetValue(happening.Name, out var rules))
        {
            foreach (var rule in rules)
            {
                Reports.Hold(slot);
                rule.Added(slot);
            }
        }
    }

    /// <summary>Takes a report back.</summary>
    /// <exception cref="Statements.RefusedException"><c>happening.unknown</c>: no report with that number stands, and no lateness bound is declared by which it may have been folded.</exception>
    public void Withdraw(int id, long knownAt)
    {
        KnownAt = knownAt;
        var slot = Reports.SlotOf(id);
        if (slot < 0)
        {
            // With a bound it may have been folded, and what is folded stays.
            if (Lateness is null)
            {
                throw Refusals.Unknown(id);
            }

            _beyond.Add(id);
            return;
        }

        if (_byName.TryGetValue(Reports[slot].Name, out var rules))
        {
            foreach (var rule in rules)
            {
                rule.Removed(slot);
            }
        }

        Reports.Remove(slot, knownAt);
    }

    /// <summary>Puts a report in the place of another one with the same number; a verdict that ends as it was is not told.</summary>
    /// <exception cref="Statements.RefusedException">As <see cref="Withdraw"/> and <see cref="Insert"/>; then nothing changed.</exception>
    public void Correct(int id, in Happening happening, long knownAt)
    {
        Refusals.Happening(happening);
        if (happening.Id != id && Reports.SlotOf(happening.Id) >= 0)
        {
            throw Refusals.Twice(happening.Id);
        }

        _held = _changed is null ? null : [];
        Withdraw(id, knownAt);
        Insert(happening, knownAt);
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        foreach (var same in held.GroupBy(c => (c.Rule, c.Instance)))
        {
            if (same.First().Before != same.Last().After)
            {
                _changed!(same.Last() with { Before = same.First().Before });
            }
        }
    }

    /// <summary>Takes up that somebody watched.</summary>
    /// <exception cref="Statements.RefusedException"><c>watch.number</c>: its number stands already; <c>watch.times</c>: it ends before it begins.</exception>
    public void Insert(in Watch watch, long knownAt)
    {
        Refusals.Watch(watch, _watches);
        KnownAt = knownAt;
        _watches.Add(watch.Id, watch);
        WatchChanged(watch.Name);
    }

    /// <summary>Takes back that somebody watched.</summary>
    /// <exception cref="Statements.RefusedException"><c>watch.unknown</c>: none with that number stands.</exception>
    public void WithdrawWatch(int id, long knownAt)
    {
        if (!_watches.Remove(id, out var watch))
        {
            throw new Statements.RefusedException("watch.unknown", "No watch with this number stands; withdraw one that does.", Refusals.Place("watch", id));
        }

        KnownAt = knownAt;
        WatchChanged(watch.Name);
    }

    /// <summary>Lets time go on, so that deadlines pass; time that lies behind already changes nothing.</summary>
    /// <param name="now">Unix milliseconds; deadlines before it have passed.</param>
    public void Advance(long now)
    {
        if (now <= Now)
        {
            return;
        }

        var from = Now;
        (Now, KnownAt) = (now, now);
        foreach (var rule in _rules)
        {
            rule.Advanced(from);
        }

        // As often as what stands has doubled: each report is looked at a bounded number of times.
        if (Lateness is not null && Reports.Count >= _foldAt)
        {
            Fold();
        }
    }

    /// <summary>Reports that came, or were taken back, later than the declared bound: that changed nothing.</summary>
    public IReadOnlyList<int> BeyondTheBound => _beyond;

    /// <summary>Folds now what is settled beyond the lateness bound: of such instances their number by verdict is kept, and the ids of those not plainly kept. Done by itself as reports pile up.</summary>
    public void Fold()
    {
        if (Lateness is { } lateness)
        {
            _rules.ForEach(r => r.Fold(Now - lateness));
            _foldAt = Math.Max(4096, 2 * Reports.Count);
        }
    }

    /// <summary>How many instances of a rule were folded, by verdict, and the ids of those that were not plainly kept.</summary>
    public (IReadOnlyDictionary<Verdict, long> Counts, IReadOnlyList<int> Ids) Folded(int rule) => (Find(rule).Folded, Find(rule).FoldedIds);

    /// <summary>The verdicts of all instances of a rule.</summary>
    public IEnumerable<InstanceVerdict> Verdicts(int rule) => Find(rule).Verdicts();

    /// <summary>The verdict of one instance; null: there is none.</summary>
    public InstanceVerdict? VerdictOf(int rule, long instance) => Find(rule).VerdictOf(instance);

    /// <summary>Why an instance has its verdict; null: there is none.</summary>
    public Proof? Explain(int rule, long instance) => Find(rule).Explain(instance);

    /// <summary>The monitor as it was when no more was known than at a time: every delta known by then, in the order it came, and its time.</summary>
    public AgreementMonitor AsKnown(long at, long now)
    {
        if (Lateness is not null)
        {
            throw new InvalidOperationException("With a lateness bound the monitor keeps what is open and no history; the record has it.");
        }

        var monitor = new AgreementMonitor([.. _rules.Select(r => r.Rule)], From);
        foreach (var (happening, stands) in Reports.Known(at))
        {
            if (stands)
            {
                monitor.Insert(happening, at);
            }
            else
            {
                monitor.Withdraw(happening.Id, at);
            }
        }

        monitor.Advance(now);
        return monitor;
    }

    internal void Tell(Change change)
    {
        if (_held is not null)
        {
            _held.Add(change);
        }
        else
        {
            _changed?.Invoke(change);
        }
    }

    internal bool IsProvisional(long until) => Lateness is not { } lateness || until >= Now - lateness;

    /// <summary>Whether every moment between two was watched for an event with a key.</summary>
    internal bool IsWatched(Part part, Key trigger, long from, long until)
    {
        if (_watches.Count == 0 || from > until)
        {
            return from > until;
        }

        var key = trigger.Only(part.Same);
        key = new Key(Either(part.Where.First, key.First), Either(part.Where.Second, key.Second), Either(part.Where.Third, key.Third));
        foreach (var watch in _watches.Values.Where(w => w.Name == part.Name && key.Fits(w.Key)).OrderBy(w => w.From))
        {
            if (from > until || watch.From > from)
            {
                break;
            }

            from = Math.Max(from, watch.Until + 1);
        }

        return from > until;

        static int Either(int one, int other) => one != 0 ? one : other;
    }

    /// <summary>
    /// How much of the time since the agreement began was watched for an event, in milliseconds, of how much. A rule that forbids and has no instance is kept as far as this goes and no further.
    /// </summary>
    /// <param name="key">What has to have been watched: attributes given here may be watched alone, all others only as a whole.</param>
    public (long Watched, long Span) Watched(int name, Key key = default)
    {
        var (watched, next) = (0L, From);
        foreach (var watch in _watches.Values.Where(w => w.Name == name && key.Fits(w.Key)).OrderBy(w => w.From))
        {
            var (from, until) = (Math.Max(next, watch.From), Math.Min(Now, watch.Until));
            if (from <= until)
            {
                watched += until - from + 1;
                next = until + 1;
            }
        }

        return (watched, Math.Max(0, Now - From + 1));
    }

    private void WatchChanged(int name)
    {
        if (_byName.TryGetValue(name, out var rules))
        {
            foreach (var rule in rules)
            {
                rule.WatchChanged();
            }
        }
    }

    private Judged Find(int rule) => _rules.Find(r => r.Rule.Id == rule) ?? throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no rule with this number.");
}
