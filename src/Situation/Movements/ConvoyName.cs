using System.Globalization;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Situation.Movements;

/// <summary>
/// The words for a convoy, taken apart: "the third column", "batch 3" and "convoy 3" are one name; "convoy 3, bus 12, trip 2" is a vehicle of it on its second trip.
/// "Ten batches" is a number of them and names none.
/// </summary>
public sealed record ConvoyName(string? Convoy, string? Vehicle, string? Trip)
{
    public const string NotNamed = "convoy-not-named";

    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal) { "the", "a", "an", "in", "of", "at", "its", "their", "after", "no", "number" };

    private static readonly HashSet<string> Convoys = new(StringComparer.Ordinal) { "convoy", "column", "group", "batch", "wave", "buses", "vehicles" };

    private static readonly HashSet<string> Several = new(StringComparer.Ordinal) { "convoys", "columns", "groups", "batches", "waves", "trips" };

    private static readonly HashSet<string> Vehicles = new(StringComparer.Ordinal) { "bus", "vehicle", "ambulance", "truck", "car", "minibus", "coach" };

    private static readonly HashSet<string> Trips = new(StringComparer.Ordinal) { "trip", "run" };

    private static readonly Dictionary<string, string> Same = new(StringComparer.Ordinal) { ["resumption"] = "restart", ["suspension"] = "restart", ["final"] = "last" };

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    private static readonly string[] Suffixes = ["st", "nd", "rd", "th"];

    private static readonly ConvoyName None = new(null, null, null);

    /// <summary>Whether the words speak of a convoy or a vehicle at all, named or not.</summary>
    public static bool IsIn(string? words) => words is not null
        && Token.Slug(words).Split('-').Any(p => Vehicles.Contains(p) || Vehicles.Contains(p.TrimEnd('s')) || (p is not ("group" or "groups" or "trips") && (Convoys.Contains(p) || Several.Contains(p))));

    public static ConvoyName Of(string? words)
    {
        var parts = words is null ? [] : Token.Slug(words).Split('-', StringSplitOptions.RemoveEmptyEntries).Where(p => !Dropped.Contains(p)).ToList();
        if (parts.Exists(Several.Contains))
        {
            return None;
        }

        var vehicle = Taken(parts, Vehicles, wantsNumber: true);
        var trip = Taken(parts, Trips, wantsNumber: true);
        return new(Named(parts), vehicle, trip?.Split('-')[^1]);
    }

    /// <summary>"bus 12" taken out of the words; null where no number or plate stands behind it.</summary>
    private static string? Taken(List<string> parts, HashSet<string> nouns, bool wantsNumber)
    {
        for (var at = 0; at + 1 < parts.Count; at++)
        {
            if (nouns.Contains(parts[at]) && (!wantsNumber || parts[at + 1].Any(char.IsAsciiDigit)))
            {
                var taken = $"{parts[at]}-{parts[at + 1]}";
                parts.RemoveRange(at, 2);
                return taken;
            }
        }

        return null;
    }

    /// <summary>One noun, the words that set it apart, the number last.</summary>
    private static string? Named(List<string> parts)
    {
        if (parts.Count == 0)
        {
            return null;
        }

        var plain = parts.Select(p => Convoys.Contains(p) || Vehicles.Contains(p) ? "convoy" : Same.GetValueOrDefault(p, p)).Distinct(StringComparer.Ordinal).ToList();
        var numbers = plain.Select(NumberOf).OfType<string>().ToList();
        return string.Join('-', plain.Where(p => NumberOf(p) is null).Concat(numbers));
    }

    private static string? NumberOf(string part)
    {
        var at = Array.IndexOf(Ordinals, part);
        var digits = Suffixes.Any(s => part.EndsWith(s, StringComparison.Ordinal)) ? part[..^2] : part;
        return at >= 0 ? (at + 1).ToString(CultureInfo.InvariantCulture) : digits.Length > 0 && digits.All(char.IsAsciiDigit) ? digits.TrimStart('0').PadLeft(1, '0') : null;
    }
}
