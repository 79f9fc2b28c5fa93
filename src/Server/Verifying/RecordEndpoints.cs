using System.Text;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Reports.Publishing;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Statements;

namespace Safeconduct.Server.Verifying;

internal sealed record EntriesPage(long First, long Size, IReadOnlyList<string> Entries);

internal sealed record ForkAnswer(string Kid, long Seq, long First, string FirstId, long Second, string SecondId);

/// <summary>The record itself, for whoever wants to check it without trusting us: entries as they were signed, the checkpoint, and a bundle with its own verifier inside.</summary>
internal static class RecordEndpoints
{
    private const int MostEntries = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var operation = api.MapGroup("/operations/{op}");
        operation.MapGet("/record/entries", Entries).Requires(Act.VerifyRecord);
        operation.MapGet("/record/checkpoint", Checkpoint).Requires(Act.VerifyRecord);
        operation.MapGet("/record/charter", Charter).Requires(Act.VerifyRecord);
        operation.MapGet("/record/certificates", Certificates).Requires(Act.VerifyRecord);
        operation.MapGet("/record/forks", Forks).Requires(Act.VerifyRecord);
        operation.MapGet("/bundle", BundleOf).Requires(Act.VerifyRecord);
    }

    private static Task<EntriesPage> Entries(string op, long? from, int? count, HostedOperations operations) => operations.Get(op).ReadLog((book, _) =>
    {
        var first = Math.Clamp(from ?? 0, 0, book.Log.Logged.Size);
        var read = book.Log.Source.Read(new EntryIndex(first), (int)Math.Min(Math.Clamp(count ?? MostEntries, 1, MostEntries), book.Log.Logged.Size - first));
        return new EntriesPage(first, book.Log.Logged.Size, [.. read.Select(e => Convert.ToBase64String(e.Span))]);
    });

    private static Task<IResult> Checkpoint(string op, HostedOperations operations) => operations.Get(op).ReadLog((book, _) =>
        book.Log.Checkpoint is { } c ? Results.Text(Encoding.UTF8.GetString(c.Span), "text/plain", Encoding.UTF8) : throw ServerRefusal.NotFound());

    private static IResult Charter(string op, HostedOperations operations) => Results.Bytes(operations.Get(op).Charter.ToBytes(), "application/json");

    /// <summary>Charter, certificates and revocations are open to all: the opened first bodies of entries of kind key, by index.</summary>
    private static Task<Dictionary<string, string>> Certificates(string op, HostedOperations operations) => operations.Get(op).ReadLog((book, _) =>
        book.Log.ReadAll().Where(e => e.Entry.Header.Kind is EntryKind.Key or EntryKind.Charter && e.Bodies[0].Opened is not null)
            .ToDictionary(e => e.Index.ToString(), e => Encoding.UTF8.GetString(e.Bodies[0].Opened!.Text.Span)));

    private static Task<IReadOnlyList<ForkAnswer>> Forks(string op, HostedOperations operations) => operations.Get(op).ReadLog<IReadOnlyList<ForkAnswer>>((book, _) =>
        [.. book.Log.Forks.Select(f => new ForkAnswer(f.Kid.ToString(), f.Seq, f.First.Value, f.FirstId.ToString(), f.Second.Value, f.SecondId.ToString()))]);

    private static async Task<IResult> BundleOf(string op, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var operation = operations.Get(op);
        var asked = Asked.Of(context, operation);
        var member = context.Member();
        if (member.Is(Role.Auditor) && member.Roles.Count == 1)
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "bundle.not-for-auditor", "A bundle carries bodies; an auditor checks entries and checkpoint, which carry none.");
        }

        var shown = asked.Shown(operation.Page, operation, clock.GetUtcNow()).Where(s => !s.IsCoarse).Select(s => s.Id).ToHashSet();
        var bytes = await operation.ReadLog((book, keys) =>
        {
            var include = book.Statements.Where(e => shown.Contains(e.Statement.Id)).Select(e => e.Index.Value).ToHashSet();
            var opening = new Opening(asked.Audience, include, [.. book.Snapshot().Documents.Select(d => new PlacedDocument(d.Index.Value, d.Media[0], d.First))]);
            var files = Bundle.Write(book.Log, keys.Log, (entry, body) => opening.MayOpen(entry.Index.Value, body), Verifier());
            using var zip = new MemoryStream();
            StoredZip.Write(files, zip);
            return zip.ToArray();
        });
        audit.Add(op, member.Account, RoleWords.Of(member.Roles), "took-bundle", $"{Shown.Number(shown.Count)} statements");
        return Results.File(bytes, "application/zip", $"{op}.zip");
    }

    private static ReadOnlyMemory<byte> Verifier()
    {
        using var stream = typeof(RecordEndpoints).Assembly.GetManifestResourceStream("verify.py")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
