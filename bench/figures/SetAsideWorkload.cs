using Safeconduct.Situation.Networks;
using Safeconduct.Situation.Programmes;

namespace Safeconduct.Bench.Figures;

/// <summary>The lightest claims to set aside, with the proof that nothing lighter would do; three times, the first one cold.</summary>
internal static class SetAsideWorkload
{
    public static void Run(string[] args)
    {
        var instance = Instance.Of(args, new Instance("mix", 20, 30, 2, 1));
        var path = Generate.File(instance);
        try
        {
            var (network, wrong) = NetworkText.Read(File.ReadAllBytes(path));
            Machine.Line(instance.ToString(), $"{network.QuantityCount:N0} quantities, {network.RuleCount:N0} rules, {network.ClaimCount:N0} claims, {wrong.Count:N0} of them wrong");
            for (var trial = 0; trial < 3; trial++)
            {
                var start = Timing.Start();
                var aside = SetAside.Of(network);
                Machine.Line("smallest set to set aside", $"{aside.Weight:N0}, at least {aside.LowerBound:N0}{(aside.IsLeast ? ", proved" : aside.IsShown ? ", not proved least" : ", the rest not shown to hold")}; {aside.Claims.Count(wrong.Contains):N0} of them wrong; {aside.Conflicts.Count:N0} conflicts met; {start}; peak {Machine.PeakMegabytes():N0} MB");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
