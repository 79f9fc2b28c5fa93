using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts.Links;

/// <summary>
/// How the claims of one text bear on each other. Nothing is merged and nothing dropped: two claims that say the same, or cannot both hold, stand side by side with a tie
/// between them, for the person who confirms them.
/// </summary>
internal static class Linking
{
    /// <summary>A text speaks of one thing within a few paragraphs; looking further back would tie what only looks alike, and cost time.</summary>
    private const int LooksBack = 40;

    private static readonly string[] Superseded = ["earlier", "previous", "previously", "initial", "initially", "former", "first put"];

    private static readonly string[] Compared = ["up from", "down from", "revised from", "compared with", "rather than", "instead of"];

    /// <param name="proposals">In the order of the text, numbered.</param>
    /// <param name="original">The text, for the words before a count.</param>
    public static IReadOnlyList<Proposal> Tied(IReadOnlyList<Proposal> proposals, string original)
    {
        var ties = new List<Tie>?[proposals.Count];
        for (var i = 0; i < proposals.Count; i++)
        {
            for (var k = i - 1; k >= 0 && k >= i - LooksBack; k--)
            {
                if (Between(proposals[k], proposals[i], original) is { } tie)
                {
                    (ties[i] ??= []).Add(tie with { To = proposals[k].Number });
                    if (tie.Bearing is Bearing.Restates or Bearing.Confirms or Bearing.Denies)
                    {
                        // The nearest is the one that is meant.
                        break;
                    }
                }
            }
        }

        return [.. proposals.Select((p, i) => ties[i] is { } found ? p with { Ties = [.. p.Ties, .. found] } : p)];
    }

    private static Tie? Between(Proposal earlier, Proposal later, string original)
    {
        if (later.Ties.Any(t => t.To == earlier.Number) || earlier.Ties.Any(t => t.To == later.Number))
        {
            return null;
        }

        if (earlier.Kind == later.Kind && later.Trace.Any(t => t.Rule == "denies-the-last"))
        {
            return new(Bearing.Denies, 0, "link.denies");
        }

        if (earlier.Kind == later.Kind && later.Trace.Any(t => t.Slot == "source" && t.Rule.Contains("s.confirm", StringComparison.Ordinal)) && earlier.Source?.Name != later.Source?.Name)
        {
            return new(Bearing.Confirms, 0, "link.confirms");
        }

        return Counts(earlier, later, original);
    }

    private static Tie? Counts(Proposal earlier, Proposal later, string original)
    {
        if (earlier.Count?.Bound is not { } one || later.Count?.Bound is not { } other || earlier.Kind != later.Kind || earlier.Harm != later.Harm || !SameWhom(earlier, later)
            || earlier.Modality is not Modality.Asserted || later.Modality is not Modality.Asserted || earlier.Count.IsFurther || later.Count.IsFurther)
        {
            return null;
        }

        if (IsSuperseded(later, original))
        {
            return new(Bearing.Replaces, 0, "link.previous-toll");
        }

        if (one.Equals(other) && earlier.Source?.Name == later.Source?.Name)
        {
            return new(Bearing.Restates, 0, "link.same-count");
        }

        return earlier.Source?.Name != later.Source?.Name && SameTimeAndPlace(earlier, later) && (other.Least > one.Most || other.Most < one.Least)
            ? new(Bearing.Conflicts, 0, "link.counts-apart")
            : null;
    }

    /// <summary>The same words are counted; "people" is no "women".</summary>
    private static bool SameWhom(Proposal earlier, Proposal later) =>
        earlier.Count!.Unit == later.Count!.Unit && earlier.Count.Category.Equals(later.Count.Category) && LastWord(earlier.Category).Equals(LastWord(later.Category), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> LastWord(string? words) => words is null ? default : words.AsSpan(words.LastIndexOf(' ') + 1);

    private static bool SameTimeAndPlace(Proposal earlier, Proposal later) =>
        (earlier.When is null || later.When is null || earlier.When.Time.Start.Equals(later.When.Time.Start))
        && (earlier.Places.Count == 0 || later.Places.Count == 0 || earlier.Places[0].Name == later.Places[0].Name);

    /// <summary>"up from 17", "an earlier count of five": the number given before.</summary>
    private static bool IsSuperseded(Proposal p, string original)
    {
        var from = Math.Max(0, p.Count!.Words.Start - 24);
        var before = original.AsSpan(from, p.Count.Words.Start - from);
        foreach (var words in Compared)
        {
            if (before.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var word in Superseded)
        {
            if (before.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
