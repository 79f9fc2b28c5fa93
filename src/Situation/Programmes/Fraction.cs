using System.Globalization;
using System.Numerics;

namespace Safeconduct.Situation.Programmes;

/// <summary>A rational number in lowest terms, its denominator above zero. The default value is zero.</summary>
public readonly record struct Fraction : IComparable<Fraction>
{
    private readonly BigInteger _lessOne;

    /// <summary>What stands above the line.</summary>
    public BigInteger Numerator { get; }

    /// <summary>What stands below the line: 1 or more.</summary>
    public BigInteger Denominator => _lessOne + 1;

    public bool IsWhole => _lessOne.IsZero;

    public int Sign => Numerator.Sign;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A fraction with nothing below the line has no value.");
        }

        if (denominator.IsOne)
        {
            (Numerator, _lessOne) = (numerator, 0);
            return;
        }

        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, _lessOne) = (numerator / common, (denominator / common) - 1);
    }

    public static implicit operator Fraction(long whole) => new(whole, 1);

    public static implicit operator Fraction(BigInteger whole) => new(whole, 1);

    public static Fraction operator +(Fraction a, Fraction b) =>
        a.IsWhole && b.IsWhole ? new(a.Numerator + b.Numerator, 1) : new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a) => new(-a.Numerator, a.Denominator);

    public static Fraction operator -(Fraction a, Fraction b) => a + -b;

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The greatest whole number not above it.</summary>
    public BigInteger Floor()
    {
        var whole = BigInteger.DivRem(Numerator, Denominator, out var rest);
        return rest.Sign < 0 ? whole - 1 : whole;
    }

    /// <summary>The least whole number not below it.</summary>
    public BigInteger Ceiling() => -(-this).Floor();

    public override string ToString() => Numerator.ToString(CultureInfo.InvariantCulture) + (IsWhole ? "" : "/" + Denominator.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The fraction with the least denominator that a floating number may stand for (continued fractions); null where none with a denominator up to the
    /// limit is near enough. A guess: whoever uses it adds up exactly afterwards.
    /// </summary>
    internal static Fraction? Near(double value, long denominators = 100_000, double tolerance = 1e-7)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > 1e12)
        {
            return null;
        }

        var (rest, n0, n1, d0, d1) = (value, 0L, 1L, 1L, 0L);
        for (var step = 0; step < 40; step++)
        {
            var whole = (long)Math.Floor(rest);
            (n0, n1, d0, d1) = (n1, (whole * n1) + n0, d1, (whole * d1) + d0);
            if (d1 > denominators || d1 <= 0)
            {
                return null;
            }

            if (Math.Abs(value - ((double)n1 / d1)) <= tolerance * Math.Max(1, Math.Abs(value)))
            {
                return new Fraction(n1, d1);
            }

            rest = 1 / (rest - whole);
        }

        return null;
    }

    /// <summary>What floating multipliers of rules stand for; null where one stands for nothing near.</summary>
    internal static List<(int Rule, Fraction Times)>? Named(double[] multipliers, int[] rules)
    {
        var named = new List<(int, Fraction)>();
        for (var row = 0; row < multipliers.Length; row++)
        {
            if (Math.Abs(multipliers[row]) > 1e-9)
            {
                if (Near(multipliers[row]) is not { } times)
                {
                    return null;
                }

                if (times.Sign != 0)
                {
                    named.Add((rules[row], times));
                }
            }
        }

        return named;
    }
}
