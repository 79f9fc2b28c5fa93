using System.Globalization;
using System.Text;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Xunit;

namespace Safeconduct.Tests.Statements;

public static class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    public static void Bytes_wording_and_claims_are_the_same_on_a_machine_of_any_culture(string culture)
    {
        var here = In(CultureInfo.InvariantCulture, Everything);
        Assert.Equal(here, In(CultureInfo.GetCultureInfo(culture), Everything));
    }

    private static string Everything()
    {
        var text = new StringBuilder();
        var random = new RandomStatements(99);
        foreach (var (kind, _) in Catalogue.Kinds)
        {
            for (var i = 0; i < 30; i++)
            {
                var statement = random.Next(kind);
                text.Append(Encoding.UTF8.GetString(StatementBytes.Write(statement))).Append('\n').Append(statement.Wording).Append('\n').Append(statement.Measured).Append('\n');
                text.AppendJoin('\n', statement.Claims().Select(ClaimText.Of)).Append('\n');
            }
        }

        foreach (var (_, _, body, isRefused) in KindPageTests.Examples())
        {
            if (isRefused)
            {
                text.AppendJoin('\n', StatementBytes.Read(body).Problems).Append('\n');
            }
        }

        return text.Append(Token.Slug("KÖPRÜ İI ıi ŞEHİR 12")).ToString();
    }

    private static T In<T>(CultureInfo culture, Func<T> run)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return run();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }
}
