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

        await Widen(accounts);

        // Readers go on while somebody writes, and a commit is on the disk before it is answered.
        await accounts.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    }

    /// <summary>A table from before a column was thought of gets it, empty: the columns that were added since the first version, each with what stands in old rows.</summary>
    private static async Task Widen(AccountsDb accounts)
    {
        var there = await accounts.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS \"Value\" FROM pragma_table_info('Drafts') WHERE name = 'Languages'").SingleAsync();
        if (there == 0)
        {
            await accounts.Database.ExecuteSqlRawAsync("ALTER TABLE \"Drafts\" ADD COLUMN \"Languages\" TEXT NOT NULL DEFAULT ''");
        }
    }
}
