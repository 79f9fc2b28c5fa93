using System.Text.RegularExpressions;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>Alerts from the command, held to the rules of CAP 1.2 by a program that is not ours.</summary>
public sealed partial class AlertTests
{
    private static readonly string Rules = Path.Combine(Running.Root, "tests", "Edges", "files", "cap-1.2.rng");

    [Fact]
    public void An_alert_is_proposed_goes_out_only_by_name_and_a_withdrawal_cancels_it_each_by_the_rules_of_CAP()
    {
        if (!Running.Has("xmllint"))
        {
            Assert.Skip("xmllint is not on this machine (package libxml2-utils)");
        }

        using var run = new Running();
        Assert.Equal(0, run.Safeconduct("init", "book", "--name", "Northern valley", "--time-zone", "UTC", "--places", Running.Case("places.geojson")).Exit);
        string[] said = ["-o", "book", "--kind", "status", "--by", "Relief office", "--source-kind", "un", "--about", "2031-05-02", "--from", "eastern-aleppo", "--said", """{"subject":"operation","state":"suspended"}"""];
        var first = run.Safeconduct(["say", .. said]);
        Assert.True(first.Exit == 0, first.Error);
        Assert.Contains("1 proposed, 0 released", run.Safeconduct("alerts", "book").Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Safeconduct("alerts", "book", "--release", "halt.operation.eastern-aleppo").Exit);
        Assert.Contains("1 proposed, 0 released", run.Safeconduct("alerts", "book").Output, StringComparison.Ordinal);

        string[] release = ["alerts", "book", "--release", "halt.operation.eastern-aleppo", "--by", "A. Officer", "--status", "test", "--output"];
        var released = run.Safeconduct([.. release, "one.xml"]);
        Assert.True(released.Exit == 0, released.Error);
        Assert.Contains("0 proposed, 1 released", run.Safeconduct("alerts", "book").Output, StringComparison.Ordinal);
        Assert.Equal(1, run.Safeconduct([.. release, "again.xml"]).Exit);

        var id = Id().Match(first.Output + first.Error).Value;
        Assert.Equal(0, run.Safeconduct("withdraw", id, "-o", "book", "--reason", "a mistake").Exit);
        Assert.Equal(0, run.Safeconduct([.. release, "two.xml"]).Exit);
        var (one, two) = (File.ReadAllText(run.In("one.xml")), File.ReadAllText(run.In("two.xml")));
        Assert.Contains("<msgType>Cancel</msgType>", two, StringComparison.Ordinal);
        Assert.Contains($",{Identifier().Match(one).Groups[1].Value},", two, StringComparison.Ordinal);
        Assert.Contains("-00:00</sent>", one, StringComparison.Ordinal);
        Assert.DoesNotContain("A. Officer", one + two, StringComparison.Ordinal);
        foreach (var file in new[] { "one.xml", "two.xml" })
        {
            var checkedBy = Running.Start("xmllint", ["--noout", "--relaxng", Rules, run.In(file)], run.Folder);
            Assert.True(checkedBy.Exit == 0, checkedBy.Error);
        }

        // The rules refuse what is wrong, so that their silence means something.
        File.WriteAllText(run.In("wrong.xml"), one.Replace("-00:00</sent>", "Z</sent>", StringComparison.Ordinal));
        Assert.NotEqual(0, Running.Start("xmllint", ["--noout", "--relaxng", Rules, run.In("wrong.xml")], run.Folder).Exit);
        Assert.Equal(0, run.Safeconduct("verify", "book").Exit);
    }

    [GeneratedRegex("S-[0-9]+")]
    private static partial Regex Id();

    [GeneratedRegex("<identifier>([^<]+)</identifier>")]
    private static partial Regex Identifier();
}
