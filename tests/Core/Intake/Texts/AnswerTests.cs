using NodaTime;
using Safeconduct.Bench.Intake;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>Texts read and held to answers made by hand. The answers never follow the program; the numbers here are what it must not fall below.</summary>
public sealed class AnswerTests
{
    /// <summary>Example texts with answers that lie beside a checkout, where there are any; they belong to others and are not shipped.</summary>
    private static string Examples => Path.Combine(Repository.Root, "..", "shared", "intake-examples");

    [Fact]
    public void The_examples_are_read_nearly_as_a_careful_reader_reads_them()
    {
        Assert.SkipUnless(Directory.Exists(Examples), "no examples lie beside this checkout");
        var (span, claim, exact, attribution) = Score.Of(Examples, null);
        Assert.InRange(span, 0.90, 1);
        Assert.InRange(claim, 0.82, 1);
        Assert.InRange(exact, 0.65, 1);
        Assert.InRange(attribution, 0.95, 1);
    }

    [Theory]
    [InlineData("cases/texts/public-domain", null, 0.80, 0.95)]
    [InlineData("cases/texts/tuned", "en", 0.65, 0.84)]
    [InlineData("cases/texts/tuned", "fr", 0.75, 0.85)]
    [InlineData("cases/texts/tuned", "ru", 0.75, 0.90)]
    [InlineData("cases/texts/tuned", "uk", 0.65, 0.90)]
    [InlineData("cases/texts/tuned", "tr", 0.60, 0.85)]
    [InlineData("cases/texts/tuned", "ar", 0.60, 0.85)]
    [InlineData("cases/texts/held-out", "en", 0.65, 0.88)]
    public void Texts_with_answers_are_read_no_worse_than_before(string folder, string? language, double claim, double attribution)
    {
        var figures = Score.Of(Repository.PathOf(folder), language);
        Assert.InRange(figures.Claim, claim, 1);
        Assert.InRange(figures.Attribution, attribution, 1);
    }

    [Fact]
    public void A_wire_article_keeps_its_nested_bounds_its_speakers_and_what_nobody_in_particular_says()
    {
        var file = Path.Combine(Examples, "00-sample.txt");
        Assert.SkipUnless(File.Exists(file), "no examples lie beside this checkout");
        var body = File.ReadAllText(file).Split('\n', 2)[1];
        var reading = TextIntake.Read(new(body, new LocalDate(2016, 12, 16)));
        var claims = reading.Proposals;
        var whole = claims.Single(c => c.Count?.Bound == Bound.MoreThan(9_500));
        Assert.All([Bound.MoreThan(4_500), Bound.Exactly(337)], b => Assert.Contains(claims.Single(c => c.Count?.Bound == b).Ties, t => t.Bearing is Bearing.PartOf && t.To == whole.Number));
        Assert.True(claims.Single(c => c.Quote.StartsWith("All women", StringComparison.Ordinal)).Count!.IsAll);
        var complementary = claims.Single(c => c.Quote.Contains("complementary", StringComparison.Ordinal));
        Assert.EndsWith("Putin", complementary.Source!.Name, StringComparison.Ordinal);
        Assert.EndsWith("Cavusoglu", Assert.Single(complementary.Via).Name, StringComparison.Ordinal);
        Assert.Null(claims.Single(c => c.Quote.Contains("is seen as", StringComparison.Ordinal)).Source);
        Assert.Contains(claims, c => c.Kind is ClaimKind.Suspension && c.Source?.Name.EndsWith("Human Rights", StringComparison.Ordinal) == true);
        Assert.Contains(claims, c => c.Modality is Modality.Planned && c.Quote.StartsWith("pledging", StringComparison.Ordinal));
        Assert.Contains(claims, c => c.Kind is ClaimKind.Control && c.Quote.Contains("completed", StringComparison.Ordinal));
        Assert.Contains(claims, c => c.Quote.Contains("isolated pockets", StringComparison.Ordinal) && c.Source is not null);
        Assert.Contains(claims, c => c.Kind is ClaimKind.Suspension && c.Source is null);
        Assert.Equal(2, reading.SetAside.Count);
    }
}
