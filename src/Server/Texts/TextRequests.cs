using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Confirming;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Intake.Typed;
using Safeconduct.Server.Access;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Server.Texts;

/// <param name="Published">The day of the text, or its minute: weekdays and "yesterday" count from it.</param>
/// <param name="Language">BCP 47; null lets the reader tell it.</param>
/// <param name="Publisher">Whose text it is, by name.</param>
internal sealed record ReadTextRequest(string? Text, string? Published, string? Language, string? Publisher);

/// <param name="Id">A source of the book; null where it is found by its name, or new.</param>
internal sealed record SourceRequest(string? Name, string? Id, string? Kind)
{
    public SourceChoice Choice() => new(Id is { Length: > 0 } id ? new SourceId(id) : null, Kind is { Length: > 0 } kind ? Tokens.Of<SourceKind>(kind, "sources") : null);
}

/// <param name="HowMany">In words: "more than 300"; null keeps the number that was read.</param>
/// <param name="Of">The name of a category; null keeps the one that was read.</param>
/// <param name="None">There is no number.</param>
internal sealed record CountRequest(string? HowMany, string? Of, string? Unit, bool All, bool None);

internal sealed record PlacesRequest(string? From, string? To, string? Via);

internal sealed record SpeakersRequest(string? SaidBy, IReadOnlyList<string>? Via);

internal sealed record EditRequest(IReadOnlyList<int>? Span, string? Kind, string? Modality, CountRequest? Count, string? Category, string? Measure, bool? RunningTotal, PlacesRequest? Places, string? About, string? AboutWords, SpeakersRequest? Speakers, string? Paraphrase)
{
    public ClaimEdits Read(SaidCount? proposed, Operation operation) => new(
        Span switch { null => null, [var start, var end] => new Span(start, end), _ => throw new RefusedException("review.span", "A span is two numbers: where it begins and where it ends.", "span") },
        Kind is { } kind ? Tokens.Of<ClaimKind>(kind, "kind") : null,
        Modality is { } modality ? Tokens.Of<Modality>(modality, "modality") : null,
        Count is { } count ? CountOf(count, proposed) : null,
        Category is { Length: > 400 } ? throw new RefusedException("body.text-length", "The category has at most 400 characters.", "category") : Category,
        Measure is { } measure ? Tokens.Of<Measure>(measure, "measure") : null,
        RunningTotal,
        Places is { } p ? new Scope(PlaceOf(p.From), PlaceOf(p.To), PlaceOf(p.Via)) : null,
        About is { Length: > 0 } about ? TypedTime.Spoken(about, operation.Zone, AboutWords is { Length: > 0 } words ? words : null) : null,
        Speakers is { } speakers ? new SpeakersNamed(speakers.SaidBy is { Length: > 0 } name ? name : null, [.. (speakers.Via ?? []).Where(v => v.Trim().Length > 0)]) : null,
        Paraphrase is { Length: > 0 } ? Paraphrase : null);

    private static PlaceId? PlaceOf(string? id) => id is { Length: > 0 } ? new PlaceId(id) : null;

    private static CountAsSaid CountOf(CountRequest count, SaidCount? proposed)
    {
        if (count.None)
        {
            return new CountAsSaid(null);
        }

        var named = count.Of is { Length: > 0 } of
            ? Safeconduct.Statements.Quantities.Category.Named.FirstOrDefault(n => n.Slug == of).Category ?? throw new RefusedException("category.unknown", $"'{Shown.Short(of)}' is not a category.", "count.of")
            : null;
        var category = named ?? proposed?.Category ?? Safeconduct.Statements.Quantities.Category.Everyone;
        var unit = count.Unit is { Length: > 0 } given ? Tokens.Of<Unit>(given, "count.unit")
            : proposed is not null && (named is null || named.Space == proposed.Category.Space) ? proposed.Unit
            : category.Space is CategorySpace.Vehicles ? Unit.Vehicles : Unit.People;
        if (count.All)
        {
            return new CountAsSaid(new Counted(unit, category, Bound.Exactly(0)), IsAll: true);
        }

        var bound = count.HowMany is { Length: > 0 } words
            ? BoundWords.Read(words) ?? throw new RefusedException("bound.not-understood", $"'{Shown.Short(words)}' is not a number in words such as 337, \"more than 300\", \"about 50\", \"30 to 40\", \"none\".", "count.how_many")
            : proposed?.Bound ?? throw new RefusedException("bound.empty", "Say how many, or that there is no number.", "count.how_many");
        return new CountAsSaid(new Counted(unit, category, bound));
    }
}

/// <param name="Proposal">The number of the proposal; null for a stretch that the person marked.</param>
internal sealed record ClaimRequest(int? Proposal, bool Split, EditRequest? Edit)
{
    public ClaimDecision Read(TextReading reading, Operation operation) =>
        new(Proposal, Edit?.Read(reading.Proposals.FirstOrDefault(p => p.Number == Proposal)?.Count, operation), Split);
}

/// <param name="Lexicon">The version of the rules by which the person was shown the claims.</param>
/// <param name="Sources">What the person chose for names that the book does not settle.</param>
internal sealed record ReviewRequest(string? Text, string? Published, string? Language, string? Lexicon, SourceRequest? Publisher, string? Title, string? Handling, IReadOnlyList<SourceRequest>? Sources, IReadOnlyList<ClaimRequest>? Claims, IReadOnlyList<int>? Rejected);

internal static class Tokens
{
    public static T Of<T>(string token, string place)
        where T : struct, Enum => Token.TryRead<T>(token, out var value) ? value
        : throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "body.unknown-word", $"{place}: '{Shown.Short(token)}' is not one of {string.Join(", ", Token.All<T>())}.");
}
