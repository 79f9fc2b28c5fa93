using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodaTime;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts;

namespace Safeconduct.Bench.Intake;

/// <summary>Words a second of the whole reading on one thread, beside cutting the same texts into words alone, which no reading can do without; then one text of 10 MB.</summary>
internal static class SpeedWorkload
{
    private const int LongText = 10_000_000;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3);

    public static int Run(string folder)
    {
        FolderText[] texts = [.. Folder.Texts(folder).Where(t => t.Language is null or "en")];
        string[] bodies = [.. texts.Select(t => t.Whole[t.BodyStart..])];
        var lexicon = TextWords.For("en")!.Lexicon;
        var wording = new Wording();
        var words = bodies.Sum(b => Words(wording.Read(b, lexicon)));
        Line($"{texts.Length} English texts, {words:N0} words, {words / texts.Length:N0} a text");

        var cut = Rate(words, () => Array.ForEach(bodies, b => wording.Read(b, lexicon)));
        Rated("cut into words alone", cut);
        var read = Rate(words, () => Array.ForEach(texts, t => t.Read()));
        Rated("read whole", read);
        Line($"reading goes at {100 * read.PerSecond / cut.PerSecond:N1} % of cutting");

        var all = string.Join("\n", bodies) + "\n";
        var text = new StringBuilder();
        while (text.Length < LongText)
        {
            text.Append(all, 0, Math.Min(all.Length, LongText - text.Length));
        }

        var request = new TextRequest(text.ToString(), new LocalDate(2031, 5, 2), "en");
        GC.Collect();
        var (before, most, calls) = (GC.GetTotalMemory(true), 0L, 0);
        var clock = Stopwatch.StartNew();
        var reading = TextIntake.Read(request, _ =>
        {
            // The collector is not called: this is what stands in memory, garbage included.
            most = Math.Max(most, calls++ % 64 == 0 ? GC.GetTotalMemory(false) : 0);
        });
        var took = clock.Elapsed;
        var kept = GC.GetTotalMemory(true) - before;
        var count = reading.Proposals.Count;
        Line($"{request.Original.Length / 1e6:N0} MB in one text: {took.TotalSeconds:N2} s, {count:N0} proposals, {calls:N0} calls of progress; kept {kept / 1e6:N0} MB ({kept / Math.Max(1, count):N0} bytes a proposal), at most {(most - before) / 1e6:N0} MB with garbage");
        using var process = Process.GetCurrentProcess();
        Line($"peak of the process {process.PeakWorkingSet64 / 1e6:N0} MB");
        GC.KeepAlive(reading);
        return 0;
    }

    private static int Words(Wording wording)
    {
        var words = 0;
        for (var at = 0; at < wording.Count; at++)
        {
            words += wording[at].Kind is LexemeKind.Word or LexemeKind.Number ? 1 : 0;
        }

        return words;
    }

    /// <summary>The median of five stretches: other work on the machine slows some of them.</summary>
    private static (double PerSecond, double Bytes) Rate(int words, Action once)
    {
        once();
        var rates = new List<double>();
        var (allocated, rounds) = (GC.GetAllocatedBytesForCurrentThread(), 0);
        for (var i = 0; i < 5; i++)
        {
            var (clock, here) = (Stopwatch.StartNew(), 0);
            for (; clock.Elapsed < Each / 5; here++)
            {
                once();
            }

            rates.Add((double)words * here / clock.Elapsed.TotalSeconds);
            rounds += here;
        }

        rates.Sort();
        return (rates[2], (GC.GetAllocatedBytesForCurrentThread() - allocated) / ((double)words * rounds));
    }

    private static void Rated(string what, (double PerSecond, double Bytes) rate) => Line($"{what,-22} {rate.PerSecond,12:N0} words/s, {rate.Bytes,8:N1} bytes allocated a word");

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
