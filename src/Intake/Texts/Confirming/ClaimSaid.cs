using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.List;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Access;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Appeal;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Diplomacy;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Confirming;

/// <summary>One claim with the person's edits put in: what the statement is made from.</summary>
internal sealed record DecidedSlots(
    int? Proposal,
    Span Span,
    string Quote,
    ClaimKind Kind,
    Counted? Counted,
    bool IsAll,
    string? Category,
    Measure? Measure,
    bool? IsRunningTotal,
    Scope Where,
    TimeSpoken About,
    Moment SaidAt,
    Modality Modality,
    SpeakersNamed Speakers,
    string? Paraphrase)
{
    /// <summary>The claim as one line that fits a field of a kind.</summary>
    public string Phrase { get; } = Clipped(string.Join(' ', (Paraphrase ?? Quote).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static string Clipped(string text)
    {
        const int Longest = 400;
        return text.Length <= Longest ? text : char.IsHighSurrogate(text[Longest - 1]) ? text[..(Longest - 1)] : text[..Longest];
    }
}

/// <summary>What a claim says, as a kind of statement.</summary>
internal sealed record ClaimMeaning(Said Said, Measured? Measured, Basis Basis);

/// <summary>
/// From a claim to the kind of statement it is, as the table in <c>formats/proposals.md</c> has it: the claim is read as a row of a list whose words are its own, and then the number
/// and the modality that the person let stand are put in place of what the row's words alone would give.
/// </summary>
internal sealed class ClaimSaid
{
    private readonly RowReading _reading = new(Lexicon.English);

    public ClaimMeaning Of(DecidedSlots claim, SourceChain chain)
    {
        if (claim.Kind is ClaimKind.Statement)
        {
            return new(new Comment(claim.Phrase), Shown(claim.Counted), Basis.NotSaid);
        }

        var (says, _, basis) = _reading.Read(RowOf(claim), chain, claim.IsRunningTotal, onFirstDay: false, []);
        var said = SaidOf(claim, says);
        return new(said, Holds(said, claim.Counted) ? claim.Counted is null ? says.Measured : null : Shown(claim.Counted), claim.Modality is Modality.Asserted ? basis : Basis.NotSaid);
    }

    private static Said SaidOf(DecidedSlots claim, RowSays says)
    {
        var isSaidToBe = claim.Modality is Modality.Asserted or Modality.Denied;
        var isOfPeople = claim.Kind is ClaimKind.Movement or ClaimKind.HeadcountRemaining or ClaimKind.Casualty;
        if (isOfPeople && claim.Counted is { } counted && !claim.IsAll)
        {
            return isSaidToBe ? CountOf(claim, says, counted) : new Undertaking(claim.Phrase, null, MeasureOf(claim, says), counted);
        }

        if (claim is { IsAll: true, Kind: ClaimKind.Movement } && isSaidToBe)
        {
            // "All women and children have left" says that none of them is inside; whom "all the residents" are is the speaker's word.
            var all = claim.Counted?.Category ?? Category.Everyone;
            return new Headcount(Measure.Remaining, new(claim.Counted?.Unit ?? Unit.People, all, Bound.Exactly(0), all == Category.Everyone ? "all " + (claim.Category ?? "people") : null));
        }

        if (!isSaidToBe && (claim.Modality is Modality.Demanded || isOfPeople))
        {
            return claim.Modality is Modality.Demanded ? new Appeal(claim.Phrase) : new Undertaking(claim.Phrase);
        }

        return (says.Said switch
        {
            Headcount h when isSaidToBe => h with { Counted = claim.Counted ?? h.Counted, Including = null },
            Headcount h => new Undertaking(claim.Phrase, null, h.Measure, claim.Counted ?? h.Counted),
            Undertaking { HowMany: { } many } u when isSaidToBe => new Headcount(u.Measure ?? Measure.Left, claim.Counted ?? many),
            Undertaking when isSaidToBe => new Comment(claim.Phrase),
            Undertaking u => u with { What = claim.Phrase },
            Appeal when isSaidToBe => Plain(claim),
            Comment => Plain(claim),
            Agreement a => a with { Subject = claim.Phrase },
            Diplomacy d => d with { Subject = claim.Phrase, HowMany = d.HowMany is null ? null : claim.Counted },
            Access a => a with { What = claim.Phrase, HowMany = a.HowMany is null ? null : claim.Counted },
            Obstruction o => o with { Affected = o.Affected is null ? null : claim.Counted ?? o.Affected },
            Incident { Harms: [var harm] } i when claim.Counted is { } harmed => i with { Harm = [harm with { Counted = harmed }] },
            Status { Fleet.Count: > 0 } s => s with { Vehicles = claim.Counted is { } fleet ? [fleet] : null },
            var other => other,
        })!;
    }

    private static Headcount CountOf(DecidedSlots claim, RowSays says, Counted counted)
    {
        var (measure, read) = (MeasureOf(claim, says), says.Said as Headcount);
        var isAtOneTime = measure is Measure.Remaining or Measure.Aboard or Measure.Present or Measure.WishedToLeave or Measure.Held;
        var group = counted.Group ?? (read?.Counted.Group is { Length: > 0 } words && read.Counted.Unit == counted.Unit ? words : null);
        return new(measure, new(counted.Unit, counted.Category, counted.Bound, group), !isAtOneTime && (claim.IsRunningTotal ?? read?.IsRunningTotal ?? false), null, read?.Batch);
    }

    private static Measure MeasureOf(DecidedSlots claim, RowSays says) => claim.Measure
        ?? says.Said switch
        {
            Headcount h => h.Measure,
            Undertaking { Measure: { } m } => m,
            _ => claim.Kind switch
            {
                ClaimKind.HeadcountRemaining => Measure.Remaining,
                ClaimKind.Casualty => Measure.Harmed,
                _ => Measure.Left,
            },
        };

    /// <summary>What remains to be said of a claim in whose words the rules of lists find nothing.</summary>
    private static Said Plain(DecidedSlots claim) => claim.Kind switch
    {
        ClaimKind.Control => new Control(Extent.NotSaid),
        ClaimKind.Incident => new Incident(IncidentType.Other, claim.Phrase),
        _ => new Comment(claim.Phrase),
    };

    /// <summary>Whether the number of the claim is in what is said; else it is kept beside it as a number that ties into nothing.</summary>
    private static bool Holds(Said said, Counted? counted) => counted is null || said switch
    {
        Headcount => true,
        Undertaking u => u.HowMany is not null,
        Obstruction o => o.Affected is not null,
        Access a => a.HowMany is not null,
        Diplomacy d => d.HowMany is not null,
        Incident i => i.Harms.Count > 0,
        Status s => s.Fleet.Count > 0,
        _ => false,
    };

    private static Measured? Shown(Counted? counted) => counted is { Bound: { HasNumber: true } bound }
        ? new Measured(bound.Low, bound.High, bound.IsApproximate, Token.Of(counted.Unit))
        : null;

    private static ListRow RowOf(DecidedSlots claim) => new()
    {
        Line = 1,
        Id = new StatementId("T"),
        SaidAt = claim.SaidAt,
        About = claim.About,
        Source = claim.Speakers.SaidBy ?? "publisher",
        SourceType = "media",
        Kind = claim.Kind switch
        {
            ClaimKind.Movement => ListKind.Movement,
            ClaimKind.HeadcountRemaining => ListKind.Remaining,
            ClaimKind.Casualty => ListKind.Casualty,
            ClaimKind.Control => ListKind.Control,
            ClaimKind.Incident => ListKind.Incident,
            ClaimKind.Obstruction => ListKind.Obstruction,
            ClaimKind.Agreement => ListKind.Agreement,
            ClaimKind.Negotiation => ListKind.Negotiation,
            ClaimKind.Resolution => ListKind.Resolution,
            ClaimKind.Suspension => ListKind.Suspension,
            ClaimKind.Resumption => ListKind.Resumption,
            ClaimKind.Aid => ListKind.Aid,
            ClaimKind.Statement => throw new InvalidOperationException("A remark is read by no row."),
            _ => throw new ArgumentOutOfRangeException(nameof(claim)),
        },
        Places = new(claim.Where.From, claim.Where.To, claim.Where.Via),
        Category = claim.Category ?? claim.Phrase,
        Unit = claim.Counted is { Bound: { VagueWord: null, HasNumber: true } } c ? UnitOf(c) : null,
        Quantity = claim.Counted is { Bound: { VagueWord: null, HasNumber: true } b } ? new(b.Low, b.High, b.IsApproximate) : null,
        Paraphrase = claim.Paraphrase ?? claim.Quote,
        Text = claim.Quote,
    };

    /// <summary>The word of a list for a unit, and for vehicles their type where it has a name.</summary>
    private static string UnitOf(Counted counted) => counted.Unit switch
    {
        Unit.Vehicles => Category.Named.FirstOrDefault(n => n.Category == counted.Category && n.Category != Category.AllVehicles).Words ?? "vehicles",
        Unit.Trips => "bus trips",
        var unit => Token.Of(unit),
    };
}
