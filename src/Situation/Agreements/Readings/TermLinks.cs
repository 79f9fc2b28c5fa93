namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>Which terms of an agreement lean on which: rivals, those that replace, those of a step. Looked up once, since an agreement may have thousands of terms.</summary>
internal sealed class TermLinks
{
    private static readonly IReadOnlyList<Term> None = [];
    private readonly ILookup<string, Term> _rivals;
    private readonly ILookup<string, Term> _replacing;
    private readonly ILookup<int, Term> _steps;
    private readonly Dictionary<string, Term> _byNumber;

    public TermLinks(Agreement agreement)
    {
        _rivals = agreement.Terms.Where(t => t.RivalOf is not null).ToLookup(t => t.RivalOf!, StringComparer.Ordinal);
        _replacing = agreement.Terms.SelectMany(t => t.Replaces.Select(r => (Replaced: r, By: t))).ToLookup(r => r.Replaced, r => r.By, StringComparer.Ordinal);
        _steps = agreement.Terms.Where(t => t.Step is not null).ToLookup(t => t.Step!.Value);
        _byNumber = agreement.Terms.DistinctBy(t => t.Number).ToDictionary(t => t.Number, StringComparer.Ordinal);
    }

    /// <summary>Other accounts of the same term, either way.</summary>
    public IReadOnlyList<Term> RivalsOf(Term term) =>
        [.. _rivals[term.Number], .. term.RivalOf is { } of && _byNumber.TryGetValue(of, out var first) ? [first] : None];

    public IEnumerable<Term> Replacing(Term term) => _replacing[term.Number];

    public IEnumerable<Term> OfStep(int step) => _steps[step];
}
