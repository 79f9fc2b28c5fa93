using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Accounts;

namespace Safeconduct.Server.Audit;

/// <summary>
/// Who did what, in the order in which it was done: appended, never changed. Each line carries the SHA-256 of the line before and of itself, so that a line
/// taken out shows. One writer; a line is durable before the act it stands for is answered.
/// </summary>
public sealed class AuditLog(IDbContextFactory<AccountsDb> factory, TimeProvider clock)
{
    private readonly Lock gate = new();
    private (long N, string Hash)? last;

    /// <param name="who">An account's or a device's id, or "server".</param>
    /// <param name="target">What was acted on, by id: never a body's words.</param>
    public void Add(string? operation, string who, string role, string act, string target, string? reason = null)
    {
        lock (gate)
        {
            using var accounts = factory.CreateDbContext();
            var (n, before) = last ??= accounts.Audit.OrderByDescending(a => a.N).Select(a => new { a.N, a.Hash }).AsEnumerable().Select(a => (a.N, a.Hash)).FirstOrDefault((0, ""));
            var line = new AuditLine { N = n + 1, AtUnixMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Operation = operation, Who = who, Role = role, Act = act, Target = target, Reason = reason, Hash = "" };
            line.Hash = HashOf(line, before);
            accounts.Audit.Add(line);
            accounts.SaveChanges();
            last = (line.N, line.Hash);
        }
    }

    /// <summary>The first line whose hash does not follow from it and the line before, or null where the whole log holds.</summary>
    public long? FirstBroken()
    {
        using var accounts = factory.CreateDbContext();
        var before = "";
        long n = 0;
        foreach (var line in accounts.Audit.AsNoTracking().OrderBy(a => a.N).AsEnumerable())
        {
            if (line.N != ++n || line.Hash != HashOf(line, before))
            {
                return n;
            }

            before = line.Hash;
        }

        return null;
    }

    private static string HashOf(AuditLine line, string before)
    {
        string?[] parts = [before, line.N.ToString(CultureInfo.InvariantCulture), line.AtUnixMs.ToString(CultureInfo.InvariantCulture), line.Operation, line.Who, line.Role, line.Act, line.Target, line.Reason];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(p => (p ?? "").Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))))));
    }
}
