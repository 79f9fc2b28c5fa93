using System.Security.Cryptography;
using System.Text;
using Safeconduct.Server.Operations;
using Safeconduct.Storage.Files;

namespace Safeconduct.Server.Collect;

/// <summary>
/// Forms that come in several posts, until the last is here: one folder a form, named by the hash of its id, with the form itself and each file under the hash of its name. Each is on the
/// disk whole before its post is answered, with its name, and outlives a restart. Bounded, and swept a week after the last post: when the server starts, with each part that comes, and once
/// a day.
/// </summary>
internal sealed class Parts(DataFolder folder, TimeProvider clock) : IDisposable
{
    private const long MostBytes = 1024L * 1024 * 1024;
    private const int MostForms = 2000;
    private const string FormName = "form";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromDays(1);

    /// <summary>Shared by forms: a gate of its own for each form would be one more with every form that ever came.</summary>
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];
    private ITimer? sweeping;

    /// <summary>Where files of a post wait while it is read.</summary>
    public string WaitingOf(string operation) => Path.Combine(RootOf(operation), "waiting");

    /// <summary>One post of one form at a time: two parts that come at once must not count each other out.</summary>
    public async Task<IDisposable> Turn(string operation, string instanceId, CancellationToken cancel)
    {
        var gate = GateOf(FolderOf(operation, instanceId));
        await gate.WaitAsync(cancel);
        return new Release(gate);
    }

    /// <summary>The form as its first post brought it; null where no part of it is here.</summary>
    public byte[]? FindForm(string operation, string instanceId) =>
        File.Exists(Path.Combine(FolderOf(operation, instanceId), FormName)) ? File.ReadAllBytes(Path.Combine(FolderOf(operation, instanceId), FormName)) : null;

    /// <summary>A file that an earlier post brought; null where none did.</summary>
    public string? Find(string operation, string instanceId, string name) => PathOf(operation, instanceId, name) is { } path && File.Exists(path) ? path : null;

    /// <summary>Keeps what one post brought, and its files in place of earlier ones of the same name. The caller has the turn.</summary>
    /// <param name="goesOn">False where the post begins anew: what waited of this form before is forgotten.</param>
    /// <exception cref="FormRefusal">413 <c>parts.no-room</c>.</exception>
    public void Keep(string operation, string instanceId, byte[] xml, IReadOnlyDictionary<string, string> files, bool goesOn)
    {
        Sweep(operation);
        var own = FolderOf(operation, instanceId);
        var here = Directory.Exists(RootOf(operation)) ? new DirectoryInfo(RootOf(operation)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) : 0;
        if (here + files.Values.Sum(f => new FileInfo(f).Length) > MostBytes || (!Directory.Exists(own) && Directory.Exists(RootOf(operation)) && Directory.EnumerateDirectories(RootOf(operation)).Count() > MostForms))
        {
            throw new FormRefusal(StatusCodes.Status413PayloadTooLarge, "parts.no-room", "Too many half-sent forms wait here already. What you filled in stays on your phone; tell the room, and send it again later.");
        }

        if (!goesOn)
        {
            Forget(operation, instanceId);
        }

        Directory.CreateDirectory(own);
        foreach (var (name, waiting) in files)
        {
            Flush(waiting);
            File.Move(waiting, PathOf(operation, instanceId, name), overwrite: true);
        }

        if (!File.Exists(Path.Combine(own, FormName)))
        {
            var half = Path.Combine(own, FormName + ".half");
            File.WriteAllBytes(half, xml);
            Flush(half);
            File.Move(half, Path.Combine(own, FormName), overwrite: true);
        }

        // The hour of the newest part is the hour of the folder.
        Directory.SetLastWriteTimeUtc(own, clock.GetUtcNow().UtcDateTime);

        // A file is on the disk when its name is, and the names of the folders above it: the phone may forget what it sent as soon as it is answered.
        var top = Path.TrimEndingDirectorySeparator(folder.Root);
        for (var named = own; named is { Length: > 0 } && named.StartsWith(top, StringComparison.Ordinal); named = Path.GetDirectoryName(named))
        {
            using var disk = new FolderDisk(named);
            disk.SyncFolder("");
        }
    }

    public void Forget(string operation, string instanceId)
    {
        if (Directory.Exists(FolderOf(operation, instanceId)))
        {
            Directory.Delete(FolderOf(operation, instanceId), recursive: true);
        }
    }

    /// <summary>When the server starts: what waited while it was read is nobody's any more.</summary>
    /// <param name="operations">The operations there are whenever it is asked.</param>
    public void Begin(Func<IEnumerable<string>> operations)
    {
        foreach (var operation in operations())
        {
            if (Directory.Exists(WaitingOf(operation)))
            {
                Directory.Delete(WaitingOf(operation), recursive: true);
            }

            Sweep(operation);
        }

        // An operation that nobody sends to any more would keep half a form until the next start.
        sweeping ??= clock.CreateTimer(_ => SweepAll(operations()), null, BetweenSweeps, BetweenSweeps);
    }

    public void Dispose() => sweeping?.Dispose();

    private void SweepAll(IEnumerable<string> operations)
    {
        foreach (var operation in operations)
        {
            try
            {
                Sweep(operation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Tried again with the next part, or the next day.
            }
        }
    }

    private void Sweep(string operation)
    {
        foreach (var own in Directory.Exists(RootOf(operation)) ? Directory.EnumerateDirectories(RootOf(operation)) : [])
        {
            if (own == WaitingOf(operation) || Directory.GetLastWriteTimeUtc(own) >= clock.GetUtcNow().UtcDateTime - Kept)
            {
                continue;
            }

            // Where a part of it arrives at this moment, it is no longer old.
            var gate = GateOf(own);
            if (gate.Wait(0))
            {
                using var turn = new Release(gate);
                Directory.Delete(own, recursive: true);
            }
        }
    }

    private static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private SemaphoreSlim GateOf(string own) => gates[(uint)Path.GetFileName(own).GetHashCode(StringComparison.Ordinal) % (uint)gates.Length];

    private string RootOf(string operation) => Path.Combine(folder.UploadsOf(operation), "forms");

    private string FolderOf(string operation, string instanceId) => Path.Combine(RootOf(operation), NameOf(instanceId));

    private string PathOf(string operation, string instanceId, string name) => Path.Combine(FolderOf(operation, instanceId), NameOf(name) + ".file");

    private static string NameOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class Release(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
