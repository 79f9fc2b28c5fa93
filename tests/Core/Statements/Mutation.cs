using System.Text;

namespace Safeconduct.Tests.Statements;

/// <summary>Damages text as transport and malice do: bytes flipped, cut, doubled, and tokens that parsers trip over put in.</summary>
internal static class Mutation
{
    private static readonly byte[][] Traps =
    [
        .. new[] { "\\ud800", "\\u0000", "null", "1e999", "-1", "9223372036854775808", "{}", "[]", "\"\"", "[[[[[[[[", "\"a\":1,", "true", "\u202e", "2016-02-30", "0.5", "\\udc00\":1,\"" }.Select(Encoding.UTF8.GetBytes),
        [0xff],
        [0xc3, 0x28],
        [0xed, 0xa0, 0x80],
    ];

    public static byte[] Of(byte[] bytes, Random random)
    {
        var damaged = new List<byte>(bytes);
        for (var n = random.Next(1, 4); n > 0 && damaged.Count > 0; n--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 9), damaged.Count - at));
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 30), damaged.Count - at)));
                    break;
                case 3:
                    damaged.InsertRange(at, Traps[random.Next(Traps.Length)]);
                    break;
                default:
                    Swap(damaged, at, random);
                    break;
            }
        }

        return [.. damaged];
    }

    /// <summary>Puts a trap in the place of a whole value: from a colon up to the next comma or bracket.</summary>
    private static void Swap(List<byte> bytes, int from, Random random)
    {
        var colon = bytes.IndexOf((byte)':', from);
        if (colon < 0)
        {
            return;
        }

        var end = colon + 1;
        while (end < bytes.Count && bytes[end] is not ((byte)',' or (byte)'}' or (byte)']'))
        {
            end++;
        }

        bytes.RemoveRange(colon + 1, end - colon - 1);
        bytes.InsertRange(colon + 1, Traps[random.Next(Traps.Length)]);
    }
}
