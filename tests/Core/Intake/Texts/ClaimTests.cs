using NodaTime;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>What short texts are read as: who says it, what, how many, how it is meant, and how the claims of a text bear on each other.</summary>
public sealed class ClaimTests
{
    private static readonly LocalDate Friday = new(2031, 5, 2);

    [Theory]
    [InlineData("The harbour authority said that 40 people had left Orlo.", "harbour authority", "")]
    [InlineData("Forty people had left Orlo, the harbour authority said.", "harbour authority", "")]
    [InlineData("According to the harbour authority, 40 people have left Orlo.", "harbour authority", "")]
    [InlineData("“Forty people have left Orlo,” said Mayor Elin Sorrell.", "Elin Sorrell", "")]
    [InlineData("Minister Pavel Ostrin said that President Ana Duric had told him that 40 people had left Orlo.", "Ana Duric", "Pavel Ostrin")]
    [InlineData("The state agency, quoting security sources, said 40 people had left Orlo.", "security sources", "state agency")]
    [InlineData("It was reported that 40 people had left Orlo.", "narrator", "")]
    [InlineData("Forty people left Orlo.", "narrator", "")]
    [InlineData("The command met at noon. The command said the gate was shut. It added that 40 people had left Orlo.", "command", "")]
    [InlineData("Inna Dahl, a doctor, spoke first. Dahl said 40 people had left Orlo.", "Inna Dahl", "")]
    public void A_claim_belongs_to_the_innermost_who_says_it(string text, string source, string via)
    {
        var claim = Read(text).Last(p => p.Kind is ClaimKind.Movement);
        Assert.Contains(source, claim.Source?.Name ?? "narrator", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(via.Length == 0 ? 0 : 1, claim.Via.Count);
        Assert.All(claim.Via, v => Assert.Contains(via, v.Name, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Rebels shelled the market.", ClaimKind.Incident)]
    [InlineData("The army captured the town of Orlo.", ClaimKind.Control)]
    [InlineData("The army captured nine soldiers.", ClaimKind.Casualty)]
    [InlineData("Guards prevented the buses from entering Orlo.", ClaimKind.Obstruction)]
    [InlineData("Guards did not allow civilians to leave.", ClaimKind.Obstruction)]
    [InlineData("The evacuation has been suspended.", ClaimKind.Suspension)]
    [InlineData("Fighting in the valley has stopped.", ClaimKind.Agreement)]
    [InlineData("The evacuation resumed.", ClaimKind.Resumption)]
    [InlineData("Sixty trucks with food reached Orlo.", ClaimKind.Aid)]
    [InlineData("The two sides signed a truce.", ClaimKind.Agreement)]
    [InlineData("A truce was proposed.", ClaimKind.Negotiation)]
    [InlineData("The council adopted a resolution.", ClaimKind.Resolution)]
    [InlineData("Some 300 civilians remain in the cellars.", ClaimKind.HeadcountRemaining)]
    [InlineData("Four people were killed.", ClaimKind.Casualty)]
    [InlineData("The blast left 60 people dead.", ClaimKind.Casualty)]
    [InlineData("The flight is seen as a breach of the truce.", ClaimKind.Incident)]
    public void The_kind_is_that_of_what_is_said_and_not_of_the_saying(string text, ClaimKind kind) => Assert.Equal(kind, Assert.Single(Read(text)).Kind);

    [Theory]
    [InlineData("The army denied that its guns had hit the clinic.", Modality.Denied)]
    [InlineData("The attempt to evacuate civilians failed.", Modality.Denied)]
    [InlineData("The evacuation will resume tomorrow.", Modality.Planned)]
    [InlineData("The evacuation would resume if the guns fell silent.", Modality.Conditional)]
    [InlineData("The bishop called for a truce.", Modality.Demanded)]
    [InlineData("Both sides must observe the truce.", Modality.Demanded)]
    [InlineData("Civilians might be killed.", Modality.Conditional)]
    [InlineData("No one was killed.", Modality.Asserted)]
    public void How_it_is_meant_is_kept_apart_from_what_is_said(string text, Modality modality) => Assert.Equal(modality, Read(text)[0].Modality);

    [Fact]
    public void Numbers_named_as_parts_are_claims_of_their_own_and_parts_of_the_whole()
    {
        var claims = Read("The centre said more than 9,000 people, including over 4,000 fighters and 331 wounded, have been taken out of Orlo.");
        Assert.Equal([Bound.MoreThan(9_000), Bound.MoreThan(4_000), Bound.Exactly(331)], claims.Select(c => c.Count!.Bound!.Value));
        Assert.All(claims.Skip(1), c => Assert.Equal(new Tie(Bearing.PartOf, 1, "including"), Assert.Single(c.Ties)));
        Assert.All(claims, c => Assert.Contains("centre", c.Source!.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void All_is_a_word_of_its_own_and_no_number()
    {
        var count = Read("All women and children have been evacuated.")[0].Count!;
        Assert.True(count.IsAll);
        Assert.Null(count.Bound);
    }

    [Fact]
    public void A_number_of_hours_ages_or_names_counts_nobody() =>
        Assert.All(Read("On 30 April 20 civilians aged 34 left Route 9 after 11 hours."), c => Assert.Equal(Bound.Exactly(20), c.Count!.Bound));

    [Fact]
    public void Loaded_words_are_kept_as_the_sources_own() =>
        Assert.Contains(Read("Terrorists opened fire on the convoy.")[0].Loaded, s => s.Start == 0);

    [Fact]
    public void Weekdays_count_from_the_day_of_publication_by_the_tense()
    {
        Assert.Equal("2031-05-01", Read("Forty people left Orlo on Thursday.")[0].When!.Time.Start.ToString());
        Assert.Equal("2031-05-08", Read("Forty people will leave Orlo on Thursday.")[0].When!.Time.Start.ToString());
    }

    [Fact]
    public void Buttons_of_a_page_are_set_aside()
    {
        var reading = TextIntake.Read(new("Forty people left Orlo on Thursday, the mayor said in the evening.\nPost a Comment\nRead more: The siege in pictures\n", Friday, "en"));
        Assert.Equal(2, reading.SetAside.Count);
        Assert.Single(reading.Proposals);
    }

    [Fact]
    public void Claims_that_cannot_both_hold_stand_side_by_side()
    {
        var claims = Read("The army said 40 civilians were killed. The council said 12 civilians were killed.");
        Assert.Equal(2, claims.Count);
        Assert.Contains(claims[1].Ties, t => t is { Bearing: Bearing.Conflicts, To: 1 });
    }

    [Fact]
    public void A_toll_given_before_is_tied_to_the_one_that_replaces_it()
    {
        var claims = Read("The hospital said 21 people were killed. An earlier count of 17 people killed was put out by the hospital.");
        Assert.Contains(claims.SelectMany(c => c.Ties), t => t.Bearing is Bearing.Replaces);
    }

    [Fact]
    public void Every_slot_says_by_which_rule_it_was_read() =>
        Assert.All(Read("The harbour authority said that more than 40 people had left Orlo."), c => Assert.Equal(["source", "kind", "status", "count"], c.Trace.Select(t => t.Slot)));

    [Fact]
    public void A_language_without_a_lexicon_is_not_guessed_at()
    {
        var reading = TextIntake.Read(new("Vierzig Menschen haben die Stadt verlassen, sagte der Sprecher der Behörde am Freitag.", Friday, "de"));
        Assert.Empty(reading.Proposals);
        Assert.Contains("'de'", Assert.Single(reading.NotRead), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Proposal> Read(string text)
    {
        var reading = TextIntake.Read(new(text, Friday, "en"));
        Assert.All(reading.Proposals, p => Assert.Equal(text[p.Span.Start..p.Span.End], p.Quote));
        return reading.Proposals;
    }
}
