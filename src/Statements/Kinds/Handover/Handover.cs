using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Statements.Kinds.Handover;

/// <summary>A line passes from one observer to the next. The giver says so, and the taker says the same with a link that confirms the giver's statement; until then it is only offered.</summary>
/// <param name="Line">The line that passes, by its id or in the operation's words.</param>
/// <param name="Open">The counts that are still open and pass with it, in words.</param>
/// <param name="Alarms">Alarms not yet settled, in words.</param>
/// <param name="Note">What the next observer should know.</param>
public sealed record Handover(string Line, string? Open = null, string? Alarms = null, string? Note = null) : Said
{
    public const string Name = "handover";

    public override string Kind => Name;

    public static Handover Read(Fields f)
    {
        f.Only("line", "open", "alarms", "note");
        return new(f.Text("line", 200), f.MaybeText("open"), f.MaybeText("alarms"), f.MaybeText("note"));
    }

    /// <summary>None. An open count is unfinished and would be added to the closed one; whether the line was watched is said by <see cref="Coverage.Coverage"/>.</summary>
    public override IEnumerable<Claim> Claims(Statement statement) => [];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("line", Line);
        json.Write("open", Open);
        json.Write("alarms", Alarms);
        json.Write("note", Note);
    }

    public override string ToString() => string.Concat(
        $"{Line} handed over",
        Open is null ? "" : $"; open: {Open}",
        Alarms is null ? "" : $"; alarms: {Alarms}",
        Note is null ? "" : $"; note: {Note}");
}
