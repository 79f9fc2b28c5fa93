using NodaTime;
using NodaTime.Text;
using Safeconduct.Reports.Publishing;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Reports.Exchange.Cap;

/// <summary>
/// That an alert was released: what stands first in its entry of the record, before the message itself (<see cref="CapXml.Media"/>) and who released it
/// (<see cref="AlertRelease"/>). The chains are read from these alone, so they outlive every account. Byte layout: <c>formats/cap.md</c>.
/// </summary>
/// <param name="Rests">The statements it rests on.</param>
/// <param name="Until">The end of the latest time spoken of, where movement is said to go on.</param>
public sealed record ReleasedAlert(
    string Identifier, string Sender, OffsetDateTime Sent, Audience Audience, AlertMatter Matter, CapMessage Message, bool Resumes, Instant Until, IReadOnlyList<StatementId> Rests, string? Follows)
{
    public const string Media = "application/vnd.safeconduct.alert+json";

    /// <summary>Which file of its entry the message is.</summary>
    public const int MessageFile = 1;
    private static readonly OffsetDateTimePattern Time = OffsetDateTimePattern.Rfc3339;

    /// <summary>What is recorded of a message made of a proposal.</summary>
    public static ReleasedAlert Of(ProposedAlert proposal, CapAlert message, Audience audience, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(operation);
        var until = proposal.Rests.Select(s => s.About.Latest(operation.Zone)).Append(Instant.MinValue).Max();
        return new(message.Identifier, message.Sender, message.Sent, audience, proposal.Matter, proposal.Message, proposal.Resumes, until == Instant.MinValue ? message.Sent.ToInstant() : until, [.. proposal.Rests.Select(s => s.Id)], proposal.Follows?.Identifier);
    }

    /// <exception cref="RefusedException">It is not a released alert; the place says where.</exception>
    public static ReleasedAlert Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Documents.Open(bytes);
        var f = new Fields(document.RootElement, "alert");
        f.Only("v", "identifier", "sender", "sent", "for", "topic", "subject", "place", "day", "message", "resumes", "until", "statements", "follows");
        var sent = Time.Parse(f.Text("sent", 40));
        var day = f.MaybeText("day", 10) is { } d ? LocalDatePattern.Iso.Parse(d) : null;
        return sent.Success && day is null or { Success: true }
            ? new(
                f.Text("identifier", 200), f.Text("sender", 200), sent.Value, f.Enum<Audience>("for"),
                new AlertMatter(f.Enum<AlertTopic>("topic"), f.MaybeEnum<SubjectKind>("subject"), f.MaybeText("place", 80) is { } p ? new PlaceId(p) : null, day?.Value),
                f.Enum<CapMessage>("message"), f.Flag("resumes"), Documents.InstantOf(f, "until"), [.. (f.MaybeTexts("statements") ?? []).Select(s => new StatementId(s))], f.MaybeText("follows", 200))
            : throw new RefusedException("time.not-a-time", "The alert's times can't be read.", "alert.sent");
    }

    public byte[] ToBytes() => Documents.Written(json =>
    {
        json.WriteString("identifier", Identifier);
        json.WriteString("sender", Sender);
        json.WriteString("sent", Time.Format(Sent));
        json.WriteString("for", Token.Of(Audience));
        json.WriteString("topic", Token.Of(Matter.Topic));
        JsonFields.Text(json, "subject", Matter.Subject is { } s ? Token.Of(s) : null);
        JsonFields.Text(json, "place", Matter.Place?.Value);
        JsonFields.Text(json, "day", Matter.Day is { } day ? LocalDatePattern.Iso.Format(day) : null);
        json.WriteString("message", Token.Of(Message));
        if (Resumes)
        {
            json.WriteBoolean("resumes", true);
        }

        json.WriteString("until", InstantPattern.General.Format(Until));
        JsonFields.Texts(json, "statements", Rests.Select(r => r.Value));
        JsonFields.Text(json, "follows", Follows);
    });
}

/// <summary>Who released an alert. The last file of its entry; it stays in the room.</summary>
/// <param name="By">A name as colleagues know it.</param>
public sealed record AlertRelease(string By)
{
    public const string Media = "application/vnd.safeconduct.alert-release+json";
    public const int LongestName = 200;

    public string By { get; } = By.Trim().Length is > 0 and <= LongestName ? By.Trim() : throw new RefusedException("alert.no-name", "An alert leaves the room when a named person releases it; say who.", "by");

    /// <exception cref="RefusedException">It is not a release; the place says where.</exception>
    public static AlertRelease Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Documents.Open(bytes);
        var f = new Fields(document.RootElement, "alert_release");
        f.Only("v", "by");
        return new(f.Text("by", LongestName));
    }

    public byte[] ToBytes() => Documents.Written(json => json.WriteString("by", By));
}
