using System.Text;
using Safeconduct.Reports.Publishing;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Reports;

/// <summary>The documents of the desk, as <c>formats/publication.md</c> shows them.</summary>
public sealed class PublicationTests
{
    private static readonly string[] Examples = [.. Repository.Text("formats/publication.md").Split("```json\n").Skip(1).Select(block => block[..block.IndexOf('\n', StringComparison.Ordinal)])];

    [Fact]
    public void The_examples_of_the_page_are_read_and_written_to_the_byte()
    {
        Assert.Equal(3, Examples.Length);
        Assert.Equal(Examples[0], Encoding.UTF8.GetString(Publication.Read(Bytes(Examples[0])).ToBytes()));
        Assert.Equal(Examples[1], Encoding.UTF8.GetString(SignOff.Read(Bytes(Examples[1])).ToBytes()));
        Assert.Equal(Examples[2], Encoding.UTF8.GetString(Erratum.Read(Bytes(Examples[2])).ToBytes()));
    }

    [Theory]
    [InlineData("not json", "document.not-json", "The document is not JSON.", "")]
    [InlineData("[]", "document.version", "The document is not of version 1; a newer program reads it.", "")]
    [InlineData("""{"v":2}""", "document.version", "The document is not of version 1; a newer program reads it.", "")]
    [InlineData("""{"v":1,"reference":"A","title":"B","cut_off":"yesterday","at":"x","editions":[]}""", "time.not-a-time", "'yesterday' is not a time; write 2031-05-02T18:00:00Z.", "publication.cut_off")]
    public void What_is_no_publication_is_refused_with_its_place(string text, string code, string message, string place)
    {
        var refused = Assert.Throws<RefusedException>(() => Publication.Read(Bytes(text)));
        Assert.Equal((code, message, place), (refused.Problem.Code, refused.Problem.Message, refused.Problem.Place));
    }

    [Fact]
    public void One_person_alone_signs_nothing()
    {
        foreach (var (composed, checkedBy, cleared) in new[] { ("A", "A", "B"), ("A", "B", "B") })
        {
            var refused = Assert.Throws<RefusedException>(() => new SignOff(composed, checkedBy, cleared, [], []));
            Assert.Equal("A report is checked by another person than the one who composed it, and cleared by another than the one who checked it.", refused.Problem.Message);
        }
    }

    [Fact]
    public void An_erratum_names_a_report_and_says_something()
    {
        Assert.Equal("erratum.no-report", Assert.Throws<RefusedException>(() => new Erratum([], "x", "en", default)).Problem.Code);
        Assert.Equal("Say what was wrong and what should stand there, in at most 4,000 characters.", Assert.Throws<RefusedException>(() => new Erratum(["A"], " ", "en", default)).Problem.Message);
    }

    [Fact]
    public void An_audience_opens_its_statements_its_editions_and_errata_to_them_and_nothing_else()
    {
        static PublishedEdition Made(Audience audience) => new(audience, new string('0', 64), 1);
        var report = new Publication("X/SR/01", "Invented", default, default, null, false, [Made(Audience.Room), Made(Audience.Parties)]);
        PlacedDocument[] documents =
        [
            new(4, Publication.Media, report.ToBytes()),
            new(5, Erratum.Media, new Erratum(["X/SR/01"], "It was the south gate.", "en", default).ToBytes()),
            new(6, "application/geo+json", Bytes("{}")),
            new(7, "application/json", Bytes("{}")),
        ];
        Assert.Equal("2 2/1 4 4/1 4/2 4/3 5 6 7", Opened(Audience.Room));
        Assert.Equal("2 4 4/2 5 6", Opened(Audience.Parties));

        // Where exactly the places lie is not told to the public.
        Assert.Equal("2", Opened(Audience.Public));

        // Entry 1 stands for whatever else is sealed, such as what links two pseudonyms of one device; 3 is a statement that is not for this audience.
        string Opened(Audience audience)
        {
            var opening = new Opening(audience, new HashSet<long> { 2 }, documents);
            return string.Join(' ', from entry in Enumerable.Range(1, 7)
                                    from file in Enumerable.Range(0, entry is 4 ? 4 : entry is 2 ? 2 : 1)
                                    where opening.MayOpen(entry, file)
                                    select file == 0 ? $"{entry}" : $"{entry}/{file}");
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
