using System.Numerics;
using System.Runtime.InteropServices;

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

            if (kind == LineKind.Rule)
            {
                for (var t = network.RuleStart[index]; t < network.RuleStart[index + 1]; t++)
                {
                    Add(network.TermQuantity[t], times * network.TermCoefficient[t]);
                }

                total += times * network.RuleConstant[index];
                continue;
            }

            // What is left bounds one quantity: from below as it stands, from above with both sides negated.
            (int Quantity, End End, BigInteger? Value) said = kind switch
            {
                LineKind.ClaimLow => (network.ClaimAt(index).Quantity, End.Low, network.ClaimAt(index).Low),
                LineKind.ClaimHigh => (network.ClaimAt(index).Quantity, End.High, network.ClaimAt(index).High),
                LineKind.Rounded => (roundings[index].Quantity!.Value, roundings[index].End, roundings[index].Value),
                _ => (index, End.Low, 0),
            };
            if (said.Value is not { } value)
            {
                return false;
            }

            Add(said.Quantity, said.End == End.Low ? times : -times);
            total += said.End == End.Low ? times * value : -times * value;
        }

        var sign = certificate.End == End.Low ? 1 : -1;
        return certificate.Quantity is { } target
            ? certificate.Multiplier.Sign > 0 && total == sign * certificate.Bound && sums.GetValueOrDefault(target) == sign * certificate.Multiplier && sums.All(s => s.Key == target || s.Value.IsZero)
            : certificate.Multiplier.IsZero && certificate.Bound.Sign > 0 && total == certificate.Bound && sums.Values.All(s => s.IsZero);

        void Add(int quantity, BigInteger times) => CollectionsMarshal.GetValueRefOrAddDefault(sums, quantity, out _) += times;
    }
}
