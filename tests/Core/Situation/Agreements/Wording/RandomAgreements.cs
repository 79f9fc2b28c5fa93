using NodaTime;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Tests.Situation.Agreements.Wording;

/// <summary>Agreements that nobody thought of, the same for the same seed, every one of them allowed.</summary>
internal sealed class RandomAgreements(int seed)
{
    private static readonly string[] PlaceIds = ["old-harbour", "mole-road", "mole-gate", "upper-vale", "far-village", "near-village"];
    private static readonly Counting[] Countings = Enum.GetValues<Counting>();

    private readonly Random _chance = new(seed);
    private int _terms;

    public Agreement Next()
    {
        _terms = 1 + _chance.Next(6);
        var versions = Enumerable.Range(1, _chance.Next(4)).Select(n => new AgreementVersion(n, Words(), new When.Time(Day(n)), null, n > 1 && Maybe() ? n - 1 : null, Ids())).ToList();
        IReadOnlyList<Signatory> parties = [new("north", Words(), Maybe() ? ["northern-council", "Büro 4"] : []), new("south", Words(), [])];
        IReadOnlyList<OwnPlace> places = [new("pocket", [new("old-harbour")]), new("road", [new("mole-road"), new("mole-gate")]), new("all-villages", [new("near-village"), new("far-village")])];
        var terms = Enumerable.Range(1, _terms).Select(n => NextTerm(n, versions.Count)).ToList();
        return new Agreement(Words(), parties, Maybe() ? [new("coast", Words(), ["coastal-union"])] : [], places, [new("gate-passed", ["number", "gate"])], Maybe() ? new When.Time(Day(1)) : null, Maybe() ? new When.Complete(Places(1)) : null, Ids(), versions, terms);
    }

    private bool Maybe() => _chance.Next(2) == 0;

    private T OneOf<T>(IReadOnlyList<T> of) => of[_chance.Next(of.Count)];

    private string Words() => OneOf(["Plain words", "With \"quotes\" inside", "Comma, semicolon; -- no comment", "Straße über عبور", "x", "[brackets] = (round)", "Two  spaces", "🚌 bus"]);

    private IReadOnlyList<StatementId> Ids() => [.. Enumerable.Range(0, _chance.Next(4) is var n && n == 3 ? 40 : n).Select(i => new StatementId(OneOf(["H-", "list/", "é"]) + i)).Append(new StatementId("a,b]")).Skip(_chance.Next(2)).Distinct()];

    private IReadOnlyList<PlaceId> Places(int least = 0) => [.. PlaceIds.OrderBy(_ => _chance.Next()).Take(least + _chance.Next(4 - least)).Select(p => new PlaceId(p))];

    private Moment Day(int n) => Moment.OnDay(new LocalDate(2031, 5, n));

    private Moment Time() => _chance.Next(3) switch
    {
        0 => Moment.OnDay(new LocalDate(2031, 5, 1 + _chance.Next(28))),
        1 => Moment.InMonth(new LocalDate(2031, 6, 1)),
        _ => Moment.AtMinute(new LocalDateTime(2031, 5, 1 + _chance.Next(28), _chance.Next(24), _chance.Next(60), _chance.Next(2) * 30).WithOffset(Offset.FromHoursAndMinutes(_chance.Next(-5, 9), OneOf([0, 30])))),
    };

    private When NextWhen() => _chance.Next(5) switch
    {
        0 => new When.Time(Time()),
        1 => new When.Time(Moment.OnDay(new LocalDate(2032, 1, 1)), Time()),
        2 => new When.Complete(Places(1)),
        3 => new When.First(Some(null) with { Which = Ordinal.First }),
        _ => new When.End(),
    };

    private Duration Span() => Duration.FromSeconds(OneOf([1, 60, 90, 1800, 3600, 86_400, 172_800, 259_200, 432_000, 5400, 200_000]));

    private Occurrence Some(Occurrence? first)
    {
        var own = _chance.Next(12) == 0;
        return new Occurrence(own ? "fire-on-convoy" : OneOf([.. Vocabulary.Nouns, "gate-passed"]), default)
        {
            IsOwnType = own,
            Which = _chance.Next(6) switch { 0 => Ordinal.First, 1 => Ordinal.Last, _ => null },
            Category = _chance.Next(3) == 0 ? OneOf(Vocabulary.Categories) : null,
            Batch = _chance.Next(5) == 0 ? Words() : null,
            From = Maybe() ? Places() : [],
            To = _chance.Next(4) == 0 ? Places() : [],
            Via = _chance.Next(3) == 0 ? Places() : [],
            Where = _chance.Next(3) == 0 ? Places() : [],
            WithPeople = _chance.Next(5) == 0,
            Same = first is null ? [] : _chance.Next(4) switch { 0 => ["convoy"], 1 => ["place"], 2 => ["convoy", "place"], _ => [] },
        };
    }

    private State NextState() => _chance.Next(4) switch
    {
        0 => new State.DeparturesRun(Places(1)),
        1 => new State.Suspended(),
        2 => new State.InForce(),
        _ => Between(),
    };

    private State.Between Between()
    {
        var opens = Some(null);
        return new State.Between(opens, Some(opens));
    }

    private Total Counted() => new(OneOf(Vocabulary.Categories), OneOf(Countings), Places(1), default) { Via = _chance.Next(4) == 0 ? Places() : [], To = _chance.Next(4) == 0 ? Places() : [] };

    private Total Numbered(bool shares = true) => shares && _chance.Next(3) == 0
        ? (Maybe() ? Counted() : Counted() with { Category = "people", Counting = Counting.Leave }) with { Share = OneOf([new Share(1, 2), new(1, 1), new(1, 3), new(2, 3), new(1, 4), new(3, 4), new(25, 100), new(2, 7)]), Of = Maybe() ? 1 + _chance.Next(20_000) : null }
        : Counted() with { Number = 1 + _chance.Next(3) switch { 0 => 0, 1 => _chance.Next(30), _ => _chance.Next(2_000_000) } };

    private Clause NextClause()
    {
        var first = Some(null);
        switch (_chance.Next(16))
        {
            case 0:
                return new Clause.Never(first, Maybe() ? NextState() : null, null, null, default);
            case 1:
                return new Clause.Never(first, Maybe() ? NextState() : null, Some(first), Span(), default);
            case 2:
                return new Clause.LeadsTo(first, Some(first), Span(), Maybe() ? Some(first) : null, Maybe() ? NextState() : null, default);
            case 3:
                return new Clause.Preceded(first, [.. Enumerable.Range(0, 1 + _chance.Next(3)).Select(_ => Some(first))], Span(), default);
            case 4:
                // "access to a place" with no date is another clause.
                return new Clause.Happens(first.Noun == "access" ? first with { Noun = "notice" } : first, Maybe() ? new When.Time(Day(1)) : null, Maybe() ? NextWhen() : null, default) is var h && h is { From: not null, By: When.Time } ? h with { By = new When.End() } : h;
            case 5:
                return new Clause.AtLeast(Numbered(), Maybe() ? NextWhen() : null, default);
            case 6:
                return new Clause.AtMost(Numbered(), Maybe() ? NextWhen() : null, default);
            case 7:
                return new Clause.ForEach(Counted() with { Number = 2, Category = "women" }, Numbered() with { Category = "men" }, Span(), Maybe(), default);
            case 8:
                return new Clause.Balance(Span(), Counted(), Counted(), _chance.Next(1000), default);
            case 9:
                return new Clause.OnlyAfter(first, null, Some(first), null, null, default);
            case 10:
                return new Clause.OnlyAfter(null, Counted(), null, Numbered(), null, default);
            case 11:
                return new Clause.EveryoneLeaves(Places(1), Maybe() ? NextWhen() : null, default);
            case 12:
                return Maybe() ? new Clause.SafePassage(first, default) : new Clause.OnlyTo(first, Places(1), default);
            case 13:
                return new Clause.Open(Maybe(), Places(1), default);
            case 14:
                return new Clause.ByAccount(Ids(), Ids(), Ids(), default);
            default:
                return new Clause.NotObservable(Words(), Ids(), default);
        }
    }

    private Term NextTerm(int n, int versions) => new(NumberOf(n), Words(), [.. Enumerable.Range(0, 1 + _chance.Next(3)).Select(_ => NextClause())], default)
    {
        Version = versions > 0 && Maybe() ? 1 + _chance.Next(versions) : null,
        StatedIn = Ids(),
        DeniedBy = Ids(),
        RivalOf = n > 1 && Maybe() ? NumberOf(n - 1) : null,
        AccordingTo = _chance.Next(4) == 0 ? "north" : null,
        Binds = Maybe() ? ["north", "south"] : [],
        AskedBy = _chance.Next(4) == 0 ? "south" : null,
        Step = Maybe() ? n : null,
        If = _chance.Next(4) == 0 ? Some(null) : null,
        From = _chance.Next(4) == 0 ? new When.Time(Day(1)) : null,
        Until = _chance.Next(4) == 0 ? new When.End() : null,
        Says = Maybe() ? Words() : null,
    };

    private static string NumberOf(int n) => n % 3 == 0 ? $"{n}a" : $"{n}";
}
