using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Safeconduct.Record;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;

// Rates of the record beside the limits of the same run: how many P-256 signatures and SHA-256 hashes one core makes here.
//     dotnet run -c Release --project bench/record [statements, default 100000]
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var folder = Path.Combine(Path.GetTempPath(), "safeconduct-bench-" + Guid.NewGuid().ToString("N"));
try
{
    var limits = Limits.Measure();
    Console.WriteLine(FormattableString.Invariant($"limits, one core            P-256 sign {limits.SignPerSecond,10:N0}/s   verify {limits.VerifyPerSecond,10:N0}/s   SHA-256 of 350 bytes {limits.HashPerSecond,12:N0}/s"));
    Run(folder, count, limits);
}
finally
{
    if (Directory.Exists(folder))
    {
        Directory.Delete(folder, recursive: true);
    }
}

static void Run(string folder, int count, Limits limits)
{
    var at = new ClaimedTime(1_481_871_600_000, ClockSource.DeviceClock);
    using var keys = KeyFolder.Create(Path.Combine(folder, "keys"));
    var store = Path.Combine(folder, "record");
    var statements = Enumerable.Range(0, count).Select(i => NewEntry.Statement(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"count","number":{{i}},"words":"{{new string('x', 700)}}"}""")))).ToList();
    using (var log = OperationLog.Create(FilesStore.Open(store), keys.Keys, new CharterTerms("Bench", "Etc/UTC", []), at, at.UnixMs + 1))
    {
        var import = Stopwatch.StartNew();
        log.Append(statements, at);
        Print("import in one act", count, import.Elapsed, limits.SignPerSecond, "of one core's signing");
        var single = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++)
        {
            log.Append([statements[i % count]], at);
        }

        Print("one by one, flushed", 200, single.Elapsed, limits.SignPerSecond, "of one core's signing");
    }

    statements.Clear();
    GC.Collect();
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var start = Stopwatch.StartNew();
    using (var log = OperationLog.Open(FilesStore.Open(store), keys.Keys))
    {
        Print("cold start, all checked", log.Size, start.Elapsed, limits.VerifyPerSecond, "of one core's verifying");
        Console.WriteLine(FormattableString.Invariant($"findings {log.Report.Findings.Count}; memory kept {(GC.GetTotalMemory(forceFullCollection: true) - before) / log.Size} bytes a statement"));
        var read = Stopwatch.StartNew();
        var opened = log.ReadAll().Count(e => e.Bodies[0].Opened is not null);
        Print("reading all, opened", opened, read.Elapsed, limits.HashPerSecond, "of one core's hashing");
        var bundle = Stopwatch.StartNew();
        var files = Bundle.Write(log, keys.Keys.Log);
        Print("bundle written", log.Size, bundle.Elapsed, limits.HashPerSecond, "of one core's hashing");
        bundle.Restart();
        var report = Bundle.Verify(files.ToDictionary(f => f.Path, f => f.Bytes));
        Print("bundle checked", report.Checked.Entries, bundle.Elapsed, limits.VerifyPerSecond, "of one core's verifying");
    }

    var quick = Stopwatch.StartNew();
    using (var log = OperationLog.Open(FilesStore.Open(store), keys.Keys, new VerificationScope { SignaturesAndBodies = false }))
    {
        Print("start, hashes only", log.Size, quick.Elapsed, limits.HashPerSecond, "of one core's hashing");
    }

    var audit = Stopwatch.StartNew();
    var whole = FilesStore.Verify(store);
    Print("verify, every byte", whole.Checked.Entries, audit.Elapsed, limits.VerifyPerSecond, "of one core's verifying");
}

static void Print(string what, long count, TimeSpan took, double limit, string ofWhat)
{
    var rate = count / took.TotalSeconds;
    Console.WriteLine(FormattableString.Invariant($"{what,-26}  {rate,10:N0}/s   {rate / limit,6:P0} {ofWhat}   ({took.TotalSeconds:N2} s)"));
}

#pragma warning disable MA0047 // One file without a namespace: a program of top-level statements.
internal sealed record Limits(double SignPerSecond, double VerifyPerSecond, double HashPerSecond)
{
    internal static Limits Measure()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (digest, signature, entry) = (new byte[32], new byte[64], new byte[350]);
        ecdsa.SignHash(digest, signature);
        return new Limits(
            Rate(() => ecdsa.SignHash(digest, signature), 20_000),
            Rate(() => ecdsa.VerifyHash(digest, signature), 20_000),
            Rate(() => SHA256.HashData(entry, digest), 1_000_000));
    }

    private static double Rate(Action act, int times)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            act();
        }

        return times / watch.Elapsed.TotalSeconds;
    }
}
