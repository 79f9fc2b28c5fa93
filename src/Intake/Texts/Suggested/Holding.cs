using System.Globalization;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Suggested;

/// <summary>One suggestion against the text: slot by slot, with what was refused, left open or read otherwise.</summary>
/// <param name="place">How the problems name the suggestion.</param>
internal sealed class Holding(TextRequest request, StandsIn text, IDates dates, IReadOnlyList<Span> setAside, string place, List<Problem> problems)
{
    private readonly List<Trace> _trace = [];
    private bool _isDoubted;
    private Span _quote;
    private Span _sentence;

    /// <summary>The proposal, or null where the suggestion is refused as a whole. Likely at best, and that only where nothing had to be said of it.</summary>
    /// <param name="near">Where the last claim ended: of several places where the quote stands, the nearest to here is meant, unless the suggestion hints at another.</param>
    public Proposal? Hold(SuggestedClaim claim, int near)
    {
        // All three are looked at, so that one look says everything that is wrong.
        var isClosed = Closed<ClaimKind>(claim.Kind, "kind", out var kind) & Closed<Modality>(claim.Status, "status", out var modality);
        if (Quote(claim, near) is not { } quote || !isClosed)
        {
            return null;
        }

        // The number may widen the quote, so that it comes before whatever else looks at it.
        var sentence = text.SentenceOf(quote);
        (_quote, _sentence) = (Widened(quote, sentence), sentence);
        Trace("kind", Token.Of(kind), "suggested.unchecked");
        Trace("status", Token.Of(modality), "suggested.unchecked");
        if (setAside.Any(s => s.Meets(_quote)))
        {
            Say("quote", "suggested.set-aside", $"'{Shown.Short(_quote.Of(text.Original))}' stands in a part that the rules set aside as no part of the text; check that somebody says it.", _quote);
        }

        var proposal = new Proposal
        {
            Number = 0,
            Span = _quote,
            Quote = _quote.Of(text.Original),
            Kind = kind,
            Modality = modality,
            Source = Speaker(claim.Source, "source"),
            Via = Via(claim.Via),
            Count = Count(claim.Quantity),
            Category = Category(claim.Category),
            Harm = kind is ClaimKind.Casualty ? Harm(claim.Harm) : null,
            Places = Where(claim.Place, kind),
            When = When(claim.When, modality is not (Modality.Asserted or Modality.Denied)),
            Trace = _trace,
            Band = Band.Check,
        };

        return _isDoubted ? proposal : proposal with { Band = Band.Likely };
    }

    private bool Closed<T>(string? word, string slot, out T value)
        where T : struct, Enum
    {
        if (Token.TryRead(word ?? "", out value))
        {
            return true;
        }

        Say(slot, $"suggested.unknown-{slot}", $"'{Shown.Short(word)}' is no {slot}; it is one of {string.Join(", ", Token.All<T>())}. The suggestion was refused.");
        return false;
    }

    private Span? Quote(SuggestedClaim claim, int near)
    {
        var words = claim.Quote?.Trim() ?? "";
        if (words.Length is 0 or > HeldToText.LongestQuote)
        {
            Say("quote", words.Length == 0 ? "suggested.quote-missing" : "suggested.quote-too-long", $"A suggestion needs a quote of 1 to {Shown.Grouped(HeldToText.LongestQuote)} characters; it was refused.");
            return null;
        }

        var places = text.Of(words, out var isExact, out var isCut);
        if (places.Count is 0 or >= StandsIn.MostPlaces)
        {
            var (code, why) = isCut ? ("suggested.quote-cut", "begins or ends inside a word or a number of the text")
                : places.Count == 0 ? ("suggested.quote-not-in-text", "does not stand in the text") : ("suggested.quote-too-common", "stands in the text too often to mean one place");
            Say("quote", code, $"'{Shown.Short(words)}' {why}. The suggestion was refused.");
            return null;
        }

        if (!isExact)
        {
            Say("quote", "suggested.quote-marks", $"'{Shown.Short(words)}' stands in the text with other white space or quotation marks; the text's own words were taken.", places[0]);
        }

        // An offset outside the text hints at nothing.
        var isHint = claim.Offset is >= 0 && claim.Offset <= text.Original.Length;
        var hint = isHint ? (int)claim.Offset!.Value : near;
        var nearest = places.MinBy(p => Math.Abs((long)p.Start - hint));
        if (places.Count > 1)
        {
            Say("quote", "suggested.quote-repeated", $"'{Shown.Short(words)}' stands {Shown.Number(places.Count)} times in the text; the place nearest to {(isHint ? "the suggested one" : "the claim before")} was taken. Check that it is the one meant.", nearest);
        }
        else if (claim.Offset is { } offset && offset != nearest.Start)
        {
            Trace("quote", $"suggested at {Shown.Number(offset)}, stands at {Shown.Number(nearest.Start)}", "suggested.offset-recomputed", nearest);
        }

        return nearest;
    }

    private Span Widened(Span quote, Span sentence)
    {
        var whole = SaidNumbers.Whole(text.Original, quote, sentence);
        if (whole != quote)
        {
            Say("quote", "suggested.quote-widened", $"'{Shown.Short(quote.Of(text.Original))}' leaves out words that bound its number; the quote was widened to '{Shown.Short(whole.Of(text.Original))}'.", whole);
        }

        return whole;
    }

    private IReadOnlyList<Speaker> Via(IReadOnlyList<string> names)
    {
        if (names.Count <= HeldToText.MostVia)
        {
            return [.. names.Select(v => Speaker(v, "via")).OfType<Speaker>()];
        }

        Say("via", "suggested.via-too-long", $"{Shown.Grouped(names.Count)} relays are suggested, and {Shown.Number(HeldToText.MostVia)} is the most; they were left open.");
        return [];
    }

    private Speaker? Speaker(string? name, string slot)
    {
        var words = name?.Trim() ?? "";
        if (words.Length == 0 || words.Equals("narrator", StringComparison.OrdinalIgnoreCase) || Stands(words, slot) is not { } stands)
        {
            return null;
        }

        return new(stands.Of(text.Original), _sentence.Holds(stands) ? stands : null);
    }

    /// <summary>Where a name stands, nearest to the quote; null, and the slot left open, where it stands nowhere.</summary>
    private Span? Stands(string words, string slot)
    {
        if (words.Length > HeldToText.LongestName || text.Nearest(words, _quote) is not { } stands)
        {
            Say(slot, $"suggested.{slot}-not-in-text", $"The suggested {slot} '{Shown.Short(words)}' does not stand in the text; the {slot} was left open.");
            return null;
        }

        if (_sentence.Holds(stands))
        {
            Trace(slot, stands.Of(text.Original), "suggested.stands-in-sentence", stands);
        }
        else
        {
            Say(slot, $"suggested.{slot}-elsewhere", $"The suggested {slot} '{Shown.Short(words)}' stands in another sentence than the claim; check that it carries over.", stands);
        }

        return stands;
    }

    private SaidCount? Count(SuggestedQuantity? quantity)
    {
        // The number of a day or a year counts nobody. Where the day of publication is not known any will do: only the place of the date matters here.
        var days = dates.In(text.Original, _sentence, request.Published ?? new NodaTime.LocalDate(2000, 1, 1), isAhead: false);
        var said = SaidNumbers.In(text.Original, _quote, _sentence).Where(s => !days.Any(d => d.Words is { } w && w.Meets(s.Words))).ToList();
        if (quantity is null || quantity.IsEmpty)
        {
            if (said.Count > 0)
            {
                Trace("quantity", "none suggested", "suggested.number-not-named", said[0].Words);
            }

            return null;
        }

        if (quantity is { Words: { } word, Low: null, High: null } && word.Trim().Equals("all", StringComparison.OrdinalIgnoreCase) && SaidNumbers.All(text.Original, _quote) is { } all)
        {
            Trace("quantity", "all", "suggested.number-reread", all.Words);
            return all;
        }

        var suggested = InWords(quantity);
        var meant = Meant(quantity, said);
        if (meant is null)
        {
            Say("quantity", "suggested.number-not-said", $"The suggested number ({suggested}) is not said by '{Shown.Short(_quote.Of(text.Original))}'; the number was left open.");
            return null;
        }

        if (Same(quantity, meant.Bound!.Value))
        {
            Trace("quantity", meant.Bound.Value.ToString(), "suggested.number-reread", meant.Words);
        }
        else
        {
            Say("quantity", "suggested.number-differs", $"The words '{Shown.Short(meant.Words.Of(text.Original))}' say {meant.Bound}, and {suggested} was suggested; the words were taken.", meant.Words);
        }

        return meant;
    }

    /// <summary>Of the counts the quote says: the one whose words were named, else the one with the suggested number in it, else the only one.</summary>
    private SaidCount? Meant(SuggestedQuantity quantity, IReadOnlyList<SaidCount> said)
    {
        var same = said.Where(s => Same(quantity, s.Bound!.Value)).ToList();
        var named = quantity.Words?.Trim() is { Length: > 0 } words
            ? said.Where(s => s.Words.Of(text.Original).Contains(words, StringComparison.OrdinalIgnoreCase) || words.Contains(s.Words.Of(text.Original), StringComparison.OrdinalIgnoreCase)).ToList()
            : [];
        return same.Intersect(named).FirstOrDefault() ?? same.FirstOrDefault() ?? (named.Count == 1 ? named[0] : null)
            ?? said.FirstOrDefault(s => Touches(quantity, s.Bound!.Value)) ?? (said.Count == 1 ? said[0] : null);
    }

    /// <summary>The ends as the plain form has them (low and high; "nearly" without a low end); strictness is not asked of a model.</summary>
    private static bool Same(SuggestedQuantity quantity, Bound bound) =>
        (quantity.Low == bound.Low && quantity.High == bound.High)
        || (bound.Approximation is Approximation.Below && quantity.Low is null && quantity.High == bound.High)
        || (quantity.Low is null && quantity.High is null && quantity.Words is not null && bound is { HasNumber: false, VagueWord: not null });

    private static bool Touches(SuggestedQuantity quantity, Bound bound) =>
        new[] { quantity.Low, quantity.High }.Any(n => n is not null && (n == bound.Low || n == bound.High));

    private static string InWords(SuggestedQuantity quantity) => (quantity.Low, quantity.High) switch
    {
        ({ } low, { } high) when low == high => Said(low),
        ({ } low, { } high) => $"{Said(low)} to {Said(high)}",
        ({ } low, null) => $"{Said(low)} or more",
        (null, { } high) => $"up to {Said(high)}",
        _ => $"'{Shown.Short(quantity.Words)}'",
    };

    private static string Said(decimal n) => Shown.Short(n.ToString(CultureInfo.InvariantCulture));

    private string? Category(string? category)
    {
        var words = category?.Trim() ?? "";
        if (words.Length == 0)
        {
            return null;
        }

        if (words.Length <= HeldToText.LongestName && text.Nearest(words, _quote) is { } stands && _sentence.Holds(stands))
        {
            Trace("category", stands.Of(text.Original), "suggested.stands-in-sentence", stands);
            return stands.Of(text.Original);
        }

        Say("category", "suggested.category-not-in-text", $"The suggested category '{Shown.Short(words)}' does not stand in the claim's sentence; the category was left open.");
        return null;
    }

    private Measure? Harm(string? harm)
    {
        Measure? measure = harm switch { "killed" => Measure.Killed, "wounded" => Measure.Wounded, "captured" => Measure.Held, _ => null };
        if (measure is null && harm is not (null or "other"))
        {
            Say("harm", "suggested.unknown-harm", $"'{Shown.Short(harm)}' is no harm; it is one of killed, wounded, captured, other. It was left open.");
        }

        return measure;
    }

    private IReadOnlyList<SaidWhere> Where(string? name, ClaimKind kind)
    {
        var words = name?.Trim() ?? "";
        if (words.Length == 0 || Stands(words, "place") is not { } stands)
        {
            return [];
        }

        var said = stands.Of(text.Original);
        var candidates = request.Places?.Places.Where(p => Names(p).Contains(said, StringComparer.OrdinalIgnoreCase)).Select(p => p.Id).ToList() ?? [];
        return [new(said, _sentence.Holds(stands) ? stands : null, candidates, kind is ClaimKind.Movement ? RoleOf(stands) : PlaceRole.At)];
    }

    private static IEnumerable<string> Names(Place place) => [place.Name, .. place.LocalName is { } local ? [local] : Array.Empty<string>(), .. place.Aliases ?? []];

    /// <summary>By the word before the name; the model is not asked.</summary>
    private PlaceRole RoleOf(Span stands)
    {
        var before = text.Original[Math.Max(0, stands.Start - 40)..stands.Start].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return before.LastOrDefault(w => !w.Equals("the", StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant() switch
        {
            "FROM" or "OF" or "LEFT" or "LEAVE" or "LEAVING" => PlaceRole.From,
            "TO" or "INTO" or "REACHED" or "TOWARDS" or "FOR" => PlaceRole.To,
            "VIA" or "THROUGH" => PlaceRole.Via,
            _ => PlaceRole.At,
        };
    }

    private SaidWhen? When(SuggestedWhen? when, bool isAhead)
    {
        if (when is null || when.IsEmpty)
        {
            return null;
        }

        var suggested = when.Date is null ? null : Date(when.Date);
        var said = dates.In(text.Original, _sentence, request.Published, isAhead);
        var inQuote = said.Where(d => d.Words is { } w && _quote.Holds(w));
        var named = when.Words?.Trim() is { Length: > 0 } words
            ? said.Where(d => d.Words is { } w && (words.Contains(w.Of(text.Original), StringComparison.OrdinalIgnoreCase) || w.Of(text.Original).Contains(words, StringComparison.OrdinalIgnoreCase)))
            : [];

        // What is still to come may have been said of a day gone by, so that the last Friday is a reading too; but only where it is the suggested one.
        var past = isAhead ? dates.In(text.Original, _sentence, request.Published, isAhead: false) : [];
        var same = suggested is null ? [] : inQuote.Concat(said).Concat(past).Where(d => d.Time.Start.Equals(suggested));
        if (same.FirstOrDefault() is { } meant)
        {
            Trace("when", meant.Time.ToString(), "suggested.date-reread", meant.Words);
            return meant;
        }

        // Without the same date, only words that were named or that stand alone in the quote say which date is meant.
        meant = named.FirstOrDefault() ?? (inQuote.Count() == 1 ? inQuote.First() : null);
        if (meant is null)
        {
            Say("when", "suggested.date-not-said", $"The suggested time '{Shown.Short(when.Date ?? when.Words)}' is not said by the claim's sentence; the time was left open.");
        }
        else if (when.Date is not null)
        {
            Say("when", "suggested.date-differs", $"The words '{Shown.Short(meant.Words?.Of(text.Original))}' say {meant.Time}, and '{Shown.Short(when.Date)}' was suggested; the words were taken.", meant.Words);
        }
        else
        {
            Trace("when", meant.Time.ToString(), "suggested.date-reread", meant.Words);
        }

        return meant;
    }

    private Moment? Date(string date)
    {
        try
        {
            return Moment.Parse(date);
        }
        catch (RefusedException)
        {
            Say("when", "suggested.date-impossible", $"'{Shown.Short(date)}' is no date; a date is written 2031-05-02 or 2031-05.");
            return null;
        }
    }

    private void Trace(string slot, string value, string rule, Span? words = null) => _trace.Add(new(slot, value, rule, words));

    /// <summary>Said twice: to whoever reads all problems, and beside the slot.</summary>
    private void Say(string slot, string code, string message, Span? words = null)
    {
        _isDoubted = true;
        problems.Add(new(code, message, place));
        _trace.Add(new(slot, message, code, words));
    }
}
