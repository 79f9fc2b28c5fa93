using System.Globalization;

namespace Safeconduct.Bench.Agreements;

/// <summary>The log a workload runs on: a file where one is given, else made.</summary>
internal static class Logs
{
    public static byte[] Of(string[] args, int events, double days)
    {
        var given = Array.IndexOf(args, "--log");
        return given >= 0 ? File.ReadAllBytes(args[given + 1]) : TruceLog.Make(events, days, 50, 200, 1);
    }

    /// <summary>EVENTS DAYS CROSSINGS CONVOYS_PER_DAY SEED FILE, as the script takes them.</summary>
    public static void Write(string[] args) => File.WriteAllBytes(
        args[5],
        TruceLog.Make(Number(args[0]), double.Parse(args[1], CultureInfo.InvariantCulture), Number(args[2]), Number(args[3]), (uint)Number(args[4])));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
