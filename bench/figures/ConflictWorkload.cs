using System.Diagnostics;
using Safeconduct.Situation.Networks;

namespace Safeconduct.Bench.Figures;

/// <summary>The time from a network to one conflict that is a proof and from which nothing can be spared.</summary>
internal static class ConflictWorkload
{
    public static void Run(string[] args)
    {
        var instance = Instance.Of(args, new Instance("mix", 100, 100, 2, 1));
        var path = Generate.File(instance);
        try
        {
            var (network, wrong) = NetworkText.Read(File.ReadAllBytes(path));
            Machine.Line(instance.ToString(), $"{network.QuantityCount:N0} quantities, {network.RuleCount:N0} rules, {network.ClaimCount:N0} claims, {wrong.Count:N0} wrong");
            for (var i = 0; i < 3; i++)
            {
                var start = Stopwatch.StartNew();
                var solution = Solution.Of(network);
                var found = start.Elapsed;
                var conflict = solution.Conflict;
                Machine.Line("all claims", $"conflict known after {found.TotalMilliseconds:N0} ms, irreducible after {start.Elapsed.TotalMilliseconds:N0} ms: {conflict?.Claims.Count ?? 0} claims, {conflict?.Certificate.Lines.Count ?? 0} lines");
            }

            Deeper(network, wrong);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The wrong claims one at a time on top of all that are right: conflicts that span the network rather than one quantity.</summary>
    private static void Deeper(Network network, IReadOnlySet<int> wrong)
    {
        var right = new System.Collections.BitArray(network.ClaimCount, true);
        foreach (var claim in wrong)
        {
            right[claim] = false;
        }

        var (times, sizes) = (new List<double>(), new List<int>());
        foreach (var claim in wrong.Order().Take(200))
        {
            right[claim] = true;
            var solution = Solution.Of(network, right);
            var start = Stopwatch.StartNew();
            if (solution.Conflict is { } conflict)
            {
                times.Add(start.Elapsed.TotalMilliseconds);
                sizes.Add(conflict.Claims.Count);
            }

            right[claim] = false;
        }

        times.Sort();
        sizes.Sort();
        if (times.Count > 0)
        {
            Machine.Line("one wrong claim at a time", $"{times.Count} conflicts; irreducible in median {times[times.Count / 2]:N0} ms, longest {times[^1]:N0} ms; claims median {sizes[sizes.Count / 2]}, most {sizes[^1]}");
        }
    }
}
