using System.Diagnostics;
using Safeconduct.Situation.Networks;
using Safeconduct.Situation.Programmes;

namespace Safeconduct.Bench.Figures;

/// <summary>Ranges where propagation alone cannot say exact: a first whole-number point, ends proved many at once, then some one at a time.</summary>
internal static class ProgrammeWorkload
{
    private const int Rounds = 12;
    private const int Singles = 200;

    public static void Run(string[] args)
    {
        var instance = Instance.Of(args, new Instance("mix", 20, 30, 0, 1));
        var path = Generate.File(instance);
        try
        {
            var network = NetworkText.Read(File.ReadAllBytes(path)).Network;
            Machine.Line(instance.ToString(), $"{network.QuantityCount:N0} quantities, {network.RuleCount:N0} rules, {network.ClaimCount:N0} claims");
            Measure(network);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Measure(Network network)
    {
        var start = Timing.Start();
        var solution = LinearSolution.Of(network);
        Machine.Line("propagation", $"{start}");
        start = Timing.Start();
        var holds = solution.IsConsistent;
        Machine.Line("a whole-number point", $"{(holds is true ? "found" : holds is false ? "none: a contradiction is proved" : "not found")}; {start}");
        if (holds is not true)
        {
            return;
        }

        start = Timing.Start();
        for (var round = 1; round <= Rounds; round++)
        {
            var (ends, attained) = solution.ProveMany(1);
            Machine.Line(FormattableString.Invariant($"ends proved, round {round}"), $"{attained:N0} of {ends:N0}, {100.0 * attained / ends:N1} %; so far {start}");
        }

        start = Timing.Start();
        var step = Math.Max(1, network.QuantityCount / Singles);
        var (exact, outer, tighter, lines) = (0, 0, 0, new List<int>());
        for (var q = 0; q < network.QuantityCount; q += step)
        {
            var (before, after) = (solution.Propagated.UncheckedRangeOf(q), solution.RangeOf(q));
            (exact, outer) = after.IsExact ? (exact + 1, outer) : (exact, outer + 1);
            tighter += (before.Low, before.High) != (after.Low, after.High) ? 1 : 0;
            lines.AddRange(((End[])[End.Low, End.High]).Select(e => solution.ProofOf(q, e)?.Lines.Count ?? 0));
        }

        lines.Sort();
        Machine.Line("one range after another", $"{exact + outer:N0} asked for: {exact:N0} exact, {outer:N0} outer, {tighter:N0} tighter than propagation; {start}; proofs of {lines[lines.Count / 2]:N0} lines in the middle, {lines[^1]:N0} at most; peak {Machine.PeakMegabytes():N0} MB");
    }
}

/// <summary>Time by the wall and time of this process's own, since the machine may be shared.</summary>
internal readonly struct Timing
{
    private readonly long _wall;
    private readonly TimeSpan _own;

    private Timing(long wall, TimeSpan own) => (_wall, _own) = (wall, own);

    public TimeSpan Wall => Stopwatch.GetElapsedTime(_wall);

    public TimeSpan Own => OwnNow() - _own;

    public static Timing Start() => new(Stopwatch.GetTimestamp(), OwnNow());

    public override string ToString() => FormattableString.Invariant($"{Wall.TotalMilliseconds:N0} ms ({Own.TotalMilliseconds:N0} ms of processor)");

    private static TimeSpan OwnNow()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
