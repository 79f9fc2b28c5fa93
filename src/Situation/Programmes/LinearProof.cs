using System.Numerics;
using Safeconduct.Situation.Networks;

namespace Safeconduct.Situation.Programmes;

/// <summary>
/// Turns multipliers of rules into certificates. Any multipliers prove something (weak duality: what the rules leave of each quantity is cancelled by one of its
/// ends), so it does not matter how they were found or whether they are exact: what is said is what they add up to, and the checker adds it up again.
/// </summary>
internal sealed class LinearProof(Network network, Solution solution)
{
    /// <summary>The certificate of an end; null where a needed end of another quantity is open, or the sum does not check.</summary>
    public Certificate? OfEnd(int quantity, End end, IEnumerable<(int Rule, Fraction Times)> multipliers)
    {
        var sign = end == End.Low ? 1 : -1;
        var sum = Sum(multipliers.Select(m => (m.Rule, m.Times * sign)), (quantity, sign));
        return sum is { } s ? Checked(s.Certified(quantity, end)) : null;
    }

    /// <summary>The certificate that nothing fulfils all rules and claims; null where the multipliers do not show it.</summary>
    public Certificate? OfNothing(IReadOnlyList<(int Rule, Fraction Times)> multipliers) =>
        new[] { 1, -1 }
            .Select(sign => Sum(multipliers.Select(m => (m.Rule, m.Times * sign)), null)?.Certified(null, End.Low))
            .Select(c => c is { Bound.Sign: > 0 } ? Checked(c) : null)
            .FirstOrDefault(c => c is not null);

    /// <summary>The certificate that two proofs of one quantity, each rounded to a whole number, leave nothing between them.</summary>
    public Certificate? OfCrossing(Certificate low, Certificate high)
    {
        var adding = new Adding(network);
        adding.AddRounded(low);
        adding.AddRounded(high);
        return Checked(adding.Certified(null, End.Low));
    }

    private Certificate? Checked(Certificate certificate) => CertificateChecker.Checks(network, certificate) ? certificate : null;

    private Adding? Sum(IEnumerable<(int Rule, Fraction Times)> multipliers, (int Quantity, int Sign)? target)
    {
        var adding = new Adding(network);
        var left = new Dictionary<int, Fraction>();
        if (target is { } t)
        {
            left[t.Quantity] = t.Sign;
        }

        foreach (var (rule, times) in multipliers)
        {
            adding.Add(LineKind.Rule, rule, times);
            for (var k = network.RuleStart[rule]; k < network.RuleStart[rule + 1]; k++)
            {
                left[network.TermQuantity[k]] = left.GetValueOrDefault(network.TermQuantity[k]) - (times * network.TermCoefficient[k]);
            }
        }

        return left.OrderBy(l => l.Key).All(l => l.Value.Sign == 0 || AddEnd(adding, l.Key, l.Value)) ? adding : null;
    }

    private bool AddEnd(Adding adding, int quantity, Fraction times)
    {
        var low = times.Sign > 0;
        var size = low ? times : -times;
        var end = low ? End.Low : End.High;
        var value = Core.EndOf(solution, quantity, end);
        if (value is null)
        {
            return false;
        }

        if (low && value == 0)
        {
            adding.Add(LineKind.NotBelowZero, quantity, size);
            return true;
        }

        if (solution.ClaimedEnd(quantity, end) is { } claimed && claimed.Value == value)
        {
            adding.Add(low ? LineKind.ClaimLow : LineKind.ClaimHigh, claimed.Claim, size);
            return true;
        }

        return solution.ProofOf(quantity, end) is { } proof && adding.Add(proof, size);
    }

    /// <summary>Lines with fractions as multipliers, on the way to whole numbers.</summary>
    private sealed class Adding(Network network)
    {
        private readonly SortedDictionary<(LineKind Kind, int Index), Fraction> _lines = [];
        private readonly List<Certificate> _roundings = [];

        public void Add(LineKind kind, int index, Fraction times) => _lines[(kind, index)] = _lines.GetValueOrDefault((kind, index)) + times;

        /// <summary>Adds what another certificate adds; one that rounds stays a step of its own.</summary>
        public bool Add(Certificate proof, Fraction times)
        {
            if (proof.Roundings.Count == 0 && proof.Multiplier.IsOne)
            {
                foreach (var line in proof.Lines)
                {
                    Add(line.Kind, line.Index, times * line.Multiplier);
                }

                return true;
            }

            AddRounded(proof, times);
            return true;
        }

        public void AddRounded(Certificate proof, Fraction? times = null)
        {
            var shift = _roundings.Count;
            _roundings.AddRange(proof.Roundings.Select(r => Shifted(r, shift)));
            _roundings.Add(Shifted(proof, shift) with { Roundings = [] });
            Add(LineKind.Rounded, _roundings.Count - 1, times ?? 1);
        }

        public Certificate Certified(int? quantity, End end)
        {
            var shared = _lines.Values.Aggregate(BigInteger.One, (scale, t) => scale / BigInteger.GreatestCommonDivisor(scale, t.Denominator) * t.Denominator);
            var whole = _lines.Where(l => l.Value.Sign != 0).Select(l => new CertificateLine(l.Value.Numerator * (shared / l.Value.Denominator), l.Key.Kind, l.Key.Index)).ToList();
            var common = whole.Aggregate(quantity is null ? BigInteger.Zero : shared, (g, l) => BigInteger.GreatestCommonDivisor(g, l.Multiplier));
            List<CertificateLine> lines = common > 1 ? [.. whole.Select(l => l with { Multiplier = l.Multiplier / common })] : whole;
            var bound = lines.Aggregate(BigInteger.Zero, (sum, l) => sum + (l.Multiplier * Constant(l)));
            return new Certificate(quantity, end, quantity is null ? 0 : common > 1 ? shared / common : shared, end == End.Low ? bound : -bound, lines, _roundings);
        }

        private static Certificate Shifted(Certificate certificate, int by) =>
            certificate with { Lines = [.. certificate.Lines.Select(l => l.Kind == LineKind.Rounded ? l with { Index = l.Index + by } : l)] };

        private BigInteger Constant(CertificateLine line) => line.Kind switch
        {
            LineKind.ClaimLow => network.ClaimLow[line.Index],
            LineKind.ClaimHigh => -(BigInteger)network.ClaimHigh[line.Index],
            LineKind.Rule => network.RuleConstant[line.Index],
            LineKind.Rounded => _roundings[line.Index].End == End.Low ? _roundings[line.Index].Value : -_roundings[line.Index].Value,
            LineKind.NotBelowZero => 0,
            _ => throw new InvalidOperationException("Every kind of line is listed."),
        };
    }
}
