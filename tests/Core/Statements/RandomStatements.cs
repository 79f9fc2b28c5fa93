using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Access;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Appeal;
using Safeconduct.Statements.Kinds.Assessment;
using Safeconduct.Statements.Kinds.Attribution;
using Safeconduct.Statements.Kinds.Clearance;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Contact;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Diplomacy;
using Safeconduct.Statements.Kinds.Finding;
using Safeconduct.Statements.Kinds.Handover;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Screening;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Stop;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Kinds.Unknown;
using Safeconduct.Statements.Kinds.Voluntariness;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Tests.Saying;

/// <summary>Random statements of every kind, each one sayable. The same seed gives the same statements.</summary>
internal sealed class RandomStatements(int seed)
{
    private static readonly string[] SomeWords = ["the old town", "الجسر", "мост", "köprü İI ıi", "a \"quoted\" word", "line\nbreak", "emoji 🚌", "1,234", "x"];

    private readonly Random _random = new(seed);

    public Statement Next(string kind)
    {
        for (; ; )
        {
            var statement = Draft(kind);
            try
            {
                return statement.Checked();
            }
            catch (RefusedException)
            {
                // A part drawn larger than its whole, a link drawn twice: draw again.
            }
        }
    }

    public Bound Bound()
    {
        var n = _random.Next(0, 50_000);
        var word = VagueWords.Floors.ElementAt(_random.Next(VagueWords.Floors.Count));
        return _random.Next(10) switch
        {
            0 => Safeconduct.Statements.Quantities.Bound.Exactly(n),
            1 => Safeconduct.Statements.Quantities.Bound.AtLeast(n),
            2 => Safeconduct.Statements.Quantities.Bound.MoreThan(n),
            3 => Safeconduct.Statements.Quantities.Bound.UpTo(n),
            4 => Safeconduct.Statements.Quantities.Bound.FewerThan(n + 1),
            5 => Safeconduct.Statements.Quantities.Bound.About(n),
            6 => Safeconduct.Statements.Quantities.Bound.Nearly(n),
            7 => Safeconduct.Statements.Quantities.Bound.Between(n, n + _random.Next(2, 900), Chance()),
            8 => Safeconduct.Statements.Quantities.Bound.Vague(word.Key, word.Value),
            _ => Safeconduct.Statements.Quantities.Bound.Of(n, n + 3, Chance(), Chance(), Any<Approximation>(), null),
        };
    }

    public Category People() => _random.Next(3) switch
    {
        0 => Pick([.. Category.Named.Select(n => n.Category).Where(c => c.Space is CategorySpace.People)]),
        1 => Part(),
        _ => Part().Or(Part()),
    };

    public Moment Moment()
    {
        var day = new LocalDate(2016, 1, 1).PlusDays(_random.Next(6000));
        return _random.Next(4) switch
        {
            0 => Safeconduct.Statements.Times.Moment.InMonth(day),
            1 => Safeconduct.Statements.Times.Moment.OnDay(day),
            _ => Safeconduct.Statements.Times.Moment.AtMinute(day.At(new LocalTime(_random.Next(24), _random.Next(60), _random.Next(2) * _random.Next(60))).WithOffset(Offset.FromHoursAndMinutes(_random.Next(-11, 13), 30 * _random.Next(2)))),
        };
    }

    public TimeSpoken Time()
    {
        for (; ; )
        {
            try
            {
                return _random.Next(3) == 0 ? new TimeSpoken(Moment(), Moment(), MaybeWords()) : TimeSpoken.At(Moment(), MaybeWords());
            }
            catch (RefusedException)
            {
                // Drawn backwards: draw again.
            }
        }
    }

    private Statement Draft(string kind) => new()
    {
        Id = Id(),
        Chain = new SourceChain(Source(), [.. Several(2, Source)]),
        Basis = Any<Basis>(),
        SaidAt = Moment(),
        About = Time(),
        Where = new Scope(Place(), Place(), Place()),
        Modality = Any<Modality>(),
        Said = Said(kind),
        Measured = Chance() ? null : new Measured(_random.Next(9), 9.50m, Chance(), "per cent"),
        Words = Chance() ? null : new Words(SomeText(), "ar", Chance() ? null : new string('a', 64), 3, 17),
        Paraphrase = MaybeWords(),
        Citation = MaybeWords(),
        Reception = Chance() ? null : new Reception("radio", Moment(), Chance(), MaybeWords()),
        Attached = [.. Several(2, () => new Attached(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Id().Value))), Chance() ? "image/jpeg" : "application/pdf")).DistinctBy(a => a.Sha256)],
        Handling = Any<Handling>(),
        Consent = Any<Consent>(),
        Links = [.. Several(2, () => new Link(Any<Relation>(), Id()))],
        Imported = Chance() ? null : new Imported("{\"id\":\"X\"}", MaybeWords(), Chance()),
    };

    private Said Said(string kind) => kind switch
    {
        Headcount.Name => new Headcount(Any<Measure>(), Counted(Unit.People), Chance(), MaybeSeveral(() => Counted(Unit.People)), MaybeWords()),
        Movement.Name => new Movement(Any<Step>(), MaybeWords(), MaybeSeveral(() => Counted(Unit.Vehicles)), Chance() ? null : Counted(Unit.People)),
        Incident.Name => new Incident(Any<IncidentType>(), MaybeWords(), MaybeWords(), MaybeSeveral(() => new Harm(Any<Measure>(), AnyCounted()))),
        Obstruction.Name => new Obstruction(Any<Obstructed>(), Any<Hindrance>(), MaybeWords(), MaybeCounted(), MaybeWords()),
        Stop.Name => new Stop(Any<StopReason>(), MaybeWords(), Chance() ? null : _random.Next(86_401)),
        Control.Name => new Control(Any<Extent>(), MaybeWords()),
        Status.Name => new Status(Any<SubjectKind>(), Any<State>(), MaybeWords(), MaybeSeveral(() => Counted(Unit.Vehicles))),
        Agreement.Name => new Agreement(Any<Act>(), MaybeWords(), MaybeSeveral(SomeText)),
        Undertaking.Name => new Undertaking(SomeText(), MaybeWords(), Chance() ? null : Any<Measure>(), MaybeCounted(), Chance() ? null : Time()),
        Access.Name => new Access(Any<AccessAct>(), SomeText(), MaybeCounted()),
        Appeal.Name => new Appeal(SomeText(), MaybeWords()),
        Diplomacy.Name => new Diplomacy(Any<DiplomaticAct>(), SomeText(), MaybeCounted()),
        Attribution.Name => new Attribution(SomeText(), MaybeWords(), Any<Standard>()),
        Unknown.Name => new Unknown(SomeText(), Any<Measure>(), Chance() ? null : new Counted(Unit.People, People(), Safeconduct.Statements.Quantities.Bound.NotKnown)),
        Coverage.Name => new Coverage(Chance(), MaybeWords(), MaybeWords()),
        Screening.Name => new Screening(MaybePeople(), MaybePeople(), MaybePeople(), Counted(Unit.People), MaybeWords(), MaybeWords()),
        Voluntariness.Name => Chance() ? new Voluntariness(NotAsked: true) : new Voluntariness(false, MaybePeople(), MaybePeople(), MaybePeople(), [new Destination(SomeText(), MaybeWords(), MaybePeople()), new Destination(null, SomeText())]),
        Handover.Name => new Handover(SomeText(), MaybeWords(), MaybeWords(), MaybeWords()),
        Contact.Name => new Contact(SomeText(), MaybeWords(), MaybeWords(), MaybeWords(), SomeText(), Chance() ? null : Moment(), MaybeWords()),
        Clearance.Name => new Clearance(SomeText(), Party(), Any<ClearanceState>(), MaybeWords()),
        Finding.Name => new Finding(SomeText(), [Id()], Party(), Moment()),
        Assessment.Name => new Assessment(Id(), SomeText(), Any<Reliability>(), Chance() ? null : _random.Next(1, 7), Chance() ? null : Any<VerifiedBy>()),
        Correction.Name => new Correction(Id(), SomeText(), Said(Pick([.. Catalogue.Kinds.Select(k => k.Name).Where(k => k is not (Correction.Name or Withdrawal.Name))]))),
        Withdrawal.Name => new Withdrawal(Id(), SomeText()),
        Comment.Name => new Comment(SomeText(), Chance() ? null : Id()),
        _ => throw new ArgumentException($"Say how to draw a random '{kind}'.", nameof(kind)),
    };

    private Party Party() => new(new SourceId($"body-{Number(9)}/office"), SomeText());

    private Counted? MaybePeople() => Chance() ? null : Counted(Unit.People);

    private Counted AnyCounted() => Counted(Any<Unit>());

    private Counted? MaybeCounted() => Chance() ? null : AnyCounted();

    private Counted Counted(Unit unit) => new(
        unit,
        unit switch
        {
            Unit.People or Unit.Bodies or Unit.Movements => People(),
            Unit.Vehicles or Unit.Trips => Category.Vehicles([Any<VehicleType>(), Any<VehicleType>()]),
            Unit.Violations or Unit.Tonnes => Category.Whole,
            _ => throw new ArgumentOutOfRangeException(nameof(unit)),
        },
        Bound(),
        MaybeWords());

    private Category Part() => Category.People(Subset<Standing>(), Subset<Sex>(), Subset<AgeBand>(), Subset<Health>(), Subset<Company>());

    private List<T>? Subset<T>()
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>().Where(_ => Chance()).ToList();
        return values.Count == 0 ? null : values;
    }

    private StatementId Id() => new("S-" + Number(500));

    private PlaceId? Place() => Chance() ? null : new PlaceId("place-" + Number(9));

    private Source Source() => new(new SourceId($"body-{Number(9)}/office"), SomeText(), Any<SourceKind>(), MaybeWords(), MaybeWords(), MaybeWords(), MaybeSeveral(SomeText));

    private string Number(int below) => Shown.Number(_random.Next(below));

    private string SomeText() => Pick(SomeWords);

    private string? MaybeWords() => Chance() ? null : SomeText();

    private List<T>? MaybeSeveral<T>(Func<T> one) => Chance() ? null : [.. Several(2, one).Prepend(one())];

    private IEnumerable<T> Several<T>(int most, Func<T> one) => Enumerable.Range(0, _random.Next(most + 1)).Select(_ => one()).ToList();

    private T Any<T>()
        where T : struct, Enum => Pick(Enum.GetValues<T>());

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    private bool Chance() => _random.Next(2) == 0;
}
