using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Voluntariness;

/// <summary>Where people asked to go and where they were taken, in the words used.</summary>
/// <param name="Asked">The destination they asked for; null where it was not said.</param>
/// <param name="Given">The destination they were given; null where it was not said.</param>
/// <param name="Counted">How many of them.</param>
/// <exception cref="RefusedException"><c>voluntariness.destination</c>, <c>voluntariness.unit</c>.</exception>
public sealed record Destination(string? Asked, string? Given, Counted? Counted = null)
{
    public string? Given { get; } = Asked is not null || Given is not null
        ? Given
        : throw new RefusedException("voluntariness.destination", "A destination names what was asked for, what was given, or both.");

    public Counted? Counted { get; } = Counted is null or { Unit: Unit.People }
        ? Counted
        : throw new RefusedException("voluntariness.unit", $"People have a wish and a destination, not {Token.Of(Counted.Unit)}.");

    public override string ToString() => string.Concat(
        Asked is null ? "destination asked for not said" : $"asked for {Asked}",
        Given is null ? ", destination given not said" : $", given {Given}",
        Counted is null ? "" : $" ({Counted})");
}

/// <summary>Whether people went of their own will and where to, in numbers alone: what nobody asked is said as such, and is not a sign of consent.</summary>
/// <param name="NotAsked">Nobody asked them; then nothing else is given.</param>
/// <param name="WishedToStay">People who said that they wished to stay.</param>
/// <param name="PressedToLeave">People who said that they were pressed to leave.</param>
/// <param name="RefusedExit">People who wished to leave and were not let out.</param>
public sealed record Voluntariness(bool NotAsked = false, Counted? WishedToStay = null, Counted? PressedToLeave = null, Counted? RefusedExit = null, IReadOnlyList<Destination>? Destinations = null) : Said
{
    public const string Name = "voluntariness";

    public override string Kind => Name;

    public IReadOnlyList<Destination> Directions => Destinations ?? [];

    public static Voluntariness Read(Fields f)
    {
        f.Only("not_asked", "wished_to_stay", "pressed_to_leave", "refused_exit", "destinations");
        return new(
            f.Flag("not_asked"),
            f.MaybeCounted("wished_to_stay"),
            f.MaybeCounted("pressed_to_leave"),
            f.MaybeCounted("refused_exit"),
            f.ReadAll("destinations", DestinationOf, 100) is { Count: > 0 } some ? some : null);
    }

    public override void Check(Statement statement)
    {
        var hasAnswers = Answers.Any(a => a.Counted is not null) || Directions.Count > 0;
        if (NotAsked && hasAnswers)
        {
            throw new RefusedException("voluntariness.not-asked", "People were either not asked or gave answers; give 'not_asked' alone, or leave it out.", "said.not_asked");
        }

        if (!NotAsked && !hasAnswers)
        {
            throw new RefusedException("voluntariness.empty", "Give what people said (wished_to_stay, pressed_to_leave, refused_exit, destinations), or 'not_asked' where nobody asked them.", "said");
        }

        if (Answers.FirstOrDefault(a => a.Counted is { Unit: not Unit.People }) is { Counted: { } other, Field: var field })
        {
            throw new RefusedException("voluntariness.unit", $"People have a wish and a destination, not {Token.Of(other.Unit)}.", $"said.{field}");
        }
    }

    /// <summary>None. Those asked are whoever could be asked, so their number bounds neither those who left nor those who remain; a network that took it up would mislead.</summary>
    public override IEnumerable<Claim> Claims(Statement statement) => [];

    public override Said Recounted(Func<Counted, Counted> instead) => this with
    {
        WishedToStay = instead.Maybe(WishedToStay),
        PressedToLeave = instead.Maybe(PressedToLeave),
        RefusedExit = instead.Maybe(RefusedExit),
        Destinations = Destinations is null ? null : [.. Directions.Select(d => new Destination(d.Asked, d.Given, instead.Maybe(d.Counted)))],
    };

    public override void Write(Utf8JsonWriter json)
    {
        json.Write("not_asked", NotAsked);
        foreach (var (field, _, counted) in Answers)
        {
            json.Write(field, counted);
        }

        if (Directions.Count > 0)
        {
            json.WriteStartArray("destinations");
            foreach (var (asked, given, counted) in Directions)
            {
                json.WriteStartObject();
                json.Write("asked", asked);
                json.Write("given", given);
                json.Write("counted", counted);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public override string ToString() => NotAsked
        ? "people were not asked whether they wished to leave"
        : string.Join("; ", Answers.Where(a => a.Counted is not null).Select(a => $"{a.Counted}{(a.Counted!.Group is { } g ? $" ({g})" : "")} {a.Words}").Concat(Directions.Select(d => d.ToString())));

    private IEnumerable<(string Field, string Words, Counted? Counted)> Answers =>
        [("wished_to_stay", "said to wish to stay", WishedToStay), ("pressed_to_leave", "said to be pressed to leave", PressedToLeave), ("refused_exit", "said to be refused exit", RefusedExit)];

    private static Destination DestinationOf(Fields f)
    {
        f.Only("asked", "given", "counted");
        return new(f.MaybeText("asked", 200), f.MaybeText("given", 200), f.MaybeCounted("counted"));
    }
}
