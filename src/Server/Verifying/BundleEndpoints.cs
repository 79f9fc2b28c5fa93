using System.Text;
using NodaTime;
using Safeconduct.Record;
using Safeconduct.Reports.Publishing;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Server.Verifying;

internal sealed record ReleaseRequest(string? To, string? Reason, string? Only);

internal sealed record ReleaseAnswer(long Entry, string Id, string ReleasedBy, string To, string Reason, string Scope, DateTimeOffset At);

/// <summary>
/// A copy of the record with its own verifier inside. For the parties and the public anybody of the room takes one, and a party its own; with what is for the room it leaves by
/// a release that the head of mission recorded, which says to whom and why, and carries nothing recorded after it.
/// </summary>
internal static class BundleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/operations/{op}/bundle", Take).Requires(Act.VerifyRecord);
        api.MapPost("/operations/{op}/bundle/releases", Let).Requires(Act.ReleaseCopy);
    }

    private static async Task<IResult> Let(string op, ReleaseRequest request, HttpContext context, HostedOperations operations, AccountsDb accounts, AuditLog audit, TimeProvider clock)
    {
        var (operation, member) = (operations.Get(op), context.Member());
        var name = (await accounts.Users.FindAsync(member.Account))?.UserName ?? "";
        var part = PartOf(request.Only, operation.Page);
        var release = new Release(name, request.To ?? "", request.Reason ?? "", Release.ScopeOf(part), Instant.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()));
        var receipt = await operation.Write((book, _) => book.Keep([new NewBody(release.ToBytes(), Release.Media)], operations.Now));
        audit.Add(op, member.Account, RoleWords.Of(member.Roles), "released-copy", $"entry {receipt.Index}", release.Reason);
        return Results.Json(new ReleaseAnswer(receipt.Index.Value, receipt.Id.ToString(), release.ReleasedBy, release.To, release.Reason, release.Scope, release.At.ToDateTimeOffset()), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Take(string op, string? @for, string? only, long? release, HttpContext context, HostedOperations operations, AuditLog audit, TimeProvider clock)
    {
        var (operation, member) = (operations.Get(op), context.Member());
        if (member.Is(Role.Auditor) && member.Roles.Count == 1)
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "bundle.not-for-auditor", "A bundle carries bodies; an auditor checks entries and checkpoint, which carry none.");
        }

        var (page, audience) = (operation.Page, AudienceOf(@for, member));
        var released = audience is Audience.Room ? ReleaseAt(release, page) : ((long Entry, Release Release)?)null;
        var statements = page.Book.Statements.Where(e => released is not { } r || e.Index.Value < r.Entry).ToList();
        var part = PartOf(only, page);
        if (released is { } let && let.Release.Scope != Release.ScopeOf(part))
        {
            throw new ServerRefusal(StatusCodes.Status403Forbidden, "bundle.other-scope", $"Released was {let.Release.Scope}; ask for that, or for another release.");
        }

        var copy = Copy.Of([.. statements.Select(e => e.Statement)], page.Operation, Instant.FromDateTimeOffset(clock.GetUtcNow()), audience, part, released?.Release);
        var entries = statements.Where(e => copy.Included.Contains(e.Statement.Id)).Select(e => e.Index.Value).ToHashSet();
        var opening = copy.Opens(entries, [.. page.Book.Documents.Where(d => released is not { } r || d.Index.Value <= r.Entry).Select(d => new PlacedDocument(d.Index.Value, d.Media[0], d.First))], released?.Entry);
        var terms = copy.Terms(page.Agreement, page.Operation);
        var papers = new ReaderPapers(copy.Lacks(opening.HasReport), terms is null ? null : Encoding.UTF8.GetBytes(terms), copy.Places(page.Operation));
        var files = await operation.ReadLog((book, keys) => Bundle.Write(book.Log, keys.Log, (entry, body) => opening.MayOpen(entry.Index.Value, body), Verifier(), papers));
        audit.Add(op, member.Account, RoleWords.Of(member.Roles), "took-bundle", $"{Token.Of(audience)} {Shown.Number(copy.Included.Count)} statements{(released is { } by ? $" release {Shown.Number(by.Entry)}" : "")}");

        // On the disk and not in memory, for nobody else to read, and gone as soon as it was sent.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var zip = new FileStream(Path.Combine(Path.GetTempPath(), $"safeconduct-{Guid.NewGuid():N}.zip"), options);
        try
        {
            StoredZip.Write(files, zip);
            zip.Position = 0;
            return Results.File(zip, "application/zip", $"{op}-{Token.Of(audience)}.zip");
        }
        catch
        {
            await zip.DisposeAsync();
            throw;
        }
    }

    /// <summary>For whom the copy is: what was asked for, and never more than the caller may have. The room's own copies are for the parties unless somebody says otherwise.</summary>
    private static Audience AudienceOf(string? asked, Member member)
    {
        var own = Asked.AudienceOf(member);
        if (asked is null)
        {
            return own is Audience.Room ? Audience.Parties : own;
        }

        return !Token.TryRead<Audience>(asked, out var audience) ? throw new RefusedException("bundle.audience", "A copy is for room, parties or public.", "for")
            : audience < own ? throw new ServerRefusal(StatusCodes.Status403Forbidden, "bundle.not-for-you", "You may take a copy of what is published to you, and no other.")
            : audience;
    }

    /// <exception cref="RefusedException"><c>bundle.needs-release</c>, <c>bundle.no-such-release</c>.</exception>
    private static (long Entry, Release Release) ReleaseAt(long? entry, BookPage page)
    {
        if (entry is null)
        {
            throw Copy.NeedsRelease();
        }

        return page.Book.Documents.FirstOrDefault(d => d.Index.Value == entry && d.Media[0] == Release.Media) is { } document
            ? (document.Index.Value, Release.Read(document.First))
            : throw new RefusedException("bundle.no-such-release", "There is no release at this entry of the record.", "release");
    }

    private static Part? PartOf(string? only, BookPage page)
    {
        if (only is not { Length: > 0 })
        {
            return null;
        }

        var lens = Lens.Parse(only);
        var part = Part.Of(lens.Value ?? Lens.Parse($"source:\"{only}\"").Value ?? throw new RefusedException(lens.Problems[0].Code, lens.Problems[0].Message, "only"), page.Statements);
        return page.Statements.Any(part.Has) ? part : throw new RefusedException("bundle.empty-part", "No statement of the record belongs to this part.", "only");
    }

    private static ReadOnlyMemory<byte> Verifier()
    {
        using var stream = typeof(BundleEndpoints).Assembly.GetManifestResourceStream("verify.py")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
