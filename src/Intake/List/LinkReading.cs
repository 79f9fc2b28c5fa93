using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Intake.List;

/// <summary>
/// What rows say about each other. Where a row has <c>part_of</c> or <c>supersedes</c> the field says; where a list lacks the field, only plain words make a link,
/// and only to a count of the same source. The choice depends on the statements and never on the order of the rows.
/// </summary>
internal static class LinkReading
{
    public static void Link(IReadOnlyList<ListRow> rows, List<Statement> statements, List<List<Reason>> reasons, Lexicon lexicon)
    {
        LinkCounts(rows, statements, reasons, lexicon);
        LinkCopies(rows, statements, reasons);
    }

    /// <summary>
    /// "An outlet, citing an office": goes back to the office's own count of the same thing in the same number, last before it; where the office never gave that number,
    /// to its only count of the same time, where the one number can be a slip for the other. A copy that could go back to several counts in other numbers goes back to none.
    /// </summary>
    private static void LinkCopies(IReadOnlyList<ListRow> rows, List<Statement> statements, List<List<Reason>> reasons)
    {
        var isCopy = rows.Select(r => SpokenBy.Of(r.Source).RelayedBy.Count > 0).ToList();
        var own = Enumerable.Range(0, rows.Count).Where(i => !isCopy[i] && statements[i] is { Said: Headcount, Modality: Modality.Asserted }).ToLookup(i => Matter(statements[i]), i => statements[i]);
        for (var i = 0; i < rows.Count; i++)
        {
            if (isCopy[i] && statements[i] is { Said: Headcount, Modality: Modality.Asserted } copy && OriginalOf(copy, own[Matter(copy)]) is { } original)
            {
                statements[i] = copy with { Links = [.. copy.Links, new(Relation.Relays, original)] };
                reasons[i].Add(new("relays", original.Value, "source"));
            }
        }
    }

    private static StatementId? OriginalOf(Statement copy, IEnumerable<Statement> own)
    {
        var before = own.Where(o => o.SaidAt.Date <= copy.SaidAt.Date).ToList();
        var same = before.Where(o => NumberOf(o) == NumberOf(copy)).ToList();
        if (same.Count > 0)
        {
            return same.OrderBy(o => IsOfOneTime(o, copy)).ThenBy(o => o.SaidAt).ThenBy(o => o.Id).Last().Id;
        }

        return before.Where(o => IsOfOneTime(o, copy)).ToList() is [var only] && MayBeSlip(only, copy) ? only.Id : null;
    }

    /// <summary>An exact number that came out as another: digits changed or exchanged, or a part named inside it added to it. A floor or a rounder number may be a later figure of the same office.</summary>
    private static bool MayBeSlip(Statement original, Statement copy)
    {
        var (head, one, other) = ((Headcount)original.Said, ((Headcount)original.Said).Counted.Bound, ((Headcount)copy.Said).Counted.Bound);
        return IsExact(one) && IsExact(other) && (Shown.Number(one.Low!.Value).Length == Shown.Number(other.Low!.Value).Length || head.Parts.Any(p => one.Low + p.Bound.Low == other.Low));
    }

    private static bool IsExact(Bound bound) => bound is { IsApproximate: false, VagueWord: null, Low: not null } && bound.Low == bound.High;

    private static bool IsOfOneTime(Statement one, Statement other) => one.About.Start.Equals(other.About.Start) && one.About.End.Equals(other.About.End);

    private static long? NumberOf(Statement statement) => ((Headcount)statement.Said).Counted.Bound is var bound ? bound.Low ?? bound.High : null;

    private static (SourceId, Measure, Unit, Category, string?, string?, PlaceId?) Matter(Statement statement)
    {
        var head = (Headcount)statement.Said;
        return (statement.SaidBy.Id, head.Measure, head.Counted.Unit, head.Counted.Category, head.Counted.Group, head.Batch, statement.Where.From);
    }

    private static void LinkCounts(IReadOnlyList<ListRow> rows, List<Statement> statements, List<List<Reason>> reasons, Lexicon lexicon)
    {
        if (rows.All(r => r.HasPartOf && r.HasSupersedes))
        {
            AsGiven(rows, statements, reasons);
            return;
        }

        var counts = new Dictionary<(SourceId, PlaceId?), List<Statement>>();
        foreach (var statement in statements.Where(s => s.Said is Headcount && s.Modality is Modality.Asserted))
        {
            var key = (statement.SaidBy.Id, statement.Where.From);
            (counts.TryGetValue(key, out var of) ? of : counts[key] = []).Add(statement);
        }

        foreach (var of in counts.Values)
        {
            of.Sort(Earlier);
        }

        var wording = new Wording();
        for (var i = 0; i < rows.Count; i++)
        {
            var links = new List<Link>();
            var near = counts.GetValueOrDefault((statements[i].SaidBy.Id, statements[i].Where.From)) ?? [];
            wording.Read(rows[i].Paraphrase, lexicon);
            Add(links, Relation.PartOf, rows[i].HasPartOf ? Given(rows[i].PartOf, "part of", reasons[i]) : Whole(statements[i], near, wording, lexicon, reasons[i]));
            Add(links, Relation.Supersedes, rows[i].HasSupersedes ? Given(rows[i].Supersedes, "supersedes", reasons[i]) : Replaced(statements[i], near, wording, lexicon, reasons[i]));
            if (links.Count > 0)
            {
                statements[i] = statements[i] with { Links = links };
            }
        }
    }

    private static void AsGiven(IReadOnlyList<ListRow> rows, List<Statement> statements, List<List<Reason>> reasons)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].PartOf is null && rows[i].Supersedes is null)
            {
                continue;
            }

            var links = new List<Link>();
            Add(links, Relation.PartOf, Given(rows[i].PartOf, "part of", reasons[i]));
            Add(links, Relation.Supersedes, Given(rows[i].Supersedes, "supersedes", reasons[i]));
            statements[i] = statements[i] with { Links = links };
        }
    }

    private static void Add(List<Link> links, Relation relation, StatementId? to)
    {
        if (to is { } id)
        {
            links.Add(new(relation, id));
        }
    }

    private static StatementId? Given(StatementId? id, string slot, List<Reason> why)
    {
        if (id is { } to)
        {
            why.Add(new(slot, to.Value, "field"));
        }

        return id;
    }

    /// <summary>"Of those taken out, 337 were wounded": a part of the same source's count of wider people over the same time.</summary>
    private static StatementId? Whole(Statement part, List<Statement> near, Wording wording, Lexicon lexicon, List<Reason> why)
    {
        if (part.Said is not Headcount { Counted: { } counted } head || SaysPart(wording, lexicon) is not { } words)
        {
            return null;
        }

        var whole = Window(near, part).Where(s => s.Id != part.Id && s.About.Start.Equals(part.About.Start) && s.About.End.Equals(part.About.End)
                && s.Said is Headcount w && w.Counted.Unit == counted.Unit && w.Measure == head.Measure
                && w.Counted.Category != counted.Category && w.Counted.Category.Contains(counted.Category)
                && !(w.Counted.Bound.Most < counted.Bound.Least))
            .OrderBy(s => s.Id).FirstOrDefault();
        if (whole is not null)
        {
            why.Add(new("part of", whole.Id.Value, words.Rule.Id, wording, words.From, words.To));
        }

        return whole?.Id;
    }

    private static Match? SaysPart(Wording wording, Lexicon lexicon)
    {
        for (var at = 0; at < wording.Count; at++)
        {
            if (lexicon.TryMatch(Slot.PartAfter, wording, at, out var match) || lexicon.TryMatch(Slot.PartBefore, wording, at, out match))
            {
                return match;
            }
        }

        return null;
    }

    /// <summary>"Later the same day he gave 20,000": replaces the same source's last earlier number for the same thing.</summary>
    private static StatementId? Replaced(Statement later, List<Statement> near, Wording wording, Lexicon lexicon, List<Reason> why)
    {
        if (later.Said is not Headcount head || SaysLater(wording, lexicon) is not { } words)
        {
            return null;
        }

        var before = Window(near, later).LastOrDefault(s => Earlier(s, later) < 0 && s.Said is Headcount h && h.Measure == head.Measure
            && h.Counted.Unit == head.Counted.Unit && h.Counted.Category == head.Counted.Category && h.IsRunningTotal == head.IsRunningTotal
            && h.Batch == head.Batch && s.About.End.Date <= later.About.End.Date && s.About.Start.Equals(later.About.Start));
        if (before is not null)
        {
            why.Add(new("supersedes", before.Id.Value, words.Rule.Id, wording, words.From, words.To));
        }

        return before?.Id;
    }

    private static Match? SaysLater(Wording wording, Lexicon lexicon)
    {
        for (var at = 0; at < wording.Count; at++)
        {
            if (lexicon.TryMatch(Slot.Later, wording, at, out var match))
            {
                return match;
            }
        }

        return null;
    }

    /// <summary>At most 400 counts around this one: a source that said a million things must not make reading quadratic.</summary>
    private static IEnumerable<Statement> Window(List<Statement> near, Statement around)
    {
        var at = near.BinarySearch(around, Comparer<Statement>.Create(Earlier));
        at = at < 0 ? ~at : at;
        return near.Skip(Math.Max(0, at - 200)).Take(400);
    }

    private static int Earlier(Statement a, Statement b) =>
        a.SaidAt.CompareTo(b.SaidAt) is var said and not 0 ? said
        : a.About.End.CompareTo(b.About.End) is var about and not 0 ? about
        : a.Id.CompareTo(b.Id);
}
