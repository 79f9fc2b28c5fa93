using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace Safeconduct.Reports.Exchange.Feeds;

/// <summary>One thing that was published: a report or an erratum.</summary>
/// <param name="Id">An IRI that stays the same wherever the feed is read from.</param>
/// <param name="Term">What it is: <c>report</c>, <c>flash</c> or <c>erratum</c>.</param>
/// <param name="Text">Plain text: for a report what it covers, for an erratum its words.</param>
/// <param name="Language">Of the text (BCP 47).</param>
/// <param name="Link">Where it is read: an absolute address.</param>
/// <param name="Length">Of what is read there, in bytes; null where it is not one file.</param>
/// <param name="Updated">When something was last said about it: an erratum to a report changes the report's entry.</param>
public sealed record FeedItem(string Id, string Term, string Title, string Text, string Language, string Link, long? Length, Instant Published, Instant Updated);

/// <summary>
/// What an operation published for an audience, as a feed that other programs read: Atom (RFC 4287) and JSON Feed 1.1. The pages are <c>formats/feeds.md</c>. The same items give
/// the same bytes.
/// </summary>
/// <param name="Id">An IRI that stays the same wherever the feed is read from.</param>
/// <param name="Author">The operation, by name.</param>
/// <param name="Self">Where the Atom feed is read, and <paramref name="SelfJson"/> the JSON feed: absolute addresses.</param>
/// <param name="Items">The newest first.</param>
public sealed record ReportFeed(string Id, string Title, string Author, string Self, string SelfJson, IReadOnlyList<FeedItem> Items)
{
    public const string AtomMedia = "application/atom+xml";
    public const string JsonMedia = "application/feed+json";
    private const string AtomNamespace = "http://www.w3.org/2005/Atom";

    /// <summary>When the newest item changed; a feed with none has not changed since time was counted.</summary>
    public Instant Updated => Items.Select(i => i.Updated).DefaultIfEmpty(Instant.FromUnixTimeSeconds(0)).Max();

    public byte[] ToAtom()
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", AtomNamespace);
            xml.WriteAttributeString("xml", "lang", null, "en");
            Text(xml, "id", Id);
            Text(xml, "title", Title);
            Text(xml, "updated", Written(Updated));
            xml.WriteStartElement("author", AtomNamespace);
            Text(xml, "name", Author);
            xml.WriteEndElement();
            Link(xml, "self", AtomMedia, Self, null);
            Link(xml, "alternate", JsonMedia, SelfJson, null);
            Text(xml, "generator", "Safeconduct");
            foreach (var item in Items)
            {
                Entry(xml, item);
            }

            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    public byte[] ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", Title);
            json.WriteString("feed_url", SelfJson);
            json.WriteString("language", "en");
            Authors(json);
            json.WriteStartArray("items");
            foreach (var item in Items)
            {
                json.WriteStartObject();
                json.WriteString("id", item.Id);
                json.WriteString("url", item.Link);
                json.WriteString("title", item.Title);
                json.WriteString("content_text", item.Text);
                json.WriteString("date_published", Written(item.Published));
                json.WriteString("date_modified", Written(item.Updated));
                json.WriteString("language", item.Language);
                json.WriteStartArray("tags");
                json.WriteStringValue(item.Term);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private void Authors(Utf8JsonWriter json)
    {
        json.WriteStartArray("authors");
        json.WriteStartObject();
        json.WriteString("name", Author);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Entry(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("entry", AtomNamespace);
        Text(xml, "id", item.Id);
        Text(xml, "title", item.Title);
        Text(xml, "published", Written(item.Published));
        Text(xml, "updated", Written(item.Updated));
        xml.WriteStartElement("category", AtomNamespace);
        xml.WriteAttributeString("term", item.Term);
        xml.WriteEndElement();
        Link(xml, "alternate", "text/html", item.Link, item.Length);
        xml.WriteStartElement("summary", AtomNamespace);
        xml.WriteAttributeString("type", "text");
        xml.WriteAttributeString("xml", "lang", null, item.Language);
        xml.WriteString(Plain(item.Text));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string media, string address, long? length)
    {
        xml.WriteStartElement("link", AtomNamespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", media);
        xml.WriteAttributeString("href", address);
        if (length is { } bytes)
        {
            xml.WriteAttributeString("length", bytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(name, AtomNamespace, Plain(text));

    // XML 1.0 has no way at all to carry most control characters.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append(rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF)) ? rune.ToString() : "\uFFFD");
        }

        return plain.ToString();
    }

    private static string Written(Instant at) => InstantPattern.General.Format(at);
}
