using NodaTime;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>Names of the operation's gazetteer in a text, however they are spelled; all places of a name are kept and none is chosen.</summary>
public static class PlacesTests
{
    private static readonly Gazetteer Places = new(
    [
        new(new("karova"), "Karova", PlaceKind.Area),
        new(new("karama-north"), "Al-Karama", PlaceKind.Area, LocalName: "الكرامة"),
        new(new("karama-south"), "al-Karamah (south)", PlaceKind.Area),
        new(new("deir"), "Deir es-Sur", PlaceKind.Area, Aliases: ["Dayr as-Sur"]),
        new(new("old-town"), "The old town", PlaceKind.Area),
        new(new("muhasan"), "Muhasan", PlaceKind.Area),
        new(new("market"), "Market", PlaceKind.Point),
    ]);

    private static SaidWhere[] In(string text, string language = "en") =>
        [.. TextIntake.Read(new(text, new LocalDate(2031, 5, 5), language, Places)).Proposals.SelectMany(p => p.Places).Where(w => w.Candidates.Count > 0)];

    private static string[] Ids(string text, string language = "en") => [.. In(text, language).SelectMany(w => w.Candidates).Select(c => c.Value).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("42 civilians were evacuated from Karova.", "karova")]
    [InlineData("42 civilians were evacuated from KAROVA.", "karova")]
    [InlineData("42 civilians were evacuated from Károva.", "karova")]
    [InlineData("42 civilians were evacuated from Karrova.", "karova")]
    [InlineData("42 civilians were evacuated from Karova's hospital.", "karova")]
    [InlineData("42 civilians were evacuated from Mouhassan.", "muhasan")]
    [InlineData("42 civilians were evacuated from Mukhasan.", "muhasan")]
    [InlineData("42 civilians were evacuated from Dayr as-Sur.", "deir")]
    [InlineData("42 civilians were evacuated from Deir es Sur.", "deir")]
    [InlineData("42 civilians were evacuated from the old town.", "old-town")]
    public static void A_name_is_found_however_it_is_spelled(string text, string place) => Assert.Equal([place], Ids(text));

    [Theory]
    [InlineData("42 civilians were evacuated from el-Karama.")]
    [InlineData("42 civilians were evacuated from Karamah.")]
    public static void All_places_of_one_name_are_kept_and_none_is_chosen(string text) => Assert.Equal(["karama-north", "karama-south"], Ids(text));

    [Fact]
    public static void The_role_and_the_words_stay_those_of_the_text()
    {
        const string Text = "42 civilians were evacuated from Karova to al-Karama.";
        var places = In(Text);
        Assert.Equal([PlaceRole.From, PlaceRole.To], places.Select(p => p.Role));
        Assert.Equal("Karova", places[0].Words!.Value.Of(Text));
    }

    [Fact]
    public static void An_Arabic_text_whose_words_are_no_places_is_read_to_its_end() => Assert.Empty(In("قالت هيئة الميناء يوم الجمعة إن 40 شخصا غادروا البلدة القديمة. وأضافت أن الحافلات توقفت.", "ar"));

    [Fact]
    public static void A_word_in_small_letters_is_no_name_of_one_word() => Assert.Empty(In("42 civilians were evacuated from the market."));

    [Fact]
    public static void An_office_called_after_a_place_is_no_place() => Assert.DoesNotContain(In("The Karova Ministry of Health said that 42 civilians were killed in Muhasan."), p => p.Candidates.Contains(new PlaceId("karova")));

    [Fact]
    public static void Without_a_gazetteer_nothing_has_candidates() =>
        Assert.All(TextIntake.Read(new("42 civilians were evacuated from Karova.", null, "en")).Proposals, p => Assert.All(p.Places, w => Assert.Empty(w.Candidates)));

    [Theory]
    [InlineData("Каровы", "karova")]
    [InlineData("Карове", "karova")]
    [InlineData("Мухасаном", "muhasan")]
    [InlineData("Karova'dan", "karova")]
    [InlineData("بالكرامة", "karama-north karama-south")]
    [InlineData("وكاروفا", "karova")]
    public static void Other_alphabets_and_what_their_languages_add_to_a_name_are_compared(string name, string places) =>
        Assert.Equal(places, string.Join(' ', Ids($"42 civilians were evacuated from {name} on 4 May.")));
}
