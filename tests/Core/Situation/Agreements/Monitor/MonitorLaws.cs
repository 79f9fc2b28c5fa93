using System.Globalization;
using Safeconduct.Situation.Agreements.Monitor;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Agreements.Monitor;

/// <summary>What holds of the monitor on any log: random rules and short logs by seed.</summary>
public sealed class MonitorLaws
{
    private const int Exact = 10_000;
    private const int Limited = 6_000;

    [Fact]
    public void At_exact_times_the_monitor_says_what_the_logic_says_whatever_the_order_of_arrival()
    {
        var (violated, kept) = (0, 0);
        for (var seed = 0; seed < Exact; seed++)
        {
            var truce = new RandomTruce(seed, exact: true, reports: 10);
            var monitor = truce.Detour();
            monitor.Advance(60);
            var verdicts = monitor.Verdicts(1).ToList();
            if (truce.Rule is Balance)
            {
                for (var t = truce.From; t <= 60; t++)
                {
                    var said = verdicts.Exists(v => v.From <= t && v.Until >= t);
                    Assert.True(said == Translation.Violation(truce.Rule).Holds(Counted(truce), t, Values(default)), $"{seed}: at {t}");
                    (violated, kept) = said ? (violated + 1, kept) : (violated, kept + 1);
                }

                continue;
            }

            var endless = truce.Rule is Reach { By: null };
            Assert.True(verdicts.TrueForAll(v => v.Verdict is Verdict.Kept or Verdict.Late or Verdict.Broken or Verdict.Excused || (endless && v.Verdict == Verdict.Pending)), $"{seed}: not settled");
            foreach (var verdict in verdicts)
            {
                var said = verdict.Verdict is Verdict.Late or Verdict.Broken or Verdict.Pending;
                Assert.True(said == Violated(truce, verdict.Instance), $"{seed}: {truce.Rule} instance {verdict.Instance} is {verdict.Verdict}: {Translation.Print(truce.Rule)}");
                (violated, kept) = said ? (violated + 1, kept) : (violated, kept + 1);
            }
        }

        Assert.True(violated > 5_000 && kept > 5_000, $"{violated} violated, {kept} kept: too few to say anything");
    }

    [Fact]
    public void Over_limits_of_time_and_amount_and_contested_reports_the_monitor_says_what_every_completion_says()
    {
        var met = new Dictionary<(int, Verdict), int>();
        for (var seed = 0; seed < Limited; seed++)
        {
            var truce = new RandomTruce(seed, exact: false, reports: 5, greatest: 2_000);
            var truth = new Completions([truce.Rule], truce.Log, truce.Watches, truce.From, truce.Now).Verdicts(truce.Rule);
            foreach (var monitor in (AgreementMonitor[])[truce.Straight(), truce.Detour()])
            {
                var said = Said(truce, monitor);
                Assert.True(said.Count == truth.Count && said.All(s => truth.GetValueOrDefault(s.Key) == s.Value),
                    $"{seed}: {truce.Rule}, now {truce.Now}, from {truce.From}\nmonitor {Shown(said)}\nby brute force {Shown(truth)}\n{string.Join('\n', truce.Log)}\n{string.Join('\n', truce.Watches)}");
            }

            foreach (var verdict in truth.Values)
            {
                met[(truce.Kind, verdict)] = met.GetValueOrDefault((truce.Kind, verdict)) + 1;
            }
        }

        Assert.True(met.Count >= 45, string.Join(", ", met));
    }

    [Fact]
    public void A_verdict_under_a_paused_clock_is_that_of_every_completion()
    {
        var settled = 0;
        for (var seed = 3; seed < 4 * Limited; seed += 10)
        {
            var truce = new RandomTruce(seed, exact: false, reports: 5, greatest: 2_000);
            var completions = new Completions([truce.Rule], truce.Log, truce.Watches, truce.From, truce.Now);
            foreach (var verdict in truce.Straight().Verdicts(1).Where(v => v.Verdict is not (Verdict.Disputed or Verdict.Possible)))
            {
                var trigger = truce.Log.Find(h => h.Id == verdict.Instance);
                var outcomes = completions.Outcomes(truce.Rule, trigger);
                var said = verdict.Verdict is Verdict.Pending or Verdict.Overdue ? Verdict.Broken : verdict.Verdict;
                Assert.True(outcomes.SetEquals([said]), $"{seed}: {truce.Rule} {verdict} but {string.Join(',', outcomes)}\n{string.Join('\n', truce.Log)}");
                settled++;
            }
        }

        Assert.True(settled > 500, string.Create(CultureInfo.InvariantCulture, $"{settled} settled: too few"));
    }

    [Fact]
    public void The_changes_told_add_up_to_the_verdicts_and_what_was_known_can_be_seen_again()
    {
        for (var seed = 0; seed < Limited; seed++)
        {
            var truce = new RandomTruce(seed, exact: seed % 2 == 0, reports: 8);
            var told = new Dictionary<long, Verdict>();
            var monitor = truce.Detour(change =>
            {
                Assert.True(told.GetValueOrDefault(change.Instance) == change.Before && change.Before != change.After, $"{seed}: {change}");
                told[change.Instance] = change.After;
            });
            var verdicts = monitor.Verdicts(1).ToDictionary(v => v.Instance, v => v.Verdict);
            Assert.Equal(verdicts.OrderBy(v => v.Key), told.Where(t => t.Value != Verdict.None).OrderBy(t => t.Key));
            Assert.True(monitor.Verdicts(1).SequenceEqual(truce.Straight().Verdicts(1)), $"{seed}: another order, another answer");
            if (truce.Watches.Count == 0)
            {
                Assert.True(monitor.Verdicts(1).SequenceEqual(monitor.AsKnown(long.MaxValue, truce.Now).Verdicts(1)), $"{seed}: what was known reads differently");
            }
        }
    }

    [Fact]
    public void Every_proof_checks_alone_and_none_of_its_reports_can_be_spared_and_a_changed_one_is_refused()
    {
        var (proofs, refused) = (0, 0);
        for (var seed = 0; seed < Limited; seed++)
        {
            var truce = new RandomTruce(seed, exact: seed % 3 == 0, reports: 8);
            var monitor = truce.Detour();
            var checker = new ProofChecker([truce.Rule], truce.Log, truce.Watches, truce.From, truce.Now);
            foreach (var said in monitor.Verdicts(1))
            {
                var proof = monitor.Explain(1, said.Instance)!;
                var shown = $"{seed}: {truce.Rule} now {truce.Now} from {truce.From}\n{proof} of {string.Join(',', proof.Deciding)}; {string.Join(',', proof.Counted)}\n{string.Join('\n', truce.Log)}\n{string.Join('\n', truce.Watches)}";
                Assert.True(proof.Verdict == said.Verdict && checker.Checks(proof), "does not check " + shown);
                Assert.True(checker.IsMinimal(proof), "not minimal " + shown);
                proofs++;
                foreach (var verdict in Enum.GetValues<Verdict>().Where(v => v != said.Verdict))
                {
                    Assert.False(checker.Checks(proof with { Verdict = verdict }), "another verdict checks " + shown);
                }

                foreach (var id in proof.Deciding)
                {
                    Assert.False(checker.Checks(proof with { Deciding = [.. proof.Deciding.Where(d => d != id)] }), "checks with less " + shown);
                    refused++;
                }

                Assert.False(checker.Checks(proof with { Deciding = [.. proof.Deciding, 999] }), "an unknown report checks " + shown);
                if (truce.Rule is Balance or Reach or Order { Total: not null })
                {
                    Assert.False(checker.Checks(proof with { Low = proof.Low + 1 }), "another total checks " + shown);
                }
            }
        }

        Assert.True(proofs > 5_000 && refused > 5_000, string.Create(CultureInfo.InvariantCulture, $"{proofs} proofs, {refused} refused: too few"));
    }

    [Fact]
    public void What_is_folded_behind_the_lateness_bound_was_what_it_would_have_stayed()
    {
        var (folded, standing) = (0L, 0L);
        for (var seed = 0; seed < Limited; seed++)
        {
            var truce = new RandomTruce(seed, exact: seed % 2 == 0, reports: 12);
            var bounded = new AgreementMonitor([truce.Rule], truce.From, lateness: 3);
            var whole = new AgreementMonitor([truce.Rule], truce.From);
            foreach (var report in truce.Log.OrderBy(h => h.Early + (h.Id % 4)))
            {
                foreach (var monitor in (AgreementMonitor[])[bounded, whole])
                {
                    monitor.Advance(report.Early + (report.Id % 4));
                    monitor.Insert(report, 0);
                }

                bounded.Fold();
            }

            bounded.Advance(60);
            whole.Advance(60);
            bounded.Fold();
            Assert.Empty(bounded.BeyondTheBound);
            var counts = whole.Verdicts(1).GroupBy(v => v.Verdict).ToDictionary(g => g.Key, g => g.LongCount());
            foreach (var left in bounded.Verdicts(1))
            {
                Assert.True(whole.VerdictOf(1, left.Instance)?.Verdict == left.Verdict, $"{seed}: {left}");
                counts[left.Verdict]--;
                standing++;
            }

            foreach (var (verdict, count) in bounded.Folded(1).Counts)
            {
                counts[verdict] = counts.GetValueOrDefault(verdict) - count;
                folded += count;
            }

            Assert.True(counts.Values.All(c => c == 0), $"{seed}: {truce.Rule}\n{string.Join(", ", counts)}\n{string.Join('\n', truce.Log)}");
            Assert.True(bounded.Folded(1).Ids.All(i => whole.VerdictOf(1, i)?.Verdict is not (null or Verdict.Kept or Verdict.Pending)), $"{seed}");
        }

        Assert.True(folded > 2_000 && standing > 2_000, string.Create(CultureInfo.InvariantCulture, $"{folded} folded, {standing} standing: too few"));
    }

    private static Dictionary<long, Verdict> Said(RandomTruce truce, AgreementMonitor monitor)
    {
        var said = new Dictionary<long, Verdict>();
        foreach (var verdict in monitor.Verdicts(1))
        {
            for (var t = verdict.Instance; t <= (truce.Rule is Balance ? verdict.Until : verdict.Instance); t++)
            {
                said[t] = verdict.Verdict;
            }
        }

        return said;
    }

    private static bool Violated(RandomTruce truce, long instance)
    {
        var formula = Translation.Violation(truce.Rule, (int)Math.Max(1, instance));
        var log = truce.Rule is Reach or ForEach or Order { Total: not null } ? Counted(truce) : Padded(truce.Log);
        return truce.Rule switch
        {
            Reach r => formula.Holds(log, r.By ?? 60, Values(default)),
            Safeconduct.Situation.Agreements.Monitor.Once r => formula.Holds(log, r.From, Values(default)),
            ForEach { EitherOrder: false } => Enumerable.Range(0, 61).Any(t => formula.Holds(log, t, Values(default))),
            ForEach => Enumerable.Range(0, 61).Any(t => formula.Holds(log, t, Values(default))),
            _ => truce.Log.Find(h => h.Id == instance) is var trigger && formula.Holds(log, trigger.Early, Values(trigger.Key)),
        };
    }

    /// <summary>What counts towards totals: nothing before the agreement, but later steps stay.</summary>
    private static List<Happening> Counted(RandomTruce truce) => Padded([.. truce.Log.Where(h => h.Early >= truce.From)]);

    /// <summary>Two reports of nothing that rules ask for, so that the logic looks at every time there is.</summary>
    private static List<Happening> Padded(IReadOnlyList<Happening> log) => [.. log, Happening.At(900, 99, default, -1), Happening.At(901, 99, default, 61)];

    private static Dictionary<string, int> Values(Key key) => new(StringComparer.Ordinal) { ["k1"] = key.First, ["k2"] = key.Second, ["k3"] = key.Third };

    private static string Shown(Dictionary<long, Verdict> verdicts) => string.Join(", ", verdicts.OrderBy(v => v.Key).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}: {v.Value}")));
}
