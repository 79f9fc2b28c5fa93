using System.Collections.Concurrent;
using Safeconduct.Record;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;

namespace Safeconduct.Server.Sync;

/// <summary>
/// Blobs that are sent before the entry that names them, in pieces where the line is bad. A file lies under the hash it must have; it counts as here only when
/// whole and of that hash. What no entry ever names is swept after a week.
/// </summary>
internal sealed class Uploads(DataFolder folder)
{
    /// <summary>Bytes of the largest blob: a photograph, not a film.</summary>
    public const long Largest = 32 * 1024 * 1024;

    private const long MostWaiting = 2L * 1024 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    /// <summary>Bytes that are here of a blob, and whether it is whole.</summary>
    public (long Length, bool IsWhole) Find(string operation, Hash name)
    {
        var whole = new FileInfo(WholeOf(operation, name));
        return whole.Exists ? (whole.Length, true) : (new FileInfo(PartOf(operation, name)) is { Exists: true } part ? part.Length : 0, false);
    }

    public ReadOnlyMemory<byte>? Read(string operation, Hash name) =>
        File.Exists(WholeOf(operation, name)) ? new ReadOnlyMemory<byte>(File.ReadAllBytes(WholeOf(operation, name))) : default(ReadOnlyMemory<byte>?);

    /// <summary>Appends a piece at its offset. Twice the same piece is no harm: the caller is told what is here.</summary>
    /// <exception cref="ServerRefusal"><c>blob.offset</c>, <c>blob.too-large</c>, <c>blob.differs</c>.</exception>
    public async Task<bool> Append(string operation, Hash name, long offset, long? total, Stream piece, CancellationToken cancel)
    {
        if (total > Largest)
        {
            throw TooLarge();
        }

        var gate = gates.GetOrAdd($"{operation}/{name}", _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        try
        {
            var (here, isWhole) = Find(operation, name);
            if (isWhole)
            {
                return true;
            }

            if (offset != here)
            {
                throw new ServerRefusal(StatusCodes.Status409Conflict, "blob.offset", $"{Safeconduct.Statements.Shown.Number(here)} bytes are here: go on from there.");
            }

            Directory.CreateDirectory(folder.UploadsOf(operation));
            await Write(PartOf(operation, name), piece, here, operation, cancel);
            return total is null || new FileInfo(PartOf(operation, name)).Length == total ? Finish(operation, name, mustBeWhole: total is not null) : false;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Forget(string operation, Hash name)
    {
        File.Delete(WholeOf(operation, name));
        gates.TryRemove($"{operation}/{name}", out _);
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var file in Directory.Exists(Path.Combine(folder.Root, "uploads")) ? Directory.EnumerateFiles(Path.Combine(folder.Root, "uploads"), "*", SearchOption.AllDirectories) : [])
        {
            if (File.GetLastWriteTimeUtc(file) < now.UtcDateTime - Kept)
            {
                File.Delete(file);
            }
        }
    }

    private async Task Write(string path, Stream piece, long here, string operation, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1 << 16, useAsync: true);
        var buffer = new byte[1 << 16];
        var length = here;
        if (Directory.EnumerateFiles(folder.UploadsOf(operation)).Sum(f => new FileInfo(f).Length) > MostWaiting)
        {
            throw new ServerRefusal(StatusCodes.Status503ServiceUnavailable, "blob.no-room", "Too much waits here already; what you have is kept on your device. Tell who runs the server.");
        }

        int read;
        while ((read = await piece.ReadAsync(buffer, cancel)) > 0)
        {
            length += read;
            if (length > Largest)
            {
                throw TooLarge();
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        await file.FlushAsync(cancel);
        file.Flush(flushToDisk: true);
    }

    // Without a total the sender does not say where the end is; then the hash says it.
    private bool Finish(string operation, Hash name, bool mustBeWhole)
    {
        var part = PartOf(operation, name);
        if (Hash.Of(File.ReadAllBytes(part)) == name)
        {
            File.Move(part, WholeOf(operation, name), overwrite: true);
            return true;
        }

        if (mustBeWhole)
        {
            File.Delete(part);
            throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "blob.differs", "What arrived is not of the hash in the address; nothing of it was kept. Send it again from the start.");
        }

        return false;
    }

    private static ServerRefusal TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "blob.too-large", $"A blob has at most {Largest / (1024 * 1024)} MB here. Keep the original and attach a smaller picture.");

    private string WholeOf(string operation, Hash name) => Path.Combine(folder.UploadsOf(operation), name.ToString());

    private string PartOf(string operation, Hash name) => WholeOf(operation, name) + ".part";
}
