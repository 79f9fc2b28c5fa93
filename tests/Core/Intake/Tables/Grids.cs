using System.Text;
using NodaTime;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements.Places;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

/// <summary>Small tables that tests read, and the mapping that a plain one is read under.</summary>
internal static class Grids
{
    public static Gazetteer Places { get; } = new(
    [
        new Place(new("old-town"), "Old Town", PlaceKind.Area, LocalName: "البلدة القديمة"),
        new Place(new("lowmoor"), "Lowmoor", PlaceKind.Area),
        new Place(new("mill-north"), "Mill", PlaceKind.Point),
        new Place(new("mill-south"), "Mill", PlaceKind.Point),
    ]);

    public static Table Of(string csv, int? headerRow = null) => Table.Of(CsvText.Read(Encoding.UTF8.GetBytes(csv), "counts"), headerRow);

    /// <summary>A column for the number, the rest said for all rows.</summary>
    public static Mapping Plain(params (string Field, FieldFrom From)[] changes)
    {
        var fields = new Dictionary<string, FieldFrom>(StringComparer.Ordinal)
        {
            ["published"] = new(Always: "2031-05-03"),
            ["about"] = new(Column: "Date"),
            ["source"] = new(Always: "Harbour Authority"),
            ["source_type"] = new(Always: "party"),
            ["kind"] = new(Always: "movement"),
            ["category"] = new(Always: "people who left"),
            ["place_from"] = new(Column: "From"),
            ["quantity"] = new(Column: "Count"),
        };
        foreach (var (field, from) in changes)
        {
            fields[field] = from;
        }

        return new Mapping { Fields = fields };
    }

    public static TableReading Read(string csv, Mapping? mapping = null, DateTimeZone? clock = null) => TableReader.Read(Of(csv), mapping ?? Plain(), Places, clock: clock);

    public static void AssertRefused(TableReading reading, string code, string place, string message)
    {
        var problem = Assert.Single(reading.Problems).Problem;
        Assert.Equal(code, problem.Code);
        Assert.Equal(place, problem.Place);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Empty(reading.Statements);
    }
}
