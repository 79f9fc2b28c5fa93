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

    public static IReadOnlyList<SaidWhere> In(Passage p, Stretch s, ClaimKind kind)
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
