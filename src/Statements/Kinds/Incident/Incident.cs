using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Incident;

/// <summary>What is said to have happened, in terms that name no author and no motive.</summary>
public enum IncidentType
{
    FireOnConvoy,
    Shelling,
    Explosion,
    Shooting,
    VehiclesBurned,
    Detention,
    Looting,
    Threat,
    BreachOfTruce,
    Fighting,
    WeaponsFound,

    /// <summary>Something happened and the words do not say what in any of these terms.</summary>
    Other,
}

/// <summary>Harm in an incident: so many killed, wounded, burned.</summary>
public sealed record Harm(Measure Measure, Counted Counted);

/// <summary>Fire on a convoy, shelling, an explosion, vehicles burned, detention, looting, a threat. The alleged author is the source's word for it, and an allegation only.</summary>
/// <param name="Target">Who or what was hit, in neutral words.</param>
/// <param name="AllegedAuthor">By whom, according to the source; null where nobody is named.</param>
public sealed record Incident(IncidentType Type, string? Target = null, string? AllegedAuthor = null, IReadOnlyList<Harm>? Harm = null) : Said
{
    public const string Name = "incident";

    public override string Kind => Name;

    public IReadOnlyList<Harm> Harms => Harm ?? [];

    public static Incident Read(Fields f)
    {
        f.Only("type", "target", "alleged_author", "harm");
        return new(f.Enum<IncidentType>("type"), f.MaybeText("target", 400), f.MaybeText("alleged_author", 400), f.ReadAll("harm", HarmOf) is { Count: > 0 } harm ? harm : null);
    }

    public override IEnumerable<Claim> Claims(Statement statement) =>
        Harms.SelectMany(h => CountOf(statement, h.Measure, h.Counted, CutKind.During)).Prepend(EventOf(statement, Token.Of(Type), AllegedAuthor));

    public override Said Recounted(Func<Counted, Counted> instead) => Harm is null ? this : this with { Harm = [.. Harms.Select(h => h with { Counted = instead(h.Counted) })] };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type", Token.Of(Type));
        json.Write("target", Target);
        json.Write("alleged_author", AllegedAuthor);
        if (Harms.Count == 0)
        {
            return;
        }

        json.WriteStartArray("harm");
        foreach (var harm in Harms)
        {
            json.WriteStartObject();
            json.WriteString("measure", Token.Of(harm.Measure));
            json.Write("counted", harm.Counted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public override string ToString()
    {
        var what = Type is IncidentType.Other ? "an incident" : Token.Of(Type).Replace('-', ' ');
        return string.Concat(
            what,
            Target is null ? "" : $" on {Target}",
            AllegedAuthor is null ? "" : $", by {AllegedAuthor} according to the source",
            Harms.Count == 0 ? "" : ": " + string.Join(", ", Harms.Select(h => $"{h.Counted} {Verb(h.Measure)}")));
    }

    private static Harm HarmOf(Fields f)
    {
        f.Only("measure", "counted");
        return new(f.Enum<Measure>("measure"), f.Read("counted", Parts.CountedOf));
    }
}
