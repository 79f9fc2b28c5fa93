using System.Diagnostics;
using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Bench.Agreements;

/// <summary>A million departures of one side and of the other, a thousand tranches; then corrections by one person and questions about one tranche.</summary>
internal static class ReciprocityWorkload
{
    private const int Departures = 1_000_000;
    private const int Corrections = 100_000;
    private const long Span = 30 * 24 * Clauses.Hour;

    public static void Run(string[] args)
    {
        var random = new Random(1);
        var happenings = new Happening[Departures];
        for (var i = 0; i < Departures; i++)
        {
            happenings[i] = Happening.At(i + 1, 1 + (i % 2), default, (i * (Span / Departures)) + random.Next(2000), random.Next(1, 60));
        }

        var each = happenings.Where(h => h.Name == 1).Sum(h => h.Low) / 1000;
        var changes = 0L;
        var monitor = new AgreementMonitor([new ForEach(1, new(new Part(1)), each, new(new Part(2)), each, 1 * Clauses.Hour, Closed: true)], 0, changed: _ => changes++);
        var watch = Stopwatch.StartNew();
        foreach (var happening in happenings)
        {
            monitor.Insert(happening, 0);
        }

        Machine.Line("load", $"{Departures:N0} departures, {watch.Elapsed.TotalSeconds:N2} s");
        watch.Restart();
        monitor.Advance(Span * 2);
        Machine.Line("every tranche", $"{monitor.Verdicts(1).Count():N0} tranches, {monitor.Verdicts(1).Count(v => v.Verdict == Verdict.Late):N0} late; {watch.Elapsed.TotalMilliseconds:N1} ms; {changes:N0} changes");
        var (correct, ask) = (new double[Corrections], new double[Corrections]);
        for (var i = 0; i < Corrections; i++)
        {
            var at = random.Next(Departures);
            happenings[at] = happenings[at] with { Low = happenings[at].Low + 1, High = happenings[at].Low + 1 };
            var start = Stopwatch.GetTimestamp();
            monitor.Correct(at + 1, happenings[at], i);
            correct[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            start = Stopwatch.GetTimestamp();
            _ = monitor.VerdictOf(1, 1 + random.Next(1000));
            ask[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(correct);
        Array.Sort(ask);
        Machine.Line("a correction", $"median {correct[Corrections / 2]:N1} us, p99 {correct[Corrections * 99 / 100]:N1} us");
        Machine.Line("one tranche asked after it", $"median {ask[Corrections / 2]:N1} us, p99 {ask[Corrections * 99 / 100]:N1} us");
        watch.Restart();
        var tranches = monitor.Verdicts(1).Count();
        Machine.Line("every tranche after all", $"{tranches:N0} tranches, {watch.Elapsed.TotalMilliseconds:N1} ms; peak {Machine.PeakMegabytes():N0} MB");
    }
}
