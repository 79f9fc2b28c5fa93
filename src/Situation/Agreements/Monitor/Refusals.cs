using System.Globalization;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>What the monitor does not take, each with its code, its place and what to do.</summary>
internal static class Refusals
{
    public static void Happening(in Happening happening)
    {
        if (happening.Id < 1)
        {
            throw new RefusedException("happening.number", "A report's number is 1 or more; give it one.", Place("happening", happening.Id));
        }

        if (happening.Early > happening.Late || !IsTime(happening.Early) || !IsTime(happening.Late))
        {
            throw new RefusedException("happening.times", "The earliest time lies behind the latest, or one of them is beyond all calendars; check both.", Place("happening", happening.Id));
        }

        if (happening.Low < 0 || happening.High < happening.Low || happening.Low > AgreementMonitor.GreatestAmount || happening.High > AgreementMonitor.GreatestAmount)
        {
            throw new RefusedException("happening.amount", "An amount is from 0 to 1,000,000,000, its low end not above its high one; check both.", Place("happening", happening.Id));
        }
    }

    public static RefusedException Twice(int id) => new("happening.twice", "A report with this number stands already; correct it, or withdraw it first.", Place("happening", id));

    public static RefusedException Unknown(int id) => new("happening.unknown", "No report with this number stands; withdraw or correct one that does.", Place("happening", id));

    public static void Watch(in Watch watch, Dictionary<int, Watch> watches)
    {
        if (watch.Id < 1 || watches.ContainsKey(watch.Id))
        {
            throw new RefusedException("watch.number", "A watch's number is 1 or more and unique among those that stand; give it another.", Place("watch", watch.Id));
        }

        if (watch.From > watch.Until || !IsTime(watch.From) || !IsTime(watch.Until))
        {
            throw new RefusedException("watch.times", "The watch ends before it begins, or an end is beyond all calendars; check both.", Place("watch", watch.Id));
        }
    }

    public static void Rules(IReadOnlyList<Rule> rules)
    {
        var numbers = new HashSet<int>();
        foreach (var rule in rules)
        {
            Require(numbers.Add(rule.Id), "rule.number", "Two rules have this number; give one of them another.", rule);
            var (parts, spans, totals) = Asked(rule);
            Require(parts.Count > 0, "rule.no-event", "The rule names no event; name one.", rule);
            for (var i = 0; i < parts.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    Require(!Overlap(parts[i], parts[j]), "rule.same-event", "Two parts of the rule could take the same report; a report would then answer for itself. Tell the two events apart by name or attribute.", rule);
                }
            }

            Require(spans.All(s => s is >= 0 and <= AgreementMonitor.GreatestTime), "rule.span", "A span is 0 ms or more and not beyond all calendars; check it.", rule);
            Require(totals.All(t => t is >= 1 and <= AgreementMonitor.GreatestTotal), "rule.total", "A total is from 1 to 1,000,000,000,000; check it.", rule);
            Require(rule switch { Preceded r => r.AtLeast <= r.AtMost, Answered r => r.AtLeast <= r.AtMost, Never r => r.AtLeast <= r.AtMost, Once r => r.From <= r.Until && IsTime(r.From) && IsTime(r.Until), Reach r => IsTime(r.By ?? 0), _ => true },
                "rule.order", "The span or time ends before it begins; check both ends.", rule);
            Require(rule is not Order { Total: null } order || (order.First.Increments is not null && order.First.Totals is null), "rule.order-total", "An order without a total needs an event that happens, not a report of a total; give the total.", rule);
        }
    }

    public static string Place(string what, long number) => string.Create(CultureInfo.InvariantCulture, $"{what} {number}");

    private static (IReadOnlyList<Part> Parts, IReadOnlyList<long> Spans, IReadOnlyList<long> Totals) Asked(Rule rule) => rule switch
    {
        Preceded r => ([r.Trigger, r.By], [r.AtLeast, r.AtMost], []),
        Answered r => ([r.Trigger, r.Response, .. Given(r.Excuse, r.PausedBy?.On, r.PausedBy?.Off)], [r.AtLeast, r.AtMost, r.LateFor ?? 0], []),
        Never r => ([r.Event, .. Given(r.During?.On, r.During?.Off, r.Unless)], [r.AtLeast, r.AtMost], []),
        Balance r => ([r.Plus, .. Given(r.Minus)], [r.Window], [Math.Max(1, r.Limit)]),
        Reach r => (Given(r.Of.Increments, r.Of.Totals), [], [r.Total]),
        ForEach r => (Given(r.Of.Increments, r.Of.Totals, r.Owed.Increments, r.Owed.Totals), [r.Within], [r.Each, r.OwedEach]),
        Once r => ([r.Event], [], []),
        Order r => ([r.Then, .. Given(r.First.Increments, r.First.Totals)], [], [r.Total ?? 1]),
        _ => throw new RefusedException("rule.kind", "The monitor does not know this kind of rule; use one that it does.", Place("rule", rule.Id)),
    };

    private static Part[] Given(params Part?[] parts) => [.. parts.OfType<Part>()];

    private static bool Overlap(Part one, Part other) => one.Name == other.Name
        && Meet(one.Where.First, other.Where.First) && Meet(one.Where.Second, other.Where.Second) && Meet(one.Where.Third, other.Where.Third);

    private static bool Meet(int one, int other) => one == 0 || other == 0 || one == other;

    private static bool IsTime(long time) => time is >= -AgreementMonitor.GreatestTime and <= AgreementMonitor.GreatestTime;

    private static void Require(bool holds, string code, string sentence, Rule rule)
    {
        if (!holds)
        {
            throw new RefusedException(code, sentence, Place("rule", rule.Id));
        }
    }
}
