using NodaTime;
using Safeconduct.Intake.Texts;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>Whatever the text: every quote is the slice of the original under its span, the same text reads the same twice, and nothing is thrown. Names a text by its file alone.</summary>
public static class ReadingLaws
{
    private const int MutationsEach = 6;

    private static readonly string[] Pieces =
        ["\uD83D", "\uDE00", "🚌", "\u202E", "\u200B", "\u00AD", "\u00A0", "\r", "\n", "\n\n", "\"", "“", "”", "(", ")", "[9]", "<", "<p>", "&amp;", "&", "â€™", "’", "'", ":", ";", ".", ",", " - ", "—", "and ", "that ", "said ", "not ", "1,000 ", "4 May ", "\u0001", "ة", "ё"];

    public static TheoryData<string> Folders => ["tuned", "held-out"];

    [Theory]
    [MemberData(nameof(Folders))]
    public static void Every_quote_is_the_slice_under_its_span_in_every_text_and_in_what_chance_makes_of_it(string folder)
    {
        var chance = new Random(7_300_511);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "cases", "texts", folder), "*.txt").Order(StringComparer.Ordinal))
        {
            var text = TextFile.Read(File.ReadAllBytes(path)).Value!.Body;
            Holds(text, path);
            for (var i = 0; i < MutationsEach; i++)
            {
                Holds(Mutated(text, chance), path);
            }
        }
    }

    private static string Mutated(string text, Random chance)
    {
        for (var i = chance.Next(1, 12); i > 0 && text.Length > 2; i--)
        {
            var at = chance.Next(text.Length);
            text = chance.Next(4) switch
            {
                0 => text.Remove(at, Math.Min(chance.Next(1, 30), text.Length - at)),
                1 => text.Insert(at, text.Substring(chance.Next(text.Length / 2), chance.Next(text.Length / 2))),
                _ => text.Insert(at, Pieces[chance.Next(Pieces.Length)]),
            };
        }

        return text;
    }

    private static void Holds(string text, string path)
    {
        var (name, request) = (Path.GetFileName(path), new TextRequest(text, new LocalDate(2031, 5, 5)));
        try
        {
            var (one, other) = (TextIntake.Read(request), TextIntake.Read(request));
            Assert.True(one.Proposals.Select(Shown).SequenceEqual(other.Proposals.Select(Shown), StringComparer.Ordinal), $"{name} reads differently the second time");
            Assert.True(one.Proposals.All(p => p.Span.Start >= 0 && p.Span.Start < p.Span.End && p.Span.End <= text.Length && text[p.Span.Start..p.Span.End] == p.Quote), $"{name}: a quote is not what stands there");
            Assert.True(one.SetAside.All(s => s.Start >= 0 && s.Start <= s.End && s.End <= text.Length), $"{name}: a stretch set aside lies outside");
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or NullReferenceException or InvalidOperationException)
        {
            Assert.Fail($"{name}: {e.GetType().Name} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Safeconduct", StringComparison.Ordinal))?.Trim()}");
        }
    }

    private static string Shown(Safeconduct.Intake.Texts.Proposals.Proposal p) => $"{p.Number} {p.Span} {p.Kind} {p.Source} {p.Count} {p.Category} {p.When} {p.Modality} {(p.Places.Count > 0 ? p.Places[0].Name : "")}";
}
