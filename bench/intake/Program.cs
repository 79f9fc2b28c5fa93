using Safeconduct.Bench.Intake;

return args switch
{
    ["propose", var folder, var into] => Folder.Propose(folder, into),
    ["clauses", var file] => Folder.Clauses(file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: intake propose FOLDER INTO    writes the proposals for each text of a folder in the form of its answers");
    return 2;
}
