using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Tests.Core.Situation.Agreements.Monitor;

/// <summary>Rules and short logs drawn by seed. Names: 1 opens instances or adds, 2 answers or is a total, 3 excuses or takes away, 4 and 5 switch a state.</summary>
internal sealed class RandomTruce
{
    private readonly Random _random;
    private readonly bool _exact;

    public RandomTruce(int seed, bool exact, int reports, long greatest = long.MaxValue)
    {
        (_random, _exact) = (new Random(seed), exact);
        Kind = seed % 10;
        Rule = Draw();
        do
        {
            Log = [.. Enumerable.Range(1, 1 + _random.Next(reports)).Select(Report)];
        }
        while (Completions.Count(Log) > greatest);

        From = _random.Next(4) == 0 ? 3 : 0;
        Now = _random.Next(3) == 0 ? _random.Next(20) : 45;
        Watches = exact ? [] : [.. Enumerable.Range(1, _random.Next(3)).Select(i => new Watch(i, 1 + _random.Next(4), _random.Next(2) == 0 ? default : new Key(1 + _random.Next(2)), -20 + _random.Next(25), 5 + _random.Next(50)))];
    }

    public int Kind { get; }

    public Rule Rule { get; }

    public List<Happening> Log { get; }

    public IReadOnlyList<Watch> Watches { get; }

    public long From { get; }

    public long Now { get; }

    /// <summary>The final log in one call a report.</summary>
    public AgreementMonitor Straight(Action<Change>? changed = null)
    {
        var monitor = new AgreementMonitor([Rule], From, changed: changed);
        Log.ForEach(h => monitor.Insert(h, 0));
        foreach (var watch in Watches)
        {
            monitor.Insert(watch, 0);
        }

        monitor.Advance(Now);
        return monitor;
    }

    /// <summary>The same log by detours: in another order, some reports first otherwise and then corrected, some that do not stand in the end, time going on meanwhile.</summary>
    public AgreementMonitor Detour(Action<Change>? changed = null)
    {
        var monitor = new AgreementMonitor([Rule], From, changed: changed);
        var steps = new List<(int Order, Action Step)>();
        foreach (var report in Log)
        {
            var at = _random.Next(1000);
            if (_random.Next(3) == 0)
            {
                var other = Report(report.Id);
                steps.Add((at, () => monitor.Insert(other, at)));
                steps.Add((at + 1 + _random.Next(1000), () => monitor.Correct(report.Id, report, at)));
            }
            else
            {
                steps.Add((at, () => monitor.Insert(report, at)));
            }
        }

        for (var i = 0; i < 4; i++)
        {
            var (at, gone) = (_random.Next(1000), Report(100 + i));
            steps.Add((at, () => monitor.Insert(gone, at)));
            steps.Add((at + 1 + _random.Next(1000), () => monitor.Withdraw(gone.Id, at)));
            var now = _random.Next((int)Now + 1);
            steps.Add((_random.Next(2000), () => monitor.Advance(now)));
        }

        foreach (var watch in Watches)
        {
            var at = _random.Next(2000);
            steps.Add((at, () => monitor.Insert(watch, at)));
        }

        var extra = new Watch(50, 2, default, 0, 40);
        steps.Add((300, () => monitor.Insert(extra, 0)));
        steps.Add((800, () => monitor.WithdrawWatch(50, 0)));
        foreach (var (_, step) in steps.OrderBy(s => s.Order))
        {
            step();
        }

        monitor.Advance(Now);
        return monitor;
    }

    private Rule Draw()
    {
        var closed = _exact || _random.Next(2) == 0;
        var (a, b) = (_random.Next(3), _random.Next(8));
        (a, b) = (Math.Min(a, b), Math.Max(a, b));
        var same = (Same)_random.Next(4);
        var state = new State(new(4, (Same)_random.Next(4)), new(5, Same.None));
        state = state with { Off = state.Off with { Same = state.On.Same } };
        var amounts = _random.Next(3) switch { 0 => new Amounts(new(1)), 1 => new Amounts(new(1), new Part(2)), _ => new Amounts(null, new Part(2)) };
        return Kind switch
        {
            0 => new Preceded(1, new(1), new(2, same), a, b, closed),
            1 => new Answered(1, new(1), new(2, same), a, b, LateFor: Maybe(), Closed: closed),
            2 => new Answered(1, new(1), new(2, same), a, b, Excuse: new(3, (Same)_random.Next(4)), LateFor: Maybe(), Closed: closed),
            3 when _exact => new Answered(1, new(1, Where: new(1)), new(2, same, new(2)), a, b, Closed: closed),
            3 => new Answered(1, new(1), new(2, same), a, b, Excuse: _random.Next(2) == 0 ? null : new(3), PausedBy: state, Closed: closed),
            4 => new Never(1, new(1), _random.Next(2) == 0 ? null : state, _random.Next(2) == 0 ? null : new(2, same), a, b, closed),
            5 => new Balance(1, new(1), _random.Next(3) == 0 ? null : new(3), b, _random.Next(6), closed),
            6 => new Reach(1, amounts, 1 + _random.Next(8), _random.Next(3) == 0 ? null : _random.Next(15), _random.Next(2) == 0, closed),
            7 => new ForEach(1, amounts, 1 + _random.Next(4), new(new(3)), 1 + _random.Next(4), b, _random.Next(2) == 0, closed),
            8 => new Safeconduct.Situation.Agreements.Monitor.Once(1, new(1), 2 + a, 2 + a + b, closed),
            _ => new Order(1, _random.Next(2) == 0 ? new(new(2, same)) : new(new(2), new Part(3)), new(1), null, closed) is { First.Totals: not null } order ? order with { Total = 1 + _random.Next(6) } : new Order(1, new(new(2, same)), new(1), null, closed),
        };

        long? Maybe() => _random.Next(2) == 0 ? null : _random.Next(5);
    }

    private Happening Report(int id)
    {
        var early = (long)_random.Next(16);
        var low = 1L + _random.Next(3);
        var late = _exact || _random.Next(2) == 0 ? early : early + _random.Next(5);
        var high = _exact || _random.Next(2) == 0 ? low : low + _random.Next(2);
        var name = _random.Next(2) == 0 ? 1 + _random.Next(2) : 1 + _random.Next(5);
        return new Happening(id, name, new Key(1 + _random.Next(2), 1 + _random.Next(2)), early, late, low, high, !_exact && _random.Next(4) == 0);
    }
}
