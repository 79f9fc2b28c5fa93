using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Safeconduct.Tests.Reports.Exchange;

/// <summary>
/// The rules of CAP 1.2 (OASIS Standard CAP-v1.2, sections 3.2 and 3.4) as a list of what is wrong with a message: slow, obvious, and sharing nothing with the writer.
/// </summary>
internal static partial class CapRules
{
    private static readonly string[] AlertOrder = ["identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code", "note", "references", "incidents", "info"];
    private static readonly string[] InfoOrder = ["language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode", "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact", "parameter", "resource", "area"];
    private static readonly string[] AreaOrder = ["areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"];
    private static readonly string[] Repeated = ["code", "info", "category", "responseType", "eventCode", "parameter", "resource", "area", "polygon", "circle", "geocode"];

    private static readonly Dictionary<string, string[]> Lists = new()
    {
        ["status"] = ["Actual", "Exercise", "System", "Test", "Draft"],
        ["msgType"] = ["Alert", "Update", "Cancel", "Ack", "Error"],
        ["scope"] = ["Public", "Restricted", "Private"],
        ["category"] = ["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"],
        ["responseType"] = ["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"],
        ["urgency"] = ["Immediate", "Expected", "Future", "Past", "Unknown"],
        ["severity"] = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"],
        ["certainty"] = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"],
    };

    public static IReadOnlyList<string> Broken(byte[] bytes)
    {
        var broken = new List<string>();
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true });
            document = XDocument.Load(reader);
        }
        catch (XmlException e)
        {
            return [$"not XML: {e.Message}"];
        }

        var alert = document.Root!;
        if (alert.Name.LocalName != "alert" || alert.DescendantsAndSelf().Any(e => e.Name.NamespaceName != "urn:oasis:names:tc:emergency:cap:1.2"))
        {
            broken.Add("not of the namespace of CAP 1.2");
        }

        InOrder(alert, AlertOrder, ["identifier", "sender", "sent", "status", "msgType", "scope"], broken);
        foreach (var info in Of(alert, "info"))
        {
            InOrder(info, InfoOrder, ["category", "event", "urgency", "severity", "certainty"], broken);
            foreach (var area in Of(info, "area"))
            {
                InOrder(area, AreaOrder, ["areaDesc"], broken);
                Areas(area, broken);
            }

            foreach (var pair in Of(info, "parameter"))
            {
                InOrder(pair, ["valueName", "value"], ["valueName", "value"], broken);
            }
        }

        foreach (var leaf in alert.Descendants().Where(e => !e.HasElements))
        {
            var (name, text) = (leaf.Name.LocalName, leaf.Value);
            if (text.Trim().Length == 0)
            {
                broken.Add($"{name} is empty");
            }

            if (Lists.TryGetValue(name, out var list) && !list.Contains(text))
            {
                broken.Add($"{name}: {text} is not on its list");
            }

            if (name is "sent" or "effective" or "onset" or "expires" && !IsTime(text))
            {
                broken.Add($"{name}: {text} is not a time with its offset");
            }

            if (name is "identifier" or "sender" && !IsIdentifier(text))
            {
                broken.Add($"{name}: {text} has what an identifier may not have");
            }

            if (text.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) is UnicodeCategory.Format or UnicodeCategory.Control && r.Value is not ('\n' or 0x200C or 0x200D)))
            {
                broken.Add($"{name} has an invisible character");
            }
        }

        References(alert, broken);
        var (scope, restriction) = (Text(alert, "scope"), Text(alert, "restriction"));
        if ((scope == "Restricted") != (restriction is not null) || (scope == "Private" && Text(alert, "addresses") is null))
        {
            broken.Add("the scope and what it needs do not go together");
        }

        return broken;
    }

    private static void InOrder(XElement of, string[] order, string[] needed, List<string> broken)
    {
        var names = of.Elements().Select(e => e.Name.LocalName).ToList();
        broken.AddRange(names.Where(n => !order.Contains(n)).Select(n => $"{n} does not belong in {of.Name.LocalName}"));
        broken.AddRange(needed.Where(n => !names.Contains(n)).Select(n => $"{n} is missing"));
        broken.AddRange(names.GroupBy(n => n).Where(g => g.Skip(1).Any() && !Repeated.Contains(g.Key)).Select(g => $"{g.Key} stands twice"));
        for (var i = 1; i < names.Count; i++)
        {
            if (Array.IndexOf(order, names[i]) < Array.IndexOf(order, names[i - 1]))
            {
                broken.Add($"{names[i]} stands after {names[i - 1]}");
            }
        }
    }

    private static void Areas(XElement area, List<string> broken)
    {
        foreach (var polygon in Of(area, "polygon"))
        {
            var pairs = polygon.Value.Split(' ');
            if (pairs.Length < 4 || pairs[0] != pairs[^1] || !pairs.All(IsPair))
            {
                broken.Add($"polygon: {polygon.Value}");
            }
        }

        foreach (var circle in Of(area, "circle"))
        {
            if (circle.Value.Split(' ') is not [var centre, var radius] || !IsPair(centre) || !double.TryParse(radius, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var km) || km < 0)
            {
                broken.Add($"circle: {circle.Value}");
            }
        }
    }

    // Latitude first: a pair written the other way round is caught where it leaves the earth.
    private static bool IsPair(string pair) => pair.Split(',') is [var a, var b]
        && double.TryParse(a, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var latitude) && latitude is >= -90 and <= 90
        && double.TryParse(b, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var longitude) && longitude is >= -180 and <= 180;

    private static void References(XElement alert, List<string> broken)
    {
        var (references, message) = (Text(alert, "references"), Text(alert, "msgType"));
        if ((message == "Alert") != (references is null))
        {
            broken.Add("an update or a cancellation names what it follows, and an alert nothing");
        }

        foreach (var reference in references?.Split(' ') ?? [])
        {
            if (reference.Split(',') is not [var sender, var identifier, var sent] || !IsIdentifier(sender) || !IsIdentifier(identifier) || !IsTime(sent))
            {
                broken.Add($"reference: {reference}");
            }
        }
    }

    private static bool IsIdentifier(string text) => text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || c is ',' or '<' or '&');

    // 3.2: a time has its offset in digits, the letter Z is not used, and UTC is -00:00.
    private static bool IsTime(string text) => TimeForm().IsMatch(text) && !text.EndsWith("+00:00", StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text.Replace("-00:00", "+00:00", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static IEnumerable<XElement> Of(XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);

    private static string? Text(XElement parent, string name) => Of(parent, name).FirstOrDefault()?.Value;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$")]
    private static partial Regex TimeForm();
}
