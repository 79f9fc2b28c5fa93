using System.Text;
using Safeconduct.Intake.Exports;
using Safeconduct.Intake.Tables;
using Safeconduct.Tests.Core.Intake.Exports;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

public class HxlChecksTests
{
    [Theory]
    [InlineData("#org,#affected\nA,1\n", "")]
    [InlineData("Who,How many\n#org,#affected +f\nA,1\n", "")]
    [InlineData("a,b\n1,2\n", "hxl.no-tags 1")]
    [InlineData("#org,#affected+,#date\nA,1,2031\n", "hxl.bad-tag 1B")]
    [InlineData("#org,#afected\nA,1\n", "hxl.unknown-tag 1B")]
    [InlineData("#org,#x_mood\nA,good\n", "")]
    [InlineData("#org+f+m,#org +m +f\nA,B\n", "hxl.same-tags 1B")]
    [InlineData("#date+start\n2031-05-02\n2031-05\n2031\n2031-W18\n2031-05-02T18:00+03:00\n25/12/2031\n", "")]
    [InlineData("#date+start\n03/04/2031\nsoon\n2031-13-01\n", "hxl.not-a-date 2A, hxl.not-a-date 3A, hxl.not-a-date 4A")]
    [InlineData("#affected,#reached,#indicator+num\n1.5,1e3,-2\n\"1,204\",>300,about 5\n", "hxl.not-a-number 3A, hxl.not-a-number 3B, hxl.not-a-number 3C, hxl.mixed 3C")]
    [InlineData("#geo+lat,#geo+lon\n36.2,37.1\n91,181\nN,37\n", "hxl.off-earth 3A, hxl.off-earth 3B, hxl.off-earth 4A")]
    [InlineData("#sector\nHealth \nFood  aid\n", "hxl.spaces 2A, hxl.spaces 3A")]
    [InlineData("#description,#meta+x\n\"two\nlines\",a  b\n", "")]
    [InlineData("#org,#value\nA,1\nB,2\nA,1\n", "hxl.same-row 4")]
    [InlineData("#loc+code,#loc+name\np1,Mill\np2,Bridge\np1,Mull\n", "hxl.code-of-two 4A")]
    [InlineData("#indicator+x\n1\n2\nmany\n", "hxl.mixed 4A")]
    public void Each_check_finds_what_it_is_for_and_nothing_else(string csv, string found) =>
        Assert.Equal(found, string.Join(", ", HxlChecks.Of(CsvRows.Of(new StringReader(csv))).Findings.Select(f => $"{f.Problem.Code} {f.Row}{(f.Column == 0 ? "" : Sheet.Letters(f.Column - 1))}")));

    [Theory]
    [InlineData("Harbour Authority", "Harbor Authority", true)]
    [InlineData("Harbour Authority", "HARBOUR AUTHORITY", true)]
    [InlineData("Camp 11", "Camp 12", false)]
    [InlineData("North", "Nort", false)]
    [InlineData("Harbour Authority", "River Police", false)]
    public void A_rare_name_close_to_a_frequent_one_is_named_with_it(string frequent, string rare, bool isSlip)
    {
        var csv = "#org,#value\n" + string.Concat(Enumerable.Range(1, 12).Select(n => $"{frequent},{n}\n")) + $"{rare},13\n";
        var found = HxlChecks.Of(CsvRows.Of(new StringReader(csv)));
        Assert.Equal(isSlip ? 1 : 0, found.Warnings);
        Assert.All(found.Findings, f => Assert.Equal(("hxl.spelling", 14, 1), (f.Problem.Code, f.Row, f.Column)));
        Assert.All(found.Findings, f => Assert.Contains($"close to '{frequent}'", f.Problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Findings_are_counted_beyond_those_that_are_named()
    {
        var found = HxlChecks.Of(CsvRows.Of(new StringReader("#affected\n" + string.Concat(Enumerable.Range(0, 500).Select(n => $"x{n}\n")))));
        Assert.Equal((500, 500, HxlChecks.MostNamed), (found.Rows, found.Errors, found.Findings.Count));
    }

    [Theory]
    [InlineData("hxl")]
    [InlineData("hxl-json")]
    public void Our_own_exports_have_no_error(string format)
    {
        var bytes = Leavings.Written(format, Leavings.OfEveryKind);
        var found = HxlChecks.Of(format == "hxl" ? CsvRows.Of(new StringReader(Encoding.UTF8.GetString(bytes))) : ReturnedRows.HxlRows(new MemoryStream(bytes)));
        Assert.Equal("", string.Join('\n', found.Findings.Select(f => f.Problem)));
    }
}
