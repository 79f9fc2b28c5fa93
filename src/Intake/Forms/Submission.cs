using System.Text;
using System.Xml;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Forms;

/// <summary>
/// A filled-in form as a phone sends it: the answers by the names of the questions; a question that was not answered, or not asked, is not among them. Reading it says nothing of
/// what the answers mean; see <see cref="FormReading"/>.
/// </summary>
/// <param name="FormId">The form's id.</param>
/// <param name="Version">The version of the form that was filled in; empty where it does not say.</param>
/// <param name="InstanceId">What the phone calls this one filling-in: the same however often it is sent.</param>
public sealed record Submission(string FormId, string Version, string InstanceId, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>Bytes of the largest form that is read; pictures stand beside it.</summary>
    public const int Largest = 256 * 1024;

    private const int Deepest = 6;
    private const int MostElements = 500;
    private const int LongestAnswer = 20_000;
    private const int LongestInstanceId = 200;

    /// <summary>
    /// Whether both are the same filling-in with the same answers. When a form was ended is no answer: ODK Web Forms writes it anew each time somebody presses Send, and who presses it
    /// again because the line broke says nothing else.
    /// </summary>
    public bool SaysTheSame(Submission other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (FormId, Version, InstanceId) == (other.FormId, other.Version, other.InstanceId)
            && Answers.Where(a => a.Key != "end").OrderBy(a => a.Key, StringComparer.Ordinal).SequenceEqual(other.Answers.Where(a => a.Key != "end").OrderBy(a => a.Key, StringComparer.Ordinal));
    }

    /// <summary>
    /// Reads the XML of one filled-in form. No document type, no entities but the five of XML, no reading of anything outside it; an element of another vocabulary, twice the same
    /// answer, or anything that would be left out, is refused.
    /// </summary>
    public static Parsed<Submission> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > Largest)
        {
            return Refused("form.too-large", $"The form is larger than {Shown.Number(Largest / 1024)} kB. Write less into it; photos are sent beside it.");
        }

        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Largest, MaxCharactersFromEntities = 1024, IgnoreComments = true, IgnoreProcessingInstructions = true });
            return Read(xml);
        }
        catch (XmlException e)
        {
            // The reader refuses every document type, and says so in words alone.
            return bytes.Span.IndexOf("<!DOCTYPE"u8) >= 0
                ? Refused("form.document-type", "What arrived carries a document type, which no filled-in form has, and was not read. It was not filled in with a form of this server.")
                : Refused("form.not-xml", $"What arrived is not well-formed XML of a filled-in form, at line {Shown.Number(e.LineNumber)}. Send it again; if it is refused again, tell the room.");
        }
        catch (DecoderFallbackException)
        {
            return Refused("form.not-xml", "What arrived is not text in the encoding that it names. Send it again; if it is refused again, tell the room.");
        }
    }

    private static Parsed<Submission> Read(XmlReader xml)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        var text = new StringBuilder();
        var (formId, version, instanceId, elements) = ("", "", (string?)null, 0);
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > MostElements || xml.Depth >= Deepest)
                    {
                        return Refused("form.too-deep", "This is no filled-in form of this operation: it has more elements, or deeper ones, than any of them.");
                    }

                    if (xml.NamespaceURI is not ("" or XForm.XForms or XForm.OpenRosa))
                    {
                        return Refused("form.other-vocabulary", $"'{Shown.Short(xml.Name)}' is of a vocabulary that no form of this operation has. Get the form again and fill it in anew.", PlaceOf(path, xml.LocalName));
                    }

                    // Text beside elements would be an answer to nothing.
                    if (!IsBlank(text))
                    {
                        return Refused("form.stray-text", "There is text where no answer can stand. Send it again; if it is refused again, tell the room.", PlaceOf(path, ""));
                    }

                    text.Clear();
                    path.Add(xml.LocalName);
                    if (path.Count == 1)
                    {
                        if (xml.GetAttribute("encrypted") is not null)
                        {
                            return Refused("form.encrypted", "This form was enciphered for another server. Get the form again from this one.");
                        }

                        (formId, version) = (xml.GetAttribute("id") ?? "", xml.GetAttribute("version") ?? xml.GetAttribute("version", XForm.OpenRosa) ?? "");
                    }

                    if (path.Count > 1 && !given.Add(string.Join('/', path.Skip(1))))
                    {
                        return Refused("form.answered-twice", $"'{Shown.Short(xml.LocalName)}' is answered twice, and nobody can say which answer is meant. Get the form again and fill it in anew.", PlaceOf(path, ""));
                    }

                    if (xml.IsEmptyElement)
                    {
                        path.RemoveAt(path.Count - 1);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    text.Append(xml.Value);
                    if (text.Length > LongestAnswer)
                    {
                        return Refused("form.answer-too-long", $"An answer has at most {Shown.Grouped(LongestAnswer)} characters. Write less into it.", PlaceOf(path, ""));
                    }

                    break;
                case XmlNodeType.EndElement:
                    var answer = text.ToString().Trim();
                    text.Clear();
                    if (answer.Length > 0)
                    {
                        if (path.Count == 1)
                        {
                            return Refused("form.stray-text", "There is text where no answer can stand. Send it again; if it is refused again, tell the room.", PlaceOf(path, ""));
                        }

                        if (path is [_, "meta", "instanceID"])
                        {
                            instanceId = answer;
                        }
                        else if (path is [_, "meta", "deprecatedID"])
                        {
                            return Refused("form.edited", "This is a form that was sent before and then edited. What was said stays said: ask the room to record a correction, or fill in a new form.");
                        }
                        else if (path is not [_, "meta", ..])
                        {
                            if (path.Count != 2)
                            {
                                return Refused("form.unknown-question", $"No form of this operation has groups, and this one does, at '{Shown.Short(string.Join('/', path.Skip(1)))}'. Get the form again and fill it in anew.", PlaceOf(path, ""));
                            }

                            answers.Add(path[1], answer);
                        }
                    }

                    path.RemoveAt(path.Count - 1);
                    break;
                default:
                    break;
            }
        }

        if (formId.Length == 0)
        {
            return Refused("form.no-id", "What arrived does not say which form it is. It was not filled in with a form of this server.");
        }

        return instanceId is { Length: <= LongestInstanceId } id && !id.Any(char.IsControl)
            ? Parsed<Submission>.Of(new Submission(formId, version, id, answers))
            : Refused("form.no-instance", "The form has no id of its own (meta/instanceID, 1 to 200 characters). Without one, sending it twice would count twice. Get the form again and fill it in anew.");
    }

    private static bool IsBlank(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static string PlaceOf(List<string> path, string next) => Shown.Short(string.Join('/', next.Length > 0 ? path.Append(next) : path));

    private static Parsed<Submission> Refused(string code, string message, string place = "") => Parsed<Submission>.Not(new Problem(code, message, place));
}
