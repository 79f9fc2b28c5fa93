using System.Text.Json;
using NodaTime;
using Safeconduct.Intake.LineTexts;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Intake;

/// <summary>The line text, held to <c>formats/vectors/line-text.json</c> as the phone is.</summary>
public sealed class LineTextTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(Repository.Text("formats/vectors/line-text.json")).RootElement;

    private static readonly Operation Operation = new("Valley", DateTimeZoneProviders.Tzdb["Asia/Damascus"], new Gazetteer([new Place(new PlaceId("bridge"), "Bridge", PlaceKind.Crossing), new Place(new PlaceId("gate"), "Gate", PlaceKind.Crossing)]));

    private static readonly Source Observers = new(new SourceId("mission/observers"), "Observers", SourceKind.OwnObservers);

    private static readonly Reception Radio = new("radio", Moment.Parse("2031-05-02T14:40+03:00"), true, "Line 2");

    [Fact]
    public void Every_good_line_of_the_vectors_is_read_and_written_to_the_letter()
    {
        foreach (var vector in Vectors.GetProperty("good").EnumerateArray())
        {
            var text = vector.GetProperty("text").GetString()!;
            var read = LineText.Read(text).Value!;
            Assert.Equal(text, read.ToString());
            Assert.True(text.Length <= 160);
            int[] numbers = [.. ((string[])["line", "trip", "women", "men", "girls", "boys", "unknown", "wounded", "crew"]).Select(f => vector.GetProperty(f).GetInt32())];
            Assert.Equal<IEnumerable<int>>(numbers, [read.Line, read.Trip, read.Women, read.Men, read.Girls, read.Boys, read.Unknown, read.Wounded, read.Crew]);
            Assert.Equal((vector.GetProperty("vehicle").GetString(), vector.GetProperty("closed").GetString()), (read.Vehicle, read.Closed.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void What_was_heard_in_small_letters_other_digits_or_with_more_spaces_is_read_alike()
    {
        var alike = Vectors.GetProperty("read_alike");
        foreach (var heard in alike.GetProperty("heard").EnumerateArray())
        {
            Assert.Equal(alike.GetProperty("as_written").GetString(), LineText.Read(heard.GetString()!).Value?.ToString());
        }
    }

    [Fact]
    public void Every_bad_line_of_the_vectors_is_refused_whole()
    {
        foreach (var vector in Vectors.GetProperty("refused").EnumerateArray())
        {
            var read = LineText.Read(vector.GetProperty("text").GetString()!);
            Assert.Null(read.Value);
            Assert.Equal((vector.GetProperty("text").GetString(), vector.GetProperty("code").GetString(), "text"), (vector.GetProperty("text").GetString(), read.Problems[0].Code, read.Problems[0].Place));
        }
    }

    [Fact]
    public void One_wrong_character_or_two_swapped_are_never_read()
    {
        var text = Vectors.GetProperty("good")[0].GetProperty("text").GetString()!;
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in "0123456789ABKTW".Where(c => c != text[i] && char.IsAsciiLetterOrDigit(text[i])))
            {
                Assert.Null(LineText.Read(text[..i] + other + text[(i + 1)..]).Value);
            }

            if (i > 0 && text[i] != text[i - 1])
            {
                Assert.Null(LineText.Read(text[..(i - 1)] + text[i] + text[i - 1] + text[(i + 1)..]).Value);
            }
        }
    }

    [Fact]
    public void It_becomes_a_count_with_its_parts_and_a_crew_below_the_line()
    {
        var made = Read("good").Statements(Operation, new LocalDate(2031, 5, 2), Radio, Observers);
        Assert.Equal(["bus 4417, trip 1", "bus 4417, trip 1"], made.Select(s => ((Headcount)s.Said).Batch));
        var people = (Headcount)made[0].Said;
        Assert.Equal((13L, 4, new PlaceId("gate")), (people.Counted.Bound.Low!.Value, people.Parts.Count, made[0].Where.Via!.Value));
        Assert.Equal("2031-05-02T14:26:00+03:00", made[0].About.ToString());
        Assert.Equal((Measure.Aboard, Category.Staff), (((Headcount)made[1].Said).Measure, ((Headcount)made[1].Said).Counted.Category));
        Assert.All(made, s => Assert.Equal(Radio, s.Reception));
    }

    [Fact]
    public void The_same_line_of_the_same_day_has_the_same_id_and_of_another_day_another()
    {
        StatementId Id(int day) => Read("good").Statements(Operation, new LocalDate(2031, 5, day), Radio, Observers)[0].Id;
        Assert.Equal(Id(2), Id(2));
        Assert.NotEqual(Id(2), Id(3));
    }

    [Fact]
    public void A_line_that_the_operation_does_not_have_is_refused()
    {
        var far = LineText.Read(Vectors.GetProperty("good")[2].GetProperty("text").GetString()!).Value!;
        var refused = Assert.Throws<RefusedException>(() => far.Statements(Operation, new LocalDate(2031, 5, 2), Radio, Observers));
        Assert.Equal("The operation has 2 places, and the line speaks of line 14.", refused.Problem.Message);
    }

    private static LineText Read(string part) => LineText.Read(Vectors.GetProperty(part)[0].GetProperty("text").GetString()!).Value!;
}
