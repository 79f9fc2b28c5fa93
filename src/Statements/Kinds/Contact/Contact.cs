using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Kinds.Contact;

/// <summary>One line of the contact log: with which office the room spoke, what was asked, answered and promised. It never leaves the room, since who spoke to whom and when can be held against both.</summary>
/// <param name="Office">The office spoken to; a role, never a private person.</param>
/// <param name="Channel">By what means: telephone, radio, letter, in person.</param>
/// <param name="Promised">What was promised, in neutral words.</param>
/// <param name="PromisedBy">By when it was promised, where said.</param>
/// <param name="FollowUp">What the room is to do next.</param>
public sealed record Contact(string Office, string? Channel = null, string? Asked = null, string? Answered = null, string? Promised = null, Moment? PromisedBy = null, string? FollowUp = null) : Said
{
    public const string Name = "contact";

    public override string Kind => Name;

    public static Contact Read(Fields f)
    {
        f.Only("office", "channel", "asked", "answered", "promised", "promised_by", "follow_up");
        return new(f.Text("office", 400), f.MaybeText("channel", 80), f.MaybeText("asked", 2000), f.MaybeText("answered", 2000), f.MaybeText("promised", 2000), f.Has("promised_by") ? f.MomentOf("promised_by") : null, f.MaybeText("follow_up", 2000));
    }

    public override void Check(Statement statement)
    {
        if (statement.Handling is not Handling.Room)
        {
            throw new RefusedException("contact.room-only", "The contact log stays in the room; set 'handling' to room. To pass on what was promised, record an undertaking.", "handling");
        }

        if (PromisedBy is not null && Promised is null)
        {
            throw new RefusedException("contact.promised", "'promised_by' says by when; give what was promised in 'promised', or leave both out.", "said.promised_by");
        }
    }

    /// <summary>None. What was promised becomes owed when an undertaking by the office that promised it is recorded; here the room is the speaker.</summary>
    public override IEnumerable<Claim> Claims(Statement statement) => [];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("office", Office);
        json.Write("channel", Channel);
        json.Write("asked", Asked);
        json.Write("answered", Answered);
        json.Write("promised", Promised);
        json.Write("promised_by", PromisedBy?.ToString());
        json.Write("follow_up", FollowUp);
    }

    public override string ToString() => string.Concat(
        $"contact with {Office}",
        Channel is null ? "" : $" by {Channel}",
        Asked is null ? "" : $"; asked: {Asked}",
        Answered is null ? "; no answer noted" : $"; answered: {Answered}",
        Promised is null ? "" : $"; promised: {Promised}",
        PromisedBy is null ? "" : $", by {PromisedBy}",
        FollowUp is null ? "" : $"; follow-up: {FollowUp}");
}
