using System.Globalization;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Bench.Exchange;

/// <summary>Statements of a large mission, each made from its number alone: counts (some with parts), convoys and incidents, in English with Arabic words beside.</summary>
internal static class Made
{
    private static readonly Source[] Sources =
    [
        .. Enumerable.Range(1, 40).Select(n => new Source(new SourceId($"line-team-{n}"), $"Line team {n}", SourceKind.OwnObservers)),
        .. Enumerable.Range(1, 10).Select(n => new Source(new SourceId($"ministry-{n}/press-office"), $"Press office (Ministry {n})", SourceKind.Party, Office: "Press office", Body: $"Ministry {n}")),
    ];

    public static IEnumerable<Place> Places => Enumerable.Range(0, 60).Select(n => new Place(new($"place-{n}"), $"Place {n}", n % 3 == 0 ? PlaceKind.Point : PlaceKind.Area, Position: new Position(36 + (n * 0.01), 36), AccuracyMetres: 500));

    public static IEnumerable<Statement> Statements(int count) => Enumerable.Range(0, count).Select(Statement);

    public static string EntryOf(int n) => n.ToString("x64", CultureInfo.InvariantCulture);

    public static int? NumberOf(StatementId id) => id.Value.StartsWith("B-", StringComparison.Ordinal) && int.TryParse(id.Value.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    public static Statement Statement(int n)
    {
        var said = Moment.AtMinute(new NodaTime.LocalDateTime(2031, 5, 1, 6, 0).PlusSeconds(n * 7L).WithOffset(NodaTime.Offset.FromHours(3)));
        var people = 1 + (n * 7919 % 60);
        return new Statement
        {
            Id = new StatementId($"B-{n.ToString(CultureInfo.InvariantCulture)}"),
            Chain = new SourceChain(Sources[n % Sources.Length], []),
            Basis = Basis.Counted,
            SaidAt = said,
            About = TimeSpoken.At(said),
            Where = new Scope(new PlaceId($"place-{n % 20}"), new PlaceId($"place-{20 + (n % 20)}"), new PlaceId($"place-{40 + (n % 20)}")),
            Said = SaidOf(n, people),
            Words = n % 4 == 0 ? new Words($"غادر {people} شخصا عبر الجسر", "ar") : null,
            Paraphrase = $"The team counted {people} people in bus {n % 97} of convoy {n / 40}, \"all aboard\", and passed it on.",
            Handling = n % 3 == 0 ? Handling.Public : Handling.Room,
            Consent = Consent.NotNeeded,
        };
    }

    private static Said SaidOf(int n, int people) => (n % 10) switch
    {
        0 => new Movement(Step.Departed, $"convoy {n / 40}"),
        1 => new Incident(IncidentType.FireOnConvoy),
        2 => new Headcount(Measure.Left, new Counted(Unit.People, Category.Everyone, Bound.Exactly(people)), Including: [new Counted(Unit.People, Category.Women, Bound.Exactly(people / 3)), new Counted(Unit.People, Category.Children, Bound.AtLeast(people / 3))]),
        _ => new Headcount(Measure.Left, new Counted(Unit.People, Category.Everyone, n % 5 == 0 ? Bound.About(people) : Bound.Exactly(people)), Batch: $"convoy {n / 40}"),
    };
}
