using Safeconduct.Intake.Texts;
using Xunit;

namespace Safeconduct.Tests.Intake.Texts;

public class NotReadTests
{
    [Theory]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("uk")]
    [InlineData("tr")]
    [InlineData("ar")]
    public void What_the_rules_of_a_language_lack_is_said(string language) => Assert.NotEmpty(TextIntake.Read(new("…", null, language)).NotRead);

    [Fact]
    public void English_lacks_nothing_that_is_said() => Assert.Empty(TextIntake.Read(new("Two buses left.", null, "en")).NotRead);
}
