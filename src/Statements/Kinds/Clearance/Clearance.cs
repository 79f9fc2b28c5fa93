using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Statements.Kinds.Clearance;

/// <summary>How far a convoy's clearance with one party has come. None of them makes a road safe: a notification gives no guarantee of safety.</summary>
public enum ClearanceState
{
    /// <summary>The party was told of the convoy.</summary>
    Notified,

    /// <summary>The party said that it was told.</summary>
    Acknowledged,

    /// <summary>The party said that the convoy may pass.</summary>
    Cleared,

    /// <summary>The party took its word back.</summary>
    Withdrawn,
}

/// <summary>The clearance of one convoy with one party; the time spoken of is when it came to this. It never leaves the room: it says which convoy goes when.</summary>
/// <param name="Convoy">Words that single out the convoy.</param>
/// <param name="Reference">The number under which the party or the room files it.</param>
public sealed record Clearance(string Convoy, Party Party, ClearanceState State, string? Reference = null) : Said
{
    public const string Name = "clearance";

    public override string Kind => Name;

    public static Clearance Read(Fields f)
    {
        f.Only("convoy", "party", "state", "reference");
        return new(f.Text("convoy", 200), f.Read("party", Party.Read), f.Enum<ClearanceState>("state"), f.MaybeText("reference", 200));
    }

    public override void Check(Statement statement)
    {
        if (statement.Handling is not Handling.Room)
        {
            throw new RefusedException("clearance.room-only", "Clearances stay in the room, since they say which convoy goes when; set 'handling' to room.", "handling");
        }
    }

    /// <summary>None. A clearance is no step of the convoy's way, and "cleared" must never be read as a state of the road.</summary>
    public override IEnumerable<Claim> Claims(Statement statement) => [];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("convoy", Convoy);
        Party.Write(json, "party");
        json.WriteString("state", Token.Of(State));
        json.Write("reference", Reference);
    }

    public override string ToString() => string.Concat(
        $"{Convoy}: ",
        State switch
        {
            ClearanceState.Notified => $"notified to {Party}",
            ClearanceState.Acknowledged => $"acknowledged by {Party}",
            ClearanceState.Cleared => $"cleared by {Party}",
            ClearanceState.Withdrawn => $"clearance withdrawn by {Party}",
            _ => throw new InvalidOperationException(),
        },
        Reference is null ? "" : $" (reference {Reference})");
}
