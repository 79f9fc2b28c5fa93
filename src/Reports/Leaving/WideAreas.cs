using System.Security.Cryptography;
using System.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Reports.Leaving;

/// <summary>
/// How finely a place is named to the public where nobody published it: by the widest area that contains it, below the one area that holds all others, where there is one.
/// "A place in Oldtown" stays a place of its own: a count by one gate is a part of what left Oldtown and must never read as all of it, and two gates must not read as one.
/// </summary>
internal sealed class WideAreas
{
    private readonly Gazetteer gazetteer;
    private readonly PlaceId? whole;
    private readonly Dictionary<PlaceId, PlaceId?> wide = [];

    public WideAreas(Gazetteer gazetteer)
    {
        this.gazetteer = gazetteer;
        var roots = gazetteer.Places.Where(p => p.Kind is PlaceKind.Area && p.Within is null).Select(p => p.Id).ToList();
        whole = roots is [var only] ? only : null;
    }

    /// <summary>The area that the public may be told for a place; null where the places do not say in which area it lies.</summary>
    public PlaceId? Of(PlaceId place)
    {
        if (!wide.TryGetValue(place, out var area))
        {
            wide[place] = area = Find(place);
        }

        return area;
    }

    /// <summary>Whether the place itself is as wide as may be told.</summary>
    public bool IsWide(PlaceId place) => Of(place) == place || place == whole;

    /// <summary>
    /// Where somebody was, as the public may be told it: the same place where it is wide enough, else "a place in" its wide area that is known by this statement alone.
    /// A convoy with a name is one by its name, so where it left and arrived is the wide area itself.
    /// </summary>
    public Scope Widened(Scope where, StatementId of, bool isNamedConvoy) => where with
    {
        From = Widened(where.From, of, "from", isNamedConvoy),
        To = Widened(where.To, of, "to", isNamedConvoy),
        Via = Widened(where.Via, of, "via", isNamedConvoy: false),
    };

    private PlaceId? Widened(PlaceId? place, StatementId of, string way, bool isNamedConvoy) => place is { } p && !IsWide(p)
        ? isNamedConvoy && Of(p) is { } area ? area : Gazetteer.PlaceIn(Of(p), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{way} {of}")))[..8])
        : place;

    private PlaceId? Find(PlaceId place)
    {
        var areas = gazetteer.Upward(place).Where(p => gazetteer.Find(p)?.Kind is PlaceKind.Area).ToList();
        if (areas.Count > 1 && areas[^1] == whole)
        {
            areas.RemoveAt(areas.Count - 1);
        }

        return areas.Count > 0 ? areas[^1]
            : gazetteer.Find(place)?.Between is { } between && Find(between.From) is { } one && Find(between.To) == one ? one
            : null;
    }
}
