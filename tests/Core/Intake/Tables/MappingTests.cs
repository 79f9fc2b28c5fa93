using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Safeconduct.Intake.Tables;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

public class MappingTests
{
    private static readonly DateOrder?[] Orders = [null, DateOrder.DayMonthYear, DateOrder.MonthDayYear, DateOrder.Serial, DateOrder.Serial1904];

    [Fact]
    public void The_example_of_the_format_page_reads_and_writes_back_the_same()
    {
        var page = Repository.Text("formats/table-mapping.md");
        var json = page[(page.IndexOf("```json", StringComparison.Ordinal) + 8)..];
        json = json[..json.IndexOf("```", StringComparison.Ordinal)];
        var mapping = MappingJson.Read(Encoding.UTF8.GetBytes(json));
        Assert.Empty(mapping.Problems);
        Assert.Equal(json, MappingJson.Write(mapping.Value!));
    }

    [Fact]
    public void A_law_a_mapping_that_was_written_reads_back_and_is_written_the_same()
    {
        var one = from column in Gen.Elements("Date", "a \"b\"", "عدد") from words in Gen.Elements(0, 2) from always in ArbMap.Default.GeneratorFor<bool>()
                   select always ? new FieldFrom(Always: column) : new FieldFrom(column, Words: words == 0 ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = "y", [""] = "z" }, Clock: words == 0 ? "+02:00" : null, Why: "header");
        var fields = from names in Gen.SubListOf(Mapping.FieldNames.ToArray()) from froms in one.ListOf(Mapping.FieldNames.Count) select Fields(names, froms);
        var mapping = from f in fields from c in fields from order in Gen.Elements(Orders) from n in ArbMap.Default.GeneratorFor<bool>()
                      select new Mapping { Fields = f, Counts = n ? [c] : [], Dates = order, NumbersSameRows = n, Sheet = n ? "S" : null, HeaderRow = n ? 3 : null, LeaveOut = n ? [new LeftOut("Date", ["Total"])] : [] };
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(mapping.ToArbitrary(), m =>
        {
            var written = MappingJson.Write(m);
            var read = MappingJson.Read(Encoding.UTF8.GetBytes(written));
            Assert.Empty(read.Problems);
            Assert.Equal(written, MappingJson.Write(read.Value!));
        }));
    }

    private static Dictionary<string, FieldFrom> Fields(IEnumerable<string> names, IEnumerable<FieldFrom> froms) => names.Zip(froms).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);

    [Theory]
    [InlineData("""[]""", "mapping.not-an-object", "", "a JSON object")]
    [InlineData("""{""", "mapping.not-json", "line 1", "formats/table-mapping.md")]
    [InlineData("""{"mapping":1,"mapping":1}""", "mapping.not-json", "line 1", "names something twice")]
    [InlineData("""{"fields":{}}""", "mapping.version", "mapping", "\"mapping\": 1")]
    [InlineData("""{"mapping":2,"fields":{}}""", "mapping.version", "mapping", "\"mapping\": 1")]
    [InlineData("""{"mapping":1}""", "mapping.no-fields", "fields", "from which column")]
    [InlineData("""{"mapping":1,"fields":{"catgory":{"column":"a"}}}""", "mapping.unknown-field", "fields.catgory", "did you mean 'category'?")]
    [InlineData("""{"mapping":1,"fields":{"id":{}}}""", "mapping.column-or-always", "fields.id", "one of the two")]
    [InlineData("""{"mapping":1,"fields":{"id":{"column":"a","always":"b"}}}""", "mapping.column-or-always", "fields.id", "one of the two")]
    [InlineData("""{"mapping":1,"fields":{"id":{"column":1}}}""", "mapping.not-text", "fields.id.column", "must be text")]
    [InlineData("""{"mapping":1,"fields":{"kind":{"column":"a","words":{"x":"movement","X":"aid"}}}}""", "mapping.word-twice", "fields.kind.words", "given twice")]
    [InlineData("""{"mapping":1,"fields":{},"dates":"dmy"}""", "mapping.dates", "dates", "known are day-month-year")]
    [InlineData("""{"mapping":1,"fields":{},"clock":"Kyiv"}""", "mapping.clock", "clock", "Europe/Kyiv")]
    [InlineData("""{"mapping":1,"fields":{},"header_row":0}""", "mapping.header-row", "header_row", "1 to 1000")]
    [InlineData("""{"mapping":1,"fields":{},"same_rows":"merge"}""", "mapping.same-rows", "same_rows", "refuse or number")]
    [InlineData("""{"mapping":1,"fields":{},"counts":{}}""", "mapping.not-a-list", "counts", "is a list")]
    public void A_mapping_that_can_not_be_meant_is_refused_at_its_place(string json, string code, string place, string message)
    {
        var problem = Assert.Single(MappingJson.Read(Encoding.UTF8.GetBytes(json)).Problems);
        Assert.Equal((code, place), (problem.Code, problem.Place));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_there_and_a_field_that_nothing_gives_are_refused_before_any_row()
    {
        var reading = TableReader.Read(Grids.Of("Date,From,Count\n2031-05-02,old-town,3\n"), new Mapping { Fields = new Dictionary<string, FieldFrom>(StringComparer.Ordinal) { ["about"] = new("Dat") } });
        var codes = reading.Problems.Select(p => (p.Row, p.Problem.Code, p.Problem.Place)).ToList();
        Assert.Contains((0, "mapping.unknown-column", "fields.about"), codes);
        Assert.Contains((0, "mapping.missing", "fields.source"), codes);
        Assert.Contains("did you mean 'Date'?", reading.Problems[0].Problem.Message, StringComparison.Ordinal);
    }
}
