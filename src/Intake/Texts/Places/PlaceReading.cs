using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Intake.Texts.Places;

/// <summary>The places a claim names: behind prepositions of place, and names that belong to a noun of place ("the city's hospitals").</summary>
internal static class PlaceReading
{
    private static readonly string[] From = ["from", "out", "left", "leave", "leaving", "outside"];
    private static readonly string[] To = ["to", "into", "towards", "toward", "reached", "entered", "entering"];
    private static readonly string[] Via = ["through", "via", "across"];
    private static readonly string[] At = ["in", "at", "near", "inside", "around", "of", "on", "over", "for", "under", "within", "throughout", "outside", "north", "south", "east", "west"];

    /// <param name="known">The gazetteer's names in the passage; empty without a gazetteer.</param>
    public static IReadOnlyList<SaidWhere> In(Passage p, Stretch s, ClaimKind kind, List<PlaceFound> known)
    {
        var found = Read(p, s, kind);
        return known.Count == 0 ? found : Ordered(Known(p, s, known, [.. found]), kind);
    }

    /// <summary>Names that the gazetteer has take its places; those that no preposition led to are added.</summary>
    private static List<SaidWhere> Known(Passage p, Stretch s, List<PlaceFound> known, List<SaidWhere> found)
    {
        foreach (var place in known)
        {
            if (place.From < s.From || place.To > s.To)
            {
                continue;
            }

            var words = p.Block.Of(p.Wording[place.From].Start, p.Wording[place.To - 1].End);
            var at = found.FindIndex(f => f.Words is { } w && w.Meets(words));
            if (at >= 0)
            {
                found[at] = found[at] with { Candidates = [.. found[at].Candidates.Union(place.Candidates)] };
            }
            else
            {
                found.Add(new(p.Between(place.From, place.To), words, place.Candidates, RoleBefore(p, place, s.From)));
            }
        }

        // A phrase that no place is known for stands behind one that is.
        return [.. found.OrderBy(f => f.Candidates.Count == 0)];
    }

    /// <summary>What the words before a name, or the ending on it, make of the place.</summary>
    private static PlaceRole RoleBefore(Passage p, PlaceFound place, int from)
    {
        for (var at = place.From - 1; at >= Math.Max(0, Math.Max(from - 1, place.From - 3)); at--)
        {
            if ((RoleOf(p.Text(at)) ?? RoleElsewhere(p.Text(at))) is { } role)
            {
                return role;
            }
        }

        var last = p.Text(place.To - 1);
        return last.IndexOfAny('\'', '’') is > 0 and var cut
            ? last[(cut + 1)..] switch
            {
                "dan" or "den" or "tan" or "ten" or "ndan" or "nden" => PlaceRole.From,
                "a" or "e" or "ya" or "ye" or "na" or "ne" => PlaceRole.To,
                _ => PlaceRole.At,
            }
            : PlaceRole.At;
    }

    private static PlaceRole? RoleElsewhere(ReadOnlySpan<char> word) => word switch
    {
        "из" or "от" or "з" or "із" or "від" or "depuis" or "من" => PlaceRole.From,
        "до" or "vers" or "jusqu'à" or "إلى" or "الى" => PlaceRole.To,
        "через" or "par" or "عبر" => PlaceRole.Via,
        "в" or "у" or "на" or "под" or "біля" or "à" or "dans" or "près" or "في" or "قرب" => PlaceRole.At,
        _ => null,
    };

    private static List<SaidWhere> Read(Passage p, Stretch s, ClaimKind kind)
    {
        var found = new List<SaidWhere>();
        for (var at = s.From; at < s.To; at++)
        {
            if ((!Clauses.Forms.OtherForms.Reads(p) ? RoleOf(p.Text(at)) : RoleOf(p[at].Cue)) is not { } role || at + 1 >= s.To || Named(p, at + 1, s.To) is not { } name)
            {
                continue;
            }

            var words = p.Between(name.From, name.To);
            if (!found.Exists(f => f.Name == words))
            {
                found.Add(new(words, p.Block.Of(p.Wording[name.From].Start, p.Wording[name.To - 1].End), [], role));
            }

            at = name.To - 1;
        }

        if (found.Count == 0)
        {
            for (var at = s.From; at < s.To; at++)
            {
                // "Orvesa residents", "the city's hospitals".
                if (p.IsWord(at) && VerbForms.Ends(p.Text(at), "'s") | VerbForms.Ends(p.Text(at), "’s") && (p[at].Noun?.Class is "place" || (p.IsCapital(at) && !p.IsCapitals)))
                {
                    var text = p.Between(p[at].Noun is not null && at > s.From && p[at - 1].Part is Part.Det ? at - 1 : at, at + 1);
                    found.Add(new(text[..^2], p.Block.Of(p.Wording[at].Start, p.Wording[at].End - 2), [], PlaceRole.At));
                    break;
                }
            }
        }

        return Ordered(found, kind);
    }

    /// <summary>The chief place first: for a movement where it began, for aid where it went, else where it was.</summary>
    private static List<SaidWhere> Ordered(List<SaidWhere> found, ClaimKind kind)
    {
        if (kind is ClaimKind.Movement)
        {
            return [.. found.OrderBy(f => f.Role switch { PlaceRole.From => 0, PlaceRole.At => 1, PlaceRole.To => 2, _ => 3 })];
        }

        return kind is ClaimKind.Aid ? [.. found.OrderBy(f => f.Role switch { PlaceRole.To => 0, PlaceRole.At => 1, _ => 2 })] : [.. found.OrderBy(f => f.Role is PlaceRole.At ? 0 : 1)];
    }

    private static PlaceRole? RoleOf(Cue cue) => cue switch { Cue.PlaceFrom => PlaceRole.From, Cue.PlaceTo => PlaceRole.To, Cue.PlaceVia => PlaceRole.Via, Cue.PlaceAt => PlaceRole.At, _ => null };

    private static PlaceRole? RoleOf(ReadOnlySpan<char> word)
    {
        foreach (var (words, role) in Roles)
        {
            foreach (var w in words)
            {
                if (word.Equals(w, StringComparison.OrdinalIgnoreCase))
                {
                    return role;
                }
            }
        }

        return null;
    }

    private static (string[] Words, PlaceRole Role)[] Roles { get; } = [(From, PlaceRole.From), (To, PlaceRole.To), (Via, PlaceRole.Via), (At, PlaceRole.At)];

    /// <summary>A name that stands here: capitals with what joins them, or a noun of place with its article.</summary>
    private static Stretch? Named(Passage p, int at, int end)
    {
        var start = at;
        if (p[at].Part is Part.Det)
        {
            at++;
        }

        var from = at;
        while (at < end && p.IsWord(at) && p[at].DateAt == 0 && (p.IsCapitals ? p[at].Part is Part.None && p[at].Verb is null : p.IsCapital(at) || IsDirection(p, at)) && at - from < 5)
        {
            at++;
        }

        while (at < end && p.IsWord(at) && p[at].Noun?.Class is "place" && at - from < 6)
        {
            at++;
        }

        if (at == from)
        {
            // "the crossing point", "the besieged city".
            var look = from;
            while (look < end && look < from + 3 && p.IsWord(look) && p[look].Noun?.Class is not "place" && p[look].Part is Part.None)
            {
                look++;
            }

            if (look >= end || p[look].Noun?.Class is not "place")
            {
                return null;
            }

            at = look + 1;
            while (at < end && p.IsWord(at) && p[at].Part is Part.None && p[at].Noun?.Class is "place" or "place" && at < look + 2)
            {
                at++;
            }

            return new(start, at);
        }

        if (at + 1 < end && p[at].Part is Part.And && p.IsCapital(at + 1) && !p.IsCapitals && p.IsWord(at + 1))
        {
            at += 2;
            while (at < end && p.IsWord(at) && p.IsCapital(at))
            {
                at++;
            }
        }

        return p[from].Noun?.Class is "person" or "force" ? null : new(p[start].Part is Part.Det ? from : start, at);
    }

    private static bool IsDirection(Passage p, int at) => p.Text(at) is "eastern" or "western" or "northern" or "southern" or "central" or "north" or "south" or "east" or "west" or "upper" or "lower";
}
