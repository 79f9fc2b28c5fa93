using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using NodaTime;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.List;

/// <summary>Reads one line into a <see cref="ListRow"/>, or says what is wrong with it, by line and field. Knows the format and nothing of what the words mean.</summary>
internal sealed class RowFields
{
    /// <summary>A row has to fit into the statement made of it, together with what was read from it.</summary>
    public const int LongestRow = 64 * 1024;

    /// <summary>A row is one object with a quantity in it; whatever lies deeper is refused where it begins, before it is walked into.</summary>
    private const int DeepestRow = 4;

    private const int LongestCategory = 400;
    private const int LongestSource = 400;
    private const int LongestText = 8_000;

    /// <summary>The fields of the list, in the order of its page.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "id", "published", "published_precision", "about", "source", "source_type", "relayed_by", "kind", "place_from", "place_to", "via", "category", "unit",
        "quantity", "cumulative", "series", "supersedes", "part_of", "paraphrase", "cite", "url", "from_sample", "verification",
    ];

    public static IReadOnlyList<string> SourceTypes { get; } =
        ["party", "guarantor", "un", "red-cross-red-crescent", "monitor-group", "media", "observer"];

    private const int LongestShared = 200;

    private static readonly byte[][] NamesUtf8 = [.. Names.Select(Encoding.UTF8.GetBytes)];
    private static readonly List<string> FieldNames = [.. Names];
    private static readonly Dictionary<string, int> FieldNumbers = Names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
    private static readonly List<string> KindNames = [.. Lexicon.ListKinds];
    private static readonly int QuantityField = FieldNames.IndexOf("quantity");
    private static readonly int CumulativeField = FieldNames.IndexOf("cumulative");
    private static readonly int SampleField = FieldNames.IndexOf("from_sample");
    private static readonly int CategoryField = FieldNames.IndexOf("category");
    private static readonly int SourceField = FieldNames.IndexOf("source");
    private static readonly int RelayField = FieldNames.IndexOf("relayed_by");
    private static readonly int SupersedesField = FieldNames.IndexOf("supersedes");
    private static readonly int PartOfField = FieldNames.IndexOf("part_of");
    private static readonly bool[] Shares = [.. Names.Select(n => n is not ("id" or "paraphrase" or "cite" or "url" or "series"))];
    private static readonly IReadOnlyList<string> Precisions = ["time", "day", "month"];
    private static readonly IReadOnlyList<string> QuantityNames = ["low", "high", "approx"];

    private readonly Dictionary<string, PlaceId> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Moment> _moments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly string?[] _texts = new string?[Names.Count];
    private readonly bool[] _seen = new bool[Names.Count];
    private readonly Gazetteer? _gazetteer;
    private StatedQuantity? _quantity;
    private bool? _cumulative;
    private int _next;
    private readonly char[] _chars = new char[LongestShared];

    /// <param name="gazetteer">Places outside it are refused; null where none was handed in.</param>
    public RowFields(Gazetteer? gazetteer)
    {
        _gazetteer = gazetteer;
        _lookup = _shared.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Adds a problem and returns null where the line is no row.</summary>
    public ListRow? Read(ReadOnlyMemory<byte> line, int number, List<Problem> problems)
    {
        var place = $"line {Shown.Number(number)}";
        try
        {
            return Row(line, number);
        }
        catch (RefusedException refused)
        {
            problems.Add(refused.Problem with { Place = refused.Problem.Place.Length == 0 ? place : $"{place}, {refused.Problem.Place}" });
        }
        catch (JsonException broken)
        {
            problems.Add(new("list.not-json", $"The line is not a JSON object (at byte {Shown.Number((broken.BytePositionInLine ?? 0) + 1)}); each line must be one object, complete on its line.", place));
        }

        return null;
    }

    /// <summary>The row that an object of the list is; its refusals name the field alone.</summary>
    /// <exception cref="RefusedException">Any of the list's codes.</exception>
    internal ListRow Row(ReadOnlyMemory<byte> line, int number)
    {
        if (line.Length > LongestRow)
        {
            throw new RefusedException("list.row-too-long", $"The row has {Shown.Grouped(line.Length)} bytes; a row has at most {Shown.Grouped(LongestRow)}. Shorten its texts.");
        }

        if (!Utf8.IsValid(line.Span))
        {
            throw new RefusedException("list.not-utf8", "The line is not UTF-8: save the file as UTF-8.");
        }

        Clear();
        var json = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = DeepestRow });
        json.Read();
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            throw new RefusedException("list.not-an-object", "The line is not a JSON object; each line must be one object, complete on its line.");
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            ReadField(ref json);
        }

        while (json.Read())
        {
            // Anything behind the object makes the reader throw.
        }

        return Made(number, Encoding.UTF8.GetString(line.Span));
    }

    private void Clear()
    {
        Array.Clear(_texts);
        Array.Clear(_seen);
        (_quantity, _cumulative) = (null, null);
    }

    private void ReadField(ref Utf8JsonReader json)
    {
        var field = FieldOf(ref json);
        var name = Names[field];
        if (_seen[field])
        {
            throw new RefusedException("list.field-twice", $"'{name}' is given twice; keep one.", name);
        }

        _seen[field] = true;
        json.Read();
        if (field == QuantityField)
        {
            _quantity = Quantity(ref json);
        }
        else if (field == CumulativeField)
        {
            _cumulative = Flag(ref json, name);
        }
        else if (field == SampleField)
        {
            _ = Flag(ref json, name);
        }
        else
        {
            _texts[field] = Text(ref json, field, name);
        }
    }

    /// <summary>Rows of one list have their fields in one order, so the one behind the last is tried first.</summary>
    private int FieldOf(ref Utf8JsonReader json)
    {
        var likely = _next < NamesUtf8.Length ? _next : 0;
        if (json.ValueTextEquals(NamesUtf8[likely]))
        {
            _next = likely + 1;
            return likely;
        }

        for (var i = 0; i < NamesUtf8.Length; i++)
        {
            if (NamesUtf8[i].Length == json.ValueSpan.Length && json.ValueTextEquals(NamesUtf8[i]))
            {
                _next = i + 1;
                return i;
            }
        }

        var given = Said(ref json, "");
        throw new RefusedException("list.unknown-field", $"'{Shown.Short(given)}' is not a field of the list{Nearest.Hint(given, Names)}.", Shown.Short(given));
    }

    private string? Text(ref Utf8JsonReader json, int field, string name)
    {
        if (json.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType is not JsonTokenType.String)
        {
            throw new RefusedException("list.not-text", $"'{name}' must be text or null.", name);
        }

        var longest = field == CategoryField ? LongestCategory : field == SourceField || field == RelayField ? LongestSource : LongestText;
        var text = Shares[field] && json.ValueSpan.Length <= LongestShared && !json.ValueIsEscaped ? SharedText(ref json) : Said(ref json, name);
        return text.Length <= longest
            ? text
            : throw new RefusedException("list.text-too-long", $"'{name}' has {Shown.Grouped(text.Length)} characters; at most {Shown.Grouped(longest)} are read.", name);
    }

    /// <summary>Names of sources and places come back in row after row: one copy of each is kept.</summary>
    private string SharedText(ref Utf8JsonReader json)
    {
        Span<char> chars = _chars;
        var length = json.CopyString(chars);
        if (!_lookup.TryGetValue(chars[..length], out var known))
        {
            known = chars[..length].ToString();
            _shared.Add(known);
        }

        return known;
    }

    private static string Said(ref Utf8JsonReader json, string name)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedException("list.broken-text", "The text holds half a character (an unpaired surrogate); write it again.", name);
        }
    }

    private static bool? Flag(ref Utf8JsonReader json, string name) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new RefusedException("list.not-a-flag", $"'{name}' must be true or false.", name),
    };

    private static StatedQuantity? Quantity(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType is not JsonTokenType.StartObject)
        {
            throw new RefusedException("list.quantity", "'quantity' must be null or an object with low, high and approx.", "quantity");
        }

        decimal? low = null, high = null;
        bool? approximate = null;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var name = Said(ref json, "quantity");
            json.Read();
            switch (name)
            {
                case "low":
                    low = Number(ref json, "quantity.low");
                    break;
                case "high":
                    high = Number(ref json, "quantity.high");
                    break;
                case "approx":
                    approximate = Flag(ref json, "quantity.approx");
                    break;
                default:
                    throw new RefusedException("list.unknown-field", $"'{Shown.Short(name)}' is not a field of quantity{Nearest.Hint(name, QuantityNames)}.", "quantity");
            }
        }

        return (low, high) switch
        {
            (null, null) => throw new RefusedException("list.quantity-empty", "'quantity' has neither a low nor a high end; give one, or make it null.", "quantity"),
            _ when low > high => throw new RefusedException("list.low-above-high", $"The low end ({Plain(low)}) is above the high end ({Plain(high)}); swap them or leave one out.", "quantity"),
            _ => new(low, high, approximate),
        };
    }

    private static decimal? Number(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType is not JsonTokenType.Number || !json.TryGetDecimal(out var number))
        {
            throw new RefusedException("list.not-a-number", $"'{name}' must be a number or null.", name);
        }

        return number switch
        {
            < 0 => throw new RefusedException("list.negative", $"'{name}' is {Plain(number)}; a number of the list can't be below zero.", name),
            > Statements.Quantities.Bound.Greatest => throw new RefusedException("list.too-large", $"'{name}' is above {Shown.Grouped(Statements.Quantities.Bound.Greatest)}; check the number.", name),
            _ => number,
        };
    }

    private ListRow Made(int number, string text)
    {
        var kind = Word("kind", Lexicon.ListKinds, "list.unknown-kind");
        var row = new ListRow
        {
            Line = number,
            Id = Id(Needed("id"), "id"),
            SaidAt = SaidAt(),
            About = About(Needed("about")),
            Source = Needed("source"),
            SourceType = Word("source_type", SourceTypes, "list.unknown-source-type"),
            RelayedBy = TextOf("relayed_by"),
            Kind = (ListKind)KindNames.IndexOf(kind),
            Places = new(Place("place_from"), Place("place_to"), Place("via")),
            Category = Needed("category"),
            Unit = TextOf("unit"),
            Quantity = _quantity,
            Cumulative = _cumulative,
            HasSupersedes = _seen[SupersedesField],
            Supersedes = TextOf("supersedes") is { } earlier ? Id(earlier, "supersedes") : null,
            HasPartOf = _seen[PartOfField],
            PartOf = TextOf("part_of") is { } whole ? Id(whole, "part_of") : null,
            Paraphrase = Needed("paraphrase"),
            Cite = TextOf("cite"),
            Url = TextOf("url"),
            Text = text,
        };
        return row;
    }

    private string Needed(string name) => TextOf(name) is { } text && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw new RefusedException("list.missing", $"'{name}' is missing; every row needs it.", name);

    private string Word(string name, IReadOnlyList<string> words, string code)
    {
        var given = Needed(name);
        return words.Contains(given)
            ? given
            : throw new RefusedException(code, $"'{Shown.Short(given)}' is not a {name.Replace('_', ' ')} of the list{Nearest.Hint(given, words)}.", name);
    }

    private static StatementId Id(string given, string name)
    {
        try
        {
            return new(given);
        }
        catch (RefusedException refused)
        {
            throw new RefusedException("list.not-an-id", refused.Problem.Message, name);
        }
    }

    private PlaceId? Place(string name)
    {
        if (TextOf(name) is not { } given)
        {
            return null;
        }

        if (_places.TryGetValue(given, out var known))
        {
            return known;
        }

        PlaceId id;
        try
        {
            id = new(given);
        }
        catch (RefusedException refused)
        {
            throw new RefusedException("list.not-a-place", refused.Problem.Message, name);
        }

        return _gazetteer is null || _gazetteer.Find(id) is not null
            ? _places[given] = id
            : throw new RefusedException("list.unknown-place", $"'{Shown.Short(given)}' is not in the places handed in{Nearest.Hint(given, [.. _gazetteer.Places.Select(p => p.Id.Value)], few: true)}; add the place or correct the id.", name);
    }

    private Moment SaidAt()
    {
        var published = Moment(Needed("published"), "published");
        return TextOf("published_precision") switch
        {
            null => published,
            "month" => Statements.Times.Moment.InMonth(published.Date),
            "day" => Statements.Times.Moment.OnDay(published.Date),
            "time" when published.HourIsStated => published,
            "time" => throw new RefusedException("list.no-hour", "'published_precision' says that the time is known, but 'published' gives only a day; give the time with its offset, or say day.", "published"),
            { } other => throw new RefusedException("list.unknown-precision", $"'{Shown.Short(other)}' is not a precision{Nearest.Hint(other, Precisions)}.", "published_precision"),
        };
    }

    private TimeSpoken About(string given)
    {
        var slash = given.IndexOf('/', StringComparison.Ordinal);
        var start = Moment(slash < 0 ? given : given[..slash], "about");
        if (slash < 0)
        {
            return TimeSpoken.At(start);
        }

        try
        {
            return new(start, Moment(given[(slash + 1)..], "about"));
        }
        catch (RefusedException refused) when (refused.Problem.Code == "time.end-before-start")
        {
            throw new RefusedException("list.end-before-start", $"{refused.Problem.Message.TrimEnd('.')}; swap the two.", "about");
        }
    }

    private Moment Moment(string given, string name)
    {
        if (_moments.TryGetValue(given, out var known))
        {
            return known;
        }

        try
        {
            return _moments[given] = Statements.Times.Moment.Parse(given);
        }
        catch (RefusedException refused) when (refused.Problem.Place.Length == 0)
        {
            throw new RefusedException("list.not-a-time", refused.Problem.Message, name);
        }
    }

    private string? TextOf(string name) => _texts[FieldNumbers[name]];

    private static string Plain(decimal? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}

/// <summary>The nearest known word to one that is not known, for messages.</summary>
internal static class Nearest
{
    /// <summary>", did you mean 'x'?" or the list of all that are known.</summary>
    public static string Hint(string given, IReadOnlyList<string> known, bool few = false)
    {
        var near = known.Where(k => k.Length < 60).Select(k => (Word: k, Apart: Distance(given, k))).OrderBy(p => p.Apart).ThenBy(p => p.Word, StringComparer.Ordinal).FirstOrDefault();
        return near.Word is not null && near.Apart <= Math.Max(2, given.Length / 3) ? $"; did you mean '{near.Word}'?"
            : few ? "" : $"; known are {string.Join(", ", known)}";
    }

    private static int Distance(string a, string b)
    {
        if (a.Length > 60)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
