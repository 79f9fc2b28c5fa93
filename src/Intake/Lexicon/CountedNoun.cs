using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Lexicons;

/// <summary>What a noun of the lexicon counts: the unit and the cells of its category. One table for rows, texts and suggestions, so that vehicles and trips are told apart in all of them.</summary>
internal static class CountedNoun
{
    private static readonly Dictionary<string, (Unit Unit, Category Category)> Vehicles = new(StringComparer.Ordinal)
    {
        ["buses"] = (Unit.Vehicles, Category.Buses),
        ["ambulances"] = (Unit.Vehicles, Category.Ambulances),
        ["buses-and-ambulances"] = (Unit.Vehicles, Category.Buses.Or(Category.Ambulances)),
        ["trucks"] = (Unit.Vehicles, Category.Trucks),
        ["private"] = (Unit.Vehicles, Category.PrivateVehicles),
        ["all-vehicles"] = (Unit.Vehicles, Category.AllVehicles),
        ["bus-trips"] = (Unit.Trips, Category.Buses),
        ["trips"] = (Unit.Trips, Category.AllVehicles),
    };

    private static readonly Dictionary<string, Category> Who = Category.Named.Where(n => n.Category.Space is CategorySpace.People)
        .GroupBy(n => n.Slug, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Category, StringComparer.Ordinal);

    /// <summary>Null where the rule is of no section that counts.</summary>
    public static (Unit Unit, Category Category)? Of(Rule rule) => rule.Slot switch
    {
        Slot.Vehicle => Vehicles[rule.Value],
        Slot.Who when rule.Value is "bodies" => (Unit.Bodies, Category.Everyone),
        Slot.Who when rule.Value is "bodies-mixed" => (Unit.People, Category.Everyone),
        Slot.Who => (Unit.People, Who[rule.Value]),
        _ => null,
    };
}
