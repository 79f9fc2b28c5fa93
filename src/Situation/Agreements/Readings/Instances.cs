using NodaTime;
using Safeconduct.Situation.Agreements.Monitor;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>One trigger of a clause, as the monitor judges it, with the statements that it and what answered it rest on.</summary>
internal sealed record Judgement(Told Trigger, Monitor.Verdict Verdict, IReadOnlyList<StatementId> Ids, Instant Until);

/// <summary>Hands happenings, as reports tell them, to the monitor of rules: the one place where a clause about single happenings is judged.</summary>
internal sealed class Instances
{
    private const int TriggerName = 1;
    private readonly List<(Told Told, Happening Happening)> _happenings = [];
    private readonly Dictionary<string, int> _interned = new(StringComparer.Ordinal);

    /// <summary>Happenings of one part of the rule. A part that must be of the same convoy or place carries it as its key.</summary>
    public void Add(int name, IEnumerable<Told> told)
    {
        foreach (var one in told)
        {
            var id = _happenings.Count + 1;
            _happenings.Add((one, new Happening(id, name, KeyOf(one), Ms(one.Early), Ms(one.Late), Contested: one.Credence is Credence.Contested)));
        }
    }

    public static Same SameOf(Occurrence occurrence) => occurrence.Same.Aggregate(Same.None, (same, key) => same | key switch
    {
        "convoy" => Same.First,
        "place" => Same.Second,
        _ => Same.None,
    });

    public static Part Trigger(Occurrence second) => new(TriggerName, SameOf(second));

    public IReadOnlyList<Judgement> Judged(Rule rule, Instant now)
    {
        var monitor = new AgreementMonitor([rule], -AgreementMonitor.GreatestTime);
        foreach (var (_, happening) in _happenings)
        {
            monitor.Insert(happening, 0);
        }

        monitor.Advance(Ms(now));
        return
        [
            .. monitor.Verdicts(rule.Id).Select(v => new Judgement(
                _happenings[(int)v.Instance - 1].Told,
                v.Verdict,
                [.. (monitor.Explain(rule.Id, v.Instance) is { } proof ? proof.Deciding : []).Append((int)v.Instance).Distinct().SelectMany(id => _happenings[id - 1].Told.AllIds)],
                v.Until >= AgreementMonitor.GreatestTime ? Instant.MaxValue : Instant.FromUnixTimeMilliseconds(v.Until))),
        ];
    }

    /// <summary>An instant as the monitor counts; one that is not known lies at the end of what it counts.</summary>
    private static long Ms(Instant instant) =>
        instant == Instant.MinValue ? -AgreementMonitor.GreatestTime + 1 : instant == Instant.MaxValue ? AgreementMonitor.GreatestTime - 1 : instant.ToUnixTimeMilliseconds();

    private Key KeyOf(Told told) => new(
        Interned(told.By.Select(r => BatchWords.FigureOf(r.Scope.Batch)).FirstOrDefault(b => b is not null), "convoy"),
        Interned(told.By.Select(r => r.Scope.Via ?? r.Scope.From ?? r.Scope.To).FirstOrDefault(p => p is not null)?.Value, "place"));

    private int Interned(string? word, string kind)
    {
        // A report that names none is of nobody's convoy: it answers for no other.
        var key = word is null ? $"{kind} {_interned.Count}?" : $"{kind} {word}";
        if (!_interned.TryGetValue(key, out var number))
        {
            _interned[key] = number = _interned.Count + 1;
        }

        return number;
    }
}
