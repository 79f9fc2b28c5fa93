using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Correction;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Saying;

public static class AnsweringTests
{
    private static readonly Statement WithPhoto = new()
    {
        Id = new StatementId("F-1"),
        Chain = new SourceChain(new Source(new SourceId("mission/observers"), "Observers", SourceKind.OwnObservers), []),
        SaidAt = Moment.Parse("2031-05-02"),
        About = TimeSpoken.Parse("2031-05-01"),
        Said = new Comment("a burnt bus at the gate"),
        Words = new Words("a burnt bus", "en"),
        Paraphrase = "A burnt bus stands at the gate.",
        Modality = Modality.Denied,
        Handling = Handling.Parties,
        Consent = Consent.Given,
        Attached = [new Attached(new string('a', 64), "image/jpeg")],
        Links = [new Link(Relation.RepliesTo, new StatementId("S-9"))],
    };

    [Fact]
    public static void A_correction_carries_no_photo_and_no_words_of_what_it_corrects()
    {
        var correction = WithPhoto.Corrected(new StatementId("S-1"), Moment.Parse("2031-05-03"), "wrong gate", new Comment("a burnt bus at the bridge"));
        Assert.Equal((0, 0), (correction.Attached.Count, correction.Links.Count));
        Assert.Equal((null, null), (correction.Words, correction.Paraphrase));
        Assert.Equal((WithPhoto.SaidBy, WithPhoto.About, Handling.Parties, Consent.Given, Modality.Denied), (correction.SaidBy, correction.About, correction.Handling, correction.Consent, correction.Modality));
        Assert.Equal(WithPhoto.Id, Assert.IsType<Correction>(correction.Said).Of);
        correction.Checked();
    }

    [Fact]
    public static void A_withdrawal_asserts_and_points_back()
    {
        var withdrawal = WithPhoto.Withdrawn(new StatementId("S-1"), Moment.Parse("2031-05-03"), "not our observation").Checked();
        Assert.Equal((Modality.Asserted, 0), (withdrawal.Modality, withdrawal.Attached.Count));
        Assert.Contains(new Claim.About(WithPhoto.Id, Relation.Withdraws), withdrawal.Claims());
    }
}
