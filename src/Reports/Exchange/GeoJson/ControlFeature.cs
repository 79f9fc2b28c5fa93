using System.Text.Json;
using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Control;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Places;

namespace Safeconduct.Reports.Exchange.GeoJson;

/// <summary>
/// That somebody says who holds a place. Rival words are features side by side over the same ground: none is chosen, and none becomes the state of the place.
/// </summary>
/// <param name="Until">Since when the same source says something else of the same place; null while these are its latest words.</param>
public sealed record ControlSaid(Statement Statement, string Entry, PlaceId Place, Control Control, Instant Since, Instant? Until)
{
    /// <summary>What is said of control among these statements. What its own source took back or put right is left out.</summary>
    public static IReadOnlyList<ControlSaid> In(IReadOnlyList<(Statement Statement, string Entry)> entered, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(entered);
        var replaced = entered.SelectMany(e => e.Statement.Claims()).OfType<Claim.About>().Where(a => a.Relation is Relation.Withdraws or Relation.Corrects or Relation.Supersedes).Select(a => a.Statement).ToHashSet();
        var said = new List<ControlSaid>();
        foreach (var (statement, entry) in entered.Where(e => !replaced.Contains(e.Statement.Id)))
        {
            if (Spoken(statement.Said) is Control control && (statement.Where.From ?? statement.Where.To ?? statement.Where.Via) is { } place)
            {
                said.Add(new(statement, entry, place, control, statement.About.Earliest(zone), null));
            }
        }

        var latest = new Dictionary<StatementId, Instant>();
        foreach (var ofOne in said.GroupBy(c => (c.Statement.SaidBy.Id, c.Place, c.Statement.Modality)))
        {
            var inOrder = ofOne.OrderBy(c => c.Since).ThenBy(c => c.Statement.KnownFrom.Earliest(zone)).ThenBy(c => c.Statement.Id).ToList();
            foreach (var (earlier, later) in inOrder.Zip(inOrder.Skip(1)))
            {
                latest[earlier.Statement.Id] = later.Since;
            }
        }

        return [.. said.Select(c => c with { Until = latest.TryGetValue(c.Statement.Id, out var until) ? until : null })];
    }

    private static Said Spoken(Said said) => said is Correction correction ? correction.Instead : said;
}

/// <summary>What is said of control, as a Feature over the ground it is said of.</summary>
public static class ControlFeature
{
    public static IReadOnlyList<Box> Write(Utf8JsonWriter json, ControlSaid said, Operation operation, IReadOnlyDictionary<PlaceId, Shape> outlines)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(outlines);
        var (s, place) = (said.Statement, operation.Gazetteer.Find(said.Place));
        var shape = ShapeOf(said, operation, outlines);
        var digits = place is null ? Shape.DigitsFor(null) : PlaceFeature.DigitsOf(place, shape);
        Feature.Begin(json, s.Id.Value, shape, digits);
        json.WriteString("id", s.Id.Value);
        json.WriteString("entry", said.Entry);
        json.WriteString("place", said.Place.Value);
        json.WriteString("place_name", operation.Gazetteer.NameOf(said.Place));
        json.WriteString("claimant", said.Control.Holder);
        json.WriteString("extent", Token.Of(said.Control.Extent));
        Feature.Number(json, "low", s.Measured?.Low);
        Feature.Number(json, "high", s.Measured?.High);
        json.WriteString("unit", s.Measured?.Unit);
        json.WriteString("words", said.Control.ToString());
        json.WriteString("according_to", s.SaidBy.Name);
        json.WriteString("source_kind", Token.Of(s.SaidBy.Kind));
        json.WriteString("modality", Token.Of(s.Modality));
        json.WriteString("about", s.About.ToString());
        json.WriteString("since", StatementFeature.Written(said.Since, operation.Zone));
        json.WriteString("until", said.Until is { } until ? StatementFeature.Written(until, operation.Zone) : null);
        json.WriteString("said_at", s.SaidAt.ToString());
        json.WriteString("known_from", s.KnownFrom.ToString());
        json.WriteString("paraphrase", s.Paraphrase);
        json.WriteString("citation", s.Citation);
        Feature.End(json);
        return shape is null ? [] : [.. shape.Boxes(digits)];
    }

    public static Shape? ShapeOf(ControlSaid said, Operation operation, IReadOnlyDictionary<PlaceId, Shape> outlines)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(outlines);
        return operation.Gazetteer.Find(said.Place) is { } place ? PlaceFeature.ShapeOf(place, outlines.GetValueOrDefault(said.Place)) : null;
    }
}
