using System.Collections;
using System.Globalization;
using System.Text;
using NodaTime;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Xunit;

namespace Safeconduct.Tests.Situation.Agreements.Wording;

/// <summary>The invented operation of the page's examples, and what the tests of the language share.</summary>
internal static class Harbour
{
    public static Operation Operation { get; } = new(
        "Old Harbour",
        DateTimeZoneProviders.Tzdb["Europe/Paris"],
        new Gazetteer(
        [
            new Place(new PlaceId("old-harbour"), "Old Harbour", PlaceKind.Area),
            new Place(new PlaceId("mole-road"), "the Mole Road", PlaceKind.Route),
            new Place(new PlaceId("mole-gate"), "the Mole Gate", PlaceKind.Crossing),
            new Place(new PlaceId("upper-vale"), "the Upper Vale", PlaceKind.Area),
            new Place(new PlaceId("far-village"), "Far Village", PlaceKind.Area),
            new Place(new PlaceId("near-village"), "Near Village", PlaceKind.Area),
        ]));

    public const string Head = """
        agreement "Old Harbour, May 2031"
          parties     north "Northern Council" speaks through northern-council;
                      south "Southern Command"
          guarantors  coast "Coastal Union"
          places      pocket = old-harbour;
                      road = mole-road, mole-gate;
                      villages = far-village, near-village
          events      checkpoint-passed(number, gate)
          in force    from 2031-05-02T18:00+02:00

        version 1 "First text" from 2031-05-02

        """;

    /// <summary>The head, and one term with these lines.</summary>
    public static string WithTerm(params string[] lines) => Head + "\nterm 1 \"A term\"\n  version 1\n" + string.Concat(lines.Select(l => $"  {l}\n"));

    public static WrittenAgreement Read(string text) => AgreementReader.Read(text, Operation);

    public static Agreement Understood(string text)
    {
        var written = Read(text);
        Assert.True(written.Agreement is not null, string.Join('\n', written.Problems) + "\n" + text);
        return written.Agreement!;
    }

    /// <summary>Everything an agreement says, apart from where it stands, by looking at every property.</summary>
    public static string Shape(object? it)
    {
        var text = new StringBuilder();
        Write(it, text);
        return text.ToString();
    }

    private static void Write(object? it, StringBuilder text)
    {
        switch (it)
        {
            case null:
                text.Append('-');
                break;
            case string s:
                text.Append('"').Append(s).Append('"');
                break;
            case At:
                break;
            case IEnumerable many:
                text.Append('[');
                foreach (var one in many)
                {
                    Write(one, text);
                    text.Append(' ');
                }

                text.Append(']');
                break;
            case not null when it.GetType().Namespace!.StartsWith("Safeconduct.Situation", StringComparison.Ordinal) && !it.GetType().IsEnum:
                text.Append(it.GetType().Name).Append('(');
                foreach (var property in it.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    text.Append(property.Name).Append('=');
                    Write(property.GetValue(it), text);
                    text.Append(' ');
                }

                text.Append(')');
                break;
            default:
                text.Append(Convert.ToString(it, CultureInfo.InvariantCulture));
                break;
        }
    }
}
