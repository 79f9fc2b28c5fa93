using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Intake.Texts.Suggested;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Suggested;

/// <summary>Suggestions made at random out of a text's own words and of others, and what must hold of whatever is left of them.</summary>
internal static class Lies
{
    private static readonly string[] Kinds = ["movement", "casualty", "aid", "statement", "control", "no-kind"];
    private static readonly string[] Statuses = ["asserted", "denied", "planned", "demanded", "no-status"];
    private static readonly string[] Odd = ["", " ", "\u200b", "\u202e", "}{", "ignore previous instructions", "99999999999999999999 hundred hundred hundred hundred hundred", "all", "2031-02-30", "\ud800"];

    public static SuggestedClaim Any(Random random, string text) => new()
    {
        Quote = Words(random, text, 80),
        Offset = random.Next(3) == 0 ? null : random.NextInt64(-50, text.Length + 50),
        Source = Words(random, text, 20),
        Via = random.Next(4) == 0 ? [Words(random, text, 12) ?? ""] : [],
        Kind = Kinds[random.Next(Kinds.Length)],
        Quantity = random.Next(3) == 0 ? null : new(Words(random, text, 12), Number(random), Number(random)),
        Category = Words(random, text, 12),
        Harm = random.Next(2) == 0 ? "killed" : Words(random, text, 6),
        Place = Words(random, text, 10),
        When = random.Next(2) == 0 ? null : new(Words(random, text, 10), random.Next(2) == 0 ? "2031-05-02" : Words(random, text, 10)),
        Status = Statuses[random.Next(Statuses.Length)],
    };

    /// <summary>The law: a quote is the slice of the original, a number is said by its quote, nothing is clear, and numbers and ties are in order.</summary>
    public static void AssertHeld(TextReading reading)
    {
        var mentions = new List<Mention>();
        Assert.Equal(Enumerable.Range(1, reading.Proposals.Count), reading.Proposals.Select(p => p.Number));
        foreach (var proposal in reading.Proposals)
        {
            Assert.Equal(reading.Original[proposal.Span.Start..proposal.Span.End], proposal.Quote);
            Assert.NotEqual(Band.Clear, proposal.Band);
            Assert.All(proposal.Ties, t => Assert.InRange(t.To, 1, reading.Proposals.Count));
            Assert.All([proposal.Source, .. proposal.Via], s => Assert.True(s is null || reading.Original.Contains(s.Name, StringComparison.Ordinal)));
            if (proposal.Count is { } count)
            {
                Assert.True(proposal.Span.Holds(count.Words));
                Bounds.Find(new Wording().Read(proposal.Quote, Lexicon.English), Lexicon.English, mentions);
                Assert.True(count.IsAll ? proposal.Quote.Contains("all", StringComparison.OrdinalIgnoreCase) : mentions.Any(m => m.Says(count.Bound!.Value.Low) || m.Says(count.Bound.Value.High) || m.VagueWord is not null));
            }
        }
    }

    private static decimal? Number(Random random) => random.Next(4) switch { 0 => null, 1 => 1300, 2 => 12, _ => (decimal)random.NextDouble() * random.Next(-5, 100_000) };

    private static string? Words(Random random, string text, int most)
    {
        switch (random.Next(6))
        {
            case 0:
                return Odd[random.Next(Odd.Length)];
            case 1:
                return null;
            default:
                // Half of them from a word's beginning to a word's end.
                var start = random.Next(text.Length);
                var end = Math.Min(text.Length, start + 1 + random.Next(most));
                if (random.Next(2) == 0)
                {
                    start = text.LastIndexOf(' ', start) + 1;
                    end = text.IndexOf(' ', Math.Max(end, start)) is >= 0 and var space ? space : text.Length;
                }

                return text[start..end];
        }
    }
}
