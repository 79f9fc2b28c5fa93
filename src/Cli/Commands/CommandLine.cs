using System.CommandLine;
using Safeconduct.Record;
using Safeconduct.Reports.Rendering;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Commands;

/// <summary>
/// The <c>safeconduct</c> command. Exit 0: done. 1: the input says something is wrong; one line on stderr names the place and what to do, and nothing
/// was changed. 2: wrong usage. Edges convert, confirm and show; they decide nothing.
/// </summary>
public static class CommandLine
{
    public const int Done = 0;
    public const int InputIsWrong = 1;
    public const int WrongUsage = 2;

    public static RootCommand Root(TextWriter output, TextWriter error)
    {
        var room = new Surroundings(output, error);
        var root = new RootCommand("""
            Safeconduct: the book of one operation. Somebody said -> it is recorded -> what follows -> what we tell others.

            Start:   safeconduct demo
            By hand: safeconduct init book, then import, say, assess, report, verify.
            """)
        {
            InitCommand.Make(room),
            DemoCommand.Make(room),
            ImportCommand.Make(room),
            CheckCommand.Make(room),
            SayCommand.Make(room),
            CorrectCommand.Make(room),
            WithdrawCommand.Make(room),
            AssessCommand.Make(room),
            ExplainCommand.Make(room),
            ReportCommand.Make(room),
            TermsCommand.Make(room),
            ProposeCommand.Make(room),
            VerifyCommand.Make(room),
            ExportCommand.Make(room),
            AlertsCommand.Make(room),
            CompletionCommand.Make(room),
        };
        return root;
    }

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root(output, error).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not null and not System.CommandLine.Help.HelpAction && !AsksForMore(args))
        {
            foreach (var problem in parsed.Errors)
            {
                error.WriteLine($"safeconduct: {problem.Message}");
            }

            error.WriteLine($"safeconduct: see safeconduct {string.Join(' ', parsed.CommandResult.Command.Name is "safeconduct" ? [] : (string[])[parsed.CommandResult.Command.Name])} --help".Replace("  ", " ", StringComparison.Ordinal));
            return WrongUsage;
        }

        return Guarded(() => parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error }), error);
    }

    /// <summary>Every refusal becomes one line and an exit code; only a fault of ours shows as one.</summary>
    internal static int Guarded(Func<int> act, TextWriter error)
    {
        try
        {
            return act();
        }
        catch (UsageException wrong)
        {
            error.WriteLine($"safeconduct: {wrong.Message}");
            return WrongUsage;
        }
        catch (RefusedException refused)
        {
            error.WriteLine($"safeconduct: {refused.Problem}");
            return InputIsWrong;
        }
        catch (RecordException refused)
        {
            error.WriteLine($"safeconduct: {refused.Message} [{refused.Code}]");
            return InputIsWrong;
        }
        catch (UnauthorizedAccessException denied)
        {
            error.WriteLine($"safeconduct: {denied.Message} Nothing was changed. [file.no-access]");
            return InputIsWrong;
        }
        catch (IOException failed)
        {
            error.WriteLine($"safeconduct: {failed.Message} [file.failed]");
            return InputIsWrong;
        }
    }

    private static bool AsksForMore(string[] args) => args.Any(a => a is "--help" or "-h" or "-?" or "--version") || args.FirstOrDefault()?.StartsWith("[suggest", StringComparison.Ordinal) == true;
}

/// <summary>The command was used in a way that can't be meant.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>What a command may talk to. The clock is the edge's own; the core never sees one.</summary>
public sealed record Surroundings(TextWriter Output, TextWriter Error)
{
    /// <summary>Colour and progress only where a person reads, and never against their wish (NO_COLOR).</summary>
    public bool Colour { get; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public bool ShowsProgress { get; } = !Console.IsErrorRedirected;

    public int Width
    {
        get
        {
            try
            {
                return Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 60, 140);
            }
            catch (IOException)
            {
                return 100;
            }
        }
    }

    public TerminalStyle Style => new(Width, Colour);

    /// <summary>Where bytes go that are handed to the next program: stdout itself, since a workbook is no text.</summary>
    public Stream OutputBytes()
    {
        Output.Flush();
        return new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
    }

    public static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public void Progress(string text)
    {
        if (ShowsProgress)
        {
            Error.Write($"\r\u001b[2K{text}");
        }
    }

    public void ProgressDone()
    {
        if (ShowsProgress)
        {
            Error.Write("\r\u001b[2K");
        }
    }
}
