using System.Diagnostics;
using Safeconduct.Situation.Networks;

namespace Safeconduct.Bench.Figures;

/// <summary>A claim is withdrawn, the watched ranges are read with their certificates checked; it is taken up again, and they are read once more. At the end all ranges are those of a fresh run.</summary>
internal static class UpdateWorkload
{
    private const int Updates = 20_000;
    private const int Watched = 100;

    public static void Run(string[] args)
    {
        var instance = Instance.Of(args, new Instance("tree", 1200, 100, 0, 1));
        var path = Generate.File(instance);
        try
        {
            var (network, _) = NetworkText.Read(File.ReadAllBytes(path));
            var solution = Solution.Of(network);
            var random = new Random(instance.Seed);
            var watched = Enumerable.Range(0, Watched).Select(_ => random.Next(network.QuantityCount)).ToArray();
            watched[0] = network.QuantityCount - 1;
            long sum = Read(solution, watched);
            var (update, with) = (new double[Updates], new double[Updates]);
            for (var i = 0; i < Updates; i += 2)
            {
                var claim = random.Next(network.ClaimCount);
                (update[i], with[i]) = Timed(() => solution.Withdraw(claim), () => sum += Read(solution, watched));
                (update[i + 1], with[i + 1]) = Timed(() => solution.Add(claim), () => sum += Read(solution, watched));
            }

            Machine.Line(instance.ToString(), $"{network.QuantityCount:N0} quantities, {network.ClaimCount:N0} claims; {Updates:N0} updates, {Watched} watched ranges; sum {sum}");
            Print("update alone", update);
            Print("update, watched ranges checked", with);
            var fresh = Solution.Of(network);
            var different = Enumerable.Range(0, network.QuantityCount).Count(q => solution.UncheckedRangeOf(q) != fresh.UncheckedRangeOf(q));
            Machine.Line("unlike a fresh run", $"{different:N0} ranges; peak {Machine.PeakMegabytes():N0} MB");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static long Read(Solution solution, int[] watched)
    {
        long sum = 0;
        foreach (var q in watched)
        {
            sum += solution.RangeOf(q).Low ?? 0;
        }

        return sum;
    }

    private static (double Update, double With) Timed(Action update, Action read)
    {
        var start = Stopwatch.StartNew();
        update();
        var alone = start.Elapsed.TotalMicroseconds;
        read();
        return (alone, start.Elapsed.TotalMicroseconds);
    }

    private static void Print(string what, double[] microseconds)
    {
        Array.Sort(microseconds);
        Machine.Line(what, $"median {microseconds[Updates / 2]:N1} us, p99 {microseconds[Updates * 99 / 100]:N0} us, longest {microseconds[^1]:N0} us");
    }
}
