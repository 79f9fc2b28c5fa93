using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Safeconduct.Intake.Typed;
using Safeconduct.Reports;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Situation;

/// <summary>What a reading call asks for, and what its caller may be shown of it. Every reading address goes through here.</summary>
internal sealed record Asked(View View, Audience Audience)
{
    /// <summary>What each audience may be shown of a page: read from a large book it takes a while, and every address asks. Gone with its page.</summary>
    private static readonly ConditionalWeakTable<BookPage, ConcurrentDictionary<(Audience, long Minute), IReadOnlyList<Statement>>> Kept = [];

    /// <exception cref="RefusedException">The lens or the time can't be read.</exception>
    /// <exception cref="ServerRefusal"><c>lens.stays-in-room</c>.</exception>
    public static Asked Of(HttpContext context, HostedOperation operation)
    {
        var audience = AudienceOf(context.Member());
        var query = context.Request.Query;
        var lens = query["lens"].ToString() is { Length: > 0 } text ? Lens.Parse(text) : null;
        if (lens is { Value: null, Problems: [var problem, ..] })
        {
            throw new RefusedException(problem.Code, problem.Message, problem.Place.Length == 0 ? "lens" : problem.Place);
        }

        if (audience is not Audience.Room && lens?.Value is { IsAll: false })
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "lens.stays-in-room", "Lenses are for the room; here everything published to you is shown.");
        }

        var known = query["known"].ToString() is { Length: > 0 } k
            ? Token.TryRead<Known>(k, out var read) ? read : throw new ServerRefusal(StatusCodes.Status422UnprocessableEntity, "known.unknown", "known is possibly or certainly.")
            : Known.Possibly;
        var asOf = query["as_of"].ToString() is { Length: > 0 } t ? TypedTime.AsOf(t, operation.Operation.Zone) : (NodaTime.Instant?)null;
        return new Asked(new View(lens?.Value ?? Lens.All, asOf, known), audience);
    }

    /// <summary>Observers and the room see the room; parties and guarantors what is theirs. Who is nothing here sees what is public.</summary>
    public static Audience AudienceOf(Member member) =>
        member.IsInRoom || member.Is(Role.Auditor) ? Audience.Room
        : member.Is(Role.Party) || member.Is(Role.Guarantor) ? Audience.Parties
        : Audience.Public;

    /// <summary>
    /// The statements that the caller may be shown, whatever the view; outside the room nothing that is still under way, and no account or watch by itself.
    /// </summary>
    public IReadOnlyList<Statement> Shown(BookPage page, HostedOperation operation, DateTimeOffset now)
    {
        // Told anew each minute, and of the minute that has begun: what is let go by the clock goes up to a minute late, never early.
        var minute = now.ToUnixTimeSeconds() / 60;
        var kept = Kept.GetValue(page, _ => new());
        if (kept.TryGetValue((Audience, minute), out var shown))
        {
            return shown;
        }

        foreach (var past in kept.Keys.Where(k => k.Minute != minute))
        {
            kept.TryRemove(past, out _);
        }

        return kept[(Audience, minute)] = Audience is Audience.Room
            ? [.. page.Statements.Where(s => Disclosure.MayShow(s, Audience.Room))]
            : [.. Edition.OneByOne(Edition.Of(page.Statements, page.Operation, SettingsFor(operation, DateTimeOffset.FromUnixTimeSeconds(minute * 60))).Shown, Audience)];
    }

    public ReportSettings SettingsFor(HostedOperation operation, DateTimeOffset now) =>
        new("room", operation.Operation.Name, NodaTime.Instant.FromDateTimeOffset(now), Audience);
}
