using System.Globalization;
using NodaTime;
using Safeconduct.Reports.Exchange.GeoJson;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports.Exchange.Cap;

/// <summary>An alert that the statements suggest. It is nothing until a named person released it.</summary>
/// <param name="Rests">Statements it rests on, in the record's order. None for a cancellation.</param>
/// <param name="Follows">The alert of the same chain that was released last; null where a chain begins.</param>
/// <param name="Resumes">The latest words are that movement goes on.</param>
/// <param name="Digest">Of all that it says; whoever releases names it, so that what goes out is what was read.</param>
public sealed record ProposedAlert(AlertMatter Matter, CapMessage Message, IReadOnlyList<Statement> Rests, ReleasedAlert? Follows, bool Resumes, IReadOnlyList<CapWords> Words, string Digest);

/// <summary>
/// Proposes alerts from what an audience may be shown, and makes a proposal into a message once somebody released it. Deterministic: the same statements and the same releases
/// propose the same. The choices of urgency, severity and certainty stand in <c>formats/cap.md</c>.
/// </summary>
public static class AlertDesk
{
    private const double SmallestCircleKilometres = 1;
    private const double SmallestPublicCircleKilometres = 10;
    private const int MostCorners = 200;
    private static readonly Duration Recent = Duration.FromHours(24);

    /// <param name="shown">The statements that the audience may be shown one by one, in the record's order: <see cref="Edition.Of"/>, then <see cref="Edition.OneByOne"/>.</param>
    /// <param name="released">Every alert released of this operation, in the record's order.</param>
    public static IReadOnlyList<ProposedAlert> Propose(IReadOnlyCollection<Statement> shown, IReadOnlyList<ReleasedAlert> released, Operation operation, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(released);
        ArgumentNullException.ThrowIfNull(operation);
        var replaced = shown.SelectMany(s => s.Claims()).OfType<Claim.About>().Where(a => a.Relation is Relation.Withdraws or Relation.Corrects or Relation.Supersedes).Select(a => a.Statement).ToHashSet();
        var standing = new Dictionary<string, (AlertMatter Matter, List<Statement> Said)>(StringComparer.Ordinal);
        foreach (var statement in shown.Where(s => s.Modality is Modality.Asserted or Modality.Denied && !replaced.Contains(s.Id)))
        {
            if (AlertMatter.Of(statement, operation.Zone) is { } of)
            {
                var key = of.Matter.ToString();
                if (!standing.TryGetValue(key, out var said))
                {
                    standing[key] = said = (of.Matter, []);
                }

                said.Said.Add(statement);
            }
        }

        var known = shown.Select(s => s.Id).ToHashSet();
        var own = released.Where(r => r.Audience == audience).ToList();
        foreach (var alert in own)
        {
            standing.TryAdd(alert.Matter.ToString(), (alert.Matter, []));
        }

        return
        [
            .. standing.OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => Next(s.Value.Matter, s.Value.Said, [.. own.Where(r => r.Matter.ToString() == s.Key)], known, operation, audience)).OfType<ProposedAlert>(),
        ];
    }

    /// <summary>The message of a proposal, released at a time. Its number is one more than the alerts released before it, so no two have the same.</summary>
    /// <param name="sender">Names the mission's operation, without spaces: <see cref="SenderOf"/>.</param>
    public static CapAlert Message(ProposedAlert proposal, IReadOnlyList<ReleasedAlert> released, Operation operation, Audience audience, string sender, CapStatus status, Instant at, IReadOnlyDictionary<PlaceId, Shape> outlines)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(released);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(outlines);
        var spoken = proposal.Rests.Where(s => IsResumption(s, operation) == proposal.Resumes).ToList();
        var asserted = spoken.Where(s => s.Modality is Modality.Asserted).ToList();
        var sent = ToSecond(at, operation.Zone);
        var begun = asserted.Count == 0 ? (Instant?)null : asserted.Min(s => s.About.Earliest(operation.Zone));
        return new CapAlert(
            $"{sender}.{(released.Count + 1).ToString(CultureInfo.InvariantCulture)}",
            sender,
            sent,
            status,
            proposal.Message,
            audience switch { Audience.Room => "For the mission's own room.", Audience.Parties => "For the parties and guarantors of the arrangement.", _ => null },
            proposal.Message is CapMessage.Cancel ? AlertWords.All[0].Phrases.TakenBack : null,
            proposal.Follows is { } follows ? [new CapReference(follows.Sender, follows.Identifier, follows.Sent)] : [],
            proposal.Matter.Topic is AlertTopic.Fire ? "Security" : "Transport",
            UrgencyOf(proposal, begun, at),
            proposal.Message is CapMessage.Cancel || proposal.Resumes ? CapSeverity.Minor : proposal.Matter.Topic is AlertTopic.Fire ? CapSeverity.Severe : CapSeverity.Moderate,
            CertaintyOf(proposal, spoken, asserted),
            begun is { } onset ? ToSecond(onset, operation.Zone) : null,
            operation.Name,
            proposal.Words,
            [.. proposal.Rests.Select(s => ("statement", s.Id.Value)).Prepend(("matter", proposal.Matter.ToString()))],
            AreaOf(proposal.Matter.Place, operation.Gazetteer, audience, outlines));
    }

    /// <summary>A sender's name made of the operation's id, which no other operation has.</summary>
    public static string SenderOf(string operationId)
    {
        ArgumentNullException.ThrowIfNull(operationId);
        return "safeconduct." + operationId[..Math.Min(16, operationId.Length)];
    }

    private static ProposedAlert? Next(AlertMatter matter, List<Statement> standing, List<ReleasedAlert> chain, HashSet<StatementId> known, Operation operation, Audience audience)
    {
        var last = chain.LastOrDefault();
        var follows = last is { Message: not CapMessage.Cancel } ? last : null;
        var spent = chain.Where(a => follows is null || !a.Rests.SequenceEqual(follows.Rests)).SelectMany(a => a.Rests).ToHashSet();

        // A later halt after a reported resumption begins a chain of its own; it does not reopen the one that ended.
        if (follows is { Resumes: true } && standing.Exists(s => IsTrouble(s, operation) && !chain.Exists(a => a.Rests.Contains(s.Id)) && s.About.Earliest(operation.Zone) > follows.Until))
        {
            spent.UnionWith(follows.Rests);
            follows = null;
        }

        var rests = standing.Where(s => follows?.Rests.Contains(s.Id) == true || !spent.Contains(s.Id)).ToList();
        if (follows is null)
        {
            return rests.Exists(s => IsTrouble(s, operation)) ? Proposed(matter, CapMessage.Alert, rests, null, operation, audience) : null;
        }

        // Taken back is what its source took back; what may only not be shown now is no reason to say so.
        return !rests.Exists(s => IsTrouble(s, operation)) ? (follows.Rests.All(known.Contains) ? Proposed(matter, CapMessage.Cancel, [], follows, operation, audience) : null)
            : rests.Select(s => s.Id).ToHashSet().SetEquals(follows.Rests) ? null
            : Proposed(matter, CapMessage.Update, rests, follows, operation, audience);
    }

    private static ProposedAlert Proposed(AlertMatter matter, CapMessage message, List<Statement> rests, ReleasedAlert? follows, Operation operation, Audience audience)
    {
        var (goesOn, stopped) = (rests.Where(s => s.Modality is Modality.Asserted && IsResumption(s, operation)).ToList(), rests.Where(s => IsTrouble(s, operation)).ToList());
        var resumes = goesOn.Count > 0 && goesOn.Max(s => s.About.Latest(operation.Zone)) >= stopped.Max(s => s.About.Latest(operation.Zone));
        var place = PlaceNameOf(matter.Place, operation.Gazetteer, audience);
        var words = AlertWords.All.Select(l => WordsOf(l.Language, l.Phrases, matter, message, rests, resumes, place, operation)).ToList();
        var said = string.Join('\n', words.SelectMany(w => new[] { w.Language, w.Headline, w.Description }).Prepend(string.Join(' ', rests.Select(s => s.Id.Value))).Prepend(follows?.Identifier ?? "").Prepend($"{matter} {message} {audience}"));
        return new ProposedAlert(matter, message, rests, follows, resumes, words, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(said))));
    }

    private static CapWords WordsOf(string language, AlertWords.Phrases p, AlertMatter matter, CapMessage message, List<Statement> rests, bool resumes, string place, Operation operation)
    {
        var matterWords = matter.Topic switch { AlertTopic.Halt => p.Stopped, AlertTopic.Closure => p.Closed, AlertTopic.Fire => p.Fire, _ => throw new ArgumentOutOfRangeException(nameof(matter)) };
        var what = (resumes ? p.Resumed : matterWords) + p.AsReported;
        if (message is CapMessage.Cancel)
        {
            return new CapWords(language, what, $"{p.TakenBack} {p.Place}: {place}.", $"{p.TakenBack}\n{p.NotAFinding}", p.StillCheck);
        }

        // One line a source, of equal size, in the record's order: no voice is counted and none stands above the others.
        var lines = rests.Select(s => $"- {(IsResumption(s, operation) ? p.Resumed : matterWords)}: {(s.Modality is Modality.Denied ? p.DeniedBy : p.ReportedBy)} {s.SaidBy.Name} ({s.About}; {s.Id})");
        return new CapWords(language, what, $"{what}. {p.Place}: {place}.", string.Join('\n', lines.Append(p.NotAFinding)), p.StillCheck);
    }

    private static bool IsTrouble(Statement statement, Operation operation) => statement.Modality is Modality.Asserted && AlertMatter.Of(statement, operation.Zone) is { IsResumption: false };

    private static bool IsResumption(Statement statement, Operation operation) => AlertMatter.Of(statement, operation.Zone) is { IsResumption: true };

    // What is long past is past; of a state nobody says whether it still lasts.
    private static CapUrgency UrgencyOf(ProposedAlert proposal, Instant? begun, Instant at) =>
        proposal.Message is CapMessage.Cancel || proposal.Resumes || begun is not { } onset ? CapUrgency.Unknown
        : at - onset <= Recent ? CapUrgency.Immediate
        : proposal.Matter.Topic is AlertTopic.Fire ? CapUrgency.Past
        : CapUrgency.Unknown;

    // Of what the message says happened: the stop, or, where the latest words are that movement goes on, that.
    private static CapCertainty CertaintyOf(ProposedAlert proposal, List<Statement> spoken, List<Statement> asserted)
    {
        static bool WasSeen(Statement s) => s.Basis is Basis.Seen or Basis.Counted;
        return proposal.Message is CapMessage.Cancel ? CapCertainty.Unknown
            : asserted.Exists(s => s.SaidBy.Kind is SourceKind.OwnObservers && WasSeen(s)) ? CapCertainty.Observed
            : spoken.Exists(s => s.Modality is Modality.Denied) ? CapCertainty.Unknown
            : asserted.Exists(WasSeen) ? CapCertainty.Likely
            : CapCertainty.Possible;
    }

    // For the public the widest area alone is named: a place by itself would be somewhere to aim at.
    private static PlaceId? AreaFor(PlaceId? place, Gazetteer gazetteer, Audience audience) => place is { } p && audience is Audience.Public ? gazetteer.Upward(gazetteer.Find(p) is { Within: null, Between: { From: var one } } ? one : p).Last() : place;

    private static string PlaceNameOf(PlaceId? place, Gazetteer gazetteer, Audience audience) => AreaFor(place, gazetteer, audience) is { } area ? gazetteer.NameOf(area) : "-";

    private static CapArea? AreaOf(PlaceId? place, Gazetteer gazetteer, Audience audience, IReadOnlyDictionary<PlaceId, Shape> outlines)
    {
        if (AreaFor(place, gazetteer, audience) is not { } area)
        {
            return null;
        }

        var found = gazetteer.Find(area);
        if (found is not null && outlines.GetValueOrDefault(area) is Shape.Area { Polygons: var polygons } && polygons.Sum(p => p[0].Count) <= MostCorners)
        {
            return new CapArea(gazetteer.NameOf(area), null, [.. polygons.Select(p => p[0])]);
        }

        // A point of the smallest size that the audience gets, or of what the list of places says it stands for.
        var smallest = audience is Audience.Public ? SmallestPublicCircleKilometres : SmallestCircleKilometres;
        return new CapArea(
            gazetteer.NameOf(area),
            found is not null && Located.PositionOf(found) is { } at ? (Rounded(at, audience), Math.Max(smallest, (found.AccuracyMetres ?? 0) / 1000)) : null,
            []);
    }

    private static Position Rounded(Position at, Audience audience)
    {
        var digits = audience is Audience.Public ? 1 : 2;
        return new(Math.Round(at.Longitude, digits), Math.Round(at.Latitude, digits));
    }

    private static OffsetDateTime ToSecond(Instant at, DateTimeZone zone) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds()).InZone(zone).ToOffsetDateTime();
}
