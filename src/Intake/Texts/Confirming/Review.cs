using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Confirming;

/// <summary>
/// From what a person decided of a text's claims to statements. Whole or not at all: a claim that can't stand as it is refuses the act and names itself. A pure function of its
/// arguments, so that the same decisions give the same statements, to the byte.
/// </summary>
public sealed class Review
{
    /// <summary>What stands for the time where the text gives none: the statement is filed under the day of the text.</summary>
    public const string TimeNotStated = "time not stated";

    private readonly ReviewedText _text;
    private readonly TextReading _reading;
    private readonly Func<string, Source> _source;
    private readonly Func<StatementId, bool> _isInBook;
    private readonly Gazetteer _places;
    private readonly ClaimSaid _said = new();

    /// <param name="source">The source that a name of the text stands for; refuses a name that nobody has said it of.</param>
    /// <param name="isInBook">Whether a statement was recorded before, so that one may point to it.</param>
    public Review(ReviewedText text, TextReading reading, Func<string, Source> source, Func<StatementId, bool>? isInBook = null, Gazetteer? places = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reading);
        if (text.Original != reading.Original)
        {
            throw new RefusedException("review.other-text", "The claims were read from another text than the one that is reviewed; read it again.");
        }

        (_text, _reading, _source, _isInBook, _places) = (text, reading, source, isInBook ?? (_ => false), places ?? Gazetteer.Empty);
    }

    /// <exception cref="RefusedException">
    /// <c>review.no-such-proposal</c>, <c>review.decided-twice</c>, <c>review.nothing-confirmed</c>, <c>review.span</c>, <c>review.kind-missing</c>, <c>place.ambiguous</c>, <c>place.unknown</c>, those
    /// of <see cref="KnownSources.Choose"/>, and those of the kinds; the place is the claim.
    /// </exception>
    public Confirmation Of(IReadOnlyList<ClaimDecision> decisions, IReadOnlyList<int>? rejected = null)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        Check(decisions, rejected ?? []);
        var made = new List<Made>(decisions.Count);
        for (var i = 0; i < decisions.Count; i++)
        {
            made.Add(Placed(decisions[i], i, () => Make(decisions[i])));
        }

        Number(made);
        Fold(made);
        foreach (var one in made.Where(m => m.FoldedInto is null))
        {
            one.Statement = Placed(one.Decision, made.IndexOf(one), () => (one.Statement with { Links = LinksOf(one, made) }).Checked());
        }

        return new(
            [.. made.Where(m => m.FoldedInto is null).Select(m => m.Statement)],
            [
                .. made.Select(m => new DecidedClaim(m.Decision.Proposal, m.Slots.Span, m.Slots.Kind, m.Decision.Act, (m.FoldedInto ?? m).Statement.Id)),
                .. (rejected ?? []).Select(n => Find(n)).Select(p => new DecidedClaim(p.Number, p.Span, p.Kind, ReviewAct.Rejected, null)),
            ]);
    }

    /// <summary>The statement that one decision alone would come to, to be shown before it is taken.</summary>
    public Statement Draft(ClaimDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return Placed(decision, 0, () => Make(decision)).Statement;
    }

    private void Check(IReadOnlyList<ClaimDecision> decisions, IReadOnlyList<int> rejected)
    {
        if (decisions.Count == 0)
        {
            throw new RefusedException("review.nothing-confirmed", "No claim was confirmed, so there is nothing to record.");
        }

        var whole = decisions.Where(d => d is { Proposal: not null, IsSplit: false }).Select(d => d.Proposal!.Value).Concat(rejected).GroupBy(n => n).FirstOrDefault(g => g.Skip(1).Any());
        var both = rejected.Concat(decisions.Where(d => d is { Proposal: not null, IsSplit: false }).Select(d => d.Proposal!.Value)).Intersect(decisions.Where(d => d.IsSplit).Select(d => d.Proposal ?? 0)).Select(n => (int?)n).FirstOrDefault();
        if (whole?.Key is { } twice || (twice = both ?? 0) > 0)
        {
            throw new RefusedException("review.decided-twice", $"Claim {Shown.Number(twice)} is decided twice; confirm it, split it, or reject it.", $"claim {Shown.Number(twice)}");
        }

        foreach (var number in rejected)
        {
            Placed(new ClaimDecision(number), 0, () => Find(number));
        }
    }

    private Proposal Find(int number) => _reading.Proposals.FirstOrDefault(p => p.Number == number)
        ?? throw new RefusedException("review.no-such-proposal", $"There is no claim {Shown.Number(number)} in this text: it has {Shown.Number(_reading.Proposals.Count)}.");

    private Made Make(ClaimDecision decision)
    {
        var slots = Slots(decision);
        var chain = ChainOf(slots.Speakers);
        var meaning = _said.Of(slots, chain);
        var statement = new Statement
        {
            Id = _text.IdOf(slots.Span, slots.Kind),
            Chain = chain,
            SaidAt = slots.SaidAt,
            About = slots.About,
            Said = meaning.Said,
            Basis = meaning.Basis,
            Where = slots.Where,
            Modality = slots.Modality,
            Words = new Words(slots.Quote, _text.Language, _text.Sha256, slots.Span.Start, slots.Span.End),
            Paraphrase = slots.Paraphrase,
            Citation = _text.Citation,
            Measured = meaning.Measured,
            Handling = _text.Handling,
            Consent = _text.Handling is Handling.Public ? Consent.NotNeeded : Consent.NotAsked,
        };
        return new Made(decision, slots, statement.Checked());
    }

    private DecidedSlots Slots(ClaimDecision decision)
    {
        var (proposal, edits) = (decision.Proposal is { } n ? Find(n) : null, decision.Edits ?? ClaimEdits.None);
        var span = edits.Span ?? proposal?.Span ?? throw new RefusedException("review.span", "Mark the words of the claim in the text.");
        if (span.Start < 0 || span.End > _text.Original.Length || span.Length <= 0 || Halves(span))
        {
            throw new RefusedException("review.span", $"{Shown.Number(span.Start)} to {Shown.Number(span.End)} is no stretch of this text.");
        }

        if (span.Length > Fields.LongestText)
        {
            throw new RefusedException("review.span", $"A claim has at most {Shown.Grouped(Fields.LongestText)} characters of the text; mark fewer.");
        }

        var when = proposal?.When;
        var saidAt = when is { IsOfSaying: true, Time: { IsInterval: false } of } && of.Start.CompareTo(_text.Published) < 0 ? of.Start : _text.Published;
        return new(
            proposal?.Number,
            span,
            span.Of(_text.Original),
            edits.Kind ?? proposal?.Kind ?? throw new RefusedException("review.kind-missing", "Say what the claim is about."),
            edits.Count is { } said ? said.Counted : CountedOf(proposal),
            edits.Count?.IsAll ?? proposal?.Count?.IsAll ?? false,
            (edits.Category ?? proposal?.Category) is { Length: > 0 and <= 400 } category ? category : null,
            edits.Measure ?? proposal?.Harm,
            edits.IsRunningTotal,
            edits.Places is { } where ? InGazetteer(where) : WhereOf(proposal),
            edits.About ?? when?.Time ?? TimeSpoken.At(saidAt, TimeNotStated),
            saidAt,
            edits.Modality ?? proposal?.Modality ?? Modality.Asserted,
            edits.Speakers ?? new(proposal?.Source?.Name, [.. (proposal?.Via ?? []).Select(v => v.Name)]),
            edits.Paraphrase);
    }

    /// <summary>A span that begins or ends inside a character of two halves would quote half of it.</summary>
    private bool Halves(Span span) => char.IsLowSurrogate(_text.Original[span.Start]) || (span.End < _text.Original.Length && char.IsLowSurrogate(_text.Original[span.End]));

    private static Counted? CountedOf(Proposal? proposal) => proposal?.Count switch
    {
        null => null,
        { Bound: { } bound } count => new(count.Unit, count.Category, bound),

        // "All" has no number; the category says of whom.
        var count => new(count.Unit, count.Category, Bound.Exactly(0)),
    };

    private Scope WhereOf(Proposal? proposal)
    {
        PlaceId? from = null, to = null, via = null;
        foreach (var place in proposal?.Places ?? [])
        {
            if (place.Candidates is not [var id])
            {
                if (place.Candidates.Count > 1)
                {
                    throw new RefusedException("place.ambiguous", $"'{Shown.Short(place.Name)}' may be {string.Join(" or ", place.Candidates.Select(_places.NameOf))}: choose which.");
                }

                continue;
            }

            switch (place.Role)
            {
                case PlaceRole.To:
                    to ??= id;
                    break;
                case PlaceRole.Via:
                    via ??= id;
                    break;
                case PlaceRole.At or PlaceRole.From:
                    from ??= id;
                    break;
                default:
                    throw new InvalidOperationException();
            }
        }

        return new(from, to, via);
    }

    private Scope InGazetteer(Scope where)
    {
        foreach (var place in new[] { where.From, where.To, where.Via })
        {
            if (place is { } p && _places.Count > 0 && _places.Find(p) is null)
            {
                throw new RefusedException("place.unknown", $"'{p}' is not a place of this operation.");
            }
        }

        return where with { Batch = null };
    }

    /// <summary>The publisher outermost, then those whom the text names as passing it on; without a speaker the publisher says it itself.</summary>
    private SourceChain ChainOf(SpeakersNamed speakers)
    {
        var saidBy = speakers.SaidBy is { } name ? _source(name) : _text.Publisher;
        var relays = new List<Source>();
        foreach (var relay in speakers.Via.Select(_source).Prepend(_text.Publisher))
        {
            if (relay.Id != saidBy.Id && relays.TrueForAll(r => r.Id != relay.Id))
            {
                relays.Add(relay);
            }
        }

        return new(saidBy, relays);
    }

    /// <summary>Two claims of one kind on one stretch: the second gets a number, so that both can be cited.</summary>
    private static void Number(List<Made> made)
    {
        foreach (var same in made.GroupBy(m => m.Statement.Id))
        {
            foreach (var (one, n) in same.Select((m, i) => (m, i + 1)).Skip(1))
            {
                one.Statement = one.Statement with { Id = new StatementId($"{same.Key}~{Shown.Number(n)}") };
            }
        }
    }

    /// <summary>"Including" and "of them": a count that is confirmed with its whole becomes a part of it, where it can be said so.</summary>
    private void Fold(List<Made> made)
    {
        foreach (var part in made.Where(m => m.Decision is { Proposal: not null, IsSplit: false }))
        {
            var whole = WholeOf(part, made);
            if (whole is null || PartOf(part, whole) is not { } counted)
            {
                continue;
            }

            var head = (Headcount)whole.Statement.Said;
            var with = whole.Statement with { Said = head with { Including = [.. head.Parts, counted] } };
            if (CanStand(with))
            {
                (whole.Statement, part.FoldedInto) = (with, whole);
            }
        }
    }

    private Made? WholeOf(Made part, List<Made> made)
    {
        var at = part;
        var seen = new HashSet<Made> { part };
        while (TieOf(at, Bearing.PartOf) is { } tie && made.Find(m => m.Decision is { IsSplit: false } d && d.Proposal == tie.To) is { } next && seen.Add(next))
        {
            at = next;
        }

        return at == part ? null : at;
    }

    private Tie? TieOf(Made made, Bearing bearing) => made.Decision is { Proposal: { } n, IsSplit: false } ? Find(n).Ties.FirstOrDefault(t => t.Bearing == bearing) : null;

    private static Counted? PartOf(Made part, Made whole)
    {
        if (part.Statement.Said is not Headcount p || whole.Statement.Said is not Headcount { Counted: var counted } w || p.Counted.Unit != counted.Unit
            || part.Statement.Modality is not Modality.Asserted || whole.Statement.Modality is not Modality.Asserted || part.Statement.Chain != whole.Statement.Chain)
        {
            return null;
        }

        var category = p.Counted.Category.And(counted.Category);
        if (category is null)
        {
            return null;
        }

        var group = p.Counted.Group ?? (category != counted.Category ? null : part.Slots.Kind == whole.Slots.Kind ? part.Slots.Category : null);
        return (category != counted.Category || group is { Length: <= 200 }) && !w.Parts.Any(other => other.Category == category && other.Group == group)
            ? new(p.Counted.Unit, category, p.Counted.Bound, group)
            : null;
    }

    private static bool CanStand(Statement statement)
    {
        try
        {
            statement.Checked();
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private IReadOnlyList<Link> LinksOf(Made made, List<Made> all)
    {
        if (made.Decision is not { Proposal: { } number, IsSplit: false })
        {
            return [];
        }

        var links = new List<Link>();
        foreach (var tie in Find(number).Ties)
        {
            if (RelationOf(tie.Bearing) is not { } relation || TargetOf(tie, all) is not { } target || target.Id == made.Statement.Id)
            {
                continue;
            }

            // Only its own speaker replaces an earlier number.
            if ((relation is not Relation.Supersedes || target.SaidBy == made.Statement.SaidBy.Id) && !links.Exists(l => l.Relation == relation && l.To == target.Id))
            {
                links.Add(new(relation, target.Id));
            }
        }

        return links;
    }

    private (StatementId Id, SourceId? SaidBy)? TargetOf(Tie tie, List<Made> all)
    {
        if (all.Find(m => m.Decision is { IsSplit: false } d && d.Proposal == tie.To) is { } other)
        {
            return other.FoldedInto is null ? (other.Statement.Id, other.Statement.SaidBy.Id) : null;
        }

        return _reading.Proposals.FirstOrDefault(p => p.Number == tie.To) is { } before && _text.IdOf(before.Span, before.Kind) is var id && _isInBook(id) ? (id, null) : null;
    }

    private static Relation? RelationOf(Bearing bearing) => bearing switch
    {
        Bearing.PartOf => Relation.PartOf,
        Bearing.Replaces => Relation.Supersedes,
        Bearing.Confirms => Relation.Confirms,
        Bearing.Denies => Relation.Denies,
        Bearing.Restates or Bearing.Conflicts => null,
        _ => throw new ArgumentOutOfRangeException(nameof(bearing)),
    };

    private static T Placed<T>(ClaimDecision decision, int at, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (RefusedException refused)
        {
            var claim = decision.Proposal is { } n ? $"claim {Shown.Number(n)}" : $"added claim {Shown.Number(at + 1)}";
            throw new RefusedException(refused.Problem.Code, refused.Problem.Message, refused.Problem.Place.Length == 0 ? claim : $"{claim}, {refused.Problem.Place}");
        }
    }

    private sealed class Made(ClaimDecision decision, DecidedSlots slots, Statement statement)
    {
        public ClaimDecision Decision => decision;

        public DecidedSlots Slots => slots;

        public Statement Statement { get; set; } = statement;

        public Made? FoldedInto { get; set; }
    }
}
