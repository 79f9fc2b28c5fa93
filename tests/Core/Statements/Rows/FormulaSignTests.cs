using FsCheck;
using FsCheck.Fluent;
using Safeconduct.Statements.Rows;
using Xunit;

namespace Safeconduct.Tests.Saying.Rows;

public class FormulaSignTests
{
    [Fact]
    public void A_guarded_text_begins_no_formula_and_comes_back_as_it_was()
    {
        var text = Gen.Elements("=", "+", "-", "@", "'", "\t", "\r", "\n", " ", "＝", "a", "1", "ع").ListOf().Select(string.Concat);
        Prop.ForAll(text.ToArbitrary(), t =>
        {
            var guarded = FormulaSign.Guarded(t);
            Assert.Equal(t, FormulaSign.Unguarded(guarded));
            Assert.False(FormulaSign.IsIn(guarded));
            Assert.DoesNotContain(guarded.TrimStart().FirstOrDefault('x'), "=+-@＝＋－＠");
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("'Ain Dara")]
    [InlineData("it's")]
    [InlineData("9,500")]
    [InlineData("")]
    public void Other_text_stands_as_it_is(string text) => Assert.Equal(text, FormulaSign.Guarded(text));

    [Theory]
    [InlineData("=1+1", true)]
    [InlineData("=cmd|' /C calc'!A0", true)]
    [InlineData("@SUM(1)", true)]
    [InlineData("-2+3", true)]
    [InlineData("+A1", true)]
    [InlineData("\t=1", true)]
    [InlineData(" =1", true)]
    [InlineData("＝1+1", true)]
    [InlineData("-words", true)]
    [InlineData("-5", false)]
    [InlineData("+963 11 222 333", false)]
    [InlineData("-", false)]
    [InlineData("--", false)]
    [InlineData("", false)]
    [InlineData("a=b", false)]
    [InlineData("-12.5%", false)]
    public void A_formula_is_told_from_a_number_and_a_dash(string text, bool isFormula) => Assert.Equal(isFormula, FormulaSign.IsIn(text));
}
