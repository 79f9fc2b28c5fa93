using Safeconduct.Intake.Tables;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Tables;

public class FormulaTests
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("@SUM(1)")]
    [InlineData("-2+3")]
    [InlineData("+A1")]
    [InlineData("\t=1+1")]
    public void A_cell_that_would_be_a_formula_is_refused_by_row_and_column(string cell)
    {
        var reading = Grids.Read($"Date,From,Count,Remark\n2031-05-02,old-town,300,fine\n2031-05-02,old-town,301,\"{cell}\"\n");
        Grids.AssertRefused(reading, "table.formula", "row 3, column 'Remark'", "put an apostrophe before them");
        Assert.Empty(reading.Statements);
    }

    [Fact]
    public void Behind_an_apostrophe_it_is_words_and_the_apostrophe_is_taken_off()
    {
        var reading = Grids.Read("Date,From,Count,Remark\n2031-05-02,old-town,300,'=1+1\n", Grids.Plain(("paraphrase", new FieldFrom(Column: "Remark"))));
        Assert.Equal("=1+1", Assert.Single(reading.Statements).Paraphrase);
    }

    [Fact]
    public void A_number_with_a_sign_a_telephone_number_and_a_dash_are_no_formulas() =>
        Assert.Single(Grids.Read("Date,From,Count,Remark,Phone,Change\n2031-05-02,old-town,300,-,+963 11 222 333,-5\n").Statements);
}
