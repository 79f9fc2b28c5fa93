using System.Diagnostics;
using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Bench.Agreements;

/// <summary>Proofs of the verdicts of W1 and W2, made and checked.</summary>
internal static class ProofsWorkload
{
    public static void Run(string[] args)
    {
        var log = TruceLog.Read(Logs.Of(args, 1_000_000, 30));
        Rule[] rules = [Clauses.W1, Clauses.W2, Clauses.W3];
        var monitor = InOrderWorkload.Judge(rules, log);
        var watch = Stopwatch.StartNew();
        var checker = new ProofChecker(rules, log.Select((e, i) => TruceLog.Happening(e, i + 1)), [], 0, monitor.Now);
        foreach (var rule in rules)
        {
            var instances = monitor.Verdicts(rule.Id).Select(v => v.Instance).Take(200_000).ToList();
            watch.Restart();
            var proofs = instances.ConvertAll(i => monitor.Explain(rule.Id, i)!);
            var made = watch.Elapsed.TotalSeconds;

            // The first check sorts the reports into drawers.
            checker.Checks(proofs[0]);
            watch.Restart();
            var right = proofs.Count(checker.Checks);
            var check = watch.Elapsed.TotalSeconds;
            watch.Restart();
            var minimal = proofs.Count(checker.IsMinimal);
            Machine.Line(FormattableString.Invariant($"rule {rule.Id}"), $"{proofs.Count:N0} proofs, {proofs.Average(p => p.Deciding.Count + p.Counted.Count):N1} reports each; made {proofs.Count / made:N0}/s; {right:N0} check, {proofs.Count / check:N0}/s; {minimal:N0} minimal, {proofs.Count / watch.Elapsed.TotalSeconds:N0}/s");
        }
    }
}
