using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Safeconduct.Server.Accounts;

/// <summary>
/// One-time codes of authenticator apps: RFC 6238 with SHA-1, steps of 30 seconds, six digits. The framework's own provider does not say which step a code
/// belongs to, and without it a code could be used twice.
/// </summary>
internal static class OneTimeCodes
{
    /// <summary>Steps before and after that a wrong clock may be off.</summary>
    private const int Tolerance = 1;

    /// <summary>The step that the code is of, or null where it is of none near to now. Looks at every step, so that its time tells nothing.</summary>
    public static long? StepOf(string base32, string code, DateTimeOffset now)
    {
        var current = now.ToUnixTimeSeconds() / 30;
        var given = Encoding.ASCII.GetBytes(code.Length == 6 ? code : "------");
        var key = FromBase32(base32);
        long? found = null;
        Span<byte> expected = stackalloc byte[6];
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
        {
            CodeOf(key, step, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, given) && key.Length > 0)
            {
                found = step;
            }
        }

        return found;
    }

    public static string UriOf(string base32, string account, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={base32}&issuer={Uri.EscapeDataString(issuer)}&digits=6";

    /// <summary>160 bits, as RFC 4226 section 4 recommends.</summary>
    public static string DrawSecret() => ToBase32(RandomNumberGenerator.GetBytes(20));

    private static void CodeOf(ReadOnlySpan<byte> key, long step, Span<byte> digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238's default, and the only one that every authenticator app knows. HMAC does not need collision resistance.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var value = (BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & int.MaxValue) % 1_000_000;
        for (var i = 5; i >= 0; i--, value /= 10)
        {
            digits[i] = (byte)('0' + (value % 10));
        }
    }

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in bytes)
        {
            (bits, held) = ((bits << 8) | b, held + 8);
            while (held >= 5)
            {
                text.Append(Alphabet[(bits >> (held - 5)) & 31]);
                held -= 5;
            }
        }

        return text.ToString();
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in text)
        {
            (bits, held) = (((bits << 5) | Math.Max(0, Alphabet.IndexOf(letter, StringComparison.Ordinal))) & 0xFFFF, held + 5);
            if (held >= 8)
            {
                bytes.Add((byte)(bits >> (held - 8)));
                held -= 8;
            }
        }

        return [.. bytes];
    }
}
