using System.Text;
using NodaTime;
using Safeconduct.Situation;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Standing = Safeconduct.Situation.Standings.Standing;

namespace Safeconduct.Reports;

/// <summary>
/// How one edition names sources, prints numbers and cites statements. Every section speaks through it, so that what the audience may not be told
/// (a witness as a person, a small count) is decided in one place.
/// </summary>
internal sealed class Teller
{
    public const string WitnessAnchor = "s-witness-accounts";

    private readonly Dictionary<StatementId, Statement> _statements;
    private readonly HashSet<StatementId> _hourNotStated;
    private readonly string _shared;
    private readonly Dictionary<StatementId, string> _since;

    public Teller(Assessed now, ReportSettings settings)
    {
        (Now, Settings) = (now, settings);
        var zone = settings.Zone ?? now.Operation.Zone;
        Say = new Phrases(now.Operation.Gazetteer, zone, settings.CutOff.InZone(zone).Year);
        _statements = now.Statements.ToDictionary(s => s.Id);
        _hourNotStated = [.. now.HourNotStated];
        _shared = SharedLetters(now.Statements);
        _since = Since(now.Statements);
        Figures = InRoom ? now.Figures : [.. now.Figures.Where(f => !RestOnWitnesses(f.PerSource.SelectMany(r => r.Now.Concat(r.Earlier)).Select(c => c.Id)))];
        Disputes = InRoom ? now.Disputes : [.. now.Disputes.Where(d => !d.Sides.Any(RestOnWitnesses) && (d.Figure is null || Figures.Any(f => f.Id == d.Figure)))];
        Status = InRoom ? now.Status : Shareable(now.Status);
        Control = InRoom ? now.Control : Shareable(now.Control);
    }

    public Assessed Now { get; }

    public ReportSettings Settings { get; }

    /// <summary>The figures that this edition may carry: a figure that rests on witnesses alone would tell where and when they stood.</summary>
    public IReadOnlyList<Figure> Figures { get; }

    /// <inheritdoc cref="Figures"/>
    public IReadOnlyList<Dispute> Disputes { get; }

    /// <inheritdoc cref="Figures"/>
    public IReadOnlyList<Standing> Status { get; }

    /// <inheritdoc cref="Figures"/>
    public IReadOnlyList<Standing> Control { get; }

    public Phrases Say { get; }

    public bool InRoom => Settings.Audience is Audience.Room;

    /// <summary>The letters that all ids begin with and citations leave out: "X-", or nothing.</summary>
    public string SharedIdLetters => _shared;

    public Statement? Find(StatementId id) => _statements.GetValueOrDefault(id);

    /// <summary>Whether the statement is by somebody who must not be told apart outside the room.</summary>
    public bool IsMerged(Statement statement) => !InRoom && statement.SaidBy.Kind is SourceKind.Witness;

    public SourceLabel Label(Source source) => (InRoom, source.Kind) switch
    {
        (false, SourceKind.Witness) => new("witness accounts", SourceKind.Witness, Phrases.Kind(SourceKind.Witness)),
        (false, SourceKind.OwnObservers) => new("own observers", SourceKind.OwnObservers, Phrases.Kind(SourceKind.OwnObservers)),
        _ => new(source.Name, source.Kind, Phrases.KindAndRoles(source)),
    };

    public string Anchor(StatementId id) => _statements.TryGetValue(id, out var s) && IsMerged(s) ? WitnessAnchor : AnchorOf(id.Value);

    /// <summary>Citations of those that are in this record, each once, in the order of ids.</summary>
    public IEnumerable<Piece> Cites(IEnumerable<StatementId> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isFirst = true;
        foreach (var statement in ids.Distinct().Select(Find).OfType<Statement>().OrderBy(s => s.Id))
        {
            if (seen.Add(Anchor(statement.Id)))
            {
                if (!isFirst)
                {
                    yield return new Piece.Run(" ");
                }

                isFirst = false;
                yield return Cite(statement);
            }
        }
    }

    /// <summary>"according to A 12 13, B 14": each source once with its statements.</summary>
    public IEnumerable<Piece> Sources(IEnumerable<(Source Source, IEnumerable<StatementId> Ids)> voices)
    {
        var groups = voices.GroupBy(v => Label(v.Source)).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            if (i > 0)
            {
                yield return new Piece.Run(", ");
            }

            var ids = groups[i].SelectMany(v => v.Ids).Distinct().ToList();
            yield return new Piece.By(Numbered(groups[i].Key, ids.Count));
            yield return new Piece.Run(" ");
            foreach (var piece in Cites(ids))
            {
                yield return piece;
            }
        }
    }

    public IEnumerable<Piece> Sources(IEnumerable<Statement> statements) =>
        Sources(statements.OrderBy(s => s.Id).Select(s => (s.SaidBy, (IEnumerable<StatementId>)[s.Id])));

    /// <summary>"witness accounts (3)" outside the room; every other label as it is.</summary>
    public SourceLabel Numbered(SourceLabel label, int accounts) =>
        !InRoom && label.Kind is SourceKind.Witness ? label with { Name = $"witness accounts ({Shown.Grouped(accounts)})" } : label;

    /// <summary>The bound in words, small cells covered where the edition needs it.</summary>
    public string Words(Bound bound, Unit unit, StatementId id) => IsSmallCell(bound, unit, id) ? Fewer : bound.ToString();

    /// <summary>The bound to be drawn.</summary>
    public Bound Drawn(Bound bound, Unit unit, StatementId id) => IsSmallCell(bound, unit, id) ? Bound.FewerThan(Now.Operation.SmallCellsBelow) : bound;

    /// <summary>What a statement says, in our words. An id that is not in this record is not named.</summary>
    public string Says(Statement statement)
    {
        if (Settings.Audience is Audience.Public && !WasPublished(statement) && statement.Claims().Any(c => c.Match(n => IsSmallCell(n.Bound, n.Quantity.Unit, statement.Id), _ => false, _ => false, _ => false, _ => false)))
        {
            return $"A count of {Fewer} people.";
        }

        return statement.Paraphrase ?? Phrases.Capital(statement.Said switch
        {
            Correction { Of: var of } c when Find(of) is null => $"corrects an earlier statement: {c.Instead}; reason: {c.Reason}",
            Withdrawal { Of: var of } w when Find(of) is null => $"withdraws an earlier statement: {w.Reason}",
            var said => Phrases.Stance(statement.Modality) + said,
        }) + ".";
    }

    /// <summary>The span of what is said on a figure, in words: "7,500 to more than 9,500", never one number more precise than the words.</summary>
    public string Span(Figure figure) => SpanOf(figure).ToString();

    /// <summary>The span of what is said on a figure, for any language to word.</summary>
    public SaidSpan SpanOf(Figure figure)
    {
        var claims = figure.PerSource.SelectMany(r => r.Now).ToList();
        if (claims.Any(c => IsSmallCell(c.Bound, figure.Quantity.Unit, c.Id)) && (figure.High ?? figure.Low) < Now.Operation.SmallCellsBelow)
        {
            return SaidSpan.One(Bound.FewerThan(Now.Operation.SmallCellsBelow));
        }

        var low = figure.Low is { } l ? End(l, claims.Where(c => figure.LowSupport.Contains(c.Id)), b => b.Low == l) : (Bound?)null;
        var high = figure.High is { } h ? End(h, claims.Where(c => figure.HighSupport.Contains(c.Id)), b => b.High == h) : Floor(claims);
        return (low, high) switch
        {
            (null, null) => claims.Any(c => c.Bound.IsNotKnown) && claims.All(c => !c.Bound.HasNumber) ? SaidSpan.One(Bound.NotKnown) : new(SpanForm.NoNumber, null, null),
            ({ } a, null) => SaidSpan.One(a),
            (null, { } b) => figure.High is null ? SaidSpan.One(b) : new(SpanForm.UpTo, b, null),
            ({ } a, { } b) when a == b => SaidSpan.One(a),
            ({ } a, { } b) => figure.Low == figure.High ? SaidSpan.One(a) : new(SpanForm.Between, a, b),
        };
    }

    /// <summary>What a reader must know before relying on the statement, or null.</summary>
    public string? Note(Statement statement)
    {
        string?[] notes =
        [
            _since.GetValueOrDefault(statement.Id),
            _hourNotStated.Contains(statement.Id) ? "hour of publication not stated" : null,
            statement.Imported?.IsUnmapped == true ? "kind not read" : null,
        ];
        var said = notes.OfType<string>().ToList();
        return said.Count > 0 ? string.Join("; ", said) : null;
    }

    /// <summary>"withdrawn", "corrected", "replaced later", or null.</summary>
    public string? Became(Statement statement) => _since.GetValueOrDefault(statement.Id);

    /// <summary>One entry a statement, witnesses merged outside the room: no per-person mark, place or hour.</summary>
    public IReadOnlyList<CitedStatement> Annex(IReadOnlySet<string> anchors)
    {
        var entries = Now.Statements.Where(s => !IsMerged(s) && anchors.Contains(Anchor(s.Id))).OrderBy(s => s.Id).Select(Entry).ToList();
        if (anchors.Contains(WitnessAnchor))
        {
            entries.Add(Witnesses());
        }

        return entries;
    }

    /// <summary>What narrows a claim on a figure; an hour or a place that a witness gave stays in the room.</summary>
    public string? Qualifier(ClaimShown claim, Cut cut) => Find(claim.Id) is { } s && IsMerged(s) ? null : Say.Qualifier(claim.Words, cut);

    /// <summary>Ids as anchors: letters, digits, dots and hyphens stay, everything else is spelled, so that no id can break out of an attribute and no two meet.</summary>
    internal static string AnchorOf(string id)
    {
        var anchor = new StringBuilder("s-");
        foreach (var c in id)
        {
            _ = char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? anchor.Append(c) : anchor.Append('_').Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return anchor.ToString();
    }

    /// <summary>What became of statements since: withdrawn before corrected before replaced, where more than one holds.</summary>
    private static Dictionary<StatementId, string> Since(IReadOnlyList<Statement> statements)
    {
        var since = new Dictionary<StatementId, string>();
        foreach (var (of, word) in statements.SelectMany(Replacements).OrderByDescending(r => r.Word, StringComparer.Ordinal))
        {
            since.TryAdd(of, word);
        }

        return since;
    }

    private static IEnumerable<(StatementId Of, string Word)> Replacements(Statement statement)
    {
        if (statement.Said is Withdrawal withdrawal)
        {
            yield return (withdrawal.Of, "withdrawn");
        }

        if (statement.Said is Correction correction)
        {
            yield return (correction.Of, "corrected");
        }

        foreach (var link in statement.Links)
        {
            if (link.Relation is Relation.Withdraws or Relation.Corrects or Relation.Supersedes)
            {
                yield return (link.To, link.Relation is Relation.Withdraws ? "withdrawn" : link.Relation is Relation.Corrects ? "corrected" : "replaced later");
            }
        }
    }

    /// <summary>One end as its words allow it to be said: the plain number only where somebody gave it plainly.</summary>
    private static Bound End(long number, IEnumerable<ClaimShown> support, Func<Bound, bool> gives)
    {
        var bounds = support.Select(c => c.Bound).Where(gives).ToList();
        return bounds switch
        {
            _ when bounds.Any(b => b is { IsFloor: false, IsApproximate: false, VagueWord: null }) => Bound.Exactly(number),
            _ when bounds.FirstOrDefault(b => b.Approximation is Approximation.EitherWay) is { HasNumber: true } => Bound.About(number),
            _ when bounds.FirstOrDefault(b => b.Approximation is Approximation.Below) is { HasNumber: true } => Bound.Nearly(number),
            [{ } only, ..] => only,
            _ => Bound.Exactly(number),
        };
    }

    /// <summary>The highest floor, where it leaves the figure open above.</summary>
    private static Bound? Floor(IEnumerable<ClaimShown> claims) =>
        claims.Select(c => c.Bound).Where(b => b.IsFloor).OrderByDescending(b => b.Low).ThenByDescending(b => b.LowIsStrict).Select(b => (Bound?)b).FirstOrDefault();

    private bool RestOnWitnesses(IEnumerable<StatementId> ids) => ids.Select(Find).OfType<Statement>().ToList() is { Count: > 0 } all && all.TrueForAll(IsMerged);

    private IReadOnlyList<Standing> Shareable(IReadOnlyList<Standing> standings) =>
    [
        .. standings
            .Select(s => s with { States = [.. s.States.Where(state => !RestOnWitnesses(state.SaidBy.Concat(state.DeniedBy).SelectMany(v => v.Ids)))] })
            .Where(s => s.States.Count > 0),
    ];

    private static string SharedLetters(IReadOnlyList<Statement> statements)
    {
        if (statements.Count < 2)
        {
            return "";
        }

        var first = statements[0].Id.Value;
        var end = first.LastIndexOf('-') + 1;
        return statements.All(s => s.Id.Value.Length > end && s.Id.Value.StartsWith(first[..end], StringComparison.Ordinal)) ? first[..end] : "";
    }

    private string Fewer => $"fewer than {Shown.Grouped(Now.Operation.SmallCellsBelow)}";

    /// <summary>What was printed for all to read hides nobody when we cover it; what was told to us does.</summary>
    private static bool WasPublished(Statement statement) => Disclosure.WasPrinted(statement);

    private bool IsSmallCell(Bound bound, Unit unit, StatementId id) =>
        Settings.Audience is Audience.Public && unit is Unit.People or Unit.Bodies
        && Find(id) is { } statement && !WasPublished(statement)
        && (bound.High ?? bound.Low) is { } n && n > 0 && n < Now.Operation.SmallCellsBelow;

    private Piece.Cite Cite(Statement statement) => IsMerged(statement)
        ? new(WitnessAnchor, "accounts", "Accounts by people who were there; who, where and at what hour stays in the room.")
        : new(Anchor(statement.Id), Short(statement.Id), $"{Label(statement.SaidBy).Name}: {Says(statement)}");

    private string Short(StatementId id) => id.Value[_shared.Length..];

    private CitedStatement Entry(Statement statement) => new(
        Anchor(statement.Id),
        statement.Id.Value,
        Short(statement.Id),
        Label(statement.SaidBy),
        statement.Chain.RelayedBy.Count == 0 ? null : string.Join(", then ", statement.Chain.RelayedBy.Select(r => Label(r).Name)),
        Say.Moment(statement.SaidAt),
        Say.Time(statement.About),
        Says(statement),
        statement.Citation,
        Note(statement));

    private CitedStatement Witnesses()
    {
        var n = Now.Statements.Count(IsMerged);
        return new(
            WitnessAnchor,
            null,
            "accounts",
            new($"witness accounts ({Shown.Grouped(n)})", SourceKind.Witness, Phrases.Kind(SourceKind.Witness)),
            null,
            null,
            null,
            $"{Phrases.Many(n, "account")} by people who were there or were told. Who they are, where they were and at what hour stays in the room.",
            null,
            null);
    }
}

/// <summary>How the ends of a span stand to each other.</summary>
internal enum SpanForm
{
    One,
    UpTo,
    Between,
    NoNumber,
}

/// <summary>What sources put forward on one figure, before any language words it.</summary>
/// <param name="Low">The one bound, the low end, or what "up to" leads to; null where nobody gives a number.</param>
/// <param name="High">The other end of <see cref="SpanForm.Between"/>.</param>
internal sealed record SaidSpan(SpanForm Form, Bound? Low, Bound? High)
{
    public static SaidSpan One(Bound bound) => new(SpanForm.One, bound, null);

    public override string ToString() => Form switch
    {
        SpanForm.One => Low.ToString()!,
        SpanForm.UpTo => $"up to {Low}",
        SpanForm.Between => $"{Low} to {High}",
        SpanForm.NoNumber => "no number stated",
        _ => throw new InvalidOperationException(),
    };
}
