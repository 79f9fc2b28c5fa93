using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>What the nouns of <c>formats/agreement.md</c> mean among the claims that statements are lowered to. No noun means more than reports can show.</summary>
internal static class Nouns
{
    private static readonly HashSet<string> Departures = Set("convoy-departed", "convoy-moved", "convoy-reached", "convoy-arrived", "count-left", "count-passed", "count-arrived", "count-recorded");

    private static readonly HashSet<string> Arrivals = Set("convoy-arrived", "count-arrived", "count-recorded", "count-received");

    private static readonly HashSet<string> Harms = Set("count-killed", "count-wounded", "count-harmed");

    private static readonly HashSet<string> Hindrances =
    [
        .. from what in new[] { "passage", "boarding", "access", "observers", "aid" }
           from how in new[] { "refused", "delayed", "blocked", "held", "turned-back" }
           select $"{what}-{how}",
        "convoy-turned-back",
    ];

    private static readonly Dictionary<string, HashSet<string>> Of = new(StringComparer.Ordinal)
    {
        ["departure"] = Departures,
        ["crossing"] = Departures,
        ["arrival"] = Arrivals,
        ["fire"] = [.. Harms, "shelling", "explosion", "shooting", "fire-on-convoy", "fighting", "breach-of-truce"],
        ["harm"] = Harms,
        ["burning"] = Set("vehicles-burned", "count-burned"),
        ["detention"] = Set("detention"),
        ["looting"] = Set("looting"),
        ["threat"] = Set("threat"),
        ["weapons-found"] = Set("weapons-found"),
        ["obstruction"] = Hindrances,
        ["turned-back"] = [.. Hindrances.Where(h => h.EndsWith("-turned-back", StringComparison.Ordinal)), "count-turned-back"],
        ["held"] = [.. Hindrances.Where(h => h.EndsWith("-held", StringComparison.Ordinal)), "count-held"],
        ["refused"] = [.. Hindrances.Where(h => h.EndsWith("-refused", StringComparison.Ordinal)), "access-refused"],
        ["blocked"] = [.. Hindrances.Where(h => h.EndsWith("-blocked", StringComparison.Ordinal))],
        ["delayed"] = [.. Hindrances.Where(h => h.EndsWith("-delayed", StringComparison.Ordinal))],
        ["suspension"] = Set("state-suspended", "state-halted"),
        ["resumption"] = Set("state-resumed"),
        ["completion"] = Set("state-complete"),
        ["postponement"] = Set("state-postponed"),
        ["notice"] = Set("notice"),
        ["release"] = Set("count-released"),
        ["delivery"] = Set("count-delivered", "access-delivered"),
        ["access"] = Set("access-granted", "access-delivered"),
        ["monitoring"] = Set("line-watched", "count-present"),
    };

    /// <summary>True where a report of this type is of the noun; a claim's own type is of itself alone.</summary>
    public static bool IsOf(Occurrence occurrence, string type) =>
        occurrence.IsOwnType ? occurrence.Noun == type : Of.TryGetValue(occurrence.Noun, out var types) && types.Contains(type);

    /// <summary>Every type that can bear on the noun: a bus that is said to be empty bears on a departure.</summary>
    public static IEnumerable<string> TypesOf(string noun) =>
        (Of.TryGetValue(noun, out var types) ? types : []).Concat(noun is "departure" or "crossing" or "arrival" ? ["count-aboard"] : []);

    /// <summary>An arrival shows a departure no later than itself, but not when.</summary>
    public static bool ShowsEarlierDeparture(Occurrence occurrence, string type) => occurrence.Noun is "departure" or "crossing" && Arrivals.Contains(type);

    /// <summary>Who or what is counted; null for a word that is no category.</summary>
    public static (Unit Unit, Category Category)? CategoryOf(string word) => word switch
    {
        "people" => (Unit.People, Category.Everyone),
        "civilians" => (Unit.People, Category.Civilians),
        "fighters" => (Unit.People, Category.Fighters),
        "women" => (Unit.People, Category.Women),
        "men" => (Unit.People, Category.Men),
        "children" => (Unit.People, Category.Children),
        "wounded" => (Unit.People, Category.WoundedOrSick),
        "detainees" => (Unit.People, Category.Detainees),
        "staff" => (Unit.People, Category.Staff),
        "bodies" => (Unit.Bodies, Category.Whole),
        "buses" => (Unit.Vehicles, Category.Buses),
        "vehicles" => (Unit.Vehicles, Category.AllVehicles),
        "ambulances" => (Unit.Vehicles, Category.Ambulances),
        "trucks" => (Unit.Vehicles, Category.Trucks),
        "tonnes" => (Unit.Tonnes, Category.Whole),
        "violations" => (Unit.Violations, Category.Whole),
        _ => null,
    };

    /// <summary>The measures that count towards a total of this kind: who arrived had left.</summary>
    public static IReadOnlyList<Measure> MeasuresOf(Counting counting) => counting switch
    {
        Counting.Leave => [Measure.Left, Measure.Passed, Measure.Arrived],
        Counting.ArriveIn => [Measure.Arrived, Measure.Recorded],
        Counting.Pass => [Measure.Passed],
        Counting.AreReceivedIn => [Measure.Received],
        Counting.AreReleasedFrom => [Measure.Released],
        Counting.ArePresentAt => [Measure.Present],
        Counting.AreDeliveredTo => [Measure.Delivered],
        _ => throw new ArgumentOutOfRangeException(nameof(counting)),
    };

    private static HashSet<string> Set(params ReadOnlySpan<string> types)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            set.Add(type);
        }

        return set;
    }
}
