using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Intake.Texts.Suggested;

/// <summary>
/// Proposals of the rules and of suggestions in one list. Where both speak of the same words and differ, both stay and say so; neither is preferred. A suggestion that the
/// rules do not second is for checking.
/// </summary>
internal static class SideBySide
{
    /// <param name="rules">Keep every slot, band and trace; they get new numbers, and ties.</param>
    public static IReadOnlyList<Proposal> Of(IReadOnlyList<Proposal> rules, IReadOnlyList<Proposal> suggested, List<Problem> problems)
    {
        var all = rules.Select(r => new Entry(r, r.Number)).ToList();
        foreach (var proposal in suggested)
        {
            Add(proposal, all, problems);
        }

        // In the order of the text, the wider first, the rules before what is suggested.
        var order = all.Select((entry, at) => (entry, at)).OrderBy(e => e.entry.Proposal.Span.Start).ThenByDescending(e => e.entry.Proposal.Span.End).ThenBy(e => e.at).Select(e => e.entry).ToList();
        var newNumbers = order.Select((e, i) => (e.RuleNumber, Number: i + 1)).Where(n => n.RuleNumber is not null).ToDictionary(n => n.RuleNumber!.Value, n => n.Number);
        return
        [
            .. order.Select((e, i) => e.Proposal with
            {
                Number = i + 1,
                Band = e.RuleNumber is not null || e.IsSeconded ? e.Proposal.Band : Band.Check,
                Trace = [.. e.Proposal.Trace, .. e.Trace],
                Ties = [.. e.Proposal.Ties.Select(t => t with { To = newNumbers[t.To] }), .. e.Ties.Select(t => new Tie(t.Bearing, order.IndexOf(t.To) + 1, t.Rule))],
            }),
        ];
    }

    private static void Add(Proposal proposal, List<Entry> all, List<Problem> problems)
    {
        // The counterpart that differs least; among equals the one with most words in common.
        var other = all.Where(e => IsOfTheSame(e.Proposal, proposal)).OrderBy(e => Differences(e.Proposal, proposal).Count).ThenByDescending(e => Common(e.Proposal.Span, proposal.Span)).FirstOrDefault();
        var entry = new Entry(proposal, null);
        if (other is null)
        {
            all.Add(entry);
            return;
        }

        var by = other.RuleNumber is null ? "another suggestion says" : "the rules say";
        var differences = Differences(other.Proposal, proposal);
        var added = Added(other.Proposal, proposal);
        if (differences.Count == 0 && added.Count == 0)
        {
            other.Trace.Add(new("suggested", "the same", "suggested.same", proposal.Span));
            return;
        }

        if (differences.Count > 0)
        {
            foreach (var (slot, theirs, ours) in differences)
            {
                problems.Add(new("suggested.differs", $"Of '{Shown.Short(proposal.Quote)}': {slot} is '{Shown.Short(ours)}' as suggested, and {by} '{Shown.Short(theirs)}'. Both are shown; decide.", slot));
                entry.Trace.Add(new(slot, $"{by} {Shown.Short(theirs)}", "suggested.differs", other.Proposal.Span));
            }

            var rule = $"suggested.differs: {string.Join(", ", differences.Select(d => d.Slot))}";
            entry.Ties.Add((Bearing.Conflicts, other, rule));
            other.Ties.Add((Bearing.Conflicts, entry, rule));
        }
        else
        {
            entry.Ties.Add((Bearing.Restates, other, $"suggested.adds: {string.Join(", ", added)}"));
            entry.IsSeconded = other.RuleNumber is not null;
        }

        all.Add(entry);
    }

    /// <summary>Most of the words of the two are the same, or they give the same words of number.</summary>
    private static bool IsOfTheSame(Proposal a, Proposal b) => 4 * Common(a.Span, b.Span) >= a.Span.Length + b.Span.Length || (a.Count is { } n && b.Count is { } m && n.Words.Meets(m.Words));

    private static int Common(Span a, Span b) => Math.Max(0, Math.Min(a.End, b.End) - Math.Max(a.Start, b.Start));

    private static List<(string Slot, string Theirs, string Ours)> Differences(Proposal theirs, Proposal ours) =>
        [.. Slots(theirs).Zip(Slots(ours)).Where(p => p.First.Value is not null && p.Second.Value is not null && !p.First.Value.Equals(p.Second.Value, StringComparison.OrdinalIgnoreCase)).Select(p => (p.First.Slot, p.First.Value!, p.Second.Value!))];

    private static List<string> Added(Proposal theirs, Proposal ours) =>
        [.. Slots(theirs).Zip(Slots(ours)).Where(p => p.First.Value is null && p.Second.Value is not null).Select(p => p.First.Slot)];

    /// <summary>Always in this order, so that two proposals can be laid side by side. A source that is null is the text's own voice, which is an answer.</summary>
    private static (string Slot, string? Value)[] Slots(Proposal p) =>
    [
        ("kind", Token.Of(p.Kind)),
        ("status", Token.Of(p.Modality)),
        ("source", p.Source?.Name ?? "narrator"),
        ("via", p.Via.Count == 0 ? null : string.Join(" < ", p.Via.Select(v => v.Name))),
        ("quantity", p.Count is null ? null : p.Count.IsAll ? "all" : p.Count.Bound.ToString()),
        ("category", p.Category),
        ("harm", p.Harm is { } harm ? Token.Of(harm) : null),
        ("place", p.Places.Count == 0 ? null : p.Places[0].Name),
        ("when", p.When?.Time.ToString()),
    ];

    private sealed class Entry(Proposal proposal, int? ruleNumber)
    {
        public Proposal Proposal { get; } = proposal;

        /// <summary>Its number as the rules gave it; null for what was suggested.</summary>
        public int? RuleNumber { get; } = ruleNumber;

        /// <summary>The rules say the same, as far as they say anything.</summary>
        public bool IsSeconded { get; set; }

        public List<Trace> Trace { get; } = [];

        public List<(Bearing Bearing, Entry To, string Rule)> Ties { get; } = [];
    }
}
