using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Safeconduct.Situation.Networks;
using Safeconduct.Situation.Programmes;

namespace Safeconduct.Bench.Figures;

/// <summary>
/// The same network through GLPK and CBC in the same run, as CPLEX-LP text with one thread: some ends one after another (each a process of its own, so reading the text is in
/// their time and named), and the smallest set to set aside. Every optimum a peer names is checked exactly: an end against ours where ours has both proofs, a set by whether the rest holds.
/// </summary>
internal static class PeersWorkload
{
    private const int Ends = 6;
    private const int Seconds = 60;

    public static void Run(string[] args)
    {
        var instance = Instance.Of(args, new Instance("mix", 20, 30, 2, 1));
        Peer[] peers = [new Glpk(), new Cbc()];
        foreach (var absent in peers.Where(p => !p.IsHere).ToList())
        {
            Machine.Line(absent.Name, $"absent; install: apt-get install --no-install-recommends {absent.Package}");
        }

        Compare(instance with { Wrong = 0 }, OneEnds, [.. peers.Where(p => p.IsHere)]);
        Compare(instance, Asides, [.. peers.Where(p => p.IsHere)]);
    }

    private static void Compare(Instance instance, Action<Network, Peer[]> measure, Peer[] peers)
    {
        var path = Generate.File(instance);
        try
        {
            var network = NetworkText.Read(File.ReadAllBytes(path)).Network;
            Machine.Line(instance.ToString(), $"{network.QuantityCount:N0} quantities, {network.RuleCount:N0} rules, {network.ClaimCount:N0} claims");
            measure(network, peers);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void OneEnds(Network network, Peer[] peers)
    {
        var solution = LinearSolution.Of(network);
        var start = Timing.Start();
        _ = solution.IsConsistent;
        Machine.Line("ours, a first point", $"{start}");
        var chosen = Enumerable.Range(0, Ends).Select(i => network.QuantityCount / Ends * i).Where(q => solution.Propagated.UncheckedRangeOf(q).High is not null).ToList();
        start = Timing.Start();
        var ours = chosen.Select(solution.RangeOf).ToList();
        Machine.Line("ours, high ends with certificates", $"{chosen.Count} in {start}; {ours.Count(r => r.IsExact)} exact");
        foreach (var peer in peers)
        {
            var (wrong, compared, wall) = (0, 0, TimeSpan.Zero);
            foreach (var (quantity, range) in chosen.Zip(ours))
            {
                var (optimum, _, took) = peer.Solve(LpText.Greatest(network, quantity), Seconds);
                wall += took;
                compared += optimum is not null && range.IsExact ? 1 : 0;
                wrong += optimum is { } o && range.IsExact && Math.Floor(o + 1e-6) != range.High ? 1 : 0;
            }

            Machine.Line(peer.Name + ", the same ends", $"{wall.TotalMilliseconds / Math.Max(1, chosen.Count):N0} ms each, reading included; {compared} compared with ours, {wrong} wrong");
        }
    }

    private static void Asides(Network network, Peer[] peers)
    {
        _ = SetAside.Of(network);
        var start = Timing.Start();
        var ours = SetAside.Of(network);
        var own = start.Wall;
        Machine.Line("ours, smallest set", $"{ours.Weight:N0}, at least {ours.LowerBound:N0}{(ours.IsLeast ? ", proved" : "")}; {start}");
        foreach (var peer in peers)
        {
            var (optimum, set, took) = peer.Solve(LpText.Fewest(network), Seconds);
            if (optimum is not { } named)
            {
                Machine.Line(peer.Name + ", smallest set", $"no proved optimum within {Seconds} s; {took.TotalMilliseconds:N0} ms, {took / own:N1} times ours");
                continue;
            }

            var active = new BitArray(network.ClaimCount, true);
            foreach (var claim in set)
            {
                active[claim] = false;
            }

            var rest = LinearSolution.Of(network, active).IsConsistent;
            var isWrong = rest is false || set.Count != (int)Math.Round(named) || (ours.IsLeast && set.Count != ours.Weight);
            Machine.Line(peer.Name + ", smallest set", $"{named:N2}, {set.Count:N0} claims named; the rest {(rest is true ? "holds" : rest is false ? "does NOT hold" : "is not known to hold")}; {(isWrong ? "WRONG" : "right")}; {took.TotalMilliseconds:N0} ms, {took / own:N1} times ours");
        }
    }
}

/// <summary>A solver that is run as a process of its own.</summary>
internal abstract class Peer(string name, string command, string package)
{
    public string Name => name;

    public string Package => package;

    public bool IsHere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, command)));

    /// <summary>The proved optimum (null: none in time), the claims whose switch is on, and the time of the process.</summary>
    public (double? Optimum, List<int> Set, TimeSpan Took) Solve(string text, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("safeconduct-peer-");
        try
        {
            var (lp, answer) = (Path.Combine(folder.FullName, "model.lp"), Path.Combine(folder.FullName, "answer.txt"));
            File.WriteAllText(lp, text);
            var start = new ProcessStartInfo(command) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in Arguments(lp, answer, seconds))
            {
                start.ArgumentList.Add(argument);
            }

            var from = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            errors.GetAwaiter().GetResult();
            var took = Stopwatch.GetElapsedTime(from);
            var (optimum, set) = File.Exists(answer) ? Read(File.ReadAllLines(answer)) : (null, []);
            return (optimum, set, took);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    protected abstract string[] Arguments(string lp, string answer, int seconds);

    protected abstract (double? Optimum, List<int> Set) Read(string[] answer);

    protected static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>GLPK's glpsol. Its printed answer says OPTIMAL only where it proved it.</summary>
internal sealed class Glpk() : Peer("GLPK", "glpsol", "glpk-utils")
{
    protected override string[] Arguments(string lp, string answer, int seconds) => ["--lp", lp, "--tmlim", seconds.ToString(CultureInfo.InvariantCulture), "-o", answer];

    protected override (double? Optimum, List<int> Set) Read(string[] answer)
    {
        var status = answer.FirstOrDefault(l => l.StartsWith("Status:", StringComparison.Ordinal)) ?? "";
        var objective = answer.FirstOrDefault(l => l.StartsWith("Objective:", StringComparison.Ordinal)) ?? "";
        if (!status.Contains("OPTIMAL", StringComparison.Ordinal))
        {
            return (null, []);
        }

        var set = answer.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length > 3 && f[1].StartsWith('z') && f[2] == "*" && Number(f[3]) > 0.5).Select(f => int.Parse(f[1].AsSpan(1), CultureInfo.InvariantCulture)).ToList();
        return (Number(objective.Split('=')[1].Trim().Split(' ')[0]), set);
    }
}

/// <summary>COIN-OR's cbc.</summary>
internal sealed class Cbc() : Peer("CBC", "cbc", "coinor-cbc")
{
    protected override string[] Arguments(string lp, string answer, int seconds) => [lp, "-threads", "1", "-sec", seconds.ToString(CultureInfo.InvariantCulture), "-solve", "-solution", answer];

    protected override (double? Optimum, List<int> Set) Read(string[] answer)
    {
        if (answer.Length == 0 || !answer[0].StartsWith("Optimal", StringComparison.Ordinal))
        {
            return (null, []);
        }

        var set = answer.Skip(1).Select(l => l.Replace("**", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length > 2 && f[1].StartsWith('z') && Number(f[2]) > 0.5).Select(f => int.Parse(f[1].AsSpan(1), CultureInfo.InvariantCulture)).ToList();
        return (Math.Abs(Number(answer[0].Split(' ')[^1])), set);
    }
}

/// <summary>Networks as CPLEX-LP text.</summary>
internal static class LpText
{
    /// <summary>The greatest value of a quantity.</summary>
    public static string Greatest(Network network, int quantity)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Maximize\n obj: x{quantity}\nSubject To\n");
        Rules(network, text);
        text.Append("Bounds\n");
        for (var q = 0; q < network.QuantityCount; q++)
        {
            var claims = network.ClaimsOn(q).Select(network.ClaimAt).ToList();
            text.Append(CultureInfo.InvariantCulture, $" x{q} >= {claims.Max(c => c.Low) ?? 0}\n");
            if (claims.Min(c => c.High) is { } high)
            {
                text.Append(CultureInfo.InvariantCulture, $" x{q} <= {high}\n");
            }
        }

        return text.Append("End\n").ToString();
    }

    /// <summary>The fewest claims switched off, each with the least number of its own that frees it below a common ceiling.</summary>
    public static string Fewest(Network network)
    {
        var claims = Enumerable.Range(0, network.ClaimCount).Select(network.ClaimAt).ToList();
        var ceiling = (3 * claims.Max(c => Math.Max(c.Low ?? 0, c.High ?? 0))) + 1000;
        var text = new StringBuilder("Minimize\n obj:");
        for (var c = 0; c < claims.Count; c++)
        {
            text.Append(CultureInfo.InvariantCulture, $" + {claims[c].Weight} z{c}{(c % 12 == 11 ? "\n" : "")}");
        }

        text.Append("\nSubject To\n");
        Rules(network, text);
        for (var c = 0; c < claims.Count; c++)
        {
            var (quantity, low, high, _, _) = claims[c];
            text.Append(low > 0 ? string.Create(CultureInfo.InvariantCulture, $" l{c}: x{quantity} + {low} z{c} >= {low}\n") : "");
            text.Append(high is { } h ? string.Create(CultureInfo.InvariantCulture, $" u{c}: x{quantity} - {ceiling - h} z{c} <= {h}\n") : "");
        }

        text.Append("Binary\n");
        for (var c = 0; c < claims.Count; c++)
        {
            text.Append(CultureInfo.InvariantCulture, $" z{c}\n");
        }

        return text.Append("End\n").ToString();
    }

    private static void Rules(Network network, StringBuilder text)
    {
        for (var r = 0; r < network.RuleCount; r++)
        {
            var (terms, constant) = network.RuleAt(r);
            text.Append(CultureInfo.InvariantCulture, $" e{r}:");
            for (var k = 0; k < terms.Count; k++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {(terms[k].Coefficient < 0 ? '-' : '+')} {Math.Abs(terms[k].Coefficient)} x{terms[k].Quantity}{(k % 10 == 9 ? "\n" : "")}");
            }

            text.Append(CultureInfo.InvariantCulture, $" = {constant}\n");
        }
    }
}
