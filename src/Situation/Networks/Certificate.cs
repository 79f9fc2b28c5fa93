using System.Numerics;

namespace Safeconduct.Situation.Networks;

/// <summary>Which end of a range.</summary>
public enum End
{
    Low,
    High,
}

/// <summary>What one line of a certificate adds.</summary>
public enum LineKind
{
    /// <summary>The low end of a claim: quantity >= low.</summary>
    ClaimLow,

    /// <summary>The high end of a claim: -quantity >= -high.</summary>
    ClaimHigh,

    /// <summary>A rule; its multiplier may have either sign.</summary>
    Rule,

    /// <summary>A quantity is not below zero: quantity >= 0.</summary>
    NotBelowZero,

    /// <summary>An end that an earlier certificate proved and that was then rounded to a whole number; only where coefficients other than 1 and -1 occur.</summary>
    Rounded,
}

/// <summary>One line of a certificate: an inequality, or a rule, times a whole number.</summary>
/// <param name="Multiplier">How often it is added; not below zero except for a rule.</param>
/// <param name="Index">The claim's, rule's or quantity's number; for <see cref="LineKind.Rounded"/> the place in <see cref="Certificate.Roundings"/>.</param>
public readonly record struct CertificateLine(BigInteger Multiplier, LineKind Kind, int Index);

/// <summary>
/// A proof that anybody can add up: lines times whole numbers whose sum is <c>Multiplier * quantity >= Bound</c> (low end), <c>Multiplier * quantity &lt;= Bound</c> (high end),
/// or, without a quantity, <c>0 >= Bound</c> with a bound of 1 or more: the claims and rules in it cannot all hold (Farkas' lemma).
/// Rounding inward to a whole number is the last step. Where a coefficient other than 1 and -1 makes rounding necessary on the way, that step is a certificate of its own in
/// <see cref="Roundings"/> (a cut of Chvatal and Gomory), each using only those before it.
/// </summary>
/// <param name="Quantity">The quantity bounded; null for a contradiction.</param>
/// <param name="Multiplier">How many times the quantity the lines add up to, 1 or more; 0 for a contradiction.</param>
public sealed record Certificate(int? Quantity, End End, BigInteger Multiplier, BigInteger Bound, IReadOnlyList<CertificateLine> Lines, IReadOnlyList<Certificate> Roundings)
{
    /// <summary>The end it proves, rounded inward: no whole number beyond it is possible.</summary>
    public BigInteger Value => Quantity is null ? Bound : End == End.Low ? -Floor(-Bound, Multiplier) : Floor(Bound, Multiplier);

    /// <summary>Its lines and those of all its roundings.</summary>
    public IEnumerable<CertificateLine> Parts() => Roundings.SelectMany(r => r.Lines).Concat(Lines);

    /// <summary>The claims it rests on, each once, in the order of their numbers.</summary>
    public IReadOnlyList<int> Claims() => [.. Parts().Where(l => l.Kind is LineKind.ClaimLow or LineKind.ClaimHigh).Select(l => l.Index).Distinct().Order()];

    private static BigInteger Floor(BigInteger number, BigInteger by)
    {
        var quotient = BigInteger.DivRem(number, by, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
