using Safeconduct.Bench.Figures;

// The figures engine on invented networks of quantities, one line of the table a workload.
//     dotnet run -c Release --project bench/figures WORKLOAD [arguments]
var workloads = new Dictionary<string, (string Arguments, string Measures, Action<string[]> Run)>(StringComparer.Ordinal)
{
    ["generate"] = ("KIND PLACES DAYS WRONG SEED FILE", "writes a network with claims, WRONG per cent of them wrong; kinds: tree, table, mix", Generate.Run),
    ["ranges"] = ("[KIND PLACES DAYS WRONG SEED]", "reading, every range, certificates; default tree 1200 100 0 1", RangesWorkload.Run),
    ["update"] = ("[KIND PLACES DAYS WRONG SEED]", "one claim withdrawn or taken up, 100 watched ranges read; default tree 1200 100 0 1", UpdateWorkload.Run),
    ["conflict"] = ("[KIND PLACES DAYS WRONG SEED]", "one conflict from which no claim can be spared; default mix 100 100 2 1", ConflictWorkload.Run),
    ["programme"] = ("[KIND PLACES DAYS WRONG SEED]", "ends on networks with cycles proved by linear programmes; default mix 20 30 0 1", ProgrammeWorkload.Run),
    ["set-aside"] = ("[KIND PLACES DAYS WRONG SEED]", "the lightest claims to set aside, proved; default mix 20 30 2 1", SetAsideWorkload.Run),
    ["peers"] = ("[KIND PLACES DAYS WRONG SEED]", "the same through GLPK and CBC, their optima checked; default mix 20 30 2 1", PeersWorkload.Run),
};

if (args.Length == 0 || !workloads.TryGetValue(args[0], out var workload))
{
    foreach (var (name, (arguments, measures, _)) in workloads)
    {
        Console.WriteLine($"{name,-10} {arguments,-34} {measures}");
    }

    return args.Length == 0 ? 0 : 2;
}

workload.Run(args[1..]);
return 0;
