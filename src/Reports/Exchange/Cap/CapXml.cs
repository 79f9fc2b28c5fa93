using System.Globalization;
using System.Text;
using System.Xml;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Reports.Exchange.Cap;

/// <summary>
/// Writes a message as XML of CAP 1.2 (OASIS Standard CAP-v1.2, section 3). Elements stand in the order of its schema; times carry their offset as digits, never the letter Z,
/// and UTC is -00:00 (3.3.2). What could turn the direction of a line, or can't stand in XML, is written out as its code point.
/// </summary>
public static class CapXml
{
    public const string Media = "application/cap+xml";
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    // ZWNJ and ZWJ are spelling in some scripts; everything else of their category hides or turns text.
    private static readonly Rune[] Joiners = [new('\u200C'), new('\u200D')];

    /// <exception cref="RefusedException"><c>cap.not-an-identifier</c>, <c>cap.no-words</c>.</exception>
    public static byte[] Write(CapAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        CheckIdentifier(alert.Identifier, "identifier");
        CheckIdentifier(alert.Sender, "sender");
        if (alert.Words.Count == 0)
        {
            throw new RefusedException("cap.no-words", "An alert says what it is about in at least one language.", "info");
        }

        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("alert", Namespace);
            Text(xml, "identifier", alert.Identifier);
            Text(xml, "sender", alert.Sender);
            Text(xml, "sent", Written(alert.Sent));
            Text(xml, "status", alert.Status.ToString());
            Text(xml, "msgType", alert.Message.ToString());
            Text(xml, "scope", alert.Restriction is null ? "Public" : "Restricted");
            Text(xml, "restriction", alert.Restriction);
            Text(xml, "note", alert.Note);
            Text(xml, "references", alert.References.Count == 0 ? null : string.Join(' ', alert.References.Select(r => $"{r.Sender},{r.Identifier},{Written(r.Sent)}")));
            foreach (var words in alert.Words)
            {
                WriteInfo(xml, alert, words);
            }

            xml.WriteEndElement();
        }

        return [.. bytes.ToArray(), (byte)'\n'];
    }

    /// <summary>A time as CAP wants it.</summary>
    public static string Written(OffsetDateTime at) => at.Offset == Offset.Zero
        ? LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'-00:00'").Format(at.LocalDateTime)
        : OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>").Format(at);

    /// <summary>Text as it may stand in an alert: what is invisible, turns directions or can't stand in XML is written as its code point.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                && rune.Value is not '\n' && !Joiners.Contains(rune);
            plain.Append(isHidden ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}") : rune.ToString());
        }

        return plain.ToString().Trim();
    }

    private static void WriteInfo(XmlWriter xml, CapAlert alert, CapWords words)
    {
        xml.WriteStartElement("info", Namespace);
        Text(xml, "language", words.Language);
        Text(xml, "category", alert.Category);
        Text(xml, "event", words.Event);

        // Whatever was heard, the next thing to do is to look: no message of ours says that all is clear.
        Text(xml, "responseType", "Monitor");
        Text(xml, "urgency", alert.Urgency.ToString());
        Text(xml, "severity", alert.Severity.ToString());
        Text(xml, "certainty", alert.Certainty.ToString());
        Text(xml, "effective", Written(alert.Sent));
        Text(xml, "onset", alert.Onset is { } onset ? Written(onset) : null);
        Text(xml, "senderName", alert.SenderName);
        Text(xml, "headline", words.Headline);
        Text(xml, "description", words.Description);
        Text(xml, "instruction", words.Instruction);
        foreach (var (name, value) in alert.Parameters)
        {
            xml.WriteStartElement("parameter", Namespace);
            Text(xml, "valueName", name);
            Text(xml, "value", value);
            xml.WriteEndElement();
        }

        if (alert.Area is { } area)
        {
            xml.WriteStartElement("area", Namespace);
            Text(xml, "areaDesc", area.Description);
            foreach (var polygon in area.Polygons)
            {
                Text(xml, "polygon", string.Join(' ', polygon.Select(Pair)));
            }

            Text(xml, "circle", area.Circle is { } circle ? $"{Pair(circle.Centre)} {circle.Kilometres.ToString("0.###", CultureInfo.InvariantCulture)}" : null);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Latitude first, as CAP has it and GeoJSON has not.</summary>
    private static string Pair(Position at) => string.Create(CultureInfo.InvariantCulture, $"{at.Latitude:0.#####},{at.Longitude:0.#####}");

    private static void Text(XmlWriter xml, string name, string? text)
    {
        if (text is not null && Plain(text) is { Length: > 0 } plain)
        {
            xml.WriteElementString(name, Namespace, plain);
        }
    }

    private static void CheckIdentifier(string id, string what)
    {
        if (id.Length == 0 || id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '<' or '&'))
        {
            throw new RefusedException("cap.not-an-identifier", $"'{Shown.Short(id)}' can't name an alert or its sender: no spaces, commas, < or &.", what);
        }
    }
}
