using System.Text;
using System.Text.Json;
using NodaTime;
using Safeconduct.Intake.Exports;
using Safeconduct.Reports.Exchange;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;
using Safeconduct.Tests;

namespace Safeconduct.Tests.Core.Intake.Exports;

/// <summary>Statements of every kind with texts made to break a format, handed on and taken back.</summary>
internal static class Leavings
{
    /// <summary>What an enemy or an honest witness may put into a text.</summary>
    private static readonly string[] Texts =
    [
        "=cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3", "+963 11 222 333", "\t=1+1", "'=quoted", "''=twice", "'Ain Dara", "- a dash", "-", "a,b;c\td", "two\nlines", "two\r\nlines", "\r", "\"quoted\"",
        "غادر 9500 شخص المدينة", "\u202Eevil\u202C", "_x0041_ and _x005F_x0041_", "#meta+id", "id", "007", "1,204", "1e5", "2031-05-02", "true", " spaces  around ", "\u0001 and \u0007", "\uFFFE and \uFFFF",
        "😀 \U0010FFFD", "(shown in part)", "{\"v\":1}", "</t></is></c>", "]]>", "＝wide", "null",
    ];

    public static Operation Operation { get; } = new("An operation, \"quoted\"", DateTimeZoneProviders.Tzdb["Europe/Kyiv"], new Gazetteer(
    [
        new Place(new("old-town"), "=Old Town", PlaceKind.Area, Position: new Position(30, 50)),
        new Place(new("north-bank"), "North, Bank", PlaceKind.Area, Position: new Position(31, 50)),
    ]));

    public static IReadOnlyList<Statement> OfEveryKind { get; } = Vectors();

    public static IEnumerable<string> Formats => ExportFormats.All.Select(f => f.Name);

    /// <summary>Statements of every kind, each with texts, times and numbers drawn anew.</summary>
    public static List<Statement> Drawn(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Drawn(random, i))];
    }

    public static string Hash(int at) => at.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);

    public static byte[] Written(string format, IReadOnlyList<Statement> statements, bool whole = true) => Written(ExportFormats.All.Single(f => f.Name == format), statements, whole);

    public static byte[] Written(ExportFormat format, IReadOnlyList<Statement> statements, bool whole = true)
    {
        using var to = new MemoryStream();
        format.Write(to, new Cover(Operation, Audience.Room, 0), statements.Select((s, i) => new HandedOn(s with { IsCoarse = !whole }, Hash(i))));
        return to.ToArray();
    }

    public static IEnumerable<ReturnedRow>? Rows(string format, byte[] bytes) => format switch
    {
        "csv" or "hxl" => ReturnedRows.OfCsv(new StringReader(Encoding.UTF8.GetString(bytes))),
        "hxl-json" => ReturnedRows.OfHxlJson(new Dripping(bytes)),
        "geojson" => ReturnedRows.OfObjects(new Dripping(bytes), "features"),
        "json" => ReturnedRows.OfObjects(new Dripping(bytes), "statements"),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Taken into a book that holds these statements, each under the entry of its place.</summary>
    public static Returned Taken(IEnumerable<ReturnedRow> rows, IReadOnlyList<Statement> book, bool ownBook = true)
    {
        var returning = Into(book, ownBook);
        foreach (var row in rows)
        {
            returning.Take(row);
        }

        return returning.End();
    }

    /// <summary>What takes rows into such a book.</summary>
    public static Returning Into(IReadOnlyList<Statement> book, bool ownBook = true)
    {
        var known = book.Select((s, i) => (s, i)).ToDictionary(p => p.s.Id, p => new InBook(p.s, Hash(p.i)));
        return new Returning(Operation.Gazetteer, known.GetValueOrDefault, ownBook);
    }

    public static string Bytes(Statement statement) => Encoding.UTF8.GetString(StatementBytes.Write(statement));

    private static Statement Drawn(Random random, int at)
    {
        var statement = OfEveryKind[random.Next(OfEveryKind.Count)];
        string? Maybe() => random.Next(3) == 0 ? null : Texts[random.Next(Texts.Length)] + (random.Next(2) == 0 ? "" : Texts[random.Next(Texts.Length)]);
        var drawn = statement with
        {
            Id = new StatementId($"L-{at}"),
            SaidAt = Moment.Parse(random.Next(3) switch { 0 => "2031-05", 1 => "2031-05-02", _ => "2031-05-02T18:00:00+03:00" }),
            Paraphrase = Maybe(),
            Citation = Maybe(),
            Words = Maybe() is { } words ? new Words(words, "ar") : null,
            About = new TimeSpoken(statement.About.Start, statement.About.End, Maybe()),
            Attached = [],
            Links = [.. statement.Links.Where(l => l.To.Value != $"L-{at}")],
        };
        var bound = random.Next(5) switch { 0 => Bound.MoreThan(random.Next(10_000)), 1 => Bound.NotKnown, 2 => Bound.About(random.Next(1, 500)), 3 => Bound.Between(3, 1_000_000), _ => Bound.Exactly(random.Next(9)) };
        return drawn.Said is Headcount { Parts.Count: 0 } count ? drawn with { Said = count with { Counted = new Counted(count.Counted.Unit, count.Counted.Category, bound, Maybe()?.Trim() is { Length: > 0 } group ? group : null), Batch = Maybe() } } : drawn;
    }

    private static List<Statement> Vectors()
    {
        using var vectors = JsonDocument.Parse(Repository.Bytes("formats/vectors/statements.json"));
        return [.. vectors.RootElement.GetProperty("accepted").EnumerateArray().Select(v => StatementBytes.Read(Encoding.UTF8.GetBytes(v.GetProperty("body").GetString()!)).Value!)];
    }

    /// <summary>A stream that gives a few bytes at a time, as a network may.</summary>
    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));
    }
}
