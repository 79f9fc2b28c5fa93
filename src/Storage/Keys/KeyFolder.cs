using System.Security.Cryptography;
using Safeconduct.Record;

namespace Safeconduct.Storage.Keys;

/// <summary>
/// The secrets of an operation in a folder of their own, apart from the record: whoever has this folder can write the record and read every
/// body. Files are readable by their owner alone; with a passphrase they are encrypted too. Source: <c>formats/store.md</c>, "Keys".
/// </summary>
public sealed class KeyFolder : IDisposable
{
    private const int Iterations = 600_000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] Names = ["authority", "device", "log", "bodies"];

    private readonly EntrySigner authority;
    private readonly EntrySigner device;
    private readonly OperationKey bodies;
    private readonly string folder;
    private readonly string? passphrase;
    private EntrySigner? partners;

    private KeyFolder(byte[][] secrets, string folder, string? passphrase)
    {
        (this.folder, this.passphrase) = (folder, passphrase);
        authority = Signer(secrets[0]);
        device = Signer(secrets[1]);
        bodies = new OperationKey(secrets[3]);
        Keys = new OperationKeys(authority, device, new CheckpointSigner(secrets[2]), bodies, new SystemEntropy());
    }

    public OperationKeys Keys { get; }

    /// <summary>A passphrase never stands on a command line, where every user of the machine can read it. Null where none is set.</summary>
    public static string? PassphraseOfEnvironment() => Environment.GetEnvironmentVariable("SAFECONDUCT_PASSPHRASE") is { Length: > 0 } phrase ? phrase : null;

    /// <summary>Draws the keys of a new operation and keeps them in a folder that has none yet.</summary>
    public static KeyFolder Create(string folder, string? passphrase = null)
    {
        if (Names.Any(n => File.Exists(Path.Combine(folder, n))))
        {
            throw new RecordException("keys.exist", $"there are keys in {folder} already: choose another folder");
        }

        var entropy = new SystemEntropy();
        using var authority = EntrySigner.Create(entropy);
        using var device = EntrySigner.Create(entropy);
        byte[][] secrets = [Secret(authority), Secret(device), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(OperationKey.Length)];
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        for (var i = 0; i < Names.Length; i++)
        {
            WriteFile(Path.Combine(folder, Names[i]), passphrase is null ? [0, .. secrets[i]] : Encrypt(secrets[i], passphrase));
        }

        return new KeyFolder(secrets, folder, passphrase);
    }

    /// <summary>Opens a folder of keys. Refuses with <c>keys.missing</c>, <c>keys.passphrase</c> or <c>keys.form</c>.</summary>
    public static KeyFolder Open(string folder, string? passphrase = null) =>
        new([.. Names.Select(n => ReadFile(Path.Combine(folder, n), passphrase))], folder, passphrase);

    /// <summary>
    /// The key of the device that signs what partners hand in by forms: drawn when it is first needed, and kept beside the others from then on. The record certifies it under its
    /// pseudonym before it signs anything. One thread at a time.
    /// </summary>
    public IEntrySigner Partners()
    {
        if (partners is null)
        {
            var path = Path.Combine(folder, "partners");
            if (!File.Exists(path))
            {
                // Under its name only when it is on the disk whole: a half key would be certified and never sign again.
                using var drawn = EntrySigner.Create(Keys.Entropy);
                var secret = Secret(drawn);
                File.Delete(path + ".half");
                WriteFile(path + ".half", passphrase is null ? [0, .. secret] : Encrypt(secret, passphrase));
                File.Move(path + ".half", path);
            }

            partners = Signer(ReadFile(path, passphrase));
        }

        return partners;
    }

    public void Dispose()
    {
        partners?.Dispose();
        authority.Dispose();
        device.Dispose();
        bodies.Dispose();
    }

    private static byte[] Secret(EntrySigner signer)
    {
        var kid = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(kid, signer.Kid.Value);
        return [.. kid, .. signer.ToPkcs8()];
    }

    private static EntrySigner Signer(byte[] secret)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(secret.AsSpan(16), out _);
        return new EntrySigner(new Kid(secret.AsSpan(0, 16)), ecdsa);
    }

    private static void WriteFile(string path, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    private static byte[] ReadFile(string path, string? passphrase)
    {
        if (!File.Exists(path))
        {
            throw new RecordException("keys.missing", $"the key file {path} is not there");
        }

        var bytes = File.ReadAllBytes(path);
        return (bytes.Length > 0 ? bytes[0] : (byte)255, passphrase) switch
        {
            (0, _) => bytes[1..],
            (1, null) => throw new RecordException("keys.passphrase", $"the key file {path} is encrypted: give its passphrase"),
            (1, _) when bytes.Length > 45 => Decrypt(bytes, passphrase, path),
            _ => throw new RecordException("keys.form", $"the file {path} is no key file"),
        };
    }

    // 1 || salt 16 || nonce 12 || encrypted || tag 16. PBKDF2 with SHA-256: NIST SP 800-132.
    private static byte[] Encrypt(byte[] secret, string passphrase)
    {
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12));
        var (encrypted, tag) = (new byte[secret.Length], new byte[16]);
        using var cipher = Cipher(passphrase, salt);
        cipher.Encrypt(nonce, secret, encrypted, tag);
        return [1, .. salt, .. nonce, .. encrypted, .. tag];
    }

    private static byte[] Decrypt(byte[] bytes, string passphrase, string path)
    {
        var secret = new byte[bytes.Length - 45];
        using var cipher = Cipher(passphrase, bytes[1..17]);
        try
        {
            cipher.Decrypt(bytes.AsSpan(17, 12), bytes.AsSpan(29, secret.Length), bytes.AsSpan(bytes.Length - 16), secret);
            return secret;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new RecordException("keys.passphrase", $"the passphrase does not open {path}", e);
        }
    }

    private static AesGcm Cipher(string passphrase, byte[] salt) =>
        new(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Iterations, HashAlgorithmName.SHA256, 32), 16);
}
