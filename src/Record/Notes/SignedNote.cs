using System.Security.Cryptography;
using System.Text;

namespace Safeconduct.Record;

/// <summary>
/// A text with the log's signature beneath it. Source: C2SP signed-note; <c>formats/checkpoint.md</c>. Read strictly: one signature, by the
/// expected key, and no second way to write the same note, so that a changed byte anywhere is seen.
/// </summary>
public static class SignedNote
{
    private const byte Ed25519Form = 1;

    public static byte[] Sign(string text, string keyName, ICheckpointSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var signature = signer.Sign(Encoding.UTF8.GetBytes(text));
        return Write(text, keyName, signer.Key.Span, signature);
    }

    /// <summary>The text of a note that carries a valid signature of this key, or why it is not believed.</summary>
    public static string? Read(ReadOnlySpan<byte> note, string keyName, ReadOnlySpan<byte> key, out Fault? fault)
    {
        var whole = Encoding.UTF8.GetString(note);
        var end = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        var parts = end < 0 ? [] : whole[(end + 2)..].Split(' ');
        if (parts.Length != 3)
        {
            fault = new Fault("note.form", "not a text, an empty line and one signature");
            return null;
        }

        var text = whole[..(end + 1)];
        var decoded = new byte[68];
        if (!Convert.TryFromBase64String(parts[2].TrimEnd('\n'), decoded, out var length) || length != decoded.Length
            || !note.SequenceEqual(Write(text, keyName, key, decoded.AsSpan(4))))
        {
            fault = new Fault("note.signature-line", "the signature line is not written as the log's key writes it");
            return null;
        }

        var valid = Ed25519.Verify(key, Encoding.UTF8.GetBytes(text), decoded.AsSpan(4));
        fault = valid ? null : new Fault("note.signature", "the signature is not valid for this text and the log's key");
        return valid ? text : null;
    }

    /// <summary>The short name of a key: the first four bytes of SHA-256(name || 0A || 01 || key).</summary>
    public static byte[] KeyHash(string keyName, ReadOnlySpan<byte> key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(keyName), (byte)'\n', Ed25519Form, .. key])[..4];

    /// <summary>The key as C2SP programs take it: name, key hash and key in one line.</summary>
    public static string VerifierKey(string keyName, ReadOnlySpan<byte> key) =>
        $"{keyName}+{Convert.ToHexStringLower(KeyHash(keyName, key))}+{Convert.ToBase64String([Ed25519Form, .. key])}";

    private static byte[] Write(string text, string keyName, ReadOnlySpan<byte> key, ReadOnlySpan<byte> signature) =>
        Encoding.UTF8.GetBytes($"{text}\n\u2014 {keyName} {Convert.ToBase64String([.. KeyHash(keyName, key), .. signature])}\n");
}
