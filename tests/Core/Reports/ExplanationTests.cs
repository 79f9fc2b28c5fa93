using System.Xml.Linq;
using Safeconduct.Reports.Explanations;
using Safeconduct.Reports.Rendering;
using Safeconduct.Situation;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Tests.Core.Situation;
using Xunit;

namespace Safeconduct.Tests.Reports;

/// <summary>Why a figure or a dispute stands as it does, in sentences and columns; and the network drawn.</summary>
public sealed class ExplanationTests
{
    private static readonly Assessed Rivals = Say.Assessed(
        Say.Total("S1", "the military", Say.Bound("8079")),
        Say.Total("S2", "the centre", Say.Bound("more than 9500")),
        Say.Total("S3", "the monitor", Say.Bound("about 8500")),
        Say.Total("S4", "the monitor", Say.Bound("about 16000"), day: "2031-05-04"),
        Say.Total("S5", "the envoy", Say.Bound("6462"), words: "first 24 hours"));

    private const string Total = "left.people.all.old-city.2031-05-01/2031-05-02.said";

    [Fact]
    public void A_contested_figure_shows_each_conflict_as_a_column_and_what_fits_without_a_source()
    {
        var text = ExplanationText.Write(Rivals, Total, new TerminalStyle(80));
        Assert.Contains("no one range, since statements on it can't all hold", text, StringComparison.Ordinal);
        Assert.Matches(@"without the centre the others fit +exactly 8,079", text);
        Assert.Matches(@"\[S1\] at most 8,079 .*\n(.*\n)?.*- 8,079\n.*\[S2\] at least 9,501 .*\n(.*\n)?.* 9,501\n *-+\n +left over, where nothing may be +1,422", text);
        Assert.Contains("Fewest statements to set aside", text, StringComparison.Ordinal);
        Assert.Contains("These are all the sets of statements", text, StringComparison.Ordinal);
        Assert.DoesNotContain("impossible", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_shows_the_column_that_adds_up_to_each_end()
    {
        var text = ExplanationText.Write(Rivals, "left.people.all.old-city.2031-05-01/2031-05-04.said", new TerminalStyle(100));
        Assert.Matches(@"Why at least 14,400\n.*\[S4\] at least 14,400 .*\n.*14,400\n *-+\n +adds up to +14,400", text);
    }

    [Fact]
    public void Whatever_is_concluded_can_be_explained_at_any_width_and_names_its_statements()
    {
        foreach (var assessed in new[] { Rivals, Scene.Assessed() })
        {
            var ids = assessed.Figures.Select(f => f.Id).Concat(assessed.Derived.Select(d => d.Id)).Concat(assessed.Disputes.Select(d => d.Id)).Concat(assessed.Tensions.Select(t => t.Id))
                .Concat(assessed.Conflicts.Select(c => c.Id)).Concat(assessed.Movements.Convoys.Select(c => c.Id)).Concat(assessed.Statements.Select(s => s.Id.Value)).ToList();
            Assert.True(ids.Count > 10);
            foreach (var (id, width) in ids.SelectMany(id => new[] { (id, 40), (id, 120) }))
            {
                var text = ExplanationText.Write(assessed, id, new TerminalStyle(width));
                Assert.Contains(assessed.Statements, s => text.Contains($"[{s.Id}]", StringComparison.Ordinal) || id == s.Id.Value);
            }
        }
    }

    [Fact]
    public void An_id_that_nothing_has_is_refused_with_what_is_near()
    {
        var refused = Assert.Throws<RefusedException>(() => ExplanationText.Write(Rivals, "left.people.all.old-city.2031-05-09.said", new TerminalStyle(80)));
        Assert.StartsWith("left.people.all.old-city.2031-05-09.said: Nothing in this view has the id 'left.people.all.old-city.2031-05-09.said'; near it: left.people.all.old-city.2031-05-0", refused.Problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_around_a_figure_is_drawn_as_one_well_formed_picture_without_script()
    {
        var svg = NetworkSvg.Write(Rivals, Total);
        var boxes = XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "rect").ToList();
        Assert.Equal(Rivals.Around(Total)!.Quantities.Count, boxes.Count);
        Assert.Contains(boxes, b => b.Attribute("class")!.Value.Contains("contested", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("earlier that day", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_without_a_number_has_no_network_to_draw()
    {
        var assessed = Say.Assessed(Say.Total("S1", "a", Say.Bound("not known")));
        var refused = Assert.Throws<RefusedException>(() => NetworkSvg.Write(assessed, assessed.Figures[0].Id));
        Assert.Contains("No statement on this figure gives a number", refused.Problem.ToString(), StringComparison.Ordinal);
    }
}
