using System.Runtime.InteropServices;

namespace Safeconduct.Storage.Files;

/// <summary>A folder of the machine's file system. Keeps the file open that it used last: almost every call is to the journal.</summary>
public sealed partial class FolderDisk : IDisk, IDisposable
{
    private readonly string root;
    private readonly Lock gate = new();
    private (string Path, FileStream Stream)? reading;
    private (string Path, FileStream Stream)? writing;

    public FolderDisk(string folder)
    {
        root = Path.GetFullPath(folder);
    }

    public string Folder => root;

    public IReadOnlyList<string> List()
    {
        if (!Directory.Exists(root))
        {
            return [];
        }

        var paths = Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(p => Path.GetRelativePath(root, p).Replace(Path.DirectorySeparatorChar, '/')).ToList();
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    public long? Length(string path)
    {
        var file = new FileInfo(Full(path));
        return file.Exists ? file.Length : null;
    }

    public byte[] Read(string path, long offset, int count)
    {
        FileStream stream;
        lock (gate)
        {
            if (reading?.Path != path)
            {
                reading?.Stream.Dispose();
                reading = (path, new FileStream(Full(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0));
            }

            stream = reading.Value.Stream;
            var bytes = new byte[count];
            var done = 0;
            while (done < count && RandomAccess.Read(stream.SafeFileHandle, bytes.AsSpan(done), offset + done) is var got and > 0)
            {
                done += got;
            }

            return done == count ? bytes : throw new EndOfStreamException($"{path} ends before byte {(offset + count).ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        }
    }

    public void Write(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(Writing(path).SafeFileHandle, bytes, offset);
    }

    public void Truncate(string path, long length) => RandomAccess.SetLength(Writing(path).SafeFileHandle, length);

    public void Sync(string path) => RandomAccess.FlushToDisk(Writing(path).SafeFileHandle);

    public void SyncFolder(string folder)
    {
        // Windows makes names durable with their files and cannot open folders for this.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(Full(folder), 0);
        if (handle < 0)
        {
            throw new IOException($"cannot open the folder {folder} to make its names durable", Marshal.GetLastPInvokeError());
        }

        var result = FSync(handle);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (result != 0)
        {
            throw new IOException($"cannot make the names of the folder {folder} durable", error);
        }
    }

    public void Rename(string from, string to)
    {
        CloseAll();
        File.Move(Full(from), Full(to), overwrite: true);
    }

    public void Delete(string path)
    {
        CloseAll();
        File.Delete(Full(path));
    }

    public IDisposable Lock(string path)
    {
        Directory.CreateDirectory(root);
        return new FileStream(Full(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public void Dispose() => CloseAll();

    private FileStream Writing(string path)
    {
        if (writing?.Path != path)
        {
            writing?.Stream.Dispose();
            writing = null;
            var full = Full(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            writing = (path, new FileStream(full, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete, 0));
        }

        return writing.Value.Stream;
    }

    private void CloseAll()
    {
        lock (gate)
        {
            reading?.Stream.Dispose();
            writing?.Stream.Dispose();
            (reading, writing) = (null, null);
        }
    }

    private string Full(string path) => path.Length == 0 ? root : Path.Combine(root, path);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
