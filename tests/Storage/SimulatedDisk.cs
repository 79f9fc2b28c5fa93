using Safeconduct.Storage.Files;

namespace Safeconduct.Tests.Storage;

/// <summary>What a disk may do to a program: fail before or after an act, be full, or lose power.</summary>
internal enum Mishap
{
    None,
    FailsBefore,
    FailsAfter,
    Full,
    PowerCut,
}

/// <summary>
/// A disk in memory that keeps what was made durable apart from what was only written. When the power goes, every write since the last
/// flush is kept, lost or torn, and names since the last flush of their folder are kept or lost, as the seed decides.
/// </summary>
internal sealed class SimulatedDisk : IDisk
{
    private sealed class Content
    {
        internal byte[] Durable = [];
        internal byte[] Current = [];
        internal List<(long Offset, byte[]? Bytes, long Length)> Pending = [];
    }

    private readonly Dictionary<string, Content> durableNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Content> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> durableFolders = new(StringComparer.Ordinal) { "" };
    private bool locked;

    internal int Acts { get; private set; }

    internal int MishapAt { get; set; } = -1;

    internal Mishap Mishap { get; set; }

    private bool dead;

    public IReadOnlyList<string> List() => [.. names.Keys.Order(StringComparer.Ordinal)];

    public long? Length(string path) => names.TryGetValue(path, out var content) ? content.Current.Length : null;

    public byte[] Read(string path, long offset, int count) => offset + count <= names[path].Current.Length
        ? names[path].Current.AsSpan((int)offset, count).ToArray()
        : throw new EndOfStreamException(path);

    public void Write(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Act(() =>
        {
            if (!names.TryGetValue(path, out var content))
            {
                names[path] = content = new Content();
            }

            content.Current = Apply(content.Current, offset, copy);
            content.Pending.Add((offset, copy, 0));
        });
    }

    public void Truncate(string path, long length) => Act(() =>
    {
        names[path].Current = names[path].Current[..(int)length];
        names[path].Pending.Add((0, null, length));
    });

    public void Sync(string path) => Act(() =>
    {
        names[path].Durable = names[path].Current;
        names[path].Pending.Clear();
    });

    public void SyncFolder(string folder) => Act(() =>
    {
        foreach (var path in names.Keys.Concat(durableNames.Keys).Where(p => Parent(p) == folder).Distinct(StringComparer.Ordinal).ToList())
        {
            KeepName(path);
        }

        foreach (var path in names.Keys)
        {
            for (var below = Parent(path); below.Length > 0; below = Parent(below))
            {
                if (Parent(below) == folder)
                {
                    durableFolders.Add(below);
                }
            }
        }
    });

    public void Rename(string from, string to) => Act(() =>
    {
        names[to] = names[from];
        names.Remove(from);
    });

    public void Delete(string path) => Act(() => names.Remove(path));

    public IDisposable Lock(string path)
    {
        if (locked)
        {
            throw new IOException("in use");
        }

        locked = true;
        return new Release(() => locked = false);
    }

    internal void Damage(string path, int offset, byte change) => names[path].Current[offset] ^= change;

    internal void Put(string path, byte[] bytes) => names[path] = new Content { Current = bytes, Durable = bytes };

    internal void Remove(string path) => names.Remove(path);

    internal byte[] Get(string path) => names[path].Current;

    /// <summary>The same files on a disk of their own.</summary>
    internal SimulatedDisk Copy()
    {
        var copy = new SimulatedDisk();
        foreach (var (path, content) in names)
        {
            copy.Put(path, [.. content.Current]);
        }

        return copy;
    }

    /// <summary>The disk as it may be found after the power came back.</summary>
    internal SimulatedDisk AfterPowerCut(int seed)
    {
        var random = new Random(seed);
        var found = new SimulatedDisk();
        foreach (var path in names.Keys.Concat(durableNames.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var wasDurable = durableNames.TryGetValue(path, out var before);
            var isNamed = names.TryGetValue(path, out var after);
            var changed = !ReferenceEquals(before, after);
            var content = changed && random.Next(2) == 0 ? after : wasDurable ? before : null;
            if (!changed && isNamed)
            {
                content = after;
            }

            if (content is not null && FoldersAreDurable(path, random))
            {
                found.Put(path, Survivor(content, random));
            }
        }

        return found;
    }

    private bool FoldersAreDurable(string path, Random random)
    {
        for (var folder = Parent(path); folder.Length > 0; folder = Parent(folder))
        {
            if (!durableFolders.Contains(folder) && random.Next(2) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Survivor(Content content, Random random)
    {
        var bytes = content.Durable;
        foreach (var (offset, written, length) in content.Pending)
        {
            switch (random.Next(3))
            {
                case 0 when written is not null:
                    bytes = Apply(bytes, offset, written);
                    break;
                case 0:
                    bytes = bytes.Length > length ? bytes[..(int)length] : bytes;
                    break;
                case 1 when written is not null:
                    bytes = Apply(bytes, offset, written[..random.Next(written.Length + 1)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private void KeepName(string path)
    {
        if (names.TryGetValue(path, out var content))
        {
            durableNames[path] = content;
        }
        else
        {
            durableNames.Remove(path);
        }
    }

    private void Act(Action act)
    {
        if (dead)
        {
            throw new IOException("the power is off");
        }

        var mine = Acts++ == MishapAt ? Mishap : Mishap.None;
        if (mine == Mishap.FailsBefore)
        {
            throw new IOException("input/output error", 5);
        }

        if (mine == Mishap.Full)
        {
            throw new IOException("no space left on device", 28);
        }

        act();
        dead = mine == Mishap.PowerCut;
        if (mine is Mishap.FailsAfter or Mishap.PowerCut)
        {
            throw new IOException("input/output error", 5);
        }
    }

    private static byte[] Apply(byte[] bytes, long offset, byte[] written)
    {
        var result = new byte[Math.Max(bytes.Length, offset + written.Length)];
        bytes.CopyTo(result, 0);
        written.CopyTo(result, offset);
        return result;
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";

    private sealed class Release(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
