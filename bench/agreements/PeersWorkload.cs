namespace Safeconduct.Bench.Agreements;

/// <summary>What other monitors took on the same logs: recorded once on two virtual cores (AMD EPYC, Debian 12, .NET 10), one thread; not measured in this run.</summary>
internal static class PeersWorkload
{
    public static void Run(string[] args)
    {
        Console.WriteLine("recorded once on another day, not measured here; seconds");
        Console.WriteLine($"{"",-44} {"W1",7} {"W2",7} {"W3",7} {"dense W2",9}");
        foreach (var (name, w1, w2, w3, dense) in new[]
        {
            ("MonPoly", "0.56", "37.9", "1.46", "153.7"),
            ("VeriMon", "7.4", "35.2", "14.6", "4.6"),
            ("CppMon", "3.5", "> 300", "0.96", ""),
            ("Trill, no parsing, no evidence, in order only", "0.03", "0.25", "", ""),
            ("DuckDB, full recompute, no parsing", "0.03", "0.2", "", ""),
        })
        {
            Console.WriteLine($"{name,-44} {w1,7} {w2,7} {w3,7} {dense,9}");
        }

        Console.WriteLine("In order this monitor is of the order of Trill, some three times its recorded time on W2. What it adds is late reports, corrections, withdrawals and evidence, which none of them has together.");
    }
}
