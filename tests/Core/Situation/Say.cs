using NodaTime;
using Safeconduct.Situation;
using Safeconduct.Situation.Figures;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Tests.Core.Situation;

/// <summary>Short ways to say things in tests. Places and sources are invented: a town, its hill and its old city, a neighbouring country.</summary>
internal static class Say
{
    public static readonly Operation Operation = new(
        "Invented",
        DateTimeZoneProviders.Tzdb["Europe/Sarajevo"],
        new Gazetteer(
        [
            new Place(new PlaceId("town"), "Town", PlaceKind.Area),
            new Place(new PlaceId("old-city"), "Old City", PlaceKind.Area, Within: new PlaceId("town")),
            new Place(new PlaceId("new-city"), "New City", PlaceKind.Area, Within: new PlaceId("town")),
            new Place(new PlaceId("hill"), "Hill", PlaceKind.Area),
            new Place(new PlaceId("valley"), "Valley", PlaceKind.Area),
            new Place(new PlaceId("abroad"), "Abroad", PlaceKind.Area),
        ]));

    public static Source Source(string id, SourceKind kind = SourceKind.Media) => new(new SourceId(id), id, kind);

    public static Counted People(Bound bound, Category? category = null) => new(Unit.People, category ?? Category.Everyone, bound);

    public static Statement That(
        string id,
        string source,
        Said said,
        string about = "2031-05-01",
        string? saidAt = null,
        string? from = "old-city",
        string? to = null,
        Modality modality = Modality.Asserted,
        string? timeWords = null,
        string? paraphrase = null,
        IReadOnlyList<Link>? links = null,
        SourceKind kind = SourceKind.Media,
        Basis basis = Basis.NotSaid) => new Statement
        {
            Id = new StatementId(id),
            Chain = new SourceChain(Source(source, kind), []),
            SaidAt = Moment.Parse(saidAt ?? about[(about.IndexOf('/', StringComparison.Ordinal) + 1)..]),
            About = TimeSpoken.Parse(about, timeWords),
            Said = said,
            Where = new Scope(from is null ? null : new PlaceId(from), to is null ? null : new PlaceId(to)),
            Modality = modality,
            Paraphrase = paraphrase,
            Links = links ?? [],
            Basis = basis,
        }.Checked();

    /// <summary>A running total of people who left the old city from 1 May 2031.</summary>
    public static Statement Total(string id, string source, Bound bound, string day = "2031-05-02", Category? category = null, string? batch = null, string? words = null, string? saidAt = null, string? to = null, string? paraphrase = null, params Link[] links) =>
        That(id, source, new Headcount(Measure.Left, People(bound, category), IsRunningTotal: true, Batch: batch), $"2031-05-01/{day}", saidAt, to: to, timeWords: words, links: links, paraphrase: paraphrase);

    public static Statement Inside(string id, string source, Bound bound, Category? category = null, string day = "2031-05-02", string? saidAt = null, params Link[] links) =>
        That(id, source, new Headcount(Measure.Remaining, People(bound, category)), day, saidAt, links: links);

    public static Assessed Assessed(params Statement[] statements) => Assess.Of(statements, Operation, View.Everything);

    public static Assessed At(string time, params Statement[] statements) =>
        Assess.Of(statements, Operation, new View(Lens.All, Moment.Parse(time).Earliest(Operation.Zone)));

    public static Figure Figure(this Assessed assessed, string id) =>
        assessed.Figures.SingleOrDefault(f => f.Id == id) ?? throw new InvalidOperationException($"no figure '{id}' among: {string.Join(", ", assessed.Figures.Select(f => f.Id))}");

    public static string Ids(this IEnumerable<StatementId> ids) => string.Join(' ', ids.Select(i => i.Value));

    public static Link Supersedes(string id) => new(Relation.Supersedes, new StatementId(id));

    public static Link PartOf(string id) => new(Relation.PartOf, new StatementId(id));

    /// <summary>"at least 5", "more than 5", "about 5", "nearly 5", "up to 5", "3-5", "5", "many", "not known".</summary>
    public static Bound Bound(string words)
    {
        var number = new string([.. words.Where(c => char.IsAsciiDigit(c) || c is '-')]);
        long N(string digits) => long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return words switch
        {
            "not known" => Safeconduct.Statements.Quantities.Bound.NotKnown,
            "many" => Safeconduct.Statements.Quantities.Bound.Vague("many", null),
            "hundreds" => Safeconduct.Statements.Quantities.Bound.Vague("hundreds", 200),
            _ when words.StartsWith("at least", StringComparison.Ordinal) => Safeconduct.Statements.Quantities.Bound.AtLeast(N(number)),
            _ when words.StartsWith("more than", StringComparison.Ordinal) => Safeconduct.Statements.Quantities.Bound.MoreThan(N(number)),
            _ when words.StartsWith("about", StringComparison.Ordinal) => Safeconduct.Statements.Quantities.Bound.About(N(number)),
            _ when words.StartsWith("nearly", StringComparison.Ordinal) => Safeconduct.Statements.Quantities.Bound.Nearly(N(number)),
            _ when words.StartsWith("up to", StringComparison.Ordinal) => Safeconduct.Statements.Quantities.Bound.UpTo(N(number)),
            _ when number.Contains('-') => Safeconduct.Statements.Quantities.Bound.Between(N(number.Split('-')[0]), N(number.Split('-')[1])),
            _ => Safeconduct.Statements.Quantities.Bound.Exactly(N(number)),
        };
    }
}
