using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Safeconduct.Server.Collect;

/// <summary>What came of an answer to a challenge.</summary>
internal enum DigestOutcome
{
    /// <summary>There was no answer, or one that does not fit.</summary>
    Refused,

    /// <summary>The answer fits, and the challenge is old or was answered with this number before: a new one, and the phone answers it without asking anybody.</summary>
    Stale,

    Accepted,
}

/// <summary>
/// HTTP digest authentication (RFC 7616, with MD5 and qop "auth" as clients of forms use it). A challenge carries its own time and a code that only this process can make; each of its
/// numbers is good once, so that a request overheard can't be sent again.
/// </summary>
internal sealed class Digest(TimeProvider clock)
{
    private const int MostNonces = 20_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, HashSet<uint>> used = new(StringComparer.Ordinal);

    public static string RealmOf(string operation) => $"safeconduct {operation}";

    public static string Ha1(string user, string operation, string password) => Md5($"{user}:{RealmOf(operation)}:{password}");

    /// <summary>The value of WWW-Authenticate.</summary>
    public string Challenge(string operation, bool isStale) =>
        $"Digest realm=\"{RealmOf(operation)}\", qop=\"auth\", algorithm=MD5, nonce=\"{Nonce(operation, clock.GetUtcNow().ToUnixTimeSeconds())}\", opaque=\"{Md5(operation)}\"{(isStale ? ", stale=true" : "")}";

    /// <summary>The name that an answer gives; null where there is no such answer. Nothing is proven by it.</summary>
    public static string? UserOf(string header) => Parse(header)?.GetValueOrDefault("username");

    /// <param name="target">The address as it was asked for, with its query.</param>
    public DigestOutcome Check(string header, string method, string target, AppUser user)
    {
        if (user.Ha1 is not { } ha1 || Parse(header) is not { } given
            || !given.TryGetValue("nonce", out var nonce) || !given.TryGetValue("response", out var response) || !given.TryGetValue("cnonce", out var cnonce) || !given.TryGetValue("nc", out var nc)
            || given.GetValueOrDefault("qop") != "auth" || given.GetValueOrDefault("realm") != RealmOf(user.Operation) || given.GetValueOrDefault("uri") != target
            || !string.Equals(given.GetValueOrDefault("algorithm", "MD5"), "MD5", StringComparison.OrdinalIgnoreCase)
            || !uint.TryParse(nc, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            return DigestOutcome.Refused;
        }

        var expected = Md5($"{ha1}:{nonce}:{nc}:{cnonce}:auth:{Md5($"{method}:{target}")}");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(response)))
        {
            return DigestOutcome.Refused;
        }

        // Only who knows the password learns that the challenge was old.
        return IsFresh(nonce, user.Operation) && IsFirst(nonce, number) ? DigestOutcome.Accepted : DigestOutcome.Stale;
    }

    private bool IsFresh(string nonce, string operation)
    {
        if (nonce.IndexOf('.', StringComparison.Ordinal) is var dot && (dot <= 0 || !long.TryParse(nonce.AsSpan(0, dot), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var made)))
        {
            return false;
        }

        made = long.Parse(nonce.AsSpan(0, dot), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return clock.GetUtcNow().ToUnixTimeSeconds() - made < Lasts.TotalSeconds && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(Nonce(operation, made, nonce[(dot + 1)..].Split('.')[0])));
    }

    private bool IsFirst(string nonce, uint number)
    {
        if (used.Count > MostNonces)
        {
            // Forgotten challenges would be good again with any number; a new secret would end all. Those past their time are no good anyhow.
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            foreach (var old in used.Keys.Where(n => now - long.Parse(n.AsSpan(0, n.IndexOf('.', StringComparison.Ordinal)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) >= Lasts.TotalSeconds).ToList())
            {
                used.TryRemove(old, out _);
            }
        }

        var numbers = used.GetOrAdd(nonce, _ => []);
        lock (numbers)
        {
            return numbers.Add(number);
        }
    }

    private string Nonce(string operation, long at) => Nonce(operation, at, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    private string Nonce(string operation, long at, string drawn)
    {
        var head = $"{at.ToString("x", CultureInfo.InvariantCulture)}.{drawn}";
        return $"{head}.{Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{operation}\n{head}")).AsSpan(0, 16))}";
    }

#pragma warning disable CA5351 // What the clients of forms speak; it guards a drawn password of 160 bits and no chosen one.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    // name=value or name="value", with commas between; quoted values may hold commas and escaped marks.
    private static Dictionary<string, string>? Parse(string header)
    {
        if (!header.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase) || header.Length > 2000)
        {
            return null;
        }

        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 7; i < header.Length;)
        {
            while (i < header.Length && header[i] is ' ' or ',' or '\t')
            {
                i++;
            }

            var equals = header.IndexOf('=', i);
            if (equals < 0)
            {
                break;
            }

            var name = header[i..equals].Trim();
            var value = new StringBuilder();
            i = equals + 1;
            if (i < header.Length && header[i] == '"')
            {
                for (i++; i < header.Length && header[i] != '"'; i++)
                {
                    value.Append(header[i] == '\\' && i + 1 < header.Length ? header[++i] : header[i]);
                }

                i++;
            }
            else
            {
                for (; i < header.Length && header[i] != ','; i++)
                {
                    value.Append(header[i]);
                }
            }

            if (!given.TryAdd(name, value.ToString().Trim()))
            {
                return null;
            }
        }

        return given;
    }
}
