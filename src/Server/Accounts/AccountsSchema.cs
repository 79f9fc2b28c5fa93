using Microsoft.EntityFrameworkCore;

namespace Safeconduct.Server.Accounts;

/// <summary>Makes the file of accounts, or finds it as it should be.</summary>
internal static class AccountsSchema
{
    public static async Task Prepare(AccountsDb accounts)
    {
        // A new file gets every table, and one from before a table was thought of gets that one; what stands in it is left as it is.
        await accounts.Database.ExecuteSqlRawAsync(accounts.Database.GenerateCreateScript()
            .Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal)
            .Replace("INDEX \"", "INDEX IF NOT EXISTS \"", StringComparison.Ordinal));

        // Readers go on while somebody writes, and a commit is on the disk before it is answered.
        await accounts.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    }
}
