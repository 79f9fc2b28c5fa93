using System.Globalization;
using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Tests.Core.Situation.Agreements.Monitor;

/// <summary>
/// Metric first-order temporal logic over reports at exact times, evaluated as slowly and plainly as it is defined: every millisecond of a short span is a time-point, aggregates are over bags of reports.
/// Variables stand for attributes; a valuation gives each its number.
/// </summary>
internal abstract record Formula
{
    public const long Ever = 1_000_000;

    /// <summary>Whether it holds at a time.</summary>
    public abstract bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values);

    protected static string Span(long from, long to) => to >= Ever ? FormattableString.Invariant($"[{from},*)") : FormattableString.Invariant($"[{from},{to}]");

    /// <summary>The times a past or future operator looks at; no report lies outside them.</summary>
    protected static IEnumerable<long> Times(IReadOnlyList<Happening> log, long low, long high)
    {
        for (var t = Math.Max(low, log.Min(h => h.Early)); t <= Math.Min(high, log.Max(h => h.Early)); t++)
        {
            yield return t;
        }
    }
}

/// <summary>A report of an event, its attributes equal to variables or constants, of at least so many.</summary>
internal sealed record Event(Part Part, string?[] Variables, long AtLeast = 0) : Formula
{
    public static Event Of(Part part, bool trigger = false) => new(part, [.. new[] { Same.First, Same.Second, Same.Third }.Select((s, i) => trigger || part.Same.HasFlag(s) ? $"k{i + 1}" : null)]);

    public bool Is(Happening report, IReadOnlyDictionary<string, int> values) =>
        Part.Takes(report) && report.Low >= AtLeast
        && new[] { report.Key.First, report.Key.Second, report.Key.Third }.Zip(Variables).All(p => p.Second is null || values[p.Second] == p.First);

    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values) => log.Any(h => h.Early == time && Is(h, values));

    public override string ToString() => FormattableString.Invariant($"e{Part.Name}({string.Join(',', Variables.Select(v => v ?? "_"))}){(AtLeast > 0 ? $" of {AtLeast} or more" : "")}");
}

internal sealed record Not(Formula Of) : Formula
{
    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values) => !Of.Holds(log, time, values);

    public override string ToString() => $"NOT {Of}";
}

internal sealed record And(Formula One, Formula Other) : Formula
{
    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values) => One.Holds(log, time, values) && Other.Holds(log, time, values);

    public override string ToString() => $"({One} AND {Other})";
}

internal sealed record Exists(string Variable, Formula Of) : Formula
{
    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values) =>
        log.SelectMany(h => new[] { h.Key.First, h.Key.Second, h.Key.Third }).Distinct().Any(v => Of.Holds(log, time, new Dictionary<string, int>(values, StringComparer.Ordinal) { [Variable] = v }));

    public override string ToString() => $"EXISTS {Variable}. {Of}";
}

internal sealed record Once(long From, long To, Formula Of) : Formula
{
    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values) => Times(log, time - To, time - From).Any(t => Of.Holds(log, t, values));

    public override string ToString() => $"ONCE{Span(From, To)} {Of}";
}

internal sealed record Eventually(long From, long To, Formula Of) : Formula
{
    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values) => Times(log, time + From, time + To).Any(t => Of.Holds(log, t, values));

    public override string ToString() => $"EVENTUALLY{Span(From, To)} {Of}";
}

/// <summary>The second held once, and the first at every time after that up to now, that time included.</summary>
internal sealed record Since(Formula First, Formula Second) : Formula
{
    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values) =>
        Times(log, -Ever, time).Any(t => Second.Holds(log, t, values) && Times(log, t, time).All(u => First.Holds(log, u, values)));

    public override string ToString() => $"({First} SINCE {Second})";
}

/// <summary>The sum of amounts over a past window less that of another, compared with a limit: above it.</summary>
internal sealed record SumAbove(Event Plus, Event? Minus, long Window, long Limit) : Formula
{
    public override bool Holds(IReadOnlyList<Happening> log, long time, IReadOnlyDictionary<string, int> values)
    {
        return Sum(Plus) - Sum(Minus) > Limit;

        long Sum(Event? of) => of is null ? 0 : log.Where(h => h.Early <= time && h.Early >= time - Window && of.Is(h, values)).Sum(h => h.Low);
    }

    public override string ToString() => FormattableString.Invariant($"(SUM n. ONCE{Span(0, Window)} {Plus}{(Minus is null ? "" : $" - SUM n. ONCE{Span(0, Window)} {Minus}")}) > {Limit}");
}

/// <summary>What each rule says, as the formula that holds where it is not kept. Pauses are not in this logic.</summary>
internal static class Translation
{
    public static Formula Violation(Rule rule, int tranche = 1) => rule switch
    {
        Preceded r => new And(Event.Of(r.Trigger, trigger: true), new Not(new Once(r.AtLeast, r.AtMost, Event.Of(r.By)))),
        Answered { Excuse: null } r => new And(Event.Of(r.Trigger, trigger: true), new Not(new Eventually(r.AtLeast, r.AtMost, Event.Of(r.Response)))),
        Answered r => new And(new And(Event.Of(r.Trigger, trigger: true), new Not(new Eventually(r.AtLeast, r.AtMost, Event.Of(r.Response)))), new Not(new Eventually(0, r.AtMost, Event.Of(r.Excuse!)))),
        Never r => Without(r.During is null ? Event.Of(r.Event, trigger: true) : new And(Event.Of(r.Event, trigger: true), new Since(new Not(Event.Of(r.During.Off)), Event.Of(r.During.On))), r),
        Safeconduct.Situation.Agreements.Monitor.Once r => new Not(new Eventually(0, r.Until - r.From, Event.Of(r.Event with { Same = Same.None }))),
        Order { Total: null } r => new And(Event.Of(r.Then, trigger: true), new Not(new Once(0, Formula.Ever, Event.Of(r.First.Increments!)))),
        Order r => new And(Event.Of(r.Then, trigger: true), Below(r.First, r.Total!.Value)),
        Reach { AtMost: true } r => Negated(Below(r.Of, r.Total + 1)),
        Reach r => Below(r.Of, r.Total),
        Balance r => new SumAbove(Event.Of(r.Plus), r.Minus is null ? null : Event.Of(r.Minus), r.Window, r.Limit),
        ForEach { EitherOrder: false } r => Unanswered(r.Of, tranche * r.Each, r.Owed, tranche * r.OwedEach, r.Within),
        ForEach r => new Not(new And(
            new Not(Unanswered(r.Of, tranche * r.Each, r.Owed, tranche * r.OwedEach, r.Within)),
            new Not(Unanswered(r.Owed, tranche * r.OwedEach, r.Of, tranche * r.Each, r.Within)))),
        _ => throw new ArgumentException(rule.GetType().Name, nameof(rule)),
    };

    private static Formula Negated(Formula formula) => formula is Not not ? not.Of : new Not(formula);

    private static Formula Without(Formula formula, Never rule) => rule.Unless is null ? formula : new And(formula, new Not(new Once(rule.AtLeast, rule.AtMost, Event.Of(rule.Unless))));

    /// <summary>A total has not reached a number.</summary>
    private static Formula Below(Amounts of, long total)
    {
        Formula? below = of.Increments is null ? null : new Not(new SumAbove(Event.Of(of.Increments), null, Formula.Ever, total - 1));
        if (of.Totals is not null)
        {
            var unsaid = new Not(new Once(0, Formula.Ever, Event.Of(of.Totals) with { AtLeast = total }));
            below = below is null ? unsaid : new And(below, unsaid);
        }

        return below!;
    }

    /// <summary>One total reaches its number here, and the other does not within the span.</summary>
    private static Formula Unanswered(Amounts of, long each, Amounts owed, long owedEach, long within) => new And(
        new And(Negated(Below(of, each)), new Not(new Once(1, Formula.Ever, Negated(Below(of, each))))),
        new Not(new Eventually(0, within, Negated(Below(owed, owedEach)))));

    public static string Print(Rule rule) => string.Create(CultureInfo.InvariantCulture, $"{Violation(rule)}");
}
