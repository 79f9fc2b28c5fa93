using System.Text.Json;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Bytes;

/// <summary>The bytes of what kinds share: bounds, categories, counts, times, sources. Version 1; the page is <c>formats/statement.md</c>.</summary>
internal static class Parts
{
    public static void Write(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    public static void Write<T>(this Utf8JsonWriter json, string name, T? token)
        where T : struct, Enum
    {
        if (token is { } value)
        {
            json.WriteString(name, Token.Of(value));
        }
    }

    public static void Write(this Utf8JsonWriter json, string name, bool flag)
    {
        if (flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    public static void Write(this Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, string name, Bound bound)
    {
        json.WriteStartObject(name);
        json.Write("not_known", bound.IsNotKnown);
        if (bound.Low is { } low)
        {
            json.WriteNumber(bound.LowIsStrict ? "more_than" : "low", low);
        }

        if (bound.High is { } high)
        {
            json.WriteNumber(bound.HighIsStrict ? "fewer_than" : "high", high);
        }

        json.Write<Approximation>("approximate", bound.IsApproximate ? bound.Approximation : null);
        json.Write("word", bound.VagueWord);
        json.WriteEndObject();
    }

    public static Bound Bound(Fields f)
    {
        f.Only("not_known", "low", "more_than", "high", "fewer_than", "approximate", "word");
        if (f.Has("low") && f.Has("more_than"))
        {
            throw new RefusedException("bound.two-ends", "A bound has one low end: 'low' (the number itself included) or 'more_than' (excluded).", f.Path);
        }

        if (f.Has("high") && f.Has("fewer_than"))
        {
            throw new RefusedException("bound.two-ends", "A bound has one high end: 'high' (the number itself included) or 'fewer_than' (excluded).", f.Path);
        }

        if (f.Flag("not_known"))
        {
            return Given(f) == 0
                ? Quantities.Bound.NotKnown
                : throw new RefusedException("bound.not-known-with-number", "A number is either not known or bounded; give 'not_known' alone, or leave it out.", f.Path);
        }

        return Quantities.Bound.Of(
            f.MaybeWhole("low") ?? f.MaybeWhole("more_than"),
            f.MaybeWhole("high") ?? f.MaybeWhole("fewer_than"),
            f.Has("more_than"),
            f.Has("fewer_than"),
            f.MaybeEnum<Approximation>("approximate") ?? Approximation.None,
            f.MaybeText("word", Quantities.Bound.LongestWord));
    }

    private static int Given(Fields f)
    {
        string[] ends = ["low", "more_than", "high", "fewer_than", "approximate", "word"];
        return ends.Count(f.Has);
    }

    /// <summary>A category is written by its name where it has one, else as products of its dimensions.</summary>
    public static void Write(this Utf8JsonWriter json, string name, Category category)
    {
        if (Category.Named.FirstOrDefault(n => n.Category == category) is { Slug: { } slug })
        {
            json.WriteString(name, slug);
            return;
        }

        json.WriteStartArray(name);
        foreach (var type in category.VehicleTypes())
        {
            json.WriteStringValue(Token.Of(type));
        }

        foreach (var product in category.Products())
        {
            json.WriteStartObject();
            json.Write("standing", product.Standing?.Select(Token.Of).ToList());
            json.Write("sex", product.Sex?.Select(Token.Of).ToList());
            json.Write("age", product.Age?.Select(Token.Of).ToList());
            json.Write("health", product.Health?.Select(Token.Of).ToList());
            json.Write("company", product.Company?.Select(Token.Of).ToList());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static Category CategoryOf(Fields f, string name, CategorySpace space)
    {
        if (space is CategorySpace.Whole)
        {
            return !f.Has(name)
                ? Category.Whole
                : throw new RefusedException("category.none-here", $"Violations and tonnes have no category; leave '{name}' out.", $"{f.Path}.{name}");
        }

        if (f.IsText(name))
        {
            var slug = f.Text(name, 80);
            return Category.Named.FirstOrDefault(n => n.Slug == slug && n.Category.Space == space).Category
                ?? throw new RefusedException("category.unknown", $"'{Shown.Short(slug)}' is not a category of {Token.Of(space)}; they are {string.Join(", ", Category.Named.Where(n => n.Category.Space == space).Select(n => n.Slug))}.", $"{f.Path}.{name}");
        }

        return space is CategorySpace.Vehicles
            ? Category.Vehicles(f.MaybeEnums<VehicleType>(name) ?? throw new RefusedException("body.missing", $"'{name}' is missing.", f.Path))
            : Category.OfProducts(f.ReadAll(name, ProductOf, 200));
    }

    public static void Write(this Utf8JsonWriter json, string name, Counted? counted)
    {
        if (counted is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteFields(counted);
        json.WriteEndObject();
    }

    public static void Write(this Utf8JsonWriter json, string name, IReadOnlyList<Counted> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var counted in counts)
        {
            json.WriteStartObject();
            json.WriteFields(counted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static Counted CountedOf(Fields f)
    {
        f.Only("unit", "of", "bound", "group");
        var unit = f.Enum<Unit>("unit");
        var space = unit switch
        {
            Unit.Vehicles or Unit.Trips => CategorySpace.Vehicles,
            Unit.Violations or Unit.Tonnes => CategorySpace.Whole,
            Unit.People or Unit.Bodies or Unit.Movements => CategorySpace.People,
            _ => throw new ArgumentOutOfRangeException(nameof(f)),
        };
        return new Counted(unit, CategoryOf(f, "of", space), f.Read("bound", Bound), f.MaybeText("group", 200));
    }

    public static Counted? MaybeCounted(this Fields f, string name) => f.Has(name) ? f.Read(name, CountedOf) : null;

    public static IReadOnlyList<Counted> Counts(this Fields f, string name) => f.ReadAll(name, CountedOf);

    public static TimeSpoken Time(this Fields f, string name, string words = "about_words")
    {
        try
        {
            return TimeSpoken.Parse(f.Text(name, 80), f.MaybeText(words, 400));
        }
        catch (RefusedException refused) when (refused.Problem.Place.Length == 0)
        {
            throw refused.Within($"{f.Path}.{name}");
        }
    }

    public static Moment MomentOf(this Fields f, string name)
    {
        try
        {
            return Moment.Parse(f.Text(name, 40));
        }
        catch (RefusedException refused) when (refused.Problem.Place.Length == 0)
        {
            throw refused.Within($"{f.Path}.{name}");
        }
    }

    public static void WriteFields(this Utf8JsonWriter json, Source source)
    {
        json.WriteString("id", source.Id.Value);
        json.WriteString("name", source.Name);
        json.WriteString("kind", Token.Of(source.Kind));
        json.Write("speaker", source.Speaker);
        json.Write("office", source.Office);
        json.Write("body", source.Body);
        json.Write("roles", source.Roles);
    }

    public static Source SourceOf(Fields f)
    {
        f.Only("id", "name", "kind", "speaker", "office", "body", "roles");
        return new Source(new SourceId(f.Text("id", 400)), f.Text("name", 400), f.Enum<SourceKind>("kind"), f.MaybeText("speaker", 400), f.MaybeText("office", 400), f.MaybeText("body", 400), f.MaybeTexts("roles", 20));
    }

    private static void WriteFields(this Utf8JsonWriter json, Counted counted)
    {
        json.WriteString("unit", Token.Of(counted.Unit));
        if (counted.Category.Space is not CategorySpace.Whole)
        {
            json.Write("of", counted.Category);
        }

        json.Write("bound", counted.Bound);
        json.Write("group", counted.Group);
    }

    private static Category.Product ProductOf(Fields f)
    {
        f.Only("standing", "sex", "age", "health", "company");
        return new Category.Product(f.MaybeEnums<Standing>("standing"), f.MaybeEnums<Sex>("sex"), f.MaybeEnums<AgeBand>("age"), f.MaybeEnums<Health>("health"), f.MaybeEnums<Company>("company"));
    }
}
