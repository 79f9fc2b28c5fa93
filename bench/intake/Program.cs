using Safeconduct.Bench.Intake;

return args switch
{
    ["propose", var folder, var into] => Folder.Propose(folder, into),
    ["score", var folder] => Score.Run(folder, null),
    ["score", var folder, "--language", var language] => Score.Run(folder, language),
    ["speed", var folder] => SpeedWorkload.Run(folder),
    ["clauses", var file] => Folder.Clauses(file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: intake propose FOLDER INTO              writes the proposals for each text of a folder in the form of its answers");
    Console.Error.WriteLine("       intake score FOLDER [--language xx]    totals of the proposals against the answers of a folder");
    Console.Error.WriteLine("       intake speed FOLDER                    words a second over the English texts of a folder, then one text of 10 MB");
    return 2;
}
