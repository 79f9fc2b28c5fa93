using System.Diagnostics;
using Safeconduct.Situation.Networks;

namespace Safeconduct.Bench.Figures;

/// <summary>From the file's bytes to every range; then, apart, how fast certificates are made and checked.</summary>
internal static class RangesWorkload
{
    public static void Run(string[] args)
    {
        var instance = Instance.Of(args, new Instance("tree", 1200, 100, 0, 1));
        var path = Generate.File(instance);
        try
        {
            var (start, processor) = (Stopwatch.StartNew(), Machine.Processor());
            var bytes = File.ReadAllBytes(path);
            var (network, _) = NetworkText.Read(bytes);
            var (read, readProcessor) = (start.Elapsed, Machine.Processor() - processor);
            var solution = Solution.Of(network);
            for (var q = 0; q < network.QuantityCount; q++)
            {
                solution.UncheckedRangeOf(q);
            }

            var (whole, wholeProcessor) = (start.Elapsed, Machine.Processor() - processor);
            Machine.Line(instance.ToString(), $"{network.QuantityCount:N0} quantities, {network.RuleCount:N0} rules, {network.ClaimCount:N0} claims, {bytes.Length / 1e6:N1} MB of text");
            Machine.Line("read and built", $"{read.TotalMilliseconds:N0} ms ({readProcessor.TotalMilliseconds:N0} ms of processor)");
            Machine.Line("every range", $"{(whole - read).TotalMilliseconds:N0} ms; both {whole.TotalMilliseconds:N0} ms ({wholeProcessor.TotalMilliseconds:N0} ms of processor); peak {Machine.PeakMegabytes():N0} MB");
            Ranges(network, solution);
            Steps(network, solution);
            Certificates(network, solution);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Ranges(Network network, Solution solution)
    {
        var ranges = Enumerable.Range(0, network.QuantityCount).Select(solution.UncheckedRangeOf).CountBy(r => r.Status).ToDictionary();
        Machine.Line("ranges", $"{ranges.GetValueOrDefault(RangeStatus.Exact):N0} exact, {ranges.GetValueOrDefault(RangeStatus.Outer):N0} outer, {ranges.GetValueOrDefault(RangeStatus.Conflict):N0} in conflict");
    }

    private static void Steps(Network network, Solution solution)
    {
        var start = Stopwatch.StartNew();
        var unproved = Enumerable.Range(0, network.QuantityCount).Count(q => solution.RangeOf(q) != solution.UncheckedRangeOf(q));
        Machine.Line("every proof checked, folded", $"{2 * network.QuantityCount:N0} ends in {start.Elapsed.TotalMilliseconds:N0} ms; {unproved} did not check; peak {Machine.PeakMegabytes():N0} MB");
    }

    private static void Certificates(Network network, Solution solution)
    {
        var step = Math.Max(1, network.QuantityCount / 2_000);
        var (count, lines, longest, missing) = (0, 0L, 0, 0);
        var start = Stopwatch.StartNew();
        for (var q = 0; q < network.QuantityCount; q += step)
        {
            foreach (var end in (End[])[End.Low, End.High])
            {
                var proof = solution.ProofOf(q, end);
                missing += proof is null && (end == End.Low || solution.UncheckedRangeOf(q).High is not null) ? 1 : 0;
                (count, lines, longest) = proof is null ? (count, lines, longest) : (count + 1, lines + proof.Lines.Count, Math.Max(longest, proof.Lines.Count));
            }
        }

        Machine.Line("certificates unfolded and checked", $"{count:N0} in {start.Elapsed.TotalMilliseconds:N0} ms, {count / start.Elapsed.TotalSeconds:N0}/s; {(double)lines / Math.Max(1, count):N1} lines each, longest {longest:N0}; {missing} did not check");
    }
}
