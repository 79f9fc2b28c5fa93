using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Record;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Devices;
using Safeconduct.Server.Health;
using Safeconduct.Server.Operations;

namespace Safeconduct.Server.Sync;

internal sealed record EntriesRequest(IReadOnlyList<string> Entries, IReadOnlyList<string>? Blobs, IReadOnlyList<string>? Keys);

internal sealed record TakenAnswer(string Id, long Index, string Level, IReadOnlyList<string> Notes);

internal sealed record WaitingAnswer(string Id, IReadOnlyList<string> Missing);

internal sealed record RefusedAnswer(int Place, string? Id, string Code, string Detail);

internal sealed record EntriesAnswer(IReadOnlyList<TakenAnswer> Taken, IReadOnlyList<TakenAnswer> Already, IReadOnlyList<WaitingAnswer> Waiting, IReadOnlyList<RefusedAnswer> Refused, HeadAnswer Head);

internal sealed record ChainAnswer(string Kid, long NextSeq, string? Entry);

internal sealed record HeadsAnswer(long Size, string Root, string? Checkpoint, IReadOnlyList<ChainAnswer> Heads);

internal sealed record ProofAnswer(long Index, long Size, IReadOnlyList<string> Hashes, string? Checkpoint);

/// <summary>
/// Where devices deliver. The server trusts no carrier: every entry is verified by itself, one bad entry never holds up the others, and sending again changes
/// nothing. A device may bring what another one wrote.
/// </summary>
internal static class SyncEndpoints
{
    private const int MostEntries = 500;
    private const long LargestRequest = 6 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        var sync = api.MapGroup("/operations/{op}/sync");
        sync.MapGet("/heads", Heads).Requires(Act.Sync);
        sync.MapPost("/entries", Entries).Requires(Act.Sync).WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        sync.MapMethods("/blobs/{sha256}", ["HEAD"], FindBlob).Requires(Act.Sync);
        sync.MapPut("/blobs/{sha256}", PutBlob).Requires(Act.Sync).WithMetadata(new RequestSizeLimitAttribute(Uploads.Largest + 1));
        sync.MapGet("/proof/{entry}", Proof).Requires(Act.Sync);
    }

    private static async Task<HeadsAnswer> Heads(string op, HttpContext context, AccountsDb accounts, HostedOperations operations)
    {
        var id = context.Device().Id;
        var kids = (await accounts.Devices.AsNoTracking().Where(d => d.Id == id).Select(d => d.Kids).FirstAsync()).Split(',', StringSplitOptions.RemoveEmptyEntries);
        var operation = operations.Get(op);
        return await operation.ReadLog((book, _) =>
        {
            var chains = kids.Select(k => book.Log.FindChain(Kid.Parse(k)!.Value)).OfType<ChainState>().Select(c => new ChainAnswer(c.Kid.ToString(), c.NextSeq, c.Head?.ToString())).ToList();
            var head = DeviceEndpoints.HeadOf(operation, book.Log.Checkpoint);
            return new HeadsAnswer(head.Size, head.Root, head.Checkpoint, chains);
        });
    }

    private static async Task<EntriesAnswer> Entries(string op, EntriesRequest request, HttpContext context, AccountsDb accounts, HostedOperations operations, Uploads uploads, AuditLog audit, Figures figures, TimeProvider clock)
    {
        var operation = operations.Get(op);
        if (request.Entries is not { Count: <= MostEntries } texts)
        {
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "sync.too-many", $"Send at most {MostEntries} entries at a time.");
        }

        var refused = new List<RefusedAnswer>();
        var (entries, places) = (new List<ReadOnlyMemory<byte>>(), new List<int>());
        for (var i = 0; i < texts.Count; i++)
        {
            if (BytesOf(texts[i]) is { } bytes)
            {
                entries.Add(bytes);
                places.Add(i);
            }
            else
            {
                refused.Add(new RefusedAnswer(i, null, "sync.base64", "This is not base64."));
            }
        }

        var blobs = (request.Blobs ?? []).Select(BytesOf).Where(b => b is not null).Select(b => (Hash.Of(b!.Value.Span), b.Value)).ToList();
        var keys = (request.Keys ?? []).Select(BytesOf).Where(b => b is not null).Select(b => (KeyId.Of(b!.Value.Span), b.Value)).ToList();
        var came = blobs.Select(b => b.Item1).ToHashSet();
        var delivered = entries.Count == 0
            ? await operation.ReadLog((book, _) => new Delivered([], book.Log.Checkpoint))
            : await operation.Deliver(new Batch(entries, blobs, keys), hash => uploads.Read(op, hash));
        var outcomes = delivered.Outcomes;
        var (taken, already, waiting) = (new List<TakenAnswer>(), new List<TakenAnswer>(), new List<WaitingAnswer>());
        for (var i = 0; i < outcomes.Count; i++)
        {
            switch (outcomes[i])
            {
                case Admission.Taken t:
                    taken.Add(new TakenAnswer(t.Receipt.Id.ToString(), t.Receipt.Index.Value, LevelOf(t.Receipt.Level), [.. t.Notes.Select(n => n.Code)]));
                    foreach (var body in t.Recorded.Entry.Header.Bodies.Where(b => !came.Contains(b.Blob)))
                    {
                        uploads.Forget(op, body.Blob);
                    }

                    foreach (var note in t.Notes)
                    {
                        audit.Add(op, context.Device().Id, "device", "entry-noted", $"entry {t.Receipt.Index}", note.Code);
                    }

                    break;
                case Admission.There there:
                    already.Add(new TakenAnswer(there.Receipt.Id.ToString(), there.Receipt.Index.Value, LevelOf(there.Receipt.Level), []));
                    break;
                case Admission.Waiting w:
                    waiting.Add(new WaitingAnswer(w.Id.ToString(), [.. w.Missing.Select(m => m.ToString())]));
                    break;
                case Admission.Refused r:
                    refused.Add(new RefusedAnswer(places[i], r.Id?.ToString(), r.Fault.Code, r.Fault.Message));
                    break;
            }
        }

        foreach (var r in refused)
        {
            audit.Add(op, context.Device().Id, "device", "entry-refused", r.Id ?? string.Create(CultureInfo.InvariantCulture, $"place {r.Place}"), r.Code);
        }

        figures.Took(taken.Count);
        figures.Refused(refused.Count);
        await Heard(accounts, context.Device().Id, clock);
        return new EntriesAnswer(taken, already, waiting, refused, DeviceEndpoints.HeadOf(operation, delivered.Checkpoint));
    }

    private static IResult FindBlob(string op, string sha256, HttpContext context, HostedOperations operations, Uploads uploads)
    {
        operations.Get(op);
        var (length, isWhole) = uploads.Find(op, NameOf(sha256));
        context.Response.Headers["Upload-Offset"] = length.ToString(CultureInfo.InvariantCulture);
        return isWhole ? Results.Ok() : Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> PutBlob(string op, string sha256, HttpContext context, HostedOperations operations, Uploads uploads)
    {
        operations.Get(op);
        if (!string.Equals(context.Request.ContentType, "application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            throw new ServerRefusal(StatusCodes.Status415UnsupportedMediaType, "request.media-type", "Send application/octet-stream.");
        }

        var offset = Number(context.Request.Headers["Upload-Offset"]) ?? 0;
        var total = Number(context.Request.Headers["Upload-Length"]) ?? (offset == 0 && context.Request.ContentLength is { } whole ? whole : null);
        var isWhole = await uploads.Append(op, NameOf(sha256), offset, total, context.Request.Body, context.RequestAborted);
        var (length, _) = uploads.Find(op, NameOf(sha256));
        context.Response.Headers["Upload-Offset"] = length.ToString(CultureInfo.InvariantCulture);
        return Results.StatusCode(isWhole ? StatusCodes.Status201Created : StatusCodes.Status202Accepted);
    }

    private static Task<ProofAnswer> Proof(string op, string entry, HostedOperations operations) => operations.Get(op).ReadLog((book, _) =>
    {
        var index = Hash.Parse(entry) is { } hash ? book.Log.IndexOf(new EntryId(hash)) : null;
        return index is { } at && at.Value < book.Log.Logged.Size
            ? new ProofAnswer(at.Value, book.Log.Logged.Size, [.. book.Log.Inclusion(at).Select(h => h.ToString())], book.Log.Checkpoint is { } c ? System.Text.Encoding.UTF8.GetString(c.Span) : null)
            : throw ServerRefusal.NotFound("entry.unknown", "No entry of this id is logged here yet.");
    });

    private static Task Heard(AccountsDb accounts, string device, TimeProvider clock)
    {
        // To the minute: often enough to see a silent device, and a seldom write.
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return accounts.Devices.Where(d => d.Id == device && (d.LastHeardUnix == null || d.LastHeardUnix < now - 60)).ExecuteUpdateAsync(s => s.SetProperty(d => d.LastHeardUnix, now));
    }

    private static ReadOnlyMemory<byte>? BytesOf(string? text)
    {
        var bytes = new byte[((text?.Length ?? 0) * 3 / 4) + 3];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) ? new ReadOnlyMemory<byte>(bytes, 0, length) : default(ReadOnlyMemory<byte>?);
    }

    internal static string LevelOf(SafetyLevel level) => level is SafetyLevel.Logged ? "logged" : "held";

    private static Hash NameOf(string sha256) => Hash.Parse(sha256) ?? throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "blob.name", "A blob is named by its SHA-256 in 64 digits of 0-9 and a-f.");

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}
