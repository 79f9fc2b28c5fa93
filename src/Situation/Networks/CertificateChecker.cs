using System.Numerics;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// Adds up a certificate. Trust in every bound and every conflict rests on this class alone; it knows the network's rules and claims, and nothing of how a certificate was found.
/// </summary>
public static class CertificateChecker
{
    /// <summary>Whether the lines add up to what the certificate says.</summary>
    public static bool Checks(Network network, Certificate certificate) =>
        Enumerable.Range(0, certificate.Roundings.Count).All(i => certificate.Roundings[i].Quantity is not null && AddsUp(network, certificate.Roundings[i], certificate.Roundings, i))
        && AddsUp(network, certificate, certificate.Roundings, certificate.Roundings.Count);

    private static bool AddsUp(Network network, Certificate certificate, IReadOnlyList<Certificate> roundings, int known)
    {
        var sums = new Dictionary<int, BigInteger>();
        var total = BigInteger.Zero;
        foreach (var (times, kind, index) in certificate.Lines)
        {
            var limit = kind switch { LineKind.Rule => network.RuleCount, LineKind.NotBelowZero => network.QuantityCount, LineKind.Rounded => known, _ => network.ClaimCount };
            if (index < 0 || index >= limit || (times.Sign < 0 && kind != LineKind.Rule))
            {
                return false;
            }

            var (terms, constant) = Inequality(network, roundings, kind, index);
            foreach (var (quantity, coefficient) in terms)
            {
                sums[quantity] = sums.GetValueOrDefault(quantity) + (times * coefficient);
            }

            total += times * constant;
        }

        var sign = certificate.End == End.Low ? 1 : -1;
        return certificate.Quantity is { } target
            ? certificate.Multiplier.Sign > 0 && total == sign * certificate.Bound && sums.GetValueOrDefault(target) == sign * certificate.Multiplier && sums.All(s => s.Key == target || s.Value.IsZero)
            : certificate.Multiplier.IsZero && certificate.Bound.Sign > 0 && total == certificate.Bound && sums.Values.All(s => s.IsZero);
    }

    /// <summary>Terms >= constant. A claim that does not speak of that end is read as one that adds nothing.</summary>
    private static (IReadOnlyList<(int Quantity, int Coefficient)> Terms, BigInteger Constant) Inequality(Network network, IReadOnlyList<Certificate> roundings, LineKind kind, int index) => kind switch
    {
        LineKind.Rule => (network.RuleAt(index).Terms, network.RuleAt(index).Constant),
        LineKind.NotBelowZero => ([(index, 1)], 0),
        LineKind.ClaimLow => network.ClaimAt(index) is { Low: { } low } claim ? ([(claim.Quantity, 1)], low) : ([], 0),
        LineKind.ClaimHigh => network.ClaimAt(index) is { High: { } high } claim ? ([(claim.Quantity, -1)], -high) : ([], 0),
        LineKind.Rounded when roundings[index].End == End.Low => ([(roundings[index].Quantity!.Value, 1)], roundings[index].Value),
        LineKind.Rounded => ([(roundings[index].Quantity!.Value, -1)], -roundings[index].Value),
        _ => ([], 0),
    };
}
