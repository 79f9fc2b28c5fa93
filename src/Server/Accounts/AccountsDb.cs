using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Collect;

namespace Safeconduct.Server.Accounts;

/// <summary>A person who may sign in. The name is what colleagues call them; it stands in no log and no header of the record.</summary>
public sealed class Account : IdentityUser
{
    public string Language { get; set; } = "en";

    public bool IsAdministrator { get; set; }

    /// <summary>The last 30-second step whose one-time code was accepted: a code is good once.</summary>
    public long LastTimeStep { get; set; }
}

/// <summary>What an account is in one operation.</summary>
public sealed class Membership
{
    public int Id { get; set; }

    public required string AccountId { get; set; }

    public required string Operation { get; set; }

    /// <summary>Roles in the words of the interface, with a comma between.</summary>
    public required string Roles { get; set; }

    public string? PartyId { get; set; }

    public string? PartyName { get; set; }
}

/// <summary>A one-time code by which somebody makes an account, or joins an operation with the one they have. Only its hash is kept.</summary>
public sealed class Invitation
{
    public int Id { get; set; }

    public required string CodeHash { get; set; }

    /// <summary>Null: the invitation of the server's administrator.</summary>
    public string? Operation { get; set; }

    public required string Roles { get; set; }

    public string? PartyId { get; set; }

    public string? PartyName { get; set; }

    public string? NameSuggestion { get; set; }

    public required string InvitedBy { get; set; }

    public long ExpiresUnix { get; set; }

    public bool IsUsed { get; set; }

    /// <summary>Between the two steps of acceptance: what was entered in the first.</summary>
    public string? PendingName { get; set; }

    public string? PendingPasswordHash { get; set; }

    public string? PendingLanguage { get; set; }

    public string? PendingSecret { get; set; }
}

/// <summary>An enrolled device: who holds it is known here alone, never in the record's headers.</summary>
public sealed class EnrolledDevice
{
    public required string Id { get; set; }

    public required string Operation { get; set; }

    public required string Label { get; set; }

    public string? Holder { get; set; }

    public string? CodeHash { get; set; }

    public long CodeExpiresUnix { get; set; }

    public string? TokenHash { get; set; }

    /// <summary>Pseudonyms it had, the newest last, with a comma between.</summary>
    public string Kids { get; set; } = "";

    public long? LastHeardUnix { get; set; }

    public string? Revoked { get; set; }
}

/// <summary>One line of the audit log; each carries the hash of the one before.</summary>
public sealed class AuditLine
{
    public long N { get; set; }

    public long AtUnixMs { get; set; }

    public string? Operation { get; set; }

    public required string Who { get; set; }

    public required string Role { get; set; }

    public required string Act { get; set; }

    public required string Target { get; set; }

    public string? Reason { get; set; }

    public required string Hash { get; set; }
}

/// <summary>A glass that was broken: an auditor may open bodies until then.</summary>
public sealed class BrokenGlass
{
    public int Id { get; set; }

    public required string AccountId { get; set; }

    public required string Operation { get; set; }

    public required string Reason { get; set; }

    public long UntilUnix { get; set; }
}

/// <summary>
/// A report that is being made: what was chosen, the size of the record it was composed from, and the SHA-256 of each edition. The editions themselves are not kept: the same
/// record gives the same bytes, and what was signed is compared with what is published.
/// </summary>
public sealed class ReportDraft
{
    public required string Id { get; set; }

    public required string Operation { get; set; }

    public required string Reference { get; set; }

    public required string Title { get; set; }

    public long CutOffUnix { get; set; }

    public long? PeriodStartUnix { get; set; }

    public string? Remark { get; set; }

    public string? Corrects { get; set; }

    public bool IsFlash { get; set; }

    /// <summary>Offices, one a line.</summary>
    public string Distribution { get; set; } = "";

    /// <summary>Of the summaries behind the English report, with a space between.</summary>
    public string Languages { get; set; } = "";

    /// <summary>Ids of statements let go early, with a space between.</summary>
    public string ReleasedEarly { get; set; } = "";

    public long Size { get; set; }

    /// <summary>"room:SHA-256:LENGTH:WITHHELD:HELDBACK", with a space between.</summary>
    public string Editions { get; set; } = "";

    /// <summary>Account ids.</summary>
    public required string ComposedBy { get; set; }

    public string? CheckedBy { get; set; }

    public string? ClearedBy { get; set; }
}

/// <summary>
/// What a partner's program reads feeds with: it reads, and nothing else, and never what the room alone may see. Only its hash is kept; a key without one is the public feed
/// opened to anybody.
/// </summary>
public sealed class FeedKey
{
    public required string Id { get; set; }

    public required string Operation { get; set; }

    /// <summary>Who uses it: an office, never a person.</summary>
    public required string Name { get; set; }

    /// <summary>"parties" or "public".</summary>
    public required string Audience { get; set; }

    public string? KeyHash { get; set; }

    /// <summary>The account that made it.</summary>
    public required string MadeBy { get; set; }

    public long MadeUnix { get; set; }

    public long ExpiresUnix { get; set; }

    public long? RevokedUnix { get; set; }

    /// <summary>To the hour.</summary>
    public long? LastUsedUnix { get; set; }
}

/// <summary>An address that is told when something is published. Its secret is kept encrypted by the server's own keys, which lie apart from this file.</summary>
public sealed class Webhook
{
    public required string Id { get; set; }

    public required string Operation { get; set; }

    public required string Url { get; set; }

    /// <summary>"parties" or "public".</summary>
    public required string Audience { get; set; }

    public required string SealedSecret { get; set; }

    /// <summary>The account that made it.</summary>
    public required string MadeBy { get; set; }

    public long MadeUnix { get; set; }

    /// <summary>What the record holds before this entry is queued already, or was published before the webhook was made.</summary>
    public long NextEntry { get; set; }

    public long? DisabledUnix { get; set; }

    public string? DisabledWhy { get; set; }
}

/// <summary>One event on its way to one webhook. It is queued once, by its id, and sent until it is taken or given up.</summary>
public sealed class WebhookDelivery
{
    public required string Id { get; set; }

    public required string Webhook { get; set; }

    public long Entry { get; set; }

    public required string Event { get; set; }

    /// <summary>The reference that it speaks of.</summary>
    public required string About { get; set; }

    public required string Body { get; set; }

    /// <summary>"waiting", "delivered" or "failed".</summary>
    public required string State { get; set; }

    public int Tries { get; set; }

    public long NextUnixMs { get; set; }

    public long? LastUnixMs { get; set; }

    public int? LastStatus { get; set; }

    public string? LastError { get; set; }
}

/// <summary>People, devices, drafts and the audit log, in SQLite. Not derived from the record: this file is backed up.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityUserContext<Account>(options)
{
    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<EnrolledDevice> Devices => Set<EnrolledDevice>();

    public DbSet<AuditLine> Audit => Set<AuditLine>();

    public DbSet<ReportDraft> Drafts => Set<ReportDraft>();

    public DbSet<BrokenGlass> Glasses => Set<BrokenGlass>();

    public DbSet<FeedKey> FeedKeys => Set<FeedKey>();

    public DbSet<AppUser> AppUsers => Set<AppUser>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> Deliveries => Set<WebhookDelivery>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Membership>().HasIndex(m => new { m.AccountId, m.Operation }).IsUnique();
        builder.Entity<Invitation>().HasIndex(i => i.CodeHash).IsUnique();
        builder.Entity<EnrolledDevice>().HasKey(d => d.Id);
        builder.Entity<EnrolledDevice>().HasIndex(d => d.TokenHash);
        builder.Entity<EnrolledDevice>().HasIndex(d => d.CodeHash);
        builder.Entity<ReportDraft>().HasKey(d => d.Id);
        builder.Entity<FeedKey>().HasKey(k => k.Id);
        builder.Entity<FeedKey>().HasIndex(k => k.KeyHash);
        builder.Entity<Webhook>().HasKey(w => w.Id);
        builder.Entity<WebhookDelivery>().HasKey(d => d.Id);
        builder.Entity<WebhookDelivery>().HasIndex(d => new { d.Webhook, d.State });
        builder.Entity<AppUser>().HasKey(u => u.Id);
        builder.Entity<AuditLine>().HasKey(a => a.N);
        builder.Entity<AuditLine>().Property(a => a.N).ValueGeneratedNever();
    }
}
