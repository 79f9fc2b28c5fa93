using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Safeconduct.Intake.Forms;

/// <summary>
/// A form as XML that phones read: ODK XForms, a subset of XForms 1.1 with the extensions of JavaRosa (getodk.github.io/xforms-spec). Every language stands in it; the places are a
/// file of their own, which the form names and the manifest brings.
/// </summary>
public static class XForm
{
    internal const string XForms = "http://www.w3.org/2002/xforms";
    internal const string OpenRosa = "http://openrosa.org/xforms";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    private const string JavaRosa = "http://openrosa.org/javarosa";

    /// <summary>How a form sees the lines of a table of values: an item each, below one element of a fixed name.</summary>
    private const string ItemsOfATable = "root/item";

    /// <summary>The version of a form: the first ten hexadecimal digits of the SHA-256 of the form without one. The same questions in the same words have the same version on every server.</summary>
    public static string VersionOf(FieldForm form) => Convert.ToHexStringLower(SHA256.HashData(Write(form, "", FormLanguage.All[0])))[..10];

    /// <param name="first">The language in which a phone opens it.</param>
    /// <returns>UTF-8 without a mark: the bytes that are served, and whose hash is told.</returns>
    public static byte[] Write(FieldForm form, string version, FormLanguage first)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(first);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", NewLineChars = "\n" }))
        {
            xml.WriteStartElement("h", "html", Xhtml);
            xml.WriteAttributeString("xmlns", XForms);
            xml.WriteAttributeString("xmlns", "jr", null, JavaRosa);
            xml.WriteAttributeString("xmlns", "orx", null, OpenRosa);
            xml.WriteStartElement("head", Xhtml);
            xml.WriteElementString("title", Xhtml, FormWords.Of(form.Title, first.Tag));
            xml.WriteStartElement("model", XForms);
            WriteTranslations(xml, form, first);
            WriteInstances(xml, form, version);
            WriteBinds(xml, form);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteStartElement("body", Xhtml);
            WriteBody(xml, form);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    /// <summary>Which form, which version of it and which questions this was that <see cref="Write"/> wrote, by this program or an earlier one; null where it is no such form.</summary>
    /// <exception cref="XmlException">It is no XML: nothing that was ever written here.</exception>
    public static (string Id, string Version, IReadOnlySet<string> Questions)? Asked(ReadOnlyMemory<byte> form)
    {
        using var stream = new MemoryStream(form.ToArray(), writable: false);
        return XDocument.Load(stream).Descendants().FirstOrDefault(e => e.Name.LocalName == "data") is { } data
            ? ((string?)data.Attribute("id") ?? "", (string?)data.Attribute("version") ?? "", data.Elements().Select(e => e.Name.LocalName).Where(n => n is not ("start" or "end" or "meta")).ToHashSet(StringComparer.Ordinal))
            : null;
    }

    private static void WriteTranslations(XmlWriter xml, FieldForm form, FormLanguage first)
    {
        var keys = form.Questions.SelectMany(KeysOf).Distinct().ToList();
        xml.WriteStartElement("itext", XForms);
        foreach (var language in FormLanguage.All)
        {
            xml.WriteStartElement("translation", XForms);
            xml.WriteAttributeString("lang", language.Name);
            if (language == first)
            {
                xml.WriteAttributeString("default", "true()");
            }

            foreach (var key in keys)
            {
                xml.WriteStartElement("text", XForms);
                xml.WriteAttributeString("id", key);
                xml.WriteElementString("value", XForms, FormWords.Of(key, language.Tag));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static IEnumerable<string> KeysOf(Question q) =>
        new[] { q.Heading, q.Label, q.Hint, q.Required is null ? null : q.RequiredWords, q.ConstraintWords }.OfType<string>().Concat(q.Choices.Select(c => $"{q.Label}.{c}"));

    private static void WriteInstances(XmlWriter xml, FieldForm form, string version)
    {
        xml.WriteStartElement("instance", XForms);
        xml.WriteStartElement("data", XForms);
        xml.WriteAttributeString("id", form.Id);
        xml.WriteAttributeString("version", version);
        foreach (var name in form.Questions.Select(q => q.Name).Prepend("end").Prepend("start"))
        {
            xml.WriteStartElement(name, XForms);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("orx", "meta", OpenRosa);
        xml.WriteStartElement("orx", "instanceID", OpenRosa);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        if (form.AsksPlace)
        {
            xml.WriteStartElement("instance", XForms);
            xml.WriteAttributeString("id", "places");
            xml.WriteAttributeString("src", $"jr://file-csv/{PlacesFile.Name}");
            xml.WriteEndElement();
        }
    }

    private static void WriteBinds(XmlWriter xml, FieldForm form)
    {
        // When the form was begun and ended, by the phone's own clock: the second is when it was said.
        foreach (var name in (string[])["start", "end"])
        {
            xml.WriteStartElement("bind", XForms);
            xml.WriteAttributeString("nodeset", $"/data/{name}");
            xml.WriteAttributeString("type", "dateTime");
            xml.WriteAttributeString("preload", JavaRosa, "timestamp");
            xml.WriteAttributeString("preloadParams", JavaRosa, name);
            xml.WriteEndElement();
        }

        foreach (var q in form.Questions)
        {
            WriteBind(xml, q);
        }

        xml.WriteStartElement("bind", XForms);
        xml.WriteAttributeString("nodeset", "/data/orx:meta/orx:instanceID");
        xml.WriteAttributeString("type", "string");
        xml.WriteAttributeString("readonly", "true()");
        xml.WriteAttributeString("preload", JavaRosa, "uid");
        xml.WriteEndElement();
    }

    private static void WriteBind(XmlWriter xml, Question q)
    {
        void Write(string name, string? value)
        {
            if (value is not null)
            {
                xml.WriteAttributeString(name, value);
            }
        }

        xml.WriteStartElement("bind", XForms);
        Write("nodeset", $"/data/{q.Name}");
        Write("type", q.Type switch { AnswerType.Count => "int", AnswerType.Time => "dateTime", AnswerType.Photo => "binary", _ => "string" });
        Write("relevant", q.Relevant);
        Write("required", q.Required);
        if (q.Required is not null)
        {
            xml.WriteAttributeString("requiredMsg", JavaRosa, $"jr:itext('{q.RequiredWords}')");
        }

        if (q.Type is AnswerType.Photo)
        {
            // The phone makes the picture smaller before it sends it: for a bad line, and so that one always fits into a post.
            xml.WriteAttributeString("max-pixels", OpenRosa, "2048");
        }

        Write("constraint", q.Constraint);
        if (q.ConstraintWords is not null)
        {
            xml.WriteAttributeString("constraintMsg", JavaRosa, $"jr:itext('{q.ConstraintWords}')");
        }

        xml.WriteEndElement();
    }

    private static void WriteBody(XmlWriter xml, FieldForm form)
    {
        for (var i = 0; i < form.Questions.Count; i++)
        {
            var heading = form.Questions[i].Heading;
            if (heading is null)
            {
                WriteControl(xml, form.Questions[i]);
                continue;
            }

            xml.WriteStartElement("group", XForms);
            xml.WriteAttributeString("appearance", "field-list");
            WriteWords(xml, "label", heading);
            WriteControl(xml, form.Questions[i]);
            while (i + 1 < form.Questions.Count && form.Questions[i + 1].Heading == heading)
            {
                WriteControl(xml, form.Questions[++i]);
            }

            xml.WriteEndElement();
        }
    }

    private static void WriteControl(XmlWriter xml, Question q)
    {
        xml.WriteStartElement(q.Type switch { AnswerType.Choice or AnswerType.Place => "select1", AnswerType.Photo => "upload", _ => "input" }, XForms);
        xml.WriteAttributeString("ref", $"/data/{q.Name}");
        if (q.Type is AnswerType.Place)
        {
            xml.WriteAttributeString("appearance", "minimal");
        }
        else if (q.Type is AnswerType.Words)
        {
            xml.WriteAttributeString("appearance", "multiline");
        }
        else if (q.Type is AnswerType.Photo)
        {
            xml.WriteAttributeString("mediatype", "image/*");
        }

        WriteWords(xml, "label", q.Label);
        if (q.Hint is not null)
        {
            WriteWords(xml, "hint", q.Hint);
        }

        foreach (var choice in q.Choices)
        {
            xml.WriteStartElement("item", XForms);
            WriteWords(xml, "label", $"{q.Label}.{choice}");
            xml.WriteElementString("value", XForms, choice);
            xml.WriteEndElement();
        }

        if (q.Type is AnswerType.Place)
        {
            xml.WriteStartElement("itemset", XForms);
            xml.WriteAttributeString("nodeset", $"instance('places')/{ItemsOfATable}");
            WriteRef(xml, "value", "name");
            WriteRef(xml, "label", "label");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteWords(XmlWriter xml, string element, string key) => WriteRef(xml, element, $"jr:itext('{key}')");

    private static void WriteRef(XmlWriter xml, string element, string reference)
    {
        xml.WriteStartElement(element, XForms);
        xml.WriteAttributeString("ref", reference);
        xml.WriteEndElement();
    }
}
