using System.Diagnostics;
using System.Globalization;

namespace Safeconduct.Bench;

/// <summary>What the machine says of this process, and how lines are printed.</summary>
internal static class Machine
{
    /// <summary>The most memory this process has held so far, in MB: the kernel's high-water mark, else the runtime's.</summary>
    public static long PeakMegabytes()
    {
        const string Status = "/proc/self/status";
        if (File.Exists(Status))
        {
            var line = File.ReadLines(Status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6, line.Length - 8), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1024;
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1024 / 1024;
    }

    /// <summary>What this process has computed so far; beside the clock's time it shows how much of the machine others took.</summary>
    public static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    public static void Line(string what, FormattableString figures) => Console.WriteLine($"{what,-34} {FormattableString.Invariant(figures)}");
}
