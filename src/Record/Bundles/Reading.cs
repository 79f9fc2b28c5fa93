using System.Globalization;
using System.Text;

namespace Safeconduct.Record;

/// <summary>What a bundle carries for a person to read, beside what follows from the record. A checker holds it to the log's signature alone.</summary>
/// <param name="Lacks">Why this copy lacks what it lacks: lines of text.</param>
/// <param name="Terms">The terms of the agreement as the audience may be told them, where the agreement's own text does not go along.</param>
/// <param name="Places">The places without their positions, where the operation's own list does not go along: a feature collection.</param>
/// <param name="Report">A report that was made for this copy where none was published: an HTML document.</param>
public sealed record ReaderPapers(string Lacks, byte[]? Terms = null, byte[]? Places = null, byte[]? Report = null);

/// <summary>
/// The folder <c>reading/</c> of a bundle: what a person reads first. Everything but a few papers follows from the entries and the opened bodies, and is made again when
/// a bundle is checked. Source: <c>formats/bundle.md</c>.
/// </summary>
internal static class Reading
{
    internal const string LacksPath = "reading/LACKS.txt";
    internal const string MethodPath = "reading/METHOD.txt";
    internal const string TermsPath = "reading/terms.txt";
    internal const string PlacesPath = "reading/places-without-positions.geojson";
    internal const string ReportPath = "reading/report-not-published.html";

    private const string Places = "application/geo+json";
    private const string Agreement = "text/vnd.safeconduct.agreement";
    private const string Edition = "text/html";

    /// <summary>Whether a file of the folder follows from the record; <see cref="LacksPath"/> begins with what does.</summary>
    internal static bool IsDerived(string path) => path.StartsWith("reading/", StringComparison.Ordinal) && path is not (LacksPath or MethodPath or TermsPath or PlacesPath or ReportPath);

    internal static void Add(IReadOnlyList<(long Index, Entry Entry)> entries, IReadOnlyList<OpenedLine> lines, IDictionary<string, ReadOnlyMemory<byte>> files)
    {
        var at = entries.ToDictionary(e => e.Index, e => e.Entry);
        var opened = lines.Where(l => at.ContainsKey(l.Entry)).OrderBy(l => l.Entry).ThenBy(l => l.Body).ToList();
        var said = opened.Where(l => l.Body == 0 && at[l.Entry].Header.Kind is EntryKind.Statement).ToList();
        using (var text = new MemoryStream())
        {
            using var json = new MemoryStream();
            foreach (var line in said)
            {
                Say(line, at[line.Entry], text, json);
            }

            files["reading/statements.txt"] = text.ToArray();
            files["reading/statements.jsonl"] = json.ToArray();
        }

        var papers = opened.Where(l => at[l.Entry].Header.Kind is EntryKind.Document).ToList();
        Take(papers.LastOrDefault(l => l.Body == 0 && l.Media == Places), "reading/places.geojson");
        Take(papers.LastOrDefault(l => l.Body == 0 && l.Media == Agreement), "reading/agreement.terms");

        // The first edition that is here is the one for the narrowest audience that this copy was made for.
        Take(papers.LastOrDefault(l => l.Body > 0 && l.Media == Edition) is { } last ? papers.First(l => l.Entry == last.Entry && l.Body > 0 && l.Media == Edition) : null, "reading/report.html");

        void Take(OpenedLine? line, string path)
        {
            if (line is not null)
            {
                files[path] = line.Opened.Text;
            }
        }
    }

    /// <summary>The table at the head of <see cref="LacksPath"/>: how many entries and bodies of each kind the log names, and how many of the bodies are here.</summary>
    internal static string Counts(IEnumerable<(long Index, Entry Entry)> entries, IReadOnlyList<OpenedLine> lines)
    {
        var here = lines.CountBy(l => l.Entry).ToDictionary();
        var text = new StringBuilder("kind          entries     bodies       here    lacking\n");
        foreach (var kind in entries.GroupBy(e => e.Entry.Header.Kind).OrderBy(g => Word(g.Key), StringComparer.Ordinal))
        {
            var (count, bodies, included) = (kind.Count(), kind.Sum(e => (long)e.Entry.Header.Bodies.Count), kind.Sum(e => (long)here.GetValueOrDefault(e.Index)));
            text.Append(CultureInfo.InvariantCulture, $"{Word(kind.Key),-10} {count,10} {bodies,10} {included,10} {bodies - included,10}\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Word(EntryKind kind) => kind.ToString().ToLowerInvariant();

    private static void Say(OpenedLine line, Entry entry, MemoryStream text, MemoryStream json)
    {
        var block = new StringBuilder();
        using var body = line.File is null ? PlainText.Open(line.Opened.Text) : null;
        if (body is null)
        {
            block.Append("(not readable as a statement; its bytes are in opened/)\n");
        }
        else
        {
            PlainText.Write(block, body.RootElement);
            json.Write(Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"entry":{{line.Entry}},"id":"{{entry.Id}}","kid":"{{entry.Kid}}","seq":{{entry.Header.Seq}},"claimed":{{entry.Header.Claimed.UnixMs}},"statement":""")));
            foreach (var one in line.Opened.Text.Span)
            {
                // Between the tokens of a body a line may end; within one it can't.
                json.WriteByte(one is (byte)'\n' or (byte)'\r' ? (byte)' ' : one);
            }

            json.Write("}\n"u8);
        }

        PlainText.Line(block, "In the log", FormattableString.Invariant($"entry {line.Entry}, number {entry.Header.Seq} of device {entry.Kid}, whose clock said {Written(entry.Header.Claimed.UnixMs)}"));
        PlainText.Line(block, "Entry id", entry.Id.ToString());
        text.Write(Encoding.UTF8.GetBytes(block.Append('\n').ToString()));
    }

    // As far as a four-digit year goes; a clock may claim more.
    private static string Written(long unixMs) => unixMs is >= 0 and < 253_402_300_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : unixMs.ToString(CultureInfo.InvariantCulture) + " ms";

    internal const string MethodText = """
        How to read this copy

        Nothing in it is a fact. Everything is a statement that somebody made: who said it, when, about what, and in which words. Two statements that differ are both
        kept. A figure is as good as those who gave it; copies of one count are one count.

        statements.txt      every statement whose words go along with this copy, one after the other, in the order in which the record received them
        statements.jsonl    the same for a program: one JSON object a line, "statement" is the body exactly as it was signed
        places.geojson      the places that statements name by id; places-without-positions.geojson in a copy for the public
        agreement.terms     the agreement as the mission wrote it down; terms.txt: its terms, in a copy for others than the room
        report.html         the last report that was published to those this copy is for; report-not-published.html: where none was, one that was made for this copy
                            and that nobody checked or cleared
        LACKS.txt           what this copy does not contain, and why

        Numbers    "low" and "high" are the least and the most that the words allow; one of them alone is a bound on one side ("at least", "up to"); "more_than" and
                   "fewer_than" leave the number itself out; "approximate" says which way "about" reaches. A word such as "dozens" stays a word.
        Times      "Said at": when it was uttered or printed. "Speaks of": the time the words are about, both ends included. "whose clock said": what the recording
                   device's own clock claimed, which proves nothing. That an entry stands before another in the log is proven; at which hour it was made is not.
        Put as     denied, planned, promised, demanded, conditional; where the line is missing it was asserted.
        Goes to    how far the statement may go: room, parties, public, referral-only. Whoever holds this copy is bound by it.
        Link       corrects, supersedes, withdraws: an earlier statement stays where it is. Look whether a later one speaks of it before you quote it.
        Signs      characters that could hide, or turn the text around, are written as \u{...}, and a backslash twice. Everything else stands as it was signed.

        What verify.py proves: that each entry was signed by a key that the operation's charter leads to; that the entries are those, and in that order, that the log
        signed for; that each text here is the one its signer committed to; that how many bodies are lacking is stated rightly; and that statements.txt,
        statements.jsonl, places.geojson, agreement.terms, report.html and the table in LACKS.txt follow from what was signed.
        python3 verify.py . --read makes the statements anew from the signed bodies, so that no text of ours needs to be trusted.

        What it does not prove: that a statement is true; who held a key; at what hour something was said or recorded; that nothing was said which was never recorded;
        that this is the newest state of the record (keep size and root, and compare). The reasons in LACKS.txt, terms.txt, places-without-positions.geojson and
        report-not-published.html are the word of whoever made this copy, signed with the log's key and no more.

        """;
}
