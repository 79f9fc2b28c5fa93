using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Safeconduct.Situation.Movements;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Finding;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Screening;
using Safeconduct.Statements.Kinds.Stop;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Reports.Leaving;

/// <summary>
/// The form in which each statement may leave the room: as it is, coarse, or not at all (<c>docs/explanation/what-leaves-the-room.md</c>). A form is decided once, from what stands
/// before the statement in the record, so that no later edition shows more of it or less, and two editions laid side by side tell nothing that one of them does not.
/// </summary>
internal sealed class Forms
{
    // Forms do not depend on the hour, and a record is asked for its editions again and again.
    private static readonly ConditionalWeakTable<IReadOnlyCollection<Statement>, Editions> Kept = [];

    private readonly Operation operation;
    private readonly Audience audience;
    private readonly List<Statement> statements;
    private readonly HashSet<StatementId> shown;
    private readonly Dictionary<StatementId, Statement?> changed;
    private readonly Dictionary<StatementId, int> cellsIn;
    private readonly HashSet<StatementId> widened;
    private readonly Covering covering;
    private readonly WideAreas areas;
    private readonly Lazy<IReadOnlyList<(PlaceId Id, string Name)>> names;

    private Forms(Operation operation, Audience audience)
    {
        (this.operation, this.audience, statements, shown, changed, cellsIn, widened, covering, areas) = (operation, audience, [], [], [], [], [], new(operation), new(operation.Gazetteer));
        names = new(() => [.. operation.Gazetteer.Places.Where(p => !areas.IsWide(p.Id)).SelectMany(p => new[] { p.Name, p.Name.Split(" (")[0], p.LocalName }.Concat(p.Aliases ?? []).Where(n => n is { Length: > 1 }).Select(n => (p.Id, n!)))]);
    }

    private Forms(Forms before)
    {
        (operation, audience, statements, shown, changed) = (before.operation, before.audience, [.. before.statements], [.. before.shown], new(before.changed));
        (cellsIn, widened, covering, areas, names) = (new(before.cellsIn), [.. before.widened], new(before.covering), new(before.operation.Gazetteer), before.names);
    }

    /// <summary>How many counts of people in a statement are given as "fewer than", "some" or "at least".</summary>
    public int CellsIn(StatementId id) => cellsIn.GetValueOrDefault(id);

    /// <summary>Whether a statement's place is given as a wide area, and its hour as the day.</summary>
    public bool IsWidened(StatementId id) => widened.Contains(id);

    /// <summary>The statement in the form in which it may be shown; null where no form of it is coarse enough.</summary>
    public Statement? Of(Statement statement) => changed.TryGetValue(statement.Id, out var form) ? form : statement;

    /// <param name="record">The record that the statements are of; asked again with the same, the answer is kept.</param>
    /// <param name="statements">All that the audience may ever be shown, now or later, in the order of the record.</param>
    public static Forms For(IReadOnlyCollection<Statement> record, IReadOnlyList<Statement> statements, Operation operation, Audience audience)
    {
        var editions = Kept.GetValue(record, _ => new());
        var key = (operation, audience);
        if (editions.Made.TryGetValue(key, out var forms) && forms.statements.Count == statements.Count && forms.StandsBefore(statements))
        {
            return forms;
        }

        return editions.Made[key] = After(forms ?? editions.Before.GetValueOrDefault(key), statements, operation, audience);
    }

    /// <summary>Lets a record that goes on from another take over the forms made for that one, so that only its new statements are decided.</summary>
    public static void Carry(IReadOnlyCollection<Statement> before, IReadOnlyCollection<Statement> after)
    {
        if (Kept.TryGetValue(before, out var earlier))
        {
            Kept.GetValue(after, _ => new()).Before = new Dictionary<(Operation, Audience), Forms>(earlier.Before.Concat(earlier.Made).GroupBy(e => e.Key).Select(g => g.Last()));
        }
    }

    /// <summary>The forms of more statements than those that were given forms; from the start where they are not the same with more behind them.</summary>
    private static Forms After(Forms? before, IReadOnlyList<Statement> statements, Operation operation, Audience audience)
    {
        var goesOn = before?.StandsBefore(statements) == true;
        var forms = goesOn ? new Forms(before!) : new Forms(operation, audience);
        foreach (var statement in statements.Skip(forms.statements.Count))
        {
            forms.Add(statement);
        }

        return forms;
    }

    private bool StandsBefore(IReadOnlyList<Statement> others) => statements.Count <= others.Count && statements.Zip(others).All(p => ReferenceEquals(p.First, p.Second));

    /// <summary>What was made of a record for each audience, and of the one that it goes on from.</summary>
    private sealed class Editions
    {
        public ConcurrentDictionary<(Operation, Audience), Forms> Made { get; } = [];

        public IReadOnlyDictionary<(Operation, Audience), Forms> Before { get; set; } = new Dictionary<(Operation, Audience), Forms>();
    }

    private void Add(Statement statement)
    {
        statements.Add(statement);
        shown.Add(statement.Id);
        if (audience is Audience.Room)
        {
            return;
        }

        var isOurs = !Disclosure.WasPrinted(statement);
        if (audience is Audience.Public)
        {
            covering.Add(statement, isOurs);
        }

        if (!isOurs)
        {
            return;
        }

        if (audience is Audience.Public)
        {
            Cover(statement);
        }

        if (Of(statement) is { } form && Unnamed(form) is var unnamed && !ReferenceEquals(unnamed, statement))
        {
            changed[statement.Id] = unnamed;
        }
    }

    private void Cover(Statement statement)
    {
        var where = areas.Widened(statement.Where, statement.Id, IsOfANamedConvoy(statement.Said));
        var cells = covering.CellsOf(statement.Id);
        var said = Unmarked(statement.Said);
        if (cells is not null)
        {
            var at = 0;
            said = said.Recounted(c => cells[at++] ?? c);
        }

        var isWider = where != statement.Where;
        var measured = cells is not null || IsSmall(statement.Measured, operation.SmallCellsBelow) ? null : statement.Measured;
        var speaksOfCovered = cells is null && PointsAt(statement).Any(id => covering.CellsOf(id) is not null);
        var tells = (cells is not null || speaksOfCovered) && SmallNumbers.AreIn(said, operation.SmallCellsBelow, cells is null ? new HashSet<long>() : CoveredIn(statement, cells));

        // What it points at may come later, with a count that is covered then; what is out by then stays out.
        tells |= cells is null && PointsAt(statement).Any(id => !shown.Contains(id))
            && (SmallNumbers.AreIn(said, operation.SmallCellsBelow, new HashSet<long>())
                || (!isWider && (SmallNumbers.AreIn(statement.Paraphrase, operation.SmallCellsBelow) || SmallNumbers.AreIn(statement.Words?.Text, operation.SmallCellsBelow))));
        if (covering.IsWithheld(statement.Id) || tells || (isWider && NamesAPlace(said, names.Value)))
        {
            changed[statement.Id] = null;
            return;
        }

        if (!isWider && cells is null && measured == statement.Measured && ReferenceEquals(said, statement.Said) && !speaksOfCovered)
        {
            return;
        }

        cellsIn[statement.Id] = cells?.Count(c => c is not null) ?? 0;
        _ = isWider && widened.Add(statement.Id);
        changed[statement.Id] = statement with
        {
            Said = said,
            Where = where,
            About = isWider && !IsOfAWatch(said) ? ByDay(statement.About, operation.Zone) : cells is null ? statement.About : new TimeSpoken(statement.About.Start, statement.About.End),
            Measured = measured,
            SaidAt = isWider ? ByDay(statement.SaidAt, operation.Zone) : statement.SaidAt,

            // Words of ours or of theirs can tell what the fields no longer do, in any language.
            Paraphrase = null,
            Words = null,
            Citation = null,
            Reception = Heard(statement.Reception, isWider ? operation.Zone : null),
            Imported = null,
            Attached = [],
            IsCoarse = true,
        };
    }

    /// <summary>Own observers without names: a person is known to the room alone, and one account can't be laid beside the next. That they are of one mission stays to be seen.</summary>
    private static Statement? Unnamed(Statement statement)
    {
        if (statement.SaidBy.Kind is not SourceKind.OwnObservers || statement.SaidBy == Source.Room)
        {
            return statement;
        }

        if (statement.SaidBy.Name.Length > 3 && statement.Said.ToString() is var said && said.Contains(statement.SaidBy.Name, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"by {statement.Id}")))[..8];
        return statement with
        {
            Chain = new SourceChain(new Source(new SourceId($"{Source.Room.Id.Body}/{mark}"), "Own observers", SourceKind.OwnObservers), []),
            Paraphrase = statement.Paraphrase is { } p && Names(statement).Any(n => p.Contains(n, StringComparison.OrdinalIgnoreCase)) ? null : statement.Paraphrase,
            Words = null,
            Citation = null,
            Reception = Heard(statement.Reception, null),
            Imported = null,
            IsCoarse = true,
        };
    }

    private static IEnumerable<string> Names(Statement statement) =>
        statement.Chain.RelayedBy.Append(statement.SaidBy).SelectMany(s => new[] { s.Name, s.Speaker }).OfType<string>()
            .SelectMany(n => n.Split([' ', '/', '(', ')', '.', ','], StringSplitOptions.RemoveEmptyEntries)).Where(n => n.Length > 2);

    /// <summary>When it was heard stays, since it says from when the room could know; from whom and by what means does not.</summary>
    private static Reception? Heard(Reception? reception, DateTimeZone? byDayIn) =>
        reception is null ? null : new Reception("not told", byDayIn is null ? reception.HeardAt : ByDay(reception.HeardAt, byDayIn), reception.ReadBack);

    /// <summary>What leads to one case or one post and is of use to nobody outside: the number of a referral slip, the line that was watched and why it was not.</summary>
    private static Said Unmarked(Said said) => said switch
    {
        Screening { Slip: not null } screening => screening with { Slip = null },
        Coverage { Line: not null } or Coverage { Reason: not null } => new Coverage(((Coverage)said).Watched),
        Correction correction when Unmarked(correction.Instead) is var instead && !ReferenceEquals(instead, correction.Instead) => correction with { Instead = instead },
        _ => said,
    };

    private static bool IsOfANamedConvoy(Said said) => said switch
    {
        Movement { Convoy: { } convoy } => ConvoyName.IsIn(convoy),
        Headcount { Batch: { } batch } => ConvoyName.IsIn(batch),
        Screening { Batch: { } batch } => ConvoyName.IsIn(batch),
        Stop { Convoy: { } convoy } => ConvoyName.IsIn(convoy),
        Correction correction => IsOfANamedConvoy(correction.Instead),
        _ => false,
    };

    // A watch of some hours told as a watch of the day would say that nothing happened where nobody looked. It is never listed by itself (Edition.OneByOne).
    private static bool IsOfAWatch(Said said) => said is Coverage or Correction { Instead: Coverage };

    private static TimeSpoken ByDay(TimeSpoken when, DateTimeZone zone) => new(ByDay(when.Start, zone), ByDay(when.End, zone));

    private static Moment ByDay(Moment moment, DateTimeZone zone) => moment.At is { } at ? Moment.OnDay(at.InZone(zone).Date) : moment;

    private static HashSet<long> CoveredIn(Statement statement, IReadOnlyList<Counted?> cells) =>
        [.. SmallCells.Of(statement.Said).Zip(cells).Where(p => p.Second is not null).SelectMany(p => new[] { p.First.Bound.Low, p.First.Bound.High }).OfType<long>()];

    private static bool NamesAPlace(Said said, IReadOnlyList<(PlaceId Id, string Name)> names) =>
        SmallNumbers.TextsOf(said).Any(t => names.Any(n => t.Contains(n.Name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A measured number of anything but what can't be a person: a unit is free text, so what is not known to be harmless is not shown.</summary>
    private static bool IsSmall(Measured? measured, int below) => measured is { } m && (m.High ?? m.Low) is { } n && n > 0 && n < below
        && !m.Unit.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(Harmless.Contains);

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "per", "cent", "percent", "%", "km", "kilometres", "kilometers", "m", "metres", "meters", "days", "day", "hours", "hour", "minutes", "minute", "weeks", "week", "months", "month", "years",
        "tonnes", "tons", "kg", "litres", "shells", "rockets", "mortars", "strikes", "buses", "vehicles", "ambulances", "trucks", "cars", "degrees", "square", "hectares",
    };

    private static IEnumerable<StatementId> PointsAt(Statement statement)
    {
        var targets = statement.Claims().OfType<Claim.About>().Select(a => a.Statement);
        return statement.Said switch
        {
            Finding finding => targets.Concat(finding.RestsOn),
            Comment { On: { } on } => targets.Append(on),
            _ => targets,
        };
    }
}
