using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Texts.Counts;

/// <summary>A count in a text: so many of whom. Positions are lexemes, ends excluded.</summary>
/// <param name="Words">From the words that bound the number to the end of the noun.</param>
/// <param name="Whom">The words counted: "Israeli hostages".</param>
/// <param name="Rule">The rule that made it a count.</param>
internal readonly record struct CountFound(Stretch Words, Stretch Whom, Bound? Bound, bool IsAll, bool IsFurther, bool IsPart, Unit Unit, Category Category, string NounClass, string Rule);

/// <summary>Finds who is counted: a number whose noun names people, bodies, vehicles, goods or incidents; "all" and "none" of such.</summary>
internal sealed class CountFinder(Passage p)
{
    private readonly List<CountFound> _found = [];

    public IReadOnlyList<CountFound> In(Stretch s)
    {
        _found.Clear();
        for (var at = s.From; at < s.To; at++)
        {
            if (p[at].NumberAt > 0 && (at == s.From || p[at - 1].NumberAt != p[at].NumberAt))
            {
                var mention = p.Numbers[p[at].NumberAt - 1];
                if (p.Lexicon.IsDual(p.Wording[mention.NumberAt].Word) && p[mention.NumberAt].Noun is { } pair && mention.To <= s.To && mention.AsBound() is { } both)
                {
                    // The noun itself says two.
                    var (unit, category) = Counted(mention.NumberAt, pair);
                    _found.Add(new(new(mention.From, mention.To), new(mention.NumberAt, mention.NumberAt + 1), both, false, false, false, unit, category, pair.Class, "quantity.dual"));
                    at = Math.Max(at, mention.To - 1);
                    continue;
                }

                if ((mention.Use is MentionUse.Count || (mention.VagueWord is not null && mention.To < s.To && VerbForms.IsAuxiliary(p[mention.To].Part))) && mention.From >= s.From && mention.To <= s.To && p[mention.NumberAt].DateAt == 0 && Noun(mention.To, s.To, mention.From) is { } noun && mention.AsBound() is { } bound && !IsName(mention))
                {
                    _found.Add(new(new(mention.From, noun.Whom.To), noun.Whom, bound, false, mention.IsFurther, IsPart(mention.From, s.From), noun.Unit, noun.Category, noun.Class, "quantity.number"));
                    at = Math.Max(at, noun.Whom.To - 1);
                    continue;
                }
            }

            if (p[at].Cue is Cue.IsNone && NoneOf(s, at) is { } nobody)
            {
                _found.Add(nobody);
                continue;
            }

            if (p[at].Universal is { } universal && Universal(at, universal, s) is { } all)
            {
                _found.Add(all);
                at = all.Words.To - 1;
            }
        }

        return _found;
    }

    /// <summary>"Потерь нет": the word for none stands behind those of whom there are none.</summary>
    private CountFound? NoneOf(Stretch s, int none)
    {
        for (var at = s.From; at < none; at++)
        {
            if (p[at].Noun is { Class: "person" or "force" or "toll" or "vehicle" or "truck" } noun)
            {
                return new(new(at, none + 1), new(at, Math.Max(at + 1, p[at].NounTo)), Bound.Exactly(0), false, false, false, Unit.People, Category.Everyone, noun.Class, "quantity.none-behind");
            }
        }

        return null;
    }

    private CountFound? Universal(int at, Rule rule, Stretch s)
    {
        var none = rule.Value is "none" or "none-who";
        Bound? bound = none ? Bound.Exactly(0) : null;
        if (rule.Value is "all-who" or "none-who")
        {
            return new(new(at, p[at].UniversalTo), new(at, p[at].UniversalTo), bound, !none, false, false, Unit.People, Category.Everyone, "person", rule.Id);
        }

        if (p[at].UniversalTo < s.To && p[p[at].UniversalTo].Part is Part.Object)
        {
            // "all of them women" counts nobody anew.
            return null;
        }

        // "all those who are still held": the words are a category of their own.
        var next = p[at].UniversalTo;
        if (!none && next < s.To && p.Text(next).Equals("those", StringComparison.OrdinalIgnoreCase))
        {
            return new(new(at, s.To), new(next, s.To), null, true, false, false, Unit.People, Category.Everyone, "person", rule.Id);
        }

        if (none && next < s.To && (p[next].Noun is { Class: "toll" } || (p[next].Noun is { Class: "evacuation" or "attack" } && Clauses.Forms.OtherForms.Reads(p))))
        {
            return new(new(at, next + 1), new(next, next + 1), bound, false, false, false, Unit.People, Category.Everyone, "person", rule.Id);
        }

        if (Noun(next, s.To) is not { Class: "person" or "force" or "vehicle" or "truck" or "body" or "unknown" } noun || (noun.Class is "unknown" && (p[noun.Whom.From].DateAt > 0)))
        {
            return null;
        }

        return new(new(at, noun.Whom.To), noun.Whom, bound, !none, false, false, noun.Unit, noun.Category, noun.Class, rule.Id);
    }

    /// <summary>The noun behind a number: "of the", then adjectives, then a noun that can be counted. Null where it is a time, a distance, a thing.</summary>
    private (Stretch Whom, string Class, Unit Unit, Category Category)? Noun(int from, int end, int number = -1)
    {
        var at = from;
        while (at < end && ((p[at].NumberAt > 0 && at > from && p[at - 1].Part is Part.Of or Part.Det) || p[at].Part is Part.Of or Part.Det or Part.Adverb || p.Text(at).Equals("more", StringComparison.OrdinalIgnoreCase) || p.Text(at).Equals("other", StringComparison.OrdinalIgnoreCase)))
        {
            at++;
        }

        // "two of them children", "six of whom": those counted before.
        if (from + 1 < end && p[from].Part is Part.Of && (p[from + 1].Part is Part.Object || p.Text(from + 1) is "whom" or "these" or "WHOM" or "THEM"))
        {
            var to = from + 2 < end && p[from + 2].Noun is { Class: "person" or "force" } ? from + 3 : from + 2;
            return (new(to > from + 2 ? from + 2 : from + 1, to), "person", Unit.People, Category.Everyone);
        }

        var start = at;
        for (; at < end && at < start + 6; at++)
        {
            if (!p.IsWord(at) || p[at].NumberAt > 0 || p.Lexicon.TryMatch(Slot.Guard, p.Wording, at, out _))
            {
                return null;
            }

            var mark = p[at];
            if (mark.Noun is { } noun && noun.Class is "person" or "force" or "vehicle" or "truck" or "body" or "aid" or "goods" or "attack" or "fire" or "toll" && (!p.IsJoined(at) || at == from) && !NextJoined(at))
            {
                return Grown(start, at, end, noun!);
            }

            if (mark.Part is not Part.None || mark.DateAt > 0 || (mark.Verb is not null && mark.Noun is null && VerbForms.Of(p, at) is VerbForm.Past or VerbForm.Participle or VerbForm.Same && !(at + 1 < end && p[at + 1].Noun is { Class: "person" or "force" or "vehicle" or "truck" or "body" })))
            {
                break;
            }
        }

        // "12 dead", "30 wounded", "two killed": the number counts those to whom it happened.
        if (start < end && p[start].Verb?.Kind is { Kind: Proposals.ClaimKind.Casualty } && VerbForms.Of(p, start) is not VerbForm.Ing)
        {
            return (new(start, start + 1), "person", Unit.People, Category.Everyone);
        }

        if (start < end && p.Text(start).Equals("dead", StringComparison.OrdinalIgnoreCase) || start < end && p.Text(start).Equals("missing", StringComparison.OrdinalIgnoreCase))
        {
            return (new(start, start + 1), "person", Unit.People, Category.Everyone);
        }

        // "has killed 19 since February", "sailed with 229": the verb before tells that people are meant.
        if (number > 0 && (from >= end || p[from].Part is Part.Prep or Part.And or Part.Sub || p.IsComma(from) || p[from].DateAt > 0) && p[number - 1] is var before
            && (before.Verb?.Kind is { Kind: Proposals.ClaimKind.Casualty or Proposals.ClaimKind.Movement } || p.Text(number - 1) is "with" && number > 2 && (p[number - 2].Verb?.Kind is not null || p[number - 4 < 0 ? 0 : number - 4].Verb?.Kind is { Kind: Proposals.ClaimKind.Movement })))
        {
            return (new(number, from), "person", Unit.People, Category.Everyone);
        }

        // "Nine were carried across", "184 have been flown out": the number is the subject.
        if (from < end && (VerbForms.IsAuxiliary(p[from].Part) || (p[from].Verb is not null && VerbForms.Of(p, from) is VerbForm.Past or VerbForm.PastOnly && p[from].Noun is null)))
        {
            return (new(from - 1, from), "person", Unit.People, Category.Everyone);
        }

        // A plural that the lexicon does not know: "14 miners".
        var last = start;
        while (last < end && last < start + 3 && p.IsWord(last) && p[last].Part is Part.None && p[last].Verb is null && p[last].DateAt == 0 && p[last].Noun is null)
        {
            last++;
        }

        return last > start && VerbForms.Ends(p.Text(last - 1), "s") && !VerbForms.Ends(p.Text(last - 1), "ss") && (p.IsCapitals || !p.IsCapital(last - 1))
            ? (new(start, last), "unknown", Unit.People, Category.Everyone)
            : null;
    }

    private bool NextJoined(int at) => at + 1 < p.Count && p[at + 1].IsJoined && p.IsWord(at + 1) && p[at + 1].Noun is null;

    /// <summary>The noun with its adjectives before and a second noun joined to it: "women and children", "civilians and militants".</summary>
    private (Stretch Whom, string Class, Unit Unit, Category Category) Grown(int start, int at, int end, NounWord noun)
    {
        var to = Math.Max(at + 1, p[at].NounTo);
        while (to < end && p[to].Noun is { Class: "person" or "force" or "vehicle" or "truck" or "body" } && !p[to].IsJoined)
        {
            to = Math.Max(to + 1, p[to].NounTo);
        }

        if (to + 1 < end && p[to].Part is Part.And or Part.Or)
        {
            var next = to + 1;
            while (next < end && next < to + 3 && p.IsWord(next) && p[next].Noun is null && p[next].Part is Part.None && p[next].NumberAt == 0 && p[next].Verb is null)
            {
                next++;
            }

            if (next < end && p[next].NumberAt == 0 && p[next].Noun is { Class: "person" or "force" or "vehicle" or "truck" or "body" } && (p[next].Noun!.Class == noun.Class || noun.Class is not "person"))
            {
                to = Math.Max(next + 1, p[next].NounTo);
            }
        }

        var (unit, category) = Counted(at, noun);
        return (new(start, to), noun.Class, unit, category);
    }

    private (Unit Unit, Category Category) Counted(int at, NounWord noun)
    {
        if (noun.Class is "body")
        {
            return (Unit.Bodies, Category.Everyone);
        }

        if (noun.Class is "vehicle" or "truck")
        {
            return (p.Lexicon.TryMatch(Slot.Vehicle, p.Wording, at, out var vehicle) ? CountedNoun.Of(vehicle.Rule) : null) ?? (Unit.Vehicles, Category.AllVehicles);
        }

        return (p.Lexicon.TryMatch(Slot.Who, p.Wording, at, out var who) ? CountedNoun.Of(who.Rule) : null) ?? (Unit.People, Category.Everyone);
    }

    /// <summary>"BM-21", "Resolution 2254": part of a name.</summary>
    private bool IsName(Mention m) => p[m.NumberAt].IsJoined && m.NumberAt > 0 && p.IsWord(m.NumberAt - 1) && p.IsCapital(m.NumberAt - 1) && !p.IsCapitals;

    /// <summary>"including", "among them", "of whom" stand before it in the same stretch.</summary>
    private bool IsPart(int at, int from)
    {
        for (var back = at - 1; back >= from; back--)
        {
            if (p.Words.Language is "tr" && p[back].NumberAt > 0)
            {
                return false;
            }

            if (p.Lexicon.TryMatch(Slot.PartBefore, p.Wording, back, out _))
            {
                return true;
            }
        }

        return false;
    }
}
