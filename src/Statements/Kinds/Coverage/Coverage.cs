using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Kinds.Coverage;

/// <summary>A line was watched over the time spoken of, or was not. "No report" means something only where somebody watched.</summary>
/// <param name="Watched">True for a watch, false for a gap.</param>
/// <param name="Line">Which line, in the operation's words; the place stands in the statement.</param>
/// <param name="Reason">For a gap, why, where said.</param>
public sealed record Coverage(bool Watched, string? Line = null, string? Reason = null) : Said
{
    public const string Name = "coverage";

    public override string Kind => Name;

    public static Coverage Read(Fields f)
    {
        f.Only("watched", "line", "reason");
        return f.Has("watched")
            ? new(f.Flag("watched"), f.MaybeText("line", 200), f.MaybeText("reason", 400))
            : throw new RefusedException("body.missing", "'watched' is missing: true for a watch, false for a gap.", f.Path);
    }

    public override IEnumerable<Claim> Claims(Statement statement) =>
        [new Claim.Holds(new Subject(SubjectKind.Line, statement.Where.Via ?? statement.Where.From ?? statement.Where.To), Watched ? "watched" : "not-watched", statement.About, statement.Modality)];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("watched", Watched);
        json.Write("line", Line);
        json.Write("reason", Reason);
    }

    public override string ToString() => $"{Line ?? "the line"} {(Watched ? "watched" : "not watched")}{(Reason is null ? "" : $"; reason: {Reason}")}";
}
