using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Record.Books;

/// <summary>A statement as it stands in the record.</summary>
public sealed record Entered(Statement Statement, EntryIndex Index, EntryId Entry);

/// <summary>What became of statements handed in: those recorded now, and how many stood there already, word for word.</summary>
public sealed record Entering(IReadOnlyList<Receipt> Recorded, int AlreadyThere);

/// <summary>A document that belongs to the operation: its list of places, its settings. The newest of a media type holds.</summary>
public static class DocumentMedia
{
    public const string Gazetteer = "application/geo+json";
    public const string Settings = "application/vnd.safeconduct.operation+json";
}

/// <summary>
/// The book of one operation: its record, read as statements. Owns the log it is given; one thread at a time. Reading keeps going past a body
/// that can't be read, and says which; it never passes over one in silence.
/// </summary>
public sealed class Book : IDisposable
{
    private readonly OperationLog _log;
    private readonly List<Entered> _statements = [];
    private readonly Dictionary<StatementId, Hash> _known = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _documents = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private int _numbered;

    public Book(OperationLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        foreach (var entry in log.ReadAll())
        {
            Read(entry);
        }
    }

    public OperationLog Log => _log;

    /// <summary>In the record's order.</summary>
    public IReadOnlyList<Entered> Statements => _statements;

    /// <summary>Entries whose body can't be read as a statement, each with its place.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The newest document of a media type, or null.</summary>
    public ReadOnlyMemory<byte>? FindDocument(string media) => _documents.TryGetValue(media, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);

    public Entered? Find(StatementId id) => _statements.FirstOrDefault(s => s.Statement.Id == id);

    /// <summary>A short number of the operation for a statement made by hand: S-1, S-2. Never one that is taken.</summary>
    public StatementId NextId()
    {
        StatementId id;
        do
        {
            id = new StatementId("S-" + Shown.Number(++_numbered));
        }
        while (_known.ContainsKey(id));

        return id;
    }

    /// <summary>
    /// Records statements in one act: after a power cut all of them are there or none. One that stands there already, word for word, is passed
    /// over; one whose id is taken by other words is refused, and with it the whole act.
    /// </summary>
    /// <exception cref="RefusedException"><c>book.same-id-other-words</c>, <c>book.unknown-target</c>.</exception>
    public Entering Enter(IReadOnlyCollection<Statement> statements, ClaimedTime at)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var fresh = new List<(Statement Statement, byte[] Bytes)>(statements.Count);
        var handed = new Dictionary<StatementId, Hash>(statements.Count);
        var there = 0;
        foreach (var statement in statements)
        {
            var bytes = StatementBytes.Write(statement.Checked());
            var hash = Hash.Of(bytes);
            if (_known.TryGetValue(statement.Id, out var standing) || handed.TryGetValue(statement.Id, out standing))
            {
                there += standing == hash ? 1 : throw OtherWords(statement);
                continue;
            }

            handed.Add(statement.Id, hash);
            fresh.Add((statement, bytes));
        }

        CheckTargets(fresh, handed);
        var receipts = _log.Append([.. fresh.Select(f => new NewEntry([new NewBody(f.Bytes)]))], at);
        for (var i = 0; i < receipts.Count; i++)
        {
            Keep(new Entered(fresh[i].Statement, receipts[i].Index, receipts[i].Id), handed[fresh[i].Statement.Id]);
        }

        return new Entering(receipts, there);
    }

    /// <summary>Records a document of the operation; the same bytes twice change nothing.</summary>
    public Receipt? Keep(string media, ReadOnlyMemory<byte> bytes, ClaimedTime at)
    {
        if (FindDocument(media) is { } standing && standing.Span.SequenceEqual(bytes.Span))
        {
            return null;
        }

        var receipt = _log.Append([new NewEntry([new NewBody(bytes, media)], EntryKind.Document)], at)[0];
        _documents[media] = bytes;
        return receipt;
    }

    public void Dispose() => _log.Dispose();

    private void Read(RecordedEntry entry)
    {
        foreach (var body in entry.Bodies)
        {
            if (entry.Entry.Header.Kind is not (EntryKind.Statement or EntryKind.Document))
            {
                continue;
            }

            if (body.Opened is not { } opened)
            {
                _problems.Add(new Problem(body.Fault?.Code ?? "body.missing", body.Fault?.Message ?? "The body is not here.", $"entry {entry.Index}"));
            }
            else if (entry.Entry.Header.Kind is EntryKind.Document)
            {
                _documents[body.Name.Media] = opened.Text;
            }
            else
            {
                ReadStatement(entry, opened.Text);
            }
        }
    }

    private void ReadStatement(RecordedEntry entry, ReadOnlyMemory<byte> text)
    {
        var read = StatementBytes.Read(text);
        if (read.Value is { } statement)
        {
            Keep(new Entered(statement, entry.Index, entry.Id), Hash.Of(text.Span));
        }

        _problems.AddRange(read.Problems.Select(p => p with { Place = $"entry {entry.Index}, {p.Place}".TrimEnd(' ', ',') }));
    }

    private void Keep(Entered entered, Hash words)
    {
        // A second entry under an id that is taken can only come from another device: both stay in the record, the first is the one cited.
        if (_known.TryAdd(entered.Statement.Id, words))
        {
            _statements.Add(entered);
        }
        else if (_known[entered.Statement.Id] != words)
        {
            _problems.Add(new Problem("book.same-id-other-words", $"'{entered.Statement.Id}' stands in the record already with other words; the first is shown.", $"entry {entered.Index}"));
        }
    }

    private void CheckTargets(List<(Statement Statement, byte[] Bytes)> fresh, Dictionary<StatementId, Hash> handed)
    {
        foreach (var (statement, _) in fresh)
        {
            foreach (var claim in statement.Claims())
            {
                if (claim is Statements.Claims.Claim.About { Statement: var target } && !_known.ContainsKey(target) && !handed.ContainsKey(target))
                {
                    throw new RefusedException("book.unknown-target", $"{statement.Id} points to {target}, which is not in this book. Nothing was recorded.");
                }
            }
        }
    }

    private RefusedException OtherWords(Statement statement)
    {
        var standing = Find(statement.Id)?.Statement;
        return new RefusedException(
            "book.same-id-other-words",
            $"{statement.Id} is in the book already with other words. There: '{Shown.Short(standing?.Paraphrase ?? standing?.Said.ToString())}' Here: '{Shown.Short(statement.Paraphrase ?? statement.Said.ToString())}' "
            + "Nothing was recorded. If this is another edition of the list, name it with --edition NAME.");
    }
}
