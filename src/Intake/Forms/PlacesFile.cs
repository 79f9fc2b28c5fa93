using System.Security.Cryptography;
using System.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Forms;

/// <summary>
/// The places of an operation as the file that its forms choose from: <c>name,label</c>, a line a place (RFC 4180). The name is the place's id; an id with characters that a form can't
/// carry as a value gets a name made from it.
/// </summary>
public static class PlacesFile
{
    public const string Name = "places.csv";

    public static byte[] Write(Gazetteer gazetteer)
    {
        ArgumentNullException.ThrowIfNull(gazetteer);
        var text = new StringBuilder("name,label\r\n");
        foreach (var place in gazetteer.Places)
        {
            text.Append(NameOf(place.Id)).Append(',').Append(Cell(place.LocalName is { } local && local != place.Name ? $"{place.Name} · {local}" : place.Name)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The place that an answer names; null where the operation has none of that name.</summary>
    public static PlaceId? Find(Gazetteer gazetteer, string name)
    {
        ArgumentNullException.ThrowIfNull(gazetteer);
        return name.Length is > 0 and <= 80 && !name.Any(char.IsControl) && gazetteer.Find(new PlaceId(name)) is { } place && NameOf(place.Id) == name
            ? place.Id
            : gazetteer.Places.Where(p => NameOf(p.Id) == name).Select(p => (PlaceId?)p.Id).FirstOrDefault();
    }

    private static string NameOf(PlaceId id) => id.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        ? id.Value
        : "place-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id.Value)))[..16];

    private static string Cell(string text)
    {
        var plain = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return plain.AsSpan().IndexOfAny(',', '"', ';') < 0 ? plain : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
