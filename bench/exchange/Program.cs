using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Safeconduct.Bench.Exchange;
using Safeconduct.Intake.Exports;
using Safeconduct.Reports.Exchange;
using Safeconduct.Spreadsheets;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

var operation = new Operation("bench", DateTimeZoneProviders.Tzdb["Europe/Kyiv"], new Gazetteer(Made.Places));
var formats = ExportFormats.All.Append(StatementWorkbook.Format).ToDictionary(f => f.Name);
return args switch
{
    ["write", var format, var count, var file] => Write(format, Number(count), file),
    ["read", var count, var file] => Read(Number(count), file, isBook: true),
    ["take", var count, var file] => Read(Number(count), file, isBook: false),
    ["run", var folder] => Run(folder, [27_000, 270_000]),
    ["run", var folder, .. var counts] => Run(folder, [.. counts.Select(Number)]),
    _ => Usage(),
};

// Seconds are of the processor, of one thread: what others do on the machine at the same time does not count.
static int Usage()
{
    Console.Error.WriteLine("usage: exchange run FOLDER [N ...]        every format out and back at 27,000 and 270,000 statements, each in a process of its own, beside the peers of this machine");
    Console.Error.WriteLine("       exchange write FORMAT N FILE       N made statements to a file");
    Console.Error.WriteLine("       exchange read N FILE               the file taken back into a book that has them all");
    Console.Error.WriteLine("       exchange take N FILE               the file taken back into a book that has none");
    return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

int Write(string format, int count, string file)
{
    using (var to = new FileStream(file, FileMode.Create))
    {
        formats[format].Write(to, Cover.For(operation, Audience.Room, 0), Made.Statements(count).Select((s, i) => new HandedOn(s, Made.EntryOf(i))));
        to.Flush(flushToDisk: true);
    }

    Say(file);
    return 0;
}

// The book is made as it is asked for, so that what is measured is the reading's own memory.
int Read(int count, string file, bool isBook)
{
    var returning = new Returning(operation.Gazetteer, id => isBook && Made.NumberOf(id) is { } n ? new InBook(Made.Statement(n), Made.EntryOf(n)) : null, ownObservers: true);
    using (var returned = ReturnedFile.Open(File.OpenRead(file)) ?? throw new InvalidOperationException("No export."))
    {
        returned.Into(returning);
    }

    var end = returning.End();
    Say(file);
    var isRight = end.Problems.Count == 0 && end.LeftBehindCount == 0 && (isBook ? end.There : end.Fresh.Count) == count;
    Console.Error.WriteLine($"{Shown.Number(end.Rows)} rows, {Shown.Number(end.There)} there, {Shown.Number(end.Fresh.Count)} new, {Shown.Number(end.Problems.Count)} problems{(end.Problems.Count > 0 ? ": " + end.Problems[0] : "")}");
    return isRight ? 0 : 1;
}

static void Say(string file)
{
    using var self = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.TotalProcessorTime.TotalSeconds:0.0} {new FileInfo(file).Length} {self.PeakWorkingSet64 / 1_048_576}"));
}

int Run(string folder, int[] counts)
{
    Directory.CreateDirectory(folder);
    Console.WriteLine("| format | statements | file | out | peak | back into its book | peak | back into a new one | peak |");
    Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    foreach (var format in (string[])["csv", "hxl", "hxl-json", "geojson", "json", "xlsx"])
    {
        foreach (var count in counts)
        {
            var file = Path.Combine(folder, $"{Shown.Number(count)}{formats[format].Ending}");
            var (n, write) = (count.ToString(CultureInfo.InvariantCulture), Own("write", format, count.ToString(CultureInfo.InvariantCulture), file));
            var (read, take) = (Own("read", n, file), Own("take", n, file));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {format} | {count:N0} | {write.Bytes / 1e6:0.0} MB | {write.Seconds:0.0} s | {write.Peak} MB | {read.Seconds:0.0} s | {read.Peak} MB | {take.Seconds:0.0} s | {take.Peak} MB |"));
        }
    }

    var largest = Path.Combine(folder, $"{Shown.Number(counts[^1])}.csv");
    Console.WriteLine();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same CSV copied byte by byte: {Timed(() => Copied(largest, largest + ".copy")):0.0} s"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same CSV read and written by Python's csv module: {Python(largest, largest + ".python"):0.0} s of processor"));
    return 0;
}

static (double Seconds, long Bytes, long Peak) Own(params string[] arguments)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true };
    if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
    {
        start.ArgumentList.Add(typeof(Made).Assembly.Location);
    }

    foreach (var argument in arguments)
    {
        start.ArgumentList.Add(argument);
    }

    using var process = Process.Start(start)!;
    var said = process.StandardOutput.ReadToEnd().Trim().Split(' ');
    process.WaitForExit();
    return process.ExitCode == 0 ? (double.Parse(said[0], CultureInfo.InvariantCulture), long.Parse(said[1], CultureInfo.InvariantCulture), long.Parse(said[2], CultureInfo.InvariantCulture)) : throw new InvalidOperationException($"{string.Join(' ', arguments)} went wrong.");
}

static double Timed(Action act)
{
    var clock = Stopwatch.StartNew();
    act();
    return clock.Elapsed.TotalSeconds;
}

static void Copied(string from, string to)
{
    using var source = File.OpenRead(from);
    using var target = new FileStream(to, FileMode.Create);
    source.CopyTo(target);
    target.Flush(flushToDisk: true);
}

static double Python(string from, string to)
{
    var start = new ProcessStartInfo("python3") { UseShellExecute = false, ArgumentList = { "-c", "import csv,os,sys,time\nwith open(sys.argv[1],encoding='utf-8',newline='') as a, open(sys.argv[2],'w',encoding='utf-8',newline='') as b:\n    csv.writer(b).writerows(csv.reader(a))\n    b.flush(); os.fsync(b.fileno())\nprint(time.process_time())", from, to }, RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    return double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
}
