using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Reports.Exchange;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Times;

namespace Safeconduct.Server.Features;

/// <summary>One feature: what a request may narrow by, and how it is written.</summary>
/// <param name="Order">Where it stands in the record, or on the list of places: features are given in this order, and a page goes on after one.</param>
/// <param name="Time">The first and the last instant of the time spoken of; null where the collection knows none.</param>
internal sealed record FeatureItem(long Order, string Id, IReadOnlyList<Box> Boxes, (Instant First, Instant Last)? Time, Func<Utf8JsonWriter, IReadOnlyList<Box>> Write);

/// <summary>The features of one collection, for one audience, at one size of the record.</summary>
internal sealed record FeatureShelf(IReadOnlyList<FeatureItem> Items)
{
    private readonly Lazy<Box?> bounds = new(() => Box.Around(Items.SelectMany(i => i.Boxes).Distinct()));
    private readonly Lazy<Dictionary<string, FeatureItem>> byId = new(() => Items.ToDictionary(i => i.Id, StringComparer.Ordinal));

    public Box? Bounds => bounds.Value;

    public (Instant First, Instant Last)? Time => Items.Any(i => i.Time is not null) ? (Items.Min(i => i.Time?.First)!.Value, Items.Max(i => i.Time?.Last)!.Value) : null;

    public FeatureItem? Find(string id) => byId.Value.GetValueOrDefault(id);
}

/// <summary>
/// Features made of what an audience may be shown, kept for a minute, so that a reader who turns page after page has the book read once. Whatever is let go by the clock comes up
/// to a minute late; nothing comes early.
/// </summary>
internal sealed class FeatureShelves(TimeProvider clock)
{
    private const int MostKept = 48;
    private readonly ConcurrentDictionary<(string Operation, string Collection, Audience Audience, long Size, long Minute), Lazy<FeatureShelf>> kept = new();
    private readonly ConditionalWeakTable<HostedOperation, Lazy<Task<IReadOnlyDictionary<PlaceId, Shape>>>> outlines = [];

    public async Task<FeatureShelf> Of(HostedOperation operation, FeatureKind kind, Audience audience, long size)
    {
        var now = clock.GetUtcNow();
        var minute = now.ToUnixTimeSeconds() / 60;
        var key = (operation.Slug, kind.Id, audience, size, minute);
        if (!kept.TryGetValue(key, out var shelf))
        {
            foreach (var past in kept.Keys.Where(k => k.Minute != minute || kept.Count >= MostKept))
            {
                kept.TryRemove(past, out _);
            }

            var shapes = await outlines.GetValue(operation, o => new(() => OutlinesOf(o))).Value;
            var page = operation.Page;
            shelf = kept.GetOrAdd(key, _ => new(() => new FeatureShelf(kind.Make(Entered(page, operation, audience, size, now), operation.Operation, shapes))));
        }

        return await Task.Run(() => shelf.Value);
    }

    /// <summary>What the audience may be shown of the record as it was at a size, each with its place in the record. The words are those of the edition, which may say less than the book.</summary>
    private static List<(Statement Statement, EntryIndex Index, string Entry)> Entered(BookPage page, HostedOperation operation, Audience audience, long size, DateTimeOffset now)
    {
        var entered = new List<(Statement Statement, EntryIndex Index, string Entry)>();
        foreach (var statement in new Asked(View.Everything, audience).Shown(page, operation, now))
        {
            if (page.Find(statement.Id.Value) is { } found && found.Index.Value < size)
            {
                entered.Add((statement, found.Index, new HandedOn(statement, found.Entry.ToString()).Entry));
            }
        }

        entered.Sort((a, b) => a.Index.Value.CompareTo(b.Index.Value));
        return entered;
    }

    private static async Task<IReadOnlyDictionary<PlaceId, Shape>> OutlinesOf(HostedOperation operation) =>
        await operation.ReadLog((book, _) => book.FindDocument(DocumentMedia.Gazetteer)) is { } places ? Outlines.Of(places) : Outlines.None;
}

/// <summary>A collection of features: its name, what it holds, and how it is made of statements.</summary>
internal sealed record FeatureKind(string Id, string Title, string Description, bool HasTime, Func<List<(Statement Statement, EntryIndex Index, string Entry)>, Operation, IReadOnlyDictionary<PlaceId, Shape>, IReadOnlyList<FeatureItem>> Make)
{
    public static IReadOnlyList<FeatureKind> All { get; } =
    [
        new("statements", "Statements", "What was said, by whom and when, at the place or between the places it speaks of. Each is what its source says, and nothing more.", true, (entered, operation, _) =>
            [.. entered.Select(e => Said(e, e.Statement, operation, (json, s, entry, of) => StatementFeature.Write(json, s, entry, of)))]),
        new("incidents", "Incidents as reported", "Statements that something happened: fire, shelling, shootings, detention. Reported by their sources; an author is alleged.", true, (entered, operation, _) =>
        {
            var indexes = entered.ToDictionary(e => e.Statement.Id);
            return [.. IncidentFeature.In(Plain(entered)).Select(e => Said(indexes[e.Statement.Id], e.Statement, operation, IncidentFeature.Write))];
        }),
        new("places", "Places", "The places of the operation. Names are used without prejudice.", false, (_, operation, shapes) =>
            [.. operation.Gazetteer.Places.Select((place, i) => PlaceItem(place, i, shapes))]),
        new("control", "Control as claimed", "Who is said to hold a place, by whom and since when. Rival claims lie over each other; none is chosen.", true, (entered, operation, shapes) =>
        {
            var indexes = entered.ToDictionary(e => e.Statement.Id, e => e.Index.Value);
            return [.. ControlSaid.In(Plain(entered), operation.Zone).Select(c => new FeatureItem(
                indexes[c.Statement.Id], c.Statement.Id.Value, BoxesOf(ControlFeature.ShapeOf(c, operation, shapes)), (c.Since, c.Until ?? Instant.MaxValue), json => ControlFeature.Write(json, c, operation, shapes)))];
        }),
    ];

    private static List<(Statement Statement, string Entry)> Plain(List<(Statement Statement, EntryIndex Index, string Entry)> entered) => [.. entered.Select(e => (e.Statement, e.Entry))];

    private static FeatureItem Said((Statement Statement, EntryIndex Index, string Entry) e, Statement statement, Operation operation, Func<Utf8JsonWriter, Statement, string, Operation, IReadOnlyList<Box>> write) =>
        new(e.Index.Value, statement.Id.Value, BoxesOf(Located.In(statement.Where, operation.Gazetteer)?.Shape), TimeOf(statement.About, operation.Zone), json => write(json, statement, e.Entry, operation));

    private static FeatureItem PlaceItem(Place place, int order, IReadOnlyDictionary<PlaceId, Shape> shapes)
    {
        var outline = shapes.GetValueOrDefault(place.Id);
        return new(order, place.Id.Value, BoxesOf(PlaceFeature.ShapeOf(place, outline)), null, json => PlaceFeature.Write(json, place, outline));
    }

    // A day ends before the next begins; a stated minute belongs to itself.
    private static (Instant First, Instant Last) TimeOf(TimeSpoken when, DateTimeZone zone) =>
        (when.Earliest(zone), when.End.HourIsStated ? when.Latest(zone) : when.Latest(zone) - Duration.Epsilon);

    private static IReadOnlyList<Box> BoxesOf(Shape? shape) => shape is null ? [] : [.. shape.Boxes()];
}
