using System.Text;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;

namespace Safeconduct.Server.Verifying;

internal sealed record EntriesPage(long First, long Size, IReadOnlyList<string> Entries);

internal sealed record ForkAnswer(string Kid, long Seq, long First, string FirstId, long Second, string SecondId);

/// <summary>The record itself, for whoever wants to check it without trusting us: entries as they were signed, and the checkpoint.</summary>
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
}
