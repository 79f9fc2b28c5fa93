using NodaTime;
using NodaTime.Text;
using Safeconduct.Intake.Texts;
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
