using Safeconduct.Situation.Agreements.Monitor;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Agreements.Monitor;

/// <summary>Single things the monitor says and refuses.</summary>
public sealed class MonitorTests
{
    private const long Hour = 3_600_000;

    private static readonly Rule Arrives = new Answered(1, new(1, Same.First), new(2, Same.First), 0, 12 * Hour, Excuse: new(3, Same.First));

    [Fact]
    public void What_departs_is_pending_then_overdue_and_broken_only_where_somebody_watched()
    {
        var monitor = new AgreementMonitor([Arrives], 0);
        monitor.Insert(Happening.At(1, 1, new Key(7), Hour), Hour);
        Assert.Equal(Verdict.Pending, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Advance(13 * Hour);
        Assert.Equal(Verdict.Pending, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Advance((13 * Hour) + 1);
        Assert.Equal(Verdict.Overdue, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Insert(new Watch(1, 2, new Key(7), 0, 5 * Hour), 20 * Hour);
        Assert.Equal(Verdict.Overdue, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Insert(new Watch(2, 2, default, (5 * Hour) + 1, 14 * Hour), 20 * Hour);
        Assert.Equal(Verdict.Broken, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.WithdrawWatch(1, 21 * Hour);
        Assert.Equal(Verdict.Overdue, monitor.VerdictOf(1, 1)!.Value.Verdict);
    }

    [Fact]
    public void A_report_that_comes_late_about_an_arrival_in_time_makes_it_kept_and_its_withdrawal_overdue_again()
    {
        var told = new List<Change>();
        var monitor = new AgreementMonitor([Arrives], 0, changed: told.Add);
        monitor.Insert(Happening.At(1, 1, new Key(7), 0), 0);
        monitor.Advance(20 * Hour);
        monitor.Insert(Happening.At(2, 2, new Key(7), 9 * Hour), 30 * Hour);
        monitor.Correct(2, Happening.At(2, 2, new Key(7), 8 * Hour), 31 * Hour);
        monitor.Correct(2, Happening.At(2, 2, new Key(7), 14 * Hour), 32 * Hour);
        monitor.Withdraw(2, 33 * Hour);
        Assert.Equal(
            [
                new Change(1, 1, Verdict.None, Verdict.Pending, 0),
                new Change(1, 1, Verdict.Pending, Verdict.Overdue, 20 * Hour),
                new Change(1, 1, Verdict.Overdue, Verdict.Kept, 30 * Hour),
                new Change(1, 1, Verdict.Kept, Verdict.Late, 32 * Hour),
                new Change(1, 1, Verdict.Late, Verdict.Overdue, 33 * Hour),
            ],
            told);
    }

    [Fact]
    public void A_contested_arrival_is_disputed_and_one_at_an_unclear_hour_possible()
    {
        var monitor = new AgreementMonitor([Arrives], 0);
        monitor.Insert(Happening.At(1, 1, new Key(7), 0), 0);
        monitor.Insert(Happening.At(2, 2, new Key(7), Hour) with { Contested = true }, 0);
        Assert.Equal(Verdict.Disputed, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Insert(new Happening(3, 2, new Key(7), 11 * Hour, 14 * Hour), 0);
        Assert.Equal(Verdict.Possible, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Correct(3, new Happening(3, 2, new Key(7), 11 * Hour, 12 * Hour), 0);
        Assert.Equal(Verdict.Kept, monitor.VerdictOf(1, 1)!.Value.Verdict);
        Assert.Equal([1, 3], monitor.Explain(1, 1)!.Deciding);
    }

    [Fact]
    public void A_proof_names_the_nearest_misses()
    {
        var monitor = new AgreementMonitor([new Preceded(1, new(1), new(2), 0, 24 * Hour, Closed: true)], 0);
        monitor.Insert(Happening.At(1, 1, default, 30 * Hour), 0);
        monitor.Insert(Happening.At(2, 2, default, 2 * Hour), 0);
        monitor.Insert(Happening.At(3, 2, default, 5 * Hour), 0);
        monitor.Insert(Happening.At(4, 2, default, 31 * Hour), 0);
        var proof = monitor.Explain(1, 1)!;
        Assert.Equal(Verdict.Broken, proof.Verdict);
        Assert.Equal(Coverage.Closed, proof.Coverage);
        Assert.Equal([1], proof.Deciding);
        Assert.Equal([3, 4], proof.Nearest);
        Assert.Equal((6 * Hour, 30 * Hour), (proof.From, proof.Until));
    }

    [Fact]
    public void What_is_forbidden_is_kept_as_far_as_somebody_watched()
    {
        var monitor = new AgreementMonitor([new Never(1, new(1))], 100);
        monitor.Advance(199);
        Assert.Empty(monitor.Verdicts(1));
        Assert.Equal((0L, 100L), monitor.Watched(1));
        monitor.Insert(new Watch(1, 1, default, 50, 119), 0);
        monitor.Insert(new Watch(2, 1, default, 110, 129), 0);
        monitor.Insert(new Watch(3, 1, new Key(7), 150, 300), 0);
        Assert.Equal((30L, 100L), monitor.Watched(1));
        Assert.Equal((80L, 100L), monitor.Watched(1, new Key(7)));
        monitor.Insert(Happening.At(1, 1, default, 180), 0);
        Assert.Equal(Verdict.Broken, monitor.VerdictOf(1, 1)!.Value.Verdict);
    }

    [Fact]
    public void What_happened_before_the_agreement_is_named_and_not_judged()
    {
        var monitor = new AgreementMonitor([Arrives], 10);
        monitor.Insert(Happening.At(5, 1, new Key(7), 9), 0);
        Assert.Empty(monitor.Verdicts(1));
        Assert.Equal([5], monitor.BeforeTheAgreement());
    }

    [Fact]
    public void The_clock_to_a_deadline_stands_still_while_the_agreement_is_suspended()
    {
        var monitor = new AgreementMonitor([new Answered(1, new(1), new(2), 0, 10, PausedBy: new State(new(4), new(5)), Closed: true)], 0);
        monitor.Insert(Happening.At(1, 1, default, 0), 0);
        monitor.Insert(Happening.At(2, 4, default, 4), 0);
        monitor.Advance(1000);
        Assert.Equal(Verdict.Pending, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Insert(Happening.At(3, 5, default, 104), 0);
        Assert.Equal(110, monitor.VerdictOf(1, 1)!.Value.Until);
        Assert.Equal(Verdict.Broken, monitor.VerdictOf(1, 1)!.Value.Verdict);
        monitor.Insert(Happening.At(4, 2, default, 110), 0);
        Assert.Equal(Verdict.Kept, monitor.VerdictOf(1, 1)!.Value.Verdict);
    }

    [Fact]
    public void A_late_count_shifts_the_tranches_after_it()
    {
        var monitor = new AgreementMonitor([new ForEach(1, new(new Part(1)), 100, new(new Part(2)), 50, 10, Closed: true)], 0);
        monitor.Insert(Happening.At(1, 1, default, 5, 100), 0);
        monitor.Insert(Happening.At(2, 1, default, 20, 100), 0);
        monitor.Insert(Happening.At(3, 2, default, 12, 60), 0);
        monitor.Insert(Happening.At(4, 2, default, 40, 40), 0);
        monitor.Advance(100);
        Assert.Equal([Verdict.Kept, Verdict.Late], monitor.Verdicts(1).Select(v => v.Verdict).ToArray());
        monitor.Insert(Happening.At(5, 2, default, 25, 40), 0);
        Assert.Equal([Verdict.Kept, Verdict.Kept], monitor.Verdicts(1).Select(v => v.Verdict).ToArray());
        monitor.Withdraw(3, 0);
        Assert.Equal([Verdict.Late, Verdict.Broken], monitor.Verdicts(1).Select(v => v.Verdict).ToArray());
    }

    [Fact]
    public void What_cannot_be_is_refused_with_its_code_and_place()
    {
        var monitor = new AgreementMonitor([Arrives], 0);
        monitor.Insert(Happening.At(1, 1, new Key(7), 0), 0);
        Refused("happening.twice", "happening 1", () => monitor.Insert(Happening.At(1, 1, new Key(7), 0), 0));
        Refused("happening.unknown", "happening 2", () => monitor.Withdraw(2, 0));
        Refused("happening.number", "happening 0", () => monitor.Insert(Happening.At(0, 1, default, 0), 0));
        Refused("happening.times", "happening 2", () => monitor.Insert(new Happening(2, 1, default, 5, 4), 0));
        Refused("happening.amount", "happening 2", () => monitor.Insert(new Happening(2, 1, default, 5, 5, 3, 2), 0));
        Refused("watch.times", "watch 1", () => monitor.Insert(new Watch(1, 1, default, 5, 4), 0));
        Refused("watch.unknown", "watch 9", () => monitor.WithdrawWatch(9, 0));
        Refused("rule.number", "rule 1", () => Begin([Arrives, Arrives]));
        Refused("rule.same-event", "rule 1", () => Begin([new Preceded(1, new(1), new(1), 0, 5)]));
        Refused("rule.span", "rule 1", () => Begin([new Preceded(1, new(1), new(2), -1, 5)]));
        Refused("rule.order", "rule 1", () => Begin([new Preceded(1, new(1), new(2), 6, 5)]));
        Refused("rule.total", "rule 1", () => Begin([new Reach(1, new(new Part(1)), 0)]));
        Refused("rule.no-event", "rule 1", () => Begin([new Reach(1, new(null), 5)]));
        Refused("rule.order-total", "rule 1", () => Begin([new Order(1, new(null, new Part(1)), new(2))]));
    }

    private static void Begin(Rule[] rules) => Assert.Equal(0, new AgreementMonitor(rules, 0).From);

    private static void Refused(string code, string place, Action action)
    {
        var refused = Assert.Throws<RefusedException>(action);
        Assert.Equal((code, place), (refused.Problem.Code, refused.Problem.Place));
        Assert.True(refused.Message.Contains(';', StringComparison.Ordinal) || refused.Message.Contains('.', StringComparison.Ordinal));
    }
}
