using NodaTime;
using NodaTime.Text;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Original;
using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Bench.Intake;

/// <summary>A text of a folder: its name, its header's date and language, its body.</summary>
internal sealed record FolderText(string Name, LocalDate Published, string? Language, string Whole, int BodyStart)
{
    public TextReading Read() => TextIntake.Read(new TextRequest(Whole[BodyStart..], Published, Language));
}

internal static class Folder
{
    public static IEnumerable<FolderText> Texts(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var whole = File.ReadAllText(path);
            var start = whole.IndexOf('\n', StringComparison.Ordinal) + 1;
            var header = whole[..start];
            string? Field(string name) => header.Split(';').Select(p => p.Trim()).FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();
            yield return new(Path.GetFileNameWithoutExtension(path), LocalDatePattern.Iso.Parse(Field("date:")!).Value, Field("language:"), whole, start);
        }
    }

    /// <summary>How each sentence of a text is cut; for whoever changes the rules.</summary>
    public static int Clauses(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var words = TextWords.For(Texts(Path.GetDirectoryName(Path.GetFullPath(file))!).FirstOrDefault(t => t.Name == name)?.Language ?? "en")!;
        var passage = new Passage(words.Lexicon, words);
        var finder = new ClauseFinder(passage);
        var whole = File.ReadAllText(file);
        var blocks = new Blocks(whole[(whole.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        while (blocks.Next(passage.Block))
        {
            passage.Read();
            foreach (var sentence in passage.Sentences)
            {
                Console.WriteLine($"# {passage.Between(sentence.From, sentence.To)}");
                foreach (var c in finder.Find(sentence))
                {
                    Console.WriteLine($"  {c.Join,-10} [{passage.Between(c.Lead.From, c.Lead.To)}] subject [{passage.Between(c.Subject.From, c.Subject.To)}] verb [{passage.Between(c.Verb.From, c.Verb.To)}] {c.Verb.Mood} {(c.Verb.From < c.Verb.To ? passage[c.Verb.HeadAt].Verb?.Rule : "")} rest [{passage.Between(c.Rest.From, c.Rest.To)}]");
                }
            }
        }

        return 0;
    }

    public static int Propose(string folder, string into)
    {
        Directory.CreateDirectory(into);
        foreach (var text in Texts(folder))
        {
            File.WriteAllText(Path.Combine(into, text.Name + ".claims.json"), ClaimsForm.Write(text.Read()));
        }

        return 0;
    }
}
