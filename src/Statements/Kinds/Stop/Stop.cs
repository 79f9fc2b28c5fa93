using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Stop;

/// <summary>Why a convoy stood still, in neutral words. Not said is the default, and is not "no reason".</summary>
public enum StopReason
{
    NotSaid,
    Fuel,
    Breakdown,
    Weather,
    Prayer,
    Medical,
    Shift,
    Order,
    Security,
}

/// <summary>A convoy's halt. By itself it is no incident and raises no alarm.</summary>
/// <param name="Minutes">How long it lasted, where said.</param>
public sealed record Stop(StopReason Reason = StopReason.NotSaid, string? Convoy = null, long? Minutes = null) : Said
{
    public const string Name = "stop";

    public override string Kind => Name;

    public static Stop Read(Fields f)
    {
        f.Only("reason", "convoy", "minutes");
        return new(f.MaybeEnum<StopReason>("reason") ?? StopReason.NotSaid, f.MaybeText("convoy", 200), f.MaybeWhole("minutes"));
    }

    public override void Check(Statement statement)
    {
        if (Minutes is < 0 or > 60 * 24 * 60)
        {
            throw new RefusedException("stop.minutes", "A halt lasts 0 to 86,400 minutes (60 days).", "said.minutes");
        }
    }

    public override IEnumerable<Claim> Claims(Statement statement) => [EventOf(statement, "convoy-stopped", batch: Convoy)];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("reason", Token.Of(Reason));
        json.Write("convoy", Convoy);
        if (Minutes is { } minutes)
        {
            json.WriteNumber("minutes", minutes);
        }
    }

    public override string ToString() => string.Concat(
        $"{Convoy ?? "a convoy"} stopped",
        Minutes is { } minutes ? $" for {Shown.Grouped(minutes)} minutes" : "",
        Reason is StopReason.NotSaid ? ", reason not said" : $", reason: {Token.Of(Reason)}");
}
