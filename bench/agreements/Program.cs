using Safeconduct.Bench.Agreements;

// The monitor of agreements on logs of an invented truce.
//     dotnet run -c Release --project bench/agreements WORKLOAD [--log FILE]
var workloads = new Dictionary<string, (string Arguments, string Measures, Action<string[]> Run)>(StringComparer.Ordinal)
{
    ["generate"] = ("EVENTS DAYS CROSSINGS CONVOYS SEED FILE", "writes a log in MonPoly's format", Logs.Write),
    ["bounded"] = ("[--log FILE]", "W1 and W2 with a lateness bound of a day, memory", InOrderWorkload.Bounded),
    ["dense"] = ("[--log FILE]", "W2 on one day; default 200000 1 50 200 1", InOrderWorkload.Dense),
    ["stream"] = ("[--log FILE]", "the log as it becomes known, late, withdrawn and corrected", StreamWorkload.Run),
    ["proofs"] = ("[--log FILE]", "proofs made, checked, and found minimal", ProofsWorkload.Run),
    ["reciprocity"] = ("", "corrections of one of a million departures under a thousand tranches", ReciprocityWorkload.Run),
    ["peers"] = ("", "what others took: recorded figures", PeersWorkload.Run),
    ["in-order"] = ("[--log FILE]", "W1, W2, W3 and all three in order; default 1000000 30 50 200 1", InOrderWorkload.Run),
};

if (args.Length == 0 || !workloads.TryGetValue(args[0], out var workload))
{
    foreach (var (name, (arguments, measures, _)) in workloads)
    {
        Console.WriteLine($"{name,-12} {arguments,-42} {measures}");
    }

    return args.Length == 0 ? 0 : 2;
}

workload.Run(args[1..]);
return 0;
