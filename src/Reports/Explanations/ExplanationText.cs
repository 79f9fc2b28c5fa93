using Safeconduct.Reports.Rendering;
using Safeconduct.Situation;
using Safeconduct.Situation.Derived;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Movements;
using Safeconduct.Situation.Tensions;
using Safeconduct.Situation.Ties;
using Safeconduct.Statements;

namespace Safeconduct.Reports.Explanations;

/// <summary>
/// One figure, dispute, conflict or statement explained in plain sentences, with proofs as columns that add up by eye. For the room: it names sources as they stand.
/// </summary>
public static class ExplanationText
{
    /// <exception cref="RefusedException"><c>explain.unknown-id</c>: nothing concluded, and no statement in the view, has this id; near ones are named.</exception>
    public static string Write(Assessed assessed, string id, TerminalStyle style)
    {
        ArgumentNullException.ThrowIfNull(assessed);
        var page = new Sheet(style, assessed);
        if (assessed.Figures.FirstOrDefault(f => f.Id == id || f.What == id) is { } figure)
        {
            Of(page, figure);
        }
        else if (assessed.Derived.FirstOrDefault(f => f.Id == id || f.What == id) is { } derived)
        {
            Of(page, derived);
        }
        else if (assessed.Disputes.FirstOrDefault(d => d.Id == id) is { } dispute)
        {
            Of(page, dispute);
        }
        else if (assessed.Conflicts.FirstOrDefault(c => c.Id == id) is { } conflict)
        {
            Of(page, conflict);
        }
        else if (assessed.Tensions.FirstOrDefault(t => t.Id == id) is { } tension)
        {
            Of(page, tension);
        }
        else if (assessed.Movements.Convoys.FirstOrDefault(c => c.Id == id) is { } convoy)
        {
            Of(page, convoy);
        }
        else if (assessed.Statements.FirstOrDefault(s => s.Id.Value == id) is { } statement)
        {
            Of(page, statement);
        }
        else
        {
            throw Unknown(assessed, id);
        }

        return page.ToString();
    }

    internal static RefusedException Unknown(Assessed assessed, string id)
    {
        var words = id.Split(['.', '/', ' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        var near = assessed.Figures.Select(f => f.Id).Concat(assessed.Derived.Select(f => f.Id)).Concat(assessed.Disputes.Select(d => d.Id)).Concat(assessed.Conflicts.Select(c => c.Id))
            .Concat(assessed.Tensions.Select(t => t.Id)).Concat(assessed.Movements.Convoys.Select(c => c.Id)).Concat(assessed.Statements.Select(s => s.Id.Value))
            .Select(known => (Id: known, Shared: words.Count(w => known.Contains(w, StringComparison.OrdinalIgnoreCase))))
            .Where(k => k.Shared > 0)
            .OrderByDescending(k => k.Shared).ThenBy(k => k.Id.Length).ThenBy(k => k.Id, StringComparer.Ordinal)
            .Take(3).Select(k => k.Id).ToList();
        return new RefusedException(
            "explain.unknown-id",
            $"Nothing in this view has the id '{Shown.Short(id)}'; {(near.Count == 0 ? "assess lists what there is" : $"near it: {string.Join(", ", near)}")}.",
            id);
    }

    private static void Of(Sheet page, Figure figure)
    {
        page.Heading(figure.What, figure.Id);
        page.Title($"What is said: {Ends(figure.Low, figure.High)}");
        foreach (var row in figure.PerSource)
        {
            foreach (var claim in row.Now)
            {
                page.Column(claim.Id, $"{row.Source.Name}{(claim.Words is { } words ? $", {words}" : "")}", claim.Bound.ToString());
                foreach (var part in claim.Including)
                {
                    page.Column(part.Id, $"  of whom {part.Category}{(part.Group is { } group ? $" ({group})" : "")}", part.Bound.ToString());
                }
            }

            foreach (var claim in row.Earlier)
            {
                page.Column(claim.Id, $"{row.Source.Name}, replaced or taken back since", claim.Bound.ToString());
            }
        }

        if (figure.Low is not null || figure.High is not null)
        {
            page.Says($"Low end by {page.Cited(figure.LowSupport)}; {(figure.High is null ? "left open above" : "high end")} by {page.Cited(figure.HighSupport)}. Each source in its latest words, nothing averaged.");
        }

        HoldsTogether(page, figure);
        Touching(page, figure.Id, figure.PerSource.SelectMany(r => r.Now).Select(c => c.Id).ToHashSet());
        if (page.Assessed.Around(figure.Id) is { Quantities.Count: > 1 } near)
        {
            page.Title("Tied to");
            foreach (var quantity in near.Quantities.Where(q => q.Distance == 1))
            {
                page.Column(null, quantity.What, quantity.IsContested ? "contested" : quantity.Holds is { } holds ? Range(holds.Low, holds.High) : "not worked out");
            }

            page.Says($"Drawn by: explain ... {figure.Id} --format svg");
        }
    }

    private static void HoldsTogether(Sheet page, Figure figure)
    {
        switch (figure.Together)
        {
            case null:
                page.Title("What holds together: nothing to add up");
                page.Says("No statement on this figure gives a number that ties into the others.");
                break;
            case { Consensus: { } consensus }:
                page.Title($"What holds together: {Range(consensus.Low, consensus.High)}{(consensus.IsExact ? "" : " (nothing outside is possible; whether the ends are reached is not known)")}");
                page.Proven($"Why at least {Shown.Grouped(consensus.Low)}", consensus.LowProof, consensus.Low);
                if (consensus.High is { } high)
                {
                    page.Proven($"Why at most {Shown.Grouped(high)}", consensus.HighProof, high);
                }
                else
                {
                    page.Says("Nothing said sets an upper end.");
                }

                break;
            case { Conflicts.Count: > 0 } contested:
                page.Title("What holds together: no one range, since statements on it can't all hold");
                foreach (var without in contested.Without)
                {
                    page.Column(null, $"without {without.Source.Name} the others fit", Range(without.Low, without.High));
                }

                Contested(page, figure, contested);

                break;
            default:
                page.Title("What holds together: not worked out");
                page.Says("Too many statements around this figure contradict one another for the work allowed.");
                break;
        }
    }

    /// <summary>Conflicts listed at most; the widest differences of fewest statements first.</summary>
    private const int MostConflicts = 40;

    private static void Contested(Sheet page, Figure figure, Together contested)
    {
        var (conflicts, areAll) = page.Assessed.ConflictsNear(figure.Id, MostConflicts) ?? ([], false);
        if (conflicts.Count == 0)
        {
            conflicts = [.. page.Assessed.Conflicts.Where(c => contested.Conflicts.Contains(c.Id))];
        }

        foreach (var conflict in conflicts)
        {
            page.Difference(conflict);
        }

        page.Says(areAll
            ? $"These are all the sets of statements, none of them to be spared, that its own statements can't hold in: {Shown.Number(conflicts.Count)}."
            : $"There may be more such sets than these {Shown.Number(conflicts.Count)}: the search stops at {Shown.Number(MostConflicts)} conflicts, or at its stated distance.");
        foreach (var fewest in page.Assessed.Fewest.Where(f => conflicts.Any(c => c.Ids.Any(f.Ids.Contains))))
        {
            page.Title($"Fewest statements to set aside so that all that hangs together fits{(fewest.IsLeast ? "" : " (perhaps not the fewest)")}");
            page.Statements(fewest.Ids);
            page.Says($"{(fewest.InEvery.Count == 0 ? "" : $"In every such set: {page.Cited(fewest.InEvery)}. ")}An explanation, and not what happened: nothing is set aside because of it, and it stays in the room.");
        }
    }

    private static void Touching(Sheet page, string figure, HashSet<StatementId> ids)
    {
        var derived = page.Assessed.Derived.Where(d => d.Sums.Any(s => s.Ids.Any(ids.Contains))).Take(Sheet.Most).ToList();
        if (derived.Count > 0)
        {
            page.Title("Worked out from it");
            foreach (var d in derived)
            {
                page.Column(null, d.What, Ends(d.Low, d.High));
            }
        }

        var disputes = page.Assessed.Disputes.Where(d => d.Figure == figure).Take(Sheet.Most).ToList();
        if (disputes.Count > 0)
        {
            page.Title("Rival claims");
            foreach (var dispute in disputes)
            {
                page.Says($"{dispute.Why} ({dispute.Id})");
            }
        }

        var tensions = page.Assessed.Tensions.Where(t => t.Figure == figure).ToList();
        if (tensions.Count > 0)
        {
            page.Title("Differences that are explained");
            foreach (var tension in tensions.Take(Sheet.Most))
            {
                page.Says($"{Phrases.Capital(tension.ExplainedBy.ToString().ToLowerInvariant())}: {tension.Why}");
            }
        }
    }

    private static void Of(Sheet page, DerivedFigure figure)
    {
        page.Heading(figure.What, figure.Id);
        page.Says("Nobody stated this. It is worked out from each source's own numbers; a sum with a floor in it sets no end.");
        page.Title(Ends(figure.Low, figure.High));
        foreach (var sum in figure.Sums)
        {
            page.Title(sum.Source.Name);
            foreach (var part in sum.Parts)
            {
                page.Column(part.Id, part.Of, $"{(part.IsTakenAway ? "- " : "")}{part.Says}");
            }

            page.Total(Sections.WorkedOut.Rounding(sum) is { } rounding ? $"comes to ({rounding})" : "comes to", sum.Result.ToString());
        }
    }

    private static void Of(Sheet page, Dispute dispute)
    {
        page.Heading(dispute.Why, dispute.Id);
        for (var i = 0; i < dispute.Sides.Count; i++)
        {
            page.Title(i == 0 ? "One account" : "Another");
            page.Statements(dispute.Sides[i]);
        }

        var ids = dispute.Sides.SelectMany(s => s).ToHashSet();
        foreach (var conflict in page.Assessed.Conflicts.Where(c => c.Ids.All(ids.Contains)).Take(Sheet.Most))
        {
            page.Difference(conflict);
        }

        if (dispute.Figure is { } figure)
        {
            page.Says($"On the figure {figure}.");
        }

        page.Says("No account is called right here, and none is chosen by counting voices.");
    }

    private static void Of(Sheet page, Conflict conflict)
    {
        page.Heading("Statements that can't all hold", conflict.Id);
        page.Statements(conflict.Ids);
        page.Difference(conflict);
        page.Says("Each of them is needed: without any one, the others fit.");
    }

    private static void Of(Sheet page, Tension tension)
    {
        page.Heading(tension.Why, tension.Id);
        page.Says($"Looks opposed, and is explained by {tension.ExplainedBy.ToString().ToLowerInvariant()}: both may be right.");
        for (var i = 0; i < tension.Sides.Count; i++)
        {
            page.Title(i == 0 ? "One" : "The other");
            page.Statements(tension.Sides[i]);
        }

        if (tension.Proof.Count > 0)
        {
            page.Title("Connected by");
            page.Statements(tension.Proof);
        }
    }

    private static void Of(Sheet page, Convoy convoy)
    {
        page.Heading(convoy.What, convoy.Id);
        foreach (var leg in convoy.Legs)
        {
            page.Title(Phrases.Capital(Phrases.Spoken(leg.Step)) + (leg.Place is { } place ? $", {page.Assessed.Operation.Gazetteer.NameOf(place)}" : ""));
            foreach (var time in leg.Times)
            {
                page.Column(time.Id, time.Source.Name, time.When.ToString());
            }

            foreach (var count in leg.Counts)
            {
                page.Column(count.Id, $"{count.Source.Name}: {count.Category}{(count.Vehicle is { } vehicle ? $", {vehicle.Replace('-', ' ')}" : "")}{(count.Stands ? "" : ", replaced or taken back since")}", count.Bound.ToString());
            }
        }

        if (convoy.NotAccountedFor is not { } missing)
        {
            page.Title("Not accounted for: unknown");
            page.Says("Nobody counted people departing, so that nothing can be missing from a count; that is not to say that nobody is missing.");
            return;
        }

        page.Title($"Departed and not counted since: {(missing.Approximate ? "about " : "")}{Ends(missing.Low, missing.High)}");
        foreach (var term in missing.Terms)
        {
            page.Column(null, $"{(term.Joined ? "" : "less ")}{Statements.Bytes.Token.Of(term.Share).Replace('-', ' ')} {page.Cited(term.Ids)}", $"{(term.Joined ? "" : "- ")}{Ends(term.Low, term.High)}");
        }

        if (missing.NotSpokenOf.Count > 0)
        {
            page.Says($"Nobody speaks of: {string.Join(", ", missing.NotSpokenOf.Select(s => Statements.Bytes.Token.Of(s).Replace('-', ' ')))}. That is unknown, and not none.");
        }
    }

    private static void Of(Sheet page, Statement statement)
    {
        page.Heading(statement.Paraphrase ?? statement.Wording, statement.Id.Value);
        page.Says($"Said by {statement.Chain}, {statement.SaidAt}; about {statement.About}{(statement.About.Words is { } words ? $" ({words})" : "")}.");
        if (statement.Words is { } quoted)
        {
            page.Says($"\"{quoted.Text}\"");
        }

        page.Title("Read as");
        foreach (var claim in statement.Claims())
        {
            page.Says(Statements.Claims.ClaimText.Of(claim));
        }

        var figures = page.Assessed.Figures.Where(f => f.PerSource.SelectMany(r => r.Now.Concat(r.Earlier)).Any(c => c.Id == statement.Id)).ToList();
        if (figures.Count > 0)
        {
            page.Title("Stands in");
            foreach (var figure in figures)
            {
                page.Column(null, figure.What, Ends(figure.Low, figure.High));
                page.Says($"  {figure.Id}");
            }
        }

        var disputes = page.Assessed.Disputes.Where(d => d.Sides.Any(s => s.Contains(statement.Id))).ToList();
        if (disputes.Count > 0)
        {
            page.Title("Set against others");
            foreach (var dispute in disputes.Take(Sheet.Most))
            {
                page.Says($"{dispute.Why} ({dispute.Id})");
            }
        }

        var tensions = page.Assessed.Tensions.Where(t => t.Sides.Any(s => s.Contains(statement.Id))).ToList();
        if (tensions.Count > 0)
        {
            page.Title("Differs from others, explained");
            foreach (var tension in tensions.Take(Sheet.Most))
            {
                page.Says($"{Phrases.Capital(tension.ExplainedBy.ToString().ToLowerInvariant())}: {tension.Why} ({tension.Id})");
            }
        }

        foreach (var agreeing in page.Assessed.Agreeing.Where(a => a.Ids.Contains(statement.Id)))
        {
            page.Title("Meets others");
            page.Says($"{agreeing.Why} {page.Cited(agreeing.Ids)}");
        }

        foreach (var group in page.Assessed.SameOrigin.Where(g => g.Ids.Contains(statement.Id)))
        {
            page.Title("Same origin, counted once");
            page.Says($"{group.Why} {page.Cited(group.Ids)}");
        }
    }

    private static string Ends(long? low, long? high) => (low, high) switch
    {
        (null, null) => "no number",
        ({ } l, null) => $"from {Shown.Grouped(l)}, no upper end",
        (null, { } h) => $"up to {Shown.Grouped(h)}",
        ({ } l, { } h) => l == h ? Shown.Grouped(l) : $"{Shown.Grouped(l)} to {Shown.Grouped(h)}",
    };

    internal static string Range(long low, long? high) => high is { } h
        ? low == h ? $"exactly {Shown.Grouped(h)}" : low == 0 ? $"at most {Shown.Grouped(h)}" : $"{Shown.Grouped(low)} to {Shown.Grouped(h)}"
        : low == 0 ? "nothing known" : $"at least {Shown.Grouped(low)}";
}

/// <summary>A page with a number column at the right edge.</summary>
internal sealed class Sheet(TerminalStyle style, Assessed assessed)
{
    /// <summary>Of one list; the rest is counted by assess.</summary>
    public const int Most = 12;

    private readonly Page _page = new(style);

    public Assessed Assessed => assessed;

    public void Heading(string what, string id)
    {
        _page.Wrapped(_page.Bold(Phrases.Capital(what)), 0);
        var asOf = assessed.View.AsOf is { } at ? $"as known at {NodaTime.Text.ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm", null).Format(at.InZone(assessed.Operation.Zone))}" : "all of the record";
        _page.Wrapped(_page.Faint($"{id} · lens {assessed.View.Lens.Text} · {asOf}"), 0);
    }

    public void Title(string text)
    {
        _page.Blank();
        _page.Wrapped(_page.Bold(text), 0);
    }

    public void Says(string text) => _page.Wrapped(Page.Plain(text), 2);

    public string Cited(IEnumerable<StatementId> ids) => string.Join(' ', ids.Select(i => $"[{i}]"));

    public void Statements(IEnumerable<StatementId> ids)
    {
        foreach (var statement in ids.Select(id => assessed.Statements.FirstOrDefault(s => s.Id == id)).OfType<Statement>())
        {
            var mark = $"  [{Shown.Short(statement.Id.Value)}] ";
            _page.Wrapped(Page.Plain($"{statement.SaidBy.Name}, {statement.SaidAt}: {statement.Paraphrase ?? statement.Wording}"), Math.Min(mark.Length, style.Width / 2), mark.Length <= style.Width / 2 ? mark : "");
        }
    }

    /// <summary>Words at the left, broken where they must be; the number at the right edge of the last line.</summary>
    public void Column(StatementId? id, string words, string number)
    {
        var mark = id is { } i ? $"[{i}] " : "";
        var room = style.Width - 4 - mark.Length - Math.Min(number.Length, style.Width / 3) - 2;
        var lines = Broken(Page.Plain(words), Math.Max(room, 16));
        for (var n = 0; n < lines.Count; n++)
        {
            var left = $"  {(n == 0 ? mark : new string(' ', mark.Length))}{lines[n]}";
            _page.Line(n == lines.Count - 1 ? left + new string(' ', Math.Max(2, style.Width - left.Length - number.Length)) + number : left);
        }
    }

    public void Total(string words, string number)
    {
        _page.Line("  " + new string('-', style.Width - 2));
        Column(null, words, number);
    }

    public void Proven(string title, Proof? proof, long end)
    {
        _page.Blank();
        _page.Wrapped(_page.Bold(title), 0);
        if (proof is null)
        {
            Says(end == 0 ? "A count is not below zero." : "No proof is shown: it did not check.");
            return;
        }

        Lines(proof);
        Total(proof.Times == 1 ? "adds up to" : $"adds up to {Shown.Number(proof.Times)} times the figure", Shown.Grouped(proof.Adds));
        if (proof.Times != 1)
        {
            Column(null, "in whole numbers", Shown.Grouped(end));
        }
    }

    public void Difference(Conflict conflict)
    {
        _page.Blank();
        _page.Wrapped($"{_page.Bold("Together they leave a difference of " + Shown.Grouped(conflict.Proof.Adds))} {_page.Faint($"({conflict.Id})")}", 0);
        Lines(conflict.Proof);
        Total("left over, where nothing may be", Shown.Grouped(conflict.Proof.Adds));
    }

    public override string ToString() => _page.ToString();

    private void Lines(Proof proof)
    {
        foreach (var line in proof.Lines)
        {
            var times = line.Times is 1 or -1 ? "" : $"{Shown.Number(Math.Abs(line.Times))} times: ";
            Column(line.Id, times + line.Says, line.Rule is null && line.Id is not null ? Signed(line.Amount) : "");
        }
    }

    private static string Signed(long amount) => amount < 0 ? "- " + Shown.Grouped(-amount) : Shown.Grouped(amount);

    /// <summary>Lines of whole words; a word longer than the width has a line of its own.</summary>
    internal static List<string> Broken(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
            {
                lines.Add("");
            }

            lines[^1] += lines[^1].Length == 0 ? word : " " + word;
        }

        return lines;
    }
}
