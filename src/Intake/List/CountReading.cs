using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.List;

/// <summary>The number of a row, read: either a count (people, vehicles, trips) or a measured number, never both.</summary>
/// <param name="Main">The number's place among the paraphrase's numbers; -1 where the paraphrase does not say it.</param>
internal sealed record NumberRead(Counted? Counted, Measured? Measured, int Main);

/// <summary>Unit, category and bound of a row's number: from its fields where it has them, else from the words.</summary>
internal sealed class CountReading(RowText text)
{
    private static readonly Dictionary<string, Unit> OtherUnits = new(StringComparer.Ordinal)
    {
        ["movements"] = Unit.Movements,
        ["crossings"] = Unit.Movements,
        ["violations"] = Unit.Violations,
        ["tonnes"] = Unit.Tonnes,
        ["tons"] = Unit.Tonnes,
    };

    private readonly Wording _unit = new();
    private readonly WordSet _ends = text.Lexicon.SetOf("in", "on", "at", "from", "to", "by", "and", "with", "had", "were", "was", "out", "sent", "still", "of", "since", "after", "as");

    /// <summary>Null where the row has no number.</summary>
    public NumberRead? Read(ListRow row, List<Reason> why)
    {
        if (row.Quantity is not { } quantity)
        {
            return null;
        }

        var main = Main(quantity);
        var head = Head();
        var (unit, category, measured) = row.Unit is { } given ? Given(given, head, main, why) : WorkedOut(row, head, main, why);
        if (unit is null)
        {
            return new(null, new Measured(quantity.Low, quantity.High, Approximate(quantity, main) is not Approximation.None, measured!), main);
        }

        return new(new Counted(unit.Value, category!, BoundOf(quantity, main, why), GroupOf(main >= 0 ? text.Numbers[main].To : -1, why)), null, main);
    }

    /// <summary>Who is spoken of where there is no number, for what is not known, vague or none.</summary>
    public (Unit Unit, Category Category) Spoken(List<Reason> why)
    {
        for (var at = 0; at < text.Category.Count; at++)
        {
            if ((text.TryAt(TextField.Category, Slot.Vehicle, at, out var hit) || text.TryAt(TextField.Category, Slot.Who, at, out hit)) && CountedBy(hit) is { } counted)
            {
                why.Add(new("category", counted.Category.Slug, hit));
                return counted;
            }
        }

        why.Add(new("category", Category.Everyone.Slug, "default"));
        return (Unit.People, Category.Everyone);
    }

    /// <summary>Words that narrow the category, or null.</summary>
    /// <param name="behind">The lexeme behind the number: in the paraphrase only words next to it narrow it. -1 where it is not there.</param>
    public string? GroupOf(int behind, List<Reason> why)
    {
        var near = behind < 0 || !text.May(TextField.Paraphrase, Slot.Group) ? null : text.All(TextField.Paraphrase, Slot.Group).Where(h => behind >= 0 && h.Match.From >= behind && h.Match.From <= behind + 2).Select(h => (Hit?)h).FirstOrDefault();
        if ((text.In(TextField.Category, Slot.Group) ?? near) is not { } hit)
        {
            return null;
        }

        var group = hit.Value switch
        {
            "shelter" => hit.Words,
            "by" => "by " + text.Captured(hit),
            var value => value,
        };
        why.Add(new("group", group, hit));
        return group;
    }

    /// <summary>The unit and category that the words right behind a number name, and where those words end.</summary>
    public (Unit Unit, Category Category, int End, Hit Hit)? NounAfter(int at)
    {
        for (var look = at; look < Math.Min(at + 4, text.Paraphrase.Count) && text.Paraphrase[look].Kind is LexemeKind.Word; look++)
        {
            if ((text.TryAt(TextField.Paraphrase, Slot.Vehicle, look, out var hit) || text.TryAt(TextField.Paraphrase, Slot.Who, look, out hit)) && CountedBy(hit) is { } counted)
            {
                return (counted.Unit, counted.Category, hit.Match.To, hit);
            }

            if (text.Lexicon.TryMatch(Slot.OtherUnit, text.Paraphrase, look, out _) || Ends(look))
            {
                return null;
            }
        }

        return null;
    }

    private bool Ends(int at) => _ends.Has(text.Paraphrase[at]);

    private static (Unit Unit, Category Category)? CountedBy(Hit hit) => CountedNoun.Of(hit.Match.Rule);

    /// <summary>The first noun of the category that can be counted or measured: the head of "people in private vehicles" is people.</summary>
    private Hit? Head()
    {
        for (var at = 0; at < text.Category.Count; at++)
        {
            if (text.TryAt(TextField.Category, Slot.OtherUnit, at, out var hit) || text.TryAt(TextField.Category, Slot.Vehicle, at, out hit) || text.TryAt(TextField.Category, Slot.Who, at, out hit))
            {
                return hit;
            }
        }

        return null;
    }

    /// <summary>The place of the row's number among the numbers of its paraphrase.</summary>
    private int Main(StatedQuantity quantity)
    {
        var numbers = text.Numbers;
        for (var i = 0; i < numbers.Count; i++)
        {
            var m = numbers[i];
            if (m.Use is not MentionUse.Name && m.VagueWord is null && (quantity.Low, quantity.High) switch
            {
                ({ } low, { } high) when low != high => m.Low == low && m.High == high,
                ({ } low, _) => m.Says(low),
                (_, { } high) => m.Says(high),
                _ => false,
            })
            {
                return i;
            }
        }

        return -1;
    }

    private (Unit? Unit, Category? Category, string? Measured) Given(string unit, Hit? head, int main, List<Reason> why)
    {
        if (head is { Match.Rule.Slot: Slot.OtherUnit, Value: "places" or "available" or "interviewed" } other)
        {
            why.Add(new("unit", other.Words, other));
            return (null, null, Shortened(other.Words));
        }

        _unit.Read(unit, text.Lexicon);
        var known = text.Lexicon.TryMatch(Slot.Vehicle, _unit, 0, out var match) || text.Lexicon.TryMatch(Slot.Who, _unit, 0, out match)
            ? CountedBy(new(match, TextField.Category, _unit))
            : OtherUnits.TryGetValue(unit, out var rare) ? (rare, rare is Unit.Movements ? Category.Everyone : Category.Whole) : null;
        why.Add(new("unit", unit, "field"));
        if (known is not { } counted || (match.Rule is not null && match.To < _unit.Count))
        {
            return (null, null, Shortened(unit));
        }

        return Overridden(counted.Unit, head, main, why) ?? (counted.Unit, Narrowed(counted.Unit, counted.Category, head, main, why), null);
    }

    /// <summary>"308 bus trips" in a row whose unit says buses, "100 bodies" in one that says people: the words are the finer.</summary>
    private (Unit? Unit, Category? Category, string? Measured)? Overridden(Unit unit, Hit? head, int main, List<Reason> why)
    {
        if (unit is Unit.Vehicles && main >= 0 && NounAfter(text.Numbers[main].To) is { Unit: Unit.Trips } trips)
        {
            why.Add(new("unit", "trips", trips.Hit));
            return (Unit.Trips, trips.Category == Category.AllVehicles && head is { } h && CountedBy(h) is { Unit: Unit.Vehicles } kind ? kind.Category : trips.Category, null);
        }

        if (unit is Unit.People && head is { Value: "bodies" } bodies)
        {
            why.Add(new("unit", "bodies", bodies));
            return (Unit.Bodies, Category.Everyone, null);
        }

        return null;
    }

    private Category Narrowed(Unit unit, Category category, Hit? head, int main, List<Reason> why)
    {
        var named = head is { } h && CountedBy(h) is { } byHead && byHead.Unit == unit ? (byHead.Category, h)
            : main >= 0 && NounAfter(text.Numbers[main].To) is { } noun && noun.Unit == unit ? (noun.Category, noun.Hit)
            : ((Category Category, Hit Hit)?)null;
        if (named is not { } n || category.Space != n.Category.Space)
        {
            why.Add(new("category", category.Slug, "field"));
            return category;
        }

        why.Add(new("category", n.Category.Slug, n.Hit));

        // Staff stand below the line: "people" of whom the words say workers are staff. Else the narrower of the two where they overlap.
        return category == Category.Everyone || category == Category.AllVehicles ? n.Category
            : n.Category == Category.Everyone || n.Category == Category.AllVehicles ? category
            : category.And(n.Category) ?? category;
    }

    private (Unit? Unit, Category? Category, string? Measured) WorkedOut(ListRow row, Hit? head, int main, List<Reason> why)
    {
        if (main >= 0 && text.Numbers[main].Use is MentionUse.Measure)
        {
            var noun = text.Paraphrase.Of(text.Numbers[main].To).ToString();
            var unit = text.Lexicon.TryMatch(Slot.MeasureNoun, text.Paraphrase, text.Numbers[main].To, out var measure) && measure.Rule.Value is "percent" ? "percent" : Plural(noun);
            why.Add(new("unit", unit, measure.Rule.Id, text.Paraphrase, measure.From, measure.To));
            return (null, null, unit);
        }

        if (head is { Match.Rule.Slot: Slot.OtherUnit } other)
        {
            why.Add(new("unit", other.Words, other));
            if (OtherUnits.TryGetValue(other.Value, out var rare) && rare is Unit.Violations)
            {
                return (rare, Category.Whole, null);
            }

            return (null, null, other.Value is "percent" ? "percent" : Shortened(other.Words));
        }

        var noun2 = main >= 0 ? NounAfter(text.Numbers[main].To) : null;
        if (head is { } h && CountedBy(h) is { } counted)
        {
            why.Add(new("unit", Token.Of(counted.Unit), h));
            return Overridden(counted.Unit, head, main, why) ?? (counted.Unit, Named(counted.Category, h, why), null);
        }

        if (noun2 is { } n)
        {
            why.Add(new("unit", Token.Of(n.Unit), n.Hit));
            return (n.Unit, Named(n.Category, n.Hit, why), null);
        }

        var people = row.Kind is ListKind.Movement or ListKind.Remaining or ListKind.Casualty or ListKind.Term or ListKind.Obstruction;
        why.Add(new("unit", people ? "people" : "number", "default"));
        return people ? (Unit.People, Category.Everyone, null) : (null, null, "number");
    }

    private static Category Named(Category category, Hit hit, List<Reason> why)
    {
        why.Add(new("category", category.Slug, hit));
        return category;
    }

    private Bound BoundOf(StatedQuantity quantity, int main, List<Reason> why)
    {
        if (quantity.Said is { } said)
        {
            why.Add(new("bound", said.ToString(), "field"));
            return said;
        }

        var mention = main >= 0 ? text.Numbers[main] : default;
        var approximate = Approximate(quantity, main);
        var strictLow = main >= 0 && mention.LowIsStrict && quantity.High is null && mention.Low == quantity.Low;
        var strictHigh = main >= 0 && mention.HighIsStrict && quantity.Low is null && mention.High == quantity.High && quantity.High > 0;
        var bound = Bound.Of((long?)quantity.Low, (long?)quantity.High, strictLow, strictHigh, approximate, null);
        if (main >= 0 && mention.NumberAt > mention.From)
        {
            why.Add(new("bound", bound.ToString(), "bound", text.Paraphrase, mention.From, mention.To));
        }
        else
        {
            why.Add(new("bound", bound.ToString(), "field"));
        }

        return bound;
    }

    /// <summary>The row's flag and the words next to the number: either makes it approximate; only words say which way.</summary>
    private Approximation Approximate(StatedQuantity quantity, int main)
    {
        var said = main >= 0 ? text.Numbers[main].Approximation : Approximation.None;
        return said is Approximation.Below && quantity.Low == quantity.High ? Approximation.Below
            : said is not Approximation.None || quantity.Approximate is true ? Approximation.EitherWay
            : Approximation.None;
    }

    private static string Shortened(string unit) => unit.Length > 60 ? unit[..60] : unit;

    private static string Plural(string noun) => noun is "km" or "pc" || noun.EndsWith('s') ? noun : noun + "s";
}
