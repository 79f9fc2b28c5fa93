using Safeconduct.Statements;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Saying;

public static class DisclosureTests
{
    /// <summary>The whole table, by hand. R: shown to the room, P: to the parties, U: to the public.</summary>
    private const string Table = """
        room          not-asked R
        room          given     R
        room          refused   R
        room          not-needed R
        parties       not-asked R
        parties       given     RP
        parties       refused   R
        parties       not-needed RP
        public        not-asked R
        public        given     RPU
        public        refused   R
        public        not-needed RPU
        referral-only not-asked -
        referral-only given     -
        referral-only refused   -
        referral-only not-needed -
        """;

    [Fact]
    public static void Who_is_shown_what_is_as_the_table_says()
    {
        var rows = Table.Split('\n').Select(r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(r => (r[0], r[1]), r => r[2]);
        Assert.Equal(Enum.GetValues<Handling>().Length * Enum.GetValues<Consent>().Length, rows.Count);
        foreach (var handling in Enum.GetValues<Handling>())
        {
            foreach (var consent in Enum.GetValues<Consent>())
            {
                var shown = rows[(Safeconduct.Statements.Bytes.Token.Of(handling), Safeconduct.Statements.Bytes.Token.Of(consent))];
                Assert.Equal(shown.Contains('R', StringComparison.Ordinal), Disclosure.MayShow(Of(handling, consent), Audience.Room));
                Assert.Equal(shown.Contains('P', StringComparison.Ordinal), Disclosure.MayShow(Of(handling, consent), Audience.Parties));
                Assert.Equal(shown.Contains('U', StringComparison.Ordinal), Disclosure.MayShow(Of(handling, consent), Audience.Public));
            }
        }
    }

    [Fact]
    public static void Without_a_word_on_handling_a_statement_stays_in_the_room()
    {
        var silent = Of(default, default);
        Assert.Equal((Handling.Room, Consent.NotAsked), (silent.Handling, silent.Consent));
        Assert.False(Disclosure.MayShow(silent, Audience.Parties));
        Assert.False(Disclosure.MayShow(silent, Audience.Public));
    }

    [Fact]
    public static void What_no_table_knows_is_not_shown()
    {
        Assert.False(Disclosure.MayShow(Of((Handling)9, Consent.Given), Audience.Room));
        Assert.False(Disclosure.MayShow(Of(Handling.Public, Consent.Given), (Audience)9));
        Assert.False(Disclosure.MayShow(Of(Handling.Public, (Consent)9), Audience.Public));
    }

    [Fact]
    public static void A_view_says_how_many_are_withheld_and_not_which()
    {
        var (shown, withheld) = Disclosure.For([Of(Handling.Public, Consent.Given), Of(Handling.Room, Consent.Given), Of(Handling.ReferralOnly, Consent.Given)], Audience.Public);
        Assert.Equal((1, 2), (shown.Count, withheld));
    }

    private static Statement Of(Handling handling, Consent consent) => new()
    {
        Id = new StatementId("S-1"),
        Chain = new SourceChain(new Source(new SourceId("a"), "A", SourceKind.Witness), []),
        SaidAt = Moment.Parse("2031-05-02"),
        About = TimeSpoken.Parse("2031-05-02"),
        Said = new Comment("words"),
        Handling = handling,
        Consent = consent,
    };

    [Theory]
    [InlineData(Audience.Room, true)]
    [InlineData(Audience.Parties, false)]
    [InlineData(Audience.Public, false)]
    public static void What_is_attached_stays_in_the_room(Audience to, bool shown) => Assert.Equal(shown, Disclosure.MayShowAttached(to));
}
