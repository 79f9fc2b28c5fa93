using Safeconduct.Situation.Agreements.Monitor;
using Xunit;

namespace Safeconduct.Tests.Core.Situation.Agreements.Monitor;

/// <summary>The page on what rules mean shows the formulas that the tests evaluate.</summary>
public static class SemanticsPageTests
{
    private static readonly Part E1 = new(1, Same.First);
    private static readonly Part E2 = new(2, Same.First);
    private static readonly State E45 = new(new(4, Same.First), new(5, Same.First));

    [Fact]
    public static void The_page_shows_each_formula_as_it_is_evaluated()
    {
        Rule[] rules =
        [
            new Preceded(1, E1, E2, 0, 24),
            new Answered(1, E1, E2, 0, 12, Excuse: new(3)),
            new Never(1, E1, E45, E2, 0, 6),
            new Balance(1, new(1), new(2), 24, 500),
            new Reach(1, new(new Part(1), new Part(2)), 8000),
            new Reach(1, new(new Part(1), new Part(2)), 8000, AtMost: true),
            new ForEach(1, new(new Part(1)), 1250, new(new Part(3)), 600, 24),
            new Safeconduct.Situation.Agreements.Monitor.Once(1, new(1), 0, 48),
            new Order(1, new(E2), E1),
            new Order(1, new(new Part(2)), new(1), 100),
        ];
        var page = Repository.Text("formats/agreement-semantics.md");
        foreach (var rule in rules)
        {
            Assert.True(page.Contains(Translation.Print(rule), StringComparison.Ordinal), $"{rule.GetType().Name}: {Translation.Print(rule)}");
        }
    }
}
