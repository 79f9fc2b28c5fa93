using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Texts.Suggested;

/// <summary>
/// Suggested claims, held to the text they are said to be of. What comes out is a quote that stands in the text, a speaker, a category and a place that are named in it, a
/// number and a date that its words say; everything else is left open or refused, with the reason. Whether the kind is right, and what was not suggested, nobody can check
/// here: so nothing suggested is ever <see cref="Band.Clear"/>.
/// </summary>
public static class HeldToText
{
    /// <summary>Suggestions beyond these are not looked at: no text that is taken has as many claims.</summary>
    public const int MostSuggestions = 500;

    /// <summary>In characters. A longer quote is no clause.</summary>
    public const int LongestQuote = 2_000;

    /// <summary>Of a name, a category or a place, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>Words pass through fewer mouths than this, or nobody can say whose they are.</summary>
    public const int MostVia = 5;

    /// <summary>
    /// The proposals of the rules, as they are but for their numbers and ties, and beside them whatever the suggestions leave standing. Problems here are remarks: they name the
    /// suggestion and stand beside proposals.
    /// </summary>
    /// <param name="suggestions">Null in the place of one that could not be read at all, so that the others keep their numbers.</param>
    /// <param name="rules">What the rules read of the same text; where the two differ both stay, tied as conflicting.</param>
    /// <param name="dates">How dates are read; plain English forms where not given.</param>
    public static TextReading Read(TextRequest request, IReadOnlyList<SuggestedClaim?> suggestions, TextReading? rules = null, IDates? dates = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(suggestions);
        if (rules is not null && !string.Equals(rules.Original, request.Original, StringComparison.Ordinal))
        {
            throw new ArgumentException("The rules read another text.", nameof(rules));
        }

        var problems = new List<Problem>();
        if (suggestions.Count > MostSuggestions)
        {
            problems.Add(new("suggested.too-many", $"{Shown.Grouped(suggestions.Count)} claims are suggested; only the first {Shown.Number(MostSuggestions)} were looked at. Cut the text into parts."));
        }

        var text = new StandsIn(request.Original);
        var held = new List<Proposal>();
        var near = 0;
        for (var i = 0; i < Math.Min(suggestions.Count, MostSuggestions); i++)
        {
            var holding = new Holding(request, text, dates ?? new PlainDates(), rules?.SetAside ?? [], $"suggestion {Shown.Number(i + 1)}", problems);
            if (suggestions[i] is { } suggestion && holding.Hold(suggestion, near) is { } proposal)
            {
                near = proposal.Span.End;
                held.Add(proposal);
            }
        }

        return new(
            request.Original,
            rules?.Language ?? request.Language ?? "en",
            $"{rules?.Lexicon ?? Lexicon.English.Version}, with suggestions",
            SideBySide.Of(rules?.Proposals ?? [], held, problems),
            rules?.SetAside ?? [],
            rules?.NotRead ?? [],
            [.. rules?.Problems ?? [], .. problems]);
    }
}
