using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Status;

/// <summary>The states an operation, a route or a truce is said to be in.</summary>
public enum State
{
    Agreed,
    NotBegun,
    Running,
    Suspended,

    /// <summary>Stopped before its end.</summary>
    Halted,
    Resumed,
    Postponed,
    Complete,
    NotComplete,
    InForce,
    Ended,
}

/// <summary>An operation or route started, suspended, resumed, completed, as somebody says. Rival states stand side by side.</summary>
/// <param name="Subject">What is in the state.</param>
/// <param name="Cause">The cause given, in neutral words; an allegation where it names somebody.</param>
/// <param name="Vehicles">Vehicles that moved, where the words tie the state to them.</param>
public sealed record Status(SubjectKind Subject, State State, string? Cause = null, IReadOnlyList<Counted>? Vehicles = null) : Said
{
    public const string Name = "status";

    public override string Kind => Name;

    public IReadOnlyList<Counted> Fleet => Vehicles ?? [];

    public static Status Read(Fields f)
    {
        f.Only("subject", "state", "cause", "vehicles");
        return new(f.Enum<SubjectKind>("subject"), f.Enum<State>("state"), f.MaybeText("cause", 400), f.Counts("vehicles") is { Count: > 0 } v ? v : null);
    }

    public override IEnumerable<Claim> Claims(Statement statement) =>
        Fleet.SelectMany(v => CountOf(statement, Measure.Left, v, CutKind.During, "at the restart"))
            .Prepend(new Claim.Holds(new Claims.Subject(Subject, statement.Where.From ?? statement.Where.Via ?? statement.Where.To), Token.Of(State), statement.About, statement.Modality));

    public override Said Recounted(Func<Counted, Counted> instead) => Vehicles is null ? this : this with { Vehicles = [.. Fleet.Select(instead)] };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("subject", Token.Of(Subject));
        json.WriteString("state", Token.Of(State));
        json.Write("cause", Cause);
        json.Write("vehicles", Fleet);
    }

    public override string ToString() => string.Concat(
        $"{Token.Of(Subject)} {Token.Of(State).Replace('-', ' ')}",
        Cause is null ? "" : $"; cause given: {Cause}",
        Fleet.Count == 0 ? "" : $": {Told()}");

    /// <summary>Where the first contains the others it is their sum, and they are said as its parts.</summary>
    private string Told() => Fleet.Count > 1 && Fleet.Skip(1).All(v => v.Unit == Fleet[0].Unit && v.Category != Fleet[0].Category && Fleet[0].Category.Contains(v.Category))
        ? $"{Fleet[0]} ({string.Join(" and ", Fleet.Skip(1))})"
        : string.Join(" and ", Fleet);
}
