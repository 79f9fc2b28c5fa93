using System.Diagnostics;
using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Bench.Agreements;

/// <summary>The log as it becomes known: delays of an hour on average, one report in twenty more than a day late, one in fifty taken back, one in fifty corrected. At the end the verdicts are held against those of the reports that stand, in order.</summary>
internal static class StreamWorkload
{
    private const long Day = 24 * Clauses.Hour;

    public static void Run(string[] args)
    {
        var log = TruceLog.Read(Logs.Of(args, 1_000_000, 30));
        var random = new Random(1);
        var updates = new List<(long At, int Order, int Kind, Happening Happening)>();
        for (var i = 0; i < log.Count; i++)
        {
            var truth = TruceLog.Happening(log[i], i + 1);
            var delay = random.Next(100) < 5 ? Day + (long)(-Math.Log(1 - random.NextDouble()) * Day) : (long)(-Math.Log(1 - random.NextDouble()) * Clauses.Hour);
            var known = truth.Early + delay;
            var fate = random.Next(100);
            if (fate < 2)
            {
                var off = truth.Early + random.Next(-7_200_000, 7_200_001);
                var first = truth with { Early = Math.Max(0, off), Late = Math.Max(0, off) };
                updates.Add((known, updates.Count, 0, first));
                updates.Add((known + 1 + (long)(random.NextDouble() * Day), updates.Count, 2, truth));
                continue;
            }

            updates.Add((known, updates.Count, 0, truth));
            if (fate < 4)
            {
                updates.Add((known + 1 + (long)(random.NextDouble() * Day), updates.Count, 1, truth));
            }
        }

        updates.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Order.CompareTo(b.Order));
        foreach (var (name, rules) in new (string, Rule[])[] { ("W1", [Clauses.W1]), ("W2", [Clauses.W2]), ("W3", [Clauses.W3]), ("all three", [Clauses.W1, Clauses.W2, Clauses.W3]) })
        {
            GC.Collect();
            var changes = 0L;
            var monitor = new AgreementMonitor(rules, 0, changed: _ => changes++);
            var ticks = new long[updates.Count];
            var processor = Machine.Processor();
            var start = Stopwatch.GetTimestamp();
            var last = start;
            for (var i = 0; i < updates.Count; i++)
            {
                var (at, _, kind, happening) = updates[i];
                monitor.Advance(at);
                switch (kind)
                {
                    case 0:
                        monitor.Insert(happening, at);
                        break;
                    case 1:
                        monitor.Withdraw(happening.Id, at);
                        break;
                    default:
                        monitor.Correct(happening.Id, happening, at);
                        break;
                }

                var now = Stopwatch.GetTimestamp();
                (ticks[i], last) = (now - last, now);
            }

            var seconds = Stopwatch.GetElapsedTime(start, last).TotalSeconds;
            var used = (Machine.Processor() - processor).TotalSeconds;
            Array.Sort(ticks);
            Machine.Line(name, $"{updates.Count:N0} updates, {seconds:N2} s (processor {used:N2} s), {updates.Count / seconds / 1e3:N0} k updates/s; median {Micros(ticks[ticks.Length / 2]):N1} us, p99 {Micros(ticks[ticks.Length * 99 / 100]):N1} us, longest {Micros(ticks[^1]) / 1000:N0} ms; {changes:N0} changes told; peak {Machine.PeakMegabytes():N0} MB");
            foreach (var rule in rules)
            {
                Machine.Line("", $"rule {rule.Id}: {Wrong(monitor, rule, updates):N0} verdicts unlike those of the final log in order, of {monitor.Verdicts(rule.Id).Count():N0}");
            }
        }
    }

    private static double Micros(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds;

    private static int Wrong(AgreementMonitor monitor, Rule rule, List<(long At, int Order, int Kind, Happening Happening)> updates)
    {
        var stands = new Dictionary<int, Happening>();
        foreach (var (_, _, kind, happening) in updates)
        {
            stands[happening.Id] = happening;
            if (kind == 1)
            {
                stands.Remove(happening.Id);
            }
        }

        var batch = new AgreementMonitor([rule], 0);
        foreach (var happening in stands.Values.OrderBy(h => h.Early).ThenBy(h => h.Id))
        {
            batch.Insert(happening, 0);
        }

        batch.Advance(monitor.Now);
        var (said, truth) = (Verdicts(monitor), Verdicts(batch));
        return truth.Count(t => said.GetValueOrDefault(t.Key) != t.Value) + said.Keys.Count(k => !truth.ContainsKey(k));

        Dictionary<long, (Verdict, long)> Verdicts(AgreementMonitor of) => of.Verdicts(rule.Id).ToDictionary(v => v.Instance, v => (v.Verdict, rule is Balance ? v.Until : 0));
    }
}
