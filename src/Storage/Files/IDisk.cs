namespace Safeconduct.Storage.Files;

/// <summary>
/// All that the store asks of a disk, beneath one folder. Paths are relative, with '/'. A write is durable after <see cref="Sync"/> of its
/// file, a new name after <see cref="SyncFolder"/> of its folder, and nothing before that.
/// </summary>
public interface IDisk
{
    /// <summary>Every file beneath the folder, in ordinal order.</summary>
    IReadOnlyList<string> List();

    /// <summary>Bytes of a file; null where there is none.</summary>
    long? Length(string path);

    byte[] Read(string path, long offset, int count);

    /// <summary>Writes at an offset; makes the file and its folders where they are missing.</summary>
    void Write(string path, long offset, ReadOnlySpan<byte> bytes);

    void Truncate(string path, long length);

    void Sync(string path);

    /// <summary>Makes the names in a folder durable. "" is the store's own folder.</summary>
    void SyncFolder(string folder);

    void Rename(string from, string to);

    void Delete(string path);

    /// <summary>Takes the one place of a writer, or throws <see cref="IOException"/> where it is taken.</summary>
    IDisposable Lock(string path);
}
