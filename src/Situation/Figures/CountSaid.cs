using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Figures;

/// <summary>One count as one statement gives it.</summary>
/// <param name="IsPart">Named inside another count, or linked to one as a part of it.</param>
/// <param name="Binds">False where the source has withdrawn, corrected or replaced it.</param>
/// <param name="Parts">Parts named inside it or linked to it: shown with it, never added.</param>
internal sealed record CountSaid(Statement Statement, Quantity Quantity, Bound Bound, bool IsPart, bool Binds, IReadOnlyList<PartShown> Parts)
{
    /// <summary>A vague word is a row without a number: what we would read into it is ours, not the source's.</summary>
    public bool HasNumber => Bound.HasNumber && Bound.VagueWord is null;

    /// <summary>Two acts of counting are never the same one, whatever they say.</summary>
    public bool Equals(CountSaid? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>Parts that its own words number as batches of one series ("first batch", "second batch"): nobody is in two of them. Empty where fewer than two are.</summary>
    public IReadOnlyList<PartShown> Numbered { get; } = NumberedOf(Parts, Statement.Id);

    /// <summary>What it puts forward: where it names its batches and calls their sum only "more than" a rounder number, the sum of them; else what it says.</summary>
    public Bound PutForward => Bound.IsFloor && Numbered.Count > 1 && Numbered.All(p => p.Bound is { Low: not null, High: not null }) && Numbered.Sum(p => p.Bound.Low) >= Bound.Least
        ? Derived.Arithmetic.Plus(Numbered.Select(p => p.Bound))
        : Bound;

    public string? TimeWords => Statement.About.Words;

    /// <inheritdoc cref="BatchWords.UpToWhich"/>
    public string? UpToWhichBatch { get; } = BatchWords.UpToWhich(Quantity.Scope.Batch, Statement.About.Words);

    /// <inheritdoc cref="BatchWords.PartOfTheTime"/>
    public string? PartOfTheTime { get; } = BatchWords.PartOfTheTime(Quantity.Scope.Batch, Statement.About.Words);

    /// <summary>Every count of the statements, with the parts linked to each.</summary>
    public static IReadOnlyList<CountSaid> All(IReadOnlyList<Statement> statements, Func<StatementId, bool> isReplaced)
    {
        var linked = statements.SelectMany(s => s.Linked(Relation.PartOf).Select(whole => (Whole: whole, Part: s))).ToLookup(p => p.Whole, p => p.Part);
        return [.. statements.SelectMany(s => Of(s, !isReplaced(s.Id), linked[s.Id]))];
    }

    private static IEnumerable<CountSaid> Of(Statement statement, bool binds, IEnumerable<Statement> linkedParts)
    {
        var counts = CountsOf(statement);
        if (counts.Count == 0)
        {
            yield break;
        }

        // Only a headcount nests: its first count is the whole and the others are inside it. The counts of other kinds (vehicles, harm) stand beside each other.
        var nests = (statement.Said is Correction correction ? correction.Instead : statement.Said) is Headcount;
        var isPart = statement.Links.Any(l => l.Relation is Relation.PartOf);
        for (var i = 0; i < counts.Count; i++)
        {
            var parts = i == 0 ? Shown(statement, nests ? counts.Skip(1) : [], linkedParts) : [];
            yield return new CountSaid(statement, counts[i].Quantity, counts[i].Bound, isPart || (nests && i > 0), binds, parts);
        }
    }

    private static IReadOnlyList<PartShown> NumberedOf(IReadOnlyList<PartShown> parts, StatementId whole)
    {
        var numbered = parts.Where(p => p.Id == whole && p.Group is { } group && BatchWords.IsOneOfASeries(group) && p.Bound.Low is not null).DistinctBy(p => p.Group).ToList();
        return numbered.Count > 1 ? numbered : [];
    }

    private static List<Claim.Count> CountsOf(Statement statement) => [.. statement.Claims().OfType<Claim.Count>()];

    private static IReadOnlyList<PartShown> Shown(Statement whole, IEnumerable<Claim.Count> inside, IEnumerable<Statement> linked) =>
    [
        .. linked.SelectMany(s => CountsOf(s).Take(1).Select(c => new PartShown(s.Id, c.Quantity.Category, c.Quantity.Group, c.Bound)))
            .Concat(inside.Select(c => new PartShown(whole.Id, c.Quantity.Category, c.Quantity.Group, c.Bound)))
            .DistinctBy(p => (p.Category, p.Group, p.Bound)),
    ];
}
