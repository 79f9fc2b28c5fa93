using System.Diagnostics;
using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Bench.Agreements;

/// <summary>A log in order: read, judged as it comes, violations counted.</summary>
internal static class InOrderWorkload
{
    public static void Run(string[] args)
    {
        var text = Logs.Of(args, 1_000_000, 30);
        var watch = Stopwatch.StartNew();
        var log = TruceLog.Read(text);
        var read = watch.Elapsed.TotalSeconds;
        Machine.Line("read", $"{log.Count:N0} events, {text.Length / 1e6:N1} MB, {read:N2} s");
        foreach (var (name, rules) in new (string, Rule[])[] { ("W1", [Clauses.W1]), ("W2", [Clauses.W2]), ("W3", [Clauses.W3]), ("all three", [Clauses.W1, Clauses.W2, Clauses.W3]) })
        {
            GC.Collect();
            var processor = Machine.Processor();
            watch.Restart();
            var changes = 0L;
            var monitor = Judge(rules, log, _ => changes++);
            var judged = watch.Elapsed.TotalSeconds;
            var used = (Machine.Processor() - processor).TotalSeconds;
            Machine.Line(name, $"{judged:N2} s (processor {used:N2} s), {log.Count / judged / 1e6:N2} M events/s; with reading {read + judged:N2} s; {changes:N0} changes of verdict told; peak {Machine.PeakMegabytes():N0} MB");
            foreach (var rule in rules)
            {
                Machine.Line("", $"rule {rule.Id}: {Violations(monitor, rule, log)}");
            }
        }
    }

    /// <summary>The same with a lateness bound of a day: what is settled is folded, so what stands does not grow with the log.</summary>
    public static void Bounded(string[] args)
    {
        var log = TruceLog.Read(Logs.Of(args, 1_000_000, 30));
        var before = Machine.PeakMegabytes();
        foreach (var rule in new[] { Clauses.W1, Clauses.W2 })
        {
            var processor = Machine.Processor();
            var watch = Stopwatch.StartNew();
            var monitor = Judge([rule], log, lateness: 24 * Clauses.Hour);
            var folded = monitor.Folded(rule.Id).Counts;
            Machine.Line(
                FormattableString.Invariant($"rule {rule.Id}, bound of 24 h"),
                $"{watch.Elapsed.TotalSeconds:N2} s (processor {(Machine.Processor() - processor).TotalSeconds:N2} s); {monitor.Count:N0} reports stand of {log.Count:N0}; folded {folded.Values.Sum():N0} instances, {folded.GetValueOrDefault(Verdict.Kept):N0} kept, {folded.GetValueOrDefault(Verdict.Late) + folded.GetValueOrDefault(Verdict.Broken):N0} not; peak {Machine.PeakMegabytes():N0} MB, {before:N0} MB of it the log itself");
        }
    }

    public static void Dense(string[] args)
    {
        var log = TruceLog.Read(Logs.Of(args, 200_000, 1));
        for (var run = 0; run < 3; run++)
        {
            GC.Collect();
            var processor = Machine.Processor();
            var watch = Stopwatch.StartNew();
            var monitor = Judge([Clauses.W2], log);
            var judged = watch.Elapsed.TotalSeconds;
            Machine.Line("W2, dense", $"{log.Count:N0} events, {judged:N2} s (processor {(Machine.Processor() - processor).TotalSeconds:N2} s), {log.Count / judged / 1e6:N2} M events/s; {Violations(monitor, Clauses.W2, log)}; peak {Machine.PeakMegabytes():N0} MB");
        }
    }

    public static AgreementMonitor Judge(Rule[] rules, List<LogEvent> log, Action<Change>? changed = null, long? lateness = null)
    {
        var monitor = new AgreementMonitor(rules, 0, lateness, changed);
        for (var i = 0; i < log.Count; i++)
        {
            var happening = TruceLog.Happening(log[i], i + 1);
            monitor.Advance(happening.Early);
            monitor.Insert(happening, happening.Early);
        }

        return monitor;
    }

    /// <summary>Instances not kept; of a balance, the time-points of the log at which it is exceeded.</summary>
    public static string Violations(AgreementMonitor monitor, Rule rule, List<LogEvent> log)
    {
        var verdicts = monitor.Verdicts(rule.Id).ToList();
        if (rule is not Balance)
        {
            var late = verdicts.Count(v => v.Verdict == Verdict.Late);
            var witnessed = verdicts.Count(v => v.Witness != 0);
            return FormattableString.Invariant($"{late + verdicts.Count(v => v.Verdict == Verdict.Broken):N0} violations, {late:N0} of them late; {verdicts.Count:N0} instances, ids of evidence kept for {witnessed:N0}");
        }

        var (points, at) = (0, 0);
        foreach (var time in log.Select(e => e.Time * 1000L).Distinct())
        {
            while (at < verdicts.Count && verdicts[at].Until < time)
            {
                at++;
            }

            points += at < verdicts.Count && verdicts[at].From <= time ? 1 : 0;
        }

        return FormattableString.Invariant($"{points:N0} time-points, in {verdicts.Count:N0} stretches of time");
    }
}
