using System.Numerics;
using System.Security.Cryptography;

namespace Safeconduct.Record;

/// <summary>
/// Checks Ed25519 signatures (RFC 8032, section 5.1.7) without the help of the machine: .NET has no Ed25519, and whoever checks a record
/// must not need a library of ours. Only public values pass through here, so it is written to be read, not to take constant time.
/// Strict: s below the order, both points in their one canonical form, no key of small order, and the equation without the cofactor.
/// </summary>
public static class Ed25519
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = Decode(Convert.FromHexString("5866666666666666666666666666666666666666666666666666666666666666"))!.Value;
    private static readonly Point Neutral = new(0, 1, 1, 0);

    // A point (x, y) as x = X/Z, y = Y/Z, xy = T/Z: additions then need no division (RFC 8032, section 5.1.4).
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);

    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength || Decode(key) is not { } a || IsOfSmallOrder(a) || Decode(signature[..32]) is not { } r)
        {
            return false;
        }

        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= Order)
        {
            return false;
        }

        var k = new BigInteger(SHA512.HashData([.. signature[..32], .. key, .. message]), isUnsigned: true) % Order;
        return Same(Multiply(Base, s), Add(r, Multiply(a, k)));
    }

    /// <summary>Whether 32 bytes are a key that a log may have: a point in canonical form and not of small order.</summary>
    public static bool IsKey(ReadOnlySpan<byte> key) => Decode(key) is { } point && !IsOfSmallOrder(point);

    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != KeyLength)
        {
            return null;
        }

        Span<byte> copy = stackalloc byte[KeyLength];
        bytes.CopyTo(copy);
        var odd = (copy[31] & 0x80) != 0;
        copy[31] &= 0x7F;
        var y = new BigInteger(copy, isUnsigned: true);
        return y < P && XOf(y, odd) is { } x ? new Point(x, y, 1, Mod(x * y)) : null;
    }

    // RFC 8032, section 5.1.3: x from y, by the square root of (y^2 - 1) / (d y^2 + 1).
    private static BigInteger? XOf(BigInteger y, bool odd)
    {
        var square = Mod(((y * y) - 1) * Inverse((D * y * y) + 1));
        if (square.IsZero)
        {
            return odd ? null : BigInteger.Zero;
        }

        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Mod((x * x) - square) != 0)
        {
            x = Mod(x * RootOfMinusOne);
        }

        if (Mod((x * x) - square) != 0)
        {
            return null;
        }

        return x.IsEven == odd ? P - x : x;
    }

    private static Point Add(Point p, Point q)
    {
        var a = Mod((p.Y - p.X) * (q.Y - q.X));
        var b = Mod((p.Y + p.X) * (q.Y + q.X));
        var c = Mod(2 * p.T * q.T * D);
        var d = Mod(2 * p.Z * q.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Multiply(Point point, BigInteger times)
    {
        var sum = Neutral;
        for (; times > 0; times >>= 1)
        {
            if (!times.IsEven)
            {
                sum = Add(sum, point);
            }

            point = Add(point, point);
        }

        return sum;
    }

    private static bool Same(Point p, Point q) => Mod((p.X * q.Z) - (q.X * p.Z)).IsZero && Mod((p.Y * q.Z) - (q.Y * p.Z)).IsZero;

    private static bool IsOfSmallOrder(Point point) => Same(Multiply(point, 8), Neutral);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);
}
