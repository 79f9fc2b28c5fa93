using Safeconduct.Record;
using Safeconduct.Statements;

namespace Safeconduct.Server.Keeping;

/// <summary><c>backup --data DIR FILE [--with-keys]</c> and <c>restore FILE --data DIR</c>. Exit 0 done, 1 the input says something is wrong, 2 wrong usage.</summary>
internal static class KeepingCommands
{
    public static bool IsOne(string[] args) => args is ["backup" or "restore", ..];

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var (data, file, withKeys) = ((string?)null, (string?)null, false);
        for (var i = 1; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--data" when i + 1 < args.Length:
                    data = args[++i];
                    break;
                case "--with-keys" when args[0] is "backup":
                    withKeys = true;
                    break;
                case var word when !word.StartsWith('-') && file is null:
                    file = word;
                    break;
                default:
                    error.WriteLine($"safeconduct {args[0]}: '{args[i]}' is not understood. {Usage(args[0])}");
                    return 2;
            }
        }

        if (data is null || file is null)
        {
            error.WriteLine($"safeconduct {args[0]}: {Usage(args[0])}");
            return 2;
        }

        var progress = Console.IsErrorRedirected ? TextWriter.Null : error;
        try
        {
            if (args[0] is "backup")
            {
                var made = Backup.Write(data, file, withKeys, progress, DateTimeOffset.UtcNow);
                output.WriteLine($"{file}: {Shown.Grouped(made.Files.Count)} files, {Shown.Grouped(made.Files.Sum(f => f.Length))} bytes, {(withKeys ? "with the keys: who has this file can open every body" : "without the keys: keep those apart, or nothing can be opened")}.");
                return 0;
            }

            var restored = Restore.Read(file, data, progress);
            foreach (var (slug, size, root) in restored.Operations)
            {
                output.WriteLine(size is { } n ? $"{slug}: {Shown.Grouped(n)} entries verified, root {root}" : $"{slug}: whole as it was backed up; its keys are not here, so that its bodies were not opened");
            }

            output.WriteLine($"{data} is in place{(restored.WithAccounts ? "" : ", without accounts")}. Start it with: safeconduct serve --data {data}");
            return 0;
        }
        catch (RefusedException refused)
        {
            error.WriteLine($"safeconduct {args[0]}: {refused.Problem}");
            return 1;
        }
        catch (Exception e) when (e is RecordException or IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            error.WriteLine($"safeconduct {args[0]}: {e.Message}");
            return 1;
        }
    }

    private static string Usage(string command) => command is "backup"
        ? "Usage: safeconduct backup --data DIR FILE [--with-keys]"
        : "Usage: safeconduct restore FILE --data DIR";
}
