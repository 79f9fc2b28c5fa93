using System.Diagnostics;
using System.Text;

namespace Safeconduct.Tests.Edges;

/// <summary>What a command left behind: exit code and both streams.</summary>
public sealed record Ran(int Exit, string Output, string Error)
{
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the real program as a process, as a user would, in a folder of its own.</summary>
public sealed class Running : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "safeconduct.dll");

    public Running() => Folder = Directory.CreateTempSubdirectory("safeconduct-test-").FullName;

    public string Folder { get; }

    /// <summary>The project's own folder.</summary>
    public static string Root => Repository.Root;

    public static string Case(string file) => Path.Combine(Root, "cases", "aleppo-2016", file);

    public string In(string name) => Path.Combine(Folder, name);

    public Ran Safeconduct(params string[] arguments) => Start("dotnet", ["exec", Program, .. arguments], Folder);

    public Ran Safeconduct(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Start("dotnet", ["exec", Program, .. arguments], Folder, environment);

    public static Ran Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["SAFECONDUCT_HOME"] = Root;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (new StringBuilder(), new StringBuilder());
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(error, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within five minutes.");
        }

        process.WaitForExit();
        return new Ran(process.ExitCode, output.ToString(), error.ToString());
    }

    /// <summary>Whether a program is on this machine, for tests that need one from outside.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Append(StringBuilder to, string? line)
    {
        if (line is not null)
        {
            to.Append(line).Append('\n');
        }
    }
}
