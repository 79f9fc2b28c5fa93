using System.Text;
using NodaTime;
using Safeconduct.Reports.Exchange.Feeds;
using Safeconduct.Reports.Publishing;
using Safeconduct.Statements;
using Xunit;

namespace Safeconduct.Tests.Core.Reports;

/// <summary>Releases, and what a copy may open.</summary>
public sealed class CopyTests
{
    private static readonly Instant At = Instant.FromUtc(2031, 5, 3, 12, 0);
    private static readonly HashSet<long> Nothing = [];

    [Fact]
    public void A_release_reads_back_as_it_was_written_and_is_refused_without_name_receiver_or_reason()
    {
        var release = new Release(" H. of Mission ", "An inquiry", "Letter 12: أرسلوها", Release.ScopeOf(null), At);
        Assert.Equal("""{"v":1,"released_by":"H. of Mission","to":"An inquiry","reason":"Letter 12: أرسلوها","scope":"everything the room has","at":"2031-05-03T12:00:00Z"}""", Encoding.UTF8.GetString(release.ToBytes()));
        Assert.Equal(release, Release.Read(release.ToBytes()));
        Assert.Equal("release.no-name", Refusal(() => new Release(" ", "x", "x", "x", At)));
        Assert.Equal("release.no-recipient", Refusal(() => new Release("x", "", "x", "x", At)));
        Assert.Equal("release.no-reason", Refusal(() => new Release("x", "x", "two\nlines", "x", At)));
        Assert.Equal("document.version", Refusal(() => Release.Read("""{"v":2}"""u8.ToArray())));
    }

    [Fact]
    public void A_copy_opens_its_own_release_and_no_other()
    {
        var release = new Release("H.", "An inquiry", "Letter 12", Release.ScopeOf(null), At).ToBytes();
        PlacedDocument[] documents = [new(3, Release.Media, release), new(5, Release.Media, release)];
        Assert.Equal([false, true], documents.Select(d => new Opening(Audience.Room, Nothing, documents, release: 5).MayOpen(d.Entry, 0)));
        Assert.Equal([false, false], documents.Select(d => new Opening(Audience.Parties, Nothing, documents).MayOpen(d.Entry, 0)));
    }

    [Theory]
    [InlineData(Audience.Room, true, true)]
    [InlineData(Audience.Parties, true, false)]
    [InlineData(Audience.Public, false, false)]
    public void The_list_of_places_goes_to_the_parties_and_the_agreements_text_to_the_room_alone(Audience audience, bool places, bool agreement)
    {
        PlacedDocument[] documents = [new(3, "application/geo+json", "{}"u8.ToArray()), new(4, "text/vnd.safeconduct.agreement", "agreement"u8.ToArray())];
        Assert.Equal([places, agreement], documents.Select(d => new Opening(audience, Nothing, documents).MayOpen(d.Entry, 0)));
        Assert.Equal([places, false], documents.Select(d => new Opening(audience, Nothing, documents, isPart: true).MayOpen(d.Entry, 0)));
    }

    [Fact]
    public void A_feed_carries_any_text_as_XML_can()
    {
        var feed = new ReportFeed("urn:x", "A & B", "<Author>", "https://x/a", "https://x/j", [new("urn:y", "report", "\u0001 \uFFFE 𝒳 \"", "a\nb", "ar", "https://x/?a=1&b=2", 3, At, At)]);
        var read = System.Xml.Linq.XDocument.Parse(Encoding.UTF8.GetString(feed.ToAtom()));
        System.Xml.Linq.XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.Equal("\uFFFD \uFFFD 𝒳 \"", read.Root!.Element(atom + "entry")!.Element(atom + "title")!.Value);
        Assert.Equal("https://x/?a=1&b=2", read.Root.Element(atom + "entry")!.Element(atom + "link")!.Attribute("href")!.Value);
        Assert.Equal(feed.ToAtom(), feed.ToAtom());
        Assert.Contains("1970-01-01T00:00:00Z", Encoding.UTF8.GetString((feed with { Items = [] }).ToAtom()), StringComparison.Ordinal);
    }

    private static string Refusal(Func<object> act) => Assert.Throws<RefusedException>(act).Problem.Code;
}
