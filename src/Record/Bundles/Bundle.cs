using System.Globalization;
using System.Text;

namespace Safeconduct.Record;

/// <summary>
/// A record, or a part of its bodies, to be handed over and checked by anybody without our programs. The same record and the same choice of
/// bodies give the same bytes. Source: <c>formats/bundle.md</c>.
/// </summary>
public static class Bundle
{
    internal const string ManifestPath = "MANIFEST";
    internal const string VerifierPath = "verify.py";
    internal const string FormatPath = "FORMAT.txt";

    /// <summary>The files of a bundle of everything that is logged, in order of path.</summary>
    /// <param name="log">The record.</param>
    /// <param name="signer">The log's key, which signs the list of files.</param>
    /// <param name="include">Whether the sealed body at this place of the entry goes along; null: all that open. Open bodies always do.</param>
    /// <param name="verifier">The checker that is handed along as <c>verify.py</c>, if any.</param>
    /// <param name="papers">What a reader is told beside what follows from the record.</param>
    public static IReadOnlyList<LogFile> Write(
        OperationLog log, ICheckpointSigner signer, Func<RecordedEntry, int, bool>? include = null, ReadOnlyMemory<byte>? verifier = null, ReaderPapers? papers = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(signer);
        var size = log.Logged.Size;
        var files = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [FormatPath] = Encoding.UTF8.GetBytes(FormatText) };
        if (verifier is { } program)
        {
            files[VerifierPath] = program;
        }

        files["log/checkpoint"] = log.Checkpoint!.Value;
        foreach (var tile in Tiles.Of(size))
        {
            files["log/" + tile.Path] = tile.Level == Tile.EntriesLevel
                ? Tiles.Bundle(log.Source.Read(new EntryIndex(tile.Index * Tile.FullWidth), tile.Width))
                : Tiles.Hashes(log.Tree, tile);
        }

        var (lines, named) = Choose(log, size, include);
        var entries = log.ReadAll().TakeWhile(e => e.Index.Value < size).Select(e => (e.Index.Value, e.Entry)).ToList();
        Derive(entries, lines, log.Charter, files);
        files[Reading.MethodPath] = Encoding.UTF8.GetBytes(Reading.MethodText);
        files[Reading.LacksPath] = Encoding.UTF8.GetBytes(Reading.Counts(entries, lines) + papers?.Lacks);
        AddPaper(Reading.TermsPath, papers?.Terms);
        AddPaper(Reading.PlacesPath, papers?.Places);
        AddPaper(Reading.ReportPath, papers?.Report);
        files[ManifestPath] = Manifest(log.Operation, size, named, lines.Count, files, signer);
        return [.. files.Select(f => new LogFile(f.Key, f.Value))];

        void AddPaper(string path, byte[]? bytes)
        {
            if (bytes is { } paper)
            {
                files[path] = paper;
            }
        }
    }

    /// <summary>Checks a bundle from nothing but its files.</summary>
    public static VerificationReport Verify(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, VerificationScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var findings = new List<Finding>();
        if (BundleNames.FaultIn(files.Keys) is { } hostile)
        {
            findings.Add(Finding.Refutes(hostile.Code, "names", hostile.Message));
        }

        var source = new BundleSource(files, findings);
        var report = Verifier.Verify(source, scope);
        CheckManifest(files, report, findings);
        CheckDerived(files, source, report, findings);
        findings.AddRange(TileCheck.Check(report.Tree, report.Logged,
            [.. files.Keys.Where(k => k.StartsWith("log/tile/", StringComparison.Ordinal)).Select(k => k["log/".Length..])],
            p => files.TryGetValue("log/" + p, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?), "log/"));
        return report.With(findings);
    }

    /// <summary>Checks a bundle in one ZIP.</summary>
    public static VerificationReport VerifyZip(ReadOnlyMemory<byte> zip, VerificationScope? scope = null)
    {
        var files = StoredZip.Read(zip, out var fault) ?? new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var report = Verify(files, scope);
        return fault is { } wrong ? report.With([Finding.Refutes(wrong.Code, "the ZIP file", wrong.Message)]) : report;
    }

    private static string KeyName(OperationId operation) => Checkpoint.OriginOf(operation) + "/bundle";

    private static (List<OpenedLine> Lines, long Named) Choose(OperationLog log, long size, Func<RecordedEntry, int, bool>? include)
    {
        var lines = new List<OpenedLine>();
        long named = 0;
        foreach (var entry in log.ReadAll().TakeWhile(e => e.Index.Value < size))
        {
            named += entry.Bodies.Count;
            for (var i = 0; i < entry.Bodies.Count; i++)
            {
                var (name, opened, _) = entry.Bodies[i];
                if (opened is not null && (!name.IsSealed || include is null || include(entry, i)))
                {
                    lines.Add(new OpenedLine(entry.Index.Value, i, name.Media, name.Commit, opened));
                }
            }
        }

        return (lines, named);
    }

    // What follows from entries and opened bodies alone: written when a bundle is made, written again and compared when it is checked.
    private static void Derive(IReadOnlyList<(long Index, Entry Entry)> entries, IReadOnlyList<OpenedLine> lines, Charter charter, IDictionary<string, ReadOnlyMemory<byte>> files)
    {
        foreach (var group in lines.GroupBy(l => l.Entry / Tile.FullWidth))
        {
            var text = string.Concat(group.OrderBy(l => l.Entry).ThenBy(l => l.Body).Select(l => l.Line + "\n"));
            files[$"opened/{group.Key.ToString("D3", CultureInfo.InvariantCulture)}.jsonl"] = Encoding.UTF8.GetBytes(text);
        }

        foreach (var line in lines.Where(l => l.File is not null))
        {
            files[line.File!] = line.Opened.Text;
        }

        foreach (var chain in entries.GroupBy(e => e.Entry.Kid))
        {
            var text = string.Concat(chain.Select(e => FormattableString.Invariant($"{e.Entry.Header.Seq} {e.Index} {e.Entry.Id}\n")));
            files[$"chains/{chain.Key}"] = Encoding.UTF8.GetBytes(text);
        }

        Reading.Add(entries, lines, files);
        var first = lines.FirstOrDefault(l => l is { Entry: 0, Body: 0 });
        if (first is not null)
        {
            files["keys/charter.json"] = first.Opened.Text;
            var origin = Checkpoint.OriginOf(Charter.IdOf(first.Opened.Text.Span));
            files["keys/policy"] = Encoding.UTF8.GetBytes(
                $"log {SignedNote.VerifierKey(origin, charter.LogKey.Span)}\nauthority {charter.AuthorityKid} {charter.AuthorityKey}\nwitnesses {charter.WitnessPolicy}\n");
        }
    }

    private static byte[] Manifest(OperationId operation, long size, long named, int included, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files, ICheckpointSigner signer)
    {
        var text = new StringBuilder(Counts(operation, size, named, included));
        foreach (var (path, bytes) in files.Where(f => f.Key != ManifestPath))
        {
            text.Append(Listed(path, bytes.Span));
        }

        return SignedNote.Sign(text.ToString(), KeyName(operation), signer);
    }

    private static string Counts(OperationId operation, long size, long named, long included) =>
        FormattableString.Invariant($"{KeyName(operation)}\nentries {size}\nbodies {named} included {included} withheld {named - included}\n");

    private static string Listed(string path, ReadOnlySpan<byte> bytes) => FormattableString.Invariant($"{Hash.Of(bytes)} {bytes.Length} {path}\n");

    private static void CheckManifest(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, VerificationReport report, List<Finding> findings)
    {
        Fault? fault = null;
        if (report.Charter is not { } charter || report.Operation is not { } operation || !files.TryGetValue(ManifestPath, out var bytes)
            || SignedNote.Read(bytes.Span, KeyName(operation), charter.LogKey.Span, out fault) is not { } text)
        {
            findings.Add(Finding.Refutes("bundle.manifest", ManifestPath, fault?.Message ?? "missing, or there is no charter to check it with"));
            return;
        }

        var expected = Counts(operation, report.Checked.Entries, report.Checked.Bodies, report.Checked.OpenedBodies);
        if (!text.StartsWith(expected, StringComparison.Ordinal))
        {
            findings.Add(Finding.Refutes("bundle.counts", ManifestPath, FormattableString.Invariant($"states other numbers than were counted: {report.Checked.Entries} entries, {report.Checked.OpenedBodies} of {report.Checked.Bodies} bodies included")));
        }

        CheckListed(files, text, findings);
    }

    private static void CheckListed(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string manifest, List<Finding> findings)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal) { ManifestPath };
        foreach (var line in manifest.Split('\n').Skip(3).Where(l => l.Length > 0))
        {
            var path = line[(line.IndexOf(' ', line.IndexOf(' ', StringComparison.Ordinal) + 1) + 1)..];
            listed.Add(path);
            if (!files.TryGetValue(path, out var bytes))
            {
                findings.Add(Finding.Refutes("bundle.file-missing", path, "the list names it and it is not there"));
            }
            else if (Listed(path, bytes.Span) != line + "\n")
            {
                findings.Add(Finding.Refutes("bundle.file-differs", path, "not of the hash and length that the list states"));
            }
        }

        foreach (var path in files.Keys.Where(k => !listed.Contains(k)))
        {
            findings.Add(Finding.Refutes("file.unknown", path, "the list does not name this file"));
        }
    }

    private static void CheckDerived(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, BundleSource source, VerificationReport report, List<Finding> findings)
    {
        if (report.Charter is null)
        {
            return;
        }

        var named = source.Entries().SelectMany(e => e.Entry.Header.Bodies.Select((b, k) => (Entry: e.Index, Body: k, b.Media, b.Commit))).ToHashSet();
        foreach (var line in source.Lines.Where(l => !named.Contains((l.Entry, l.Body, l.Media, l.Commit))))
        {
            findings.Add(Finding.Refutes("bundle.derived-differs", "opened", FormattableString.Invariant($"no entry {line.Entry} names this as its body {line.Body}"), new EntryIndex(Math.Max(0, line.Entry))));
        }

        var derived = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var entries = source.Entries().ToList();
        Derive(entries, source.Lines, report.Charter, derived);
        if (!files.TryGetValue(Reading.LacksPath, out var lacks) || !lacks.Span.StartsWith(Encoding.UTF8.GetBytes(Reading.Counts(entries, source.Lines))))
        {
            findings.Add(Finding.Refutes("bundle.derived-differs", Reading.LacksPath, "its table does not follow from the log"));
        }

        foreach (var path in derived.Keys.Union(files.Keys.Where(IsDerived), StringComparer.Ordinal))
        {
            if (!derived.TryGetValue(path, out var expected) || !files.TryGetValue(path, out var actual) || !actual.Span.SequenceEqual(expected.Span))
            {
                findings.Add(Finding.Refutes("bundle.derived-differs", path, "not what follows from the log"));
            }
        }
    }

    private static bool IsDerived(string path) => path.StartsWith("opened/", StringComparison.Ordinal) || path.StartsWith("blobs/", StringComparison.Ordinal)
        || path.StartsWith("chains/", StringComparison.Ordinal) || path.StartsWith("keys/", StringComparison.Ordinal) || Reading.IsDerived(path);

    private const string FormatText = """
        This is a bundle of a Safeconduct record: signed statements, in the order in which they arrived, that can be checked without Safeconduct.

        python3 verify.py .      checks every hash, signature and proof; needs nothing but Python. --read prints every statement, --lacks what is not here
        reading/                 begin here: every statement as text, the places, the agreement, the last report, how to read it, and what is lacking
        opened/                  what was said, one JSON object a line; "entry" is the place in the record, from zero
        blobs/                   photographs and documents, named by their SHA-256
        chains/                  for every device: its own count, the place in the record, the entry's id
        log/                     all signed entries and the log's tree (RFC 9162, C2SP tlog-tiles), log/checkpoint signed by the log
        keys/                    the charter of the operation and the keys that count
        MANIFEST                 all files with SHA-256 and length, signed by the log; how many bodies are withheld

        SHA-256(salt || text) is the commitment in the signed entry: so a text that was handed over can be checked, and one that was withheld is
        still counted. Nothing in this bundle is a fact; everything is a statement somebody made.

        """;
}

/// <summary>A bundle read as a record.</summary>
internal sealed class BundleSource : IRecordSource
{
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files;
    private readonly List<ReadOnlyMemory<byte>> entries = [];
    private readonly Dictionary<Hash, OpenedBody> opened = [];

    internal BundleSource(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, List<Finding> findings)
    {
        this.files = files;
        ReadEntries(findings);
        foreach (var (path, bytes) in files.Where(f => f.Key.StartsWith("opened/", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            ReadLines(path, bytes, findings);
        }
    }

    internal List<OpenedLine> Lines { get; } = [];

    public long Size => entries.Count;

    public bool MayWithhold => true;

    public string PlaceOfCheckpoint => "log/checkpoint";

    internal IEnumerable<(long Index, Entry Entry)> Entries() => entries.Select((e, i) => ((long)i, Entry.Read(e, out _)!)).Where(e => e.Item2 is not null);

    public IReadOnlyList<ReadOnlyMemory<byte>> Read(EntryIndex first, int count) => entries.GetRange((int)first.Value, (int)Math.Min(count, Size - first.Value));

    public ReadOnlyMemory<byte>? ReadCheckpoint() => Find("log/checkpoint");

    // A body that was left open is its own blob: a salt of zeros and the text.
    public ReadOnlyMemory<byte>? FindBlob(Hash name) =>
        opened.TryGetValue(name, out var body) && !body.Salt.Span.ContainsAnyExcept((byte)0) ? new ReadOnlyMemory<byte>([.. body.Salt.Span, .. body.Text.Span]) : default(ReadOnlyMemory<byte>?);

    public ReadOnlyMemory<byte>? FindWrappedKey(KeyId name) => default(ReadOnlyMemory<byte>?);

    public OpenedBody? FindOpened(Hash commit) => opened.GetValueOrDefault(commit);

    public string PlaceOf(EntryIndex entry)
    {
        var tile = entry.Value / Tile.FullWidth;
        return "log/" + new Tile(Tile.EntriesLevel, tile, (int)Math.Clamp(Size - (tile * Tile.FullWidth), 1, Tile.FullWidth)).Path;
    }

    public string PlaceOfBlob(Hash name) => "opened";

    public string PlaceOfWrappedKey(KeyId name) => "keys";

    private ReadOnlyMemory<byte>? Find(string path) => files.TryGetValue(path, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);

    private void ReadEntries(List<Finding> findings)
    {
        var size = ReadCheckpoint() is { } checkpoint ? Checkpoint.SizeUnchecked(checkpoint.Span) ?? 0 : 0;
        foreach (var tile in Tiles.Of(Math.Min(size, int.MaxValue / 2)).TakeWhile(t => t.Level == Tile.EntriesLevel))
        {
            if (Find("log/" + tile.Path) is not { } bytes || Tiles.ReadBundle(bytes, tile.Width) is not { } read)
            {
                findings.Add(Finding.Refutes("tile.missing", "log/" + tile.Path, "the entries from here on cannot be read"));
                return;
            }

            entries.AddRange(read);
        }
    }

    private void ReadLines(string path, ReadOnlyMemory<byte> bytes, List<Finding> findings)
    {
        foreach (var text in Encoding.UTF8.GetString(bytes.Span).Split('\n').Where(t => t.Length > 0))
        {
            if (OpenedLine.Read(text, Find) is { } line)
            {
                Lines.Add(line);
                opened[line.Commit] = line.Opened;
            }
            else
            {
                findings.Add(Finding.Refutes("bundle.derived-differs", path, "a line is not of the form of an opened body, or its file is missing"));
            }
        }
    }
}
