using System.Text;
using NodaTime;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Confirming;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Agreement;
using Safeconduct.Statements.Kinds.Appeal;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

/// <summary>From what a person decided of proposed claims to statements. The text and its places are invented.</summary>
public static class ReviewTests
{
    private const string Text = "The Harbour Authority said on Friday that more than 9,500 people, including over 4,500 fighters and 337 wounded, had left the Old Town. "
        + "All women and children were out, it added. The minister said the governor had told him that 200 people would leave on Saturday. Evacuations were suspended. "
        + "Residents called for a truce. A hospital was shelled and 12 people were killed. «خرج 40 شخصا» 🚌 said a witness.";

    private static readonly Gazetteer Places = new([new Place(new("old-town"), "Old Town", PlaceKind.Area), new Place(new("old-town-east"), "Old Town", PlaceKind.Area), new Place(new("shore"), "Shore", PlaceKind.Area)]);

    private static readonly Source Gazette = new(new("gazette"), "The Gazette", SourceKind.Media);

    private static readonly ReviewedText Reviewed = new(Text, "en", Moment.Parse("2031-05-02"), Gazette, "Ferries", Handling.Public);

    private static Proposal That(int number, string words, ClaimKind kind, Bound? bound = null, Category? category = null, string? source = "Harbour Authority", Modality modality = Modality.Asserted, Unit unit = Unit.People, bool all = false, params Tie[] ties)
    {
        var start = Text.IndexOf(words, StringComparison.Ordinal);
        Assert.True(start >= 0, words);
        var span = new Span(start, start + words.Length);
        return new()
        {
            Number = number,
            Span = span,
            Quote = words,
            Kind = kind,
            Source = source is null ? null : new(source),
            Count = bound is null && !all ? null : new SaidCount(bound, all, span, unit, category ?? Category.Everyone),
            Category = category?.ToString() ?? "people",
            Modality = modality,
            Places = [new("Old Town", null, [new("old-town")], PlaceRole.From)],
            When = new(TimeSpoken.Parse("2031-05-02"), null),
            Band = Band.Clear,
            Ties = ties,
        };
    }

    private static readonly Proposal Whole = That(1, "more than 9,500 people, including over 4,500 fighters and 337 wounded, had left", ClaimKind.Movement, Bound.MoreThan(9500));
    private static readonly Proposal Fighters = That(2, "over 4,500 fighters", ClaimKind.Movement, Bound.MoreThan(4500), Category.Fighters, ties: new Tie(Bearing.PartOf, 1, "part.including"));
    private static readonly Proposal Wounded = That(3, "337 wounded", ClaimKind.Casualty, Bound.Exactly(337), Category.WoundedOrSick, ties: new Tie(Bearing.PartOf, 1, "part.including"));

    private static Confirmation Confirm(IReadOnlyList<Proposal> proposals, IReadOnlyList<ClaimDecision>? decisions = null, IReadOnlyList<int>? rejected = null, ReviewedText? text = null, Func<StatementId, bool>? isInBook = null) =>
        new Review(text ?? Reviewed, new TextReading(Text, "en", "test 1", proposals, [], [], []), Named, isInBook, Places).Of(decisions ?? [.. proposals.Select(p => new ClaimDecision(p.Number))], rejected);

    private static Source Named(string name) => new(new(Token.Slug(name)), name, SourceKind.Party);

    private static T One<T>(Confirmation confirmation) => Assert.IsType<T>(Assert.Single(confirmation.Statements).Said);

    [Fact]
    public static void The_words_of_a_statement_are_the_slice_of_the_text_under_its_span_and_name_the_text_by_its_hash()
    {
        var arabic = That(4, "«خرج 40 شخصا» 🚌", ClaimKind.Movement, Bound.Exactly(40), source: "witness");
        var confirmed = Confirm([Whole, arabic]);
        Assert.All(confirmed.Statements, s => Assert.Equal(s.Words!.Text, Text[s.Words.SpanStart!.Value..s.Words.SpanEnd!.Value]));
        Assert.All(confirmed.Statements, s => Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Text))), s.Words!.DocumentSha256));
    }

    [Fact]
    public static void Confirmed_twice_a_claim_is_the_same_statement_to_the_byte_and_another_text_gives_it_another_id()
    {
        var (first, second) = (Confirm([Whole]).Statements[0], Confirm([Whole]).Statements[0]);
        Assert.Equal(StatementBytes.Write(first), StatementBytes.Write(second));
        Assert.NotEqual(Reviewed.IdOf(Whole.Span, ClaimKind.Movement), (Reviewed with { Original = Text + " " }).IdOf(Whole.Span, ClaimKind.Movement));
        Assert.NotEqual(Reviewed.IdOf(Whole.Span, ClaimKind.Movement), Reviewed.IdOf(Whole.Span, ClaimKind.Casualty));
        Assert.Matches("^T-[0-9a-f]{12}-[0-9]+-[0-9]+-movement$", first.Id.Value);
    }

    [Fact]
    public static void Counts_named_inside_a_count_become_its_parts_where_the_whole_is_confirmed_with_them()
    {
        var count = One<Headcount>(Confirm([Whole, Fighters, Wounded]));
        Assert.Equal("more than 9,500 people left, including more than 4,500 fighters and 337 wounded or sick people", count.ToString());
    }

    [Fact]
    public static void A_part_without_its_whole_stands_alone_and_points_to_the_whole_where_that_was_recorded_before()
    {
        var alone = Assert.Single(Confirm([Whole, Fighters], [new(2)]).Statements);
        Assert.Empty(alone.Links);
        var later = Assert.Single(Confirm([Whole, Fighters], [new(2)], isInBook: id => id == Reviewed.IdOf(Whole.Span, Whole.Kind)).Statements);
        Assert.Equal([new Link(Relation.PartOf, Reviewed.IdOf(Whole.Span, Whole.Kind))], later.Links);
    }

    [Fact]
    public static void A_part_that_cannot_be_inside_its_whole_is_a_statement_of_its_own_that_points_to_it()
    {
        var larger = Fighters with { Count = Fighters.Count! with { Bound = Bound.Exactly(20_000) } };
        var exact = Whole with { Count = Whole.Count! with { Bound = Bound.Exactly(9_500) } };
        var other = Fighters with { Source = new("Somebody else") };
        foreach (var (whole, part) in ((Proposal, Proposal)[])[(exact, larger), (Whole, other)])
        {
            var statements = Confirm([whole, part]).Statements;
            Assert.Equal(2, statements.Count);
            Assert.Equal([new Link(Relation.PartOf, statements[0].Id)], statements[1].Links);
        }
    }

    [Fact]
    public static void The_publisher_passes_on_what_somebody_else_says_and_says_itself_what_nobody_else_does()
    {
        var chain = Assert.Single(Confirm([That(1, "200 people would leave", ClaimKind.Movement, Bound.Exactly(200), source: "governor", modality: Modality.Planned) with { Via = [new("minister")] }]).Statements).Chain;
        Assert.Equal("governor, relayed by The Gazette, then minister", chain.ToString());
        Assert.Equal("The Gazette", Assert.Single(Confirm([That(1, "Evacuations were suspended", ClaimKind.Suspension, source: null)]).Statements).Chain.ToString());
    }

    [Theory]
    [InlineData(Modality.Planned)]
    [InlineData(Modality.Promised)]
    [InlineData(Modality.Demanded)]
    [InlineData(Modality.Conditional)]
    public static void A_number_that_is_not_said_to_have_happened_is_never_a_count(Modality modality)
    {
        var confirmed = Confirm([That(1, "200 people would leave", ClaimKind.Movement, Bound.Exactly(200), modality: modality)]);
        Assert.Equal(Bound.Exactly(200), One<Undertaking>(confirmed).HowMany!.Bound);
        Assert.Equal(modality, confirmed.Statements[0].Modality);
        Assert.DoesNotContain(confirmed.Statements[0].Claims(), c => c is Claim.Count);
    }

    [Fact]
    public static void A_denied_count_is_a_count_that_is_denied() =>
        Assert.Empty(Assert.Single(Confirm([Whole with { Modality = Modality.Denied }]).Statements).Claims().OfType<Claim.Count>());

    [Fact]
    public static void All_women_and_children_out_says_that_none_of_them_is_inside()
    {
        var count = One<Headcount>(Confirm([That(1, "All women and children were out", ClaimKind.Movement, null, Category.WomenAndChildren, all: true)]));
        Assert.Equal((Measure.Remaining, Category.WomenAndChildren, Bound.Exactly(0)), (count.Measure, count.Counted.Category, count.Counted.Bound));
    }

    [Fact]
    public static void Kinds_become_what_rows_of_a_list_become()
    {
        Assert.Equal(State.Suspended, One<Status>(Confirm([That(1, "Evacuations were suspended", ClaimKind.Suspension)])).State);
        Assert.IsType<Agreement>(Confirm([That(1, "a truce", ClaimKind.Agreement)]).Statements[0].Said);
        Assert.Equal("a truce", One<Appeal>(Confirm([That(1, "a truce", ClaimKind.Agreement, modality: Modality.Demanded)])).What);
        Assert.IsType<Incident>(Confirm([That(1, "A hospital was shelled", ClaimKind.Incident)]).Statements[0].Said);
        Assert.Equal(Measure.Killed, One<Headcount>(Confirm([That(1, "12 people were killed", ClaimKind.Casualty, Bound.Exactly(12)) with { Harm = Measure.Killed }])).Measure);
        Assert.Equal("a truce", One<Comment>(Confirm([That(1, "a truce", ClaimKind.Statement)])).Text);
    }

    [Fact]
    public static void Every_kind_with_every_modality_with_and_without_a_number_makes_a_statement_that_can_be_written_and_read()
    {
        foreach (var kind in Enum.GetValues<ClaimKind>())
        {
            foreach (var modality in Enum.GetValues<Modality>())
            {
                foreach (var bound in (Bound?[])[null, Bound.Exactly(12), Bound.Vague("dozens", 24), Bound.Vague("many", null), Bound.NotKnown, Bound.Exactly(0), Bound.UpTo(30)])
                {
                    foreach (var (words, unit, category) in ((string, Unit, Category)[])[("12 people were killed", Unit.People, Category.Everyone), ("A hospital was shelled", Unit.Vehicles, Category.Buses), ("«خرج 40 شخصا»", Unit.Trips, Category.AllVehicles), ("a truce", Unit.Tonnes, Category.Whole)])
                    {
                        var statement = Assert.Single(Confirm([That(1, words, kind, bound, category, modality: modality, unit: unit)]).Statements);
                        Assert.True(StatementBytes.Read(StatementBytes.Write(statement)).Understood, $"{kind} {modality} {bound} {words}");
                        Assert.Equal(modality, statement.Modality);
                    }
                }
            }
        }
    }

    [Fact]
    public static void A_time_that_the_text_does_not_give_is_the_day_of_the_text_and_says_so()
    {
        var statement = Assert.Single(Confirm([Whole with { When = null }]).Statements);
        Assert.Equal(TimeSpoken.Parse("2031-05-02", Review.TimeNotStated), statement.About);
    }

    [Fact]
    public static void What_a_person_says_otherwise_stands_and_the_words_of_the_text_stay()
    {
        var edits = new ClaimEdits(Kind: ClaimKind.HeadcountRemaining, Count: new(new Counted(Unit.People, Category.Civilians, Bound.About(50))), Places: new Scope(To: new PlaceId("shore")), About: TimeSpoken.Parse("2031-04-30"), Speakers: new("Mayor", ["Deputy"]), Paraphrase: "About 50 civilians are left.");
        var confirmed = Confirm([Whole], [new(1, edits)]);
        var statement = Assert.Single(confirmed.Statements);
        Assert.Equal("about 50 civilians still inside", statement.Wording);
        Assert.Equal(("Mayor, relayed by The Gazette, then Deputy", "shore", "2031-04-30", Whole.Quote, "About 50 civilians are left."), (statement.Chain.ToString(), statement.Where.To!.Value.Value, statement.About.ToString(), statement.Words!.Text, statement.Paraphrase));
        Assert.Equal(ReviewAct.Edited, Assert.Single(confirmed.Claims).Act);
    }

    [Fact]
    public static void One_proposal_is_split_into_several_claims_and_a_person_marks_what_no_rule_found()
    {
        var words = "A hospital was shelled";
        var at = Text.IndexOf(words, StringComparison.Ordinal);
        var confirmed = Confirm(
            [That(1, "A hospital was shelled and 12 people were killed", ClaimKind.Incident)],
            [
                new(1, new ClaimEdits(Span: new(at, at + words.Length)), IsSplit: true),
                new(1, new ClaimEdits(Span: new(at + words.Length + 5, at + words.Length + 26), Kind: ClaimKind.Casualty, Count: new(new Counted(Unit.People, Category.Everyone, Bound.Exactly(12)))), IsSplit: true),
                new(null, new ClaimEdits(Span: new(0, 21), Kind: ClaimKind.Statement)),
            ]);
        Assert.Equal([ReviewAct.Split, ReviewAct.Split, ReviewAct.Added], confirmed.Claims.Select(c => c.Act));
        Assert.Equal([words, "12 people were killed", "The Harbour Authority"], confirmed.Statements.Select(s => s.Words!.Text));
        Assert.Equal("The Gazette", confirmed.Statements[2].SaidBy.Name);
    }

    [Fact]
    public static void What_was_rejected_is_kept_as_an_act_and_becomes_nothing()
    {
        var confirmed = Confirm([Whole, Fighters], [new(1)], [2]);
        Assert.Single(confirmed.Statements);
        Assert.Equal([(1, ReviewAct.Confirmed, (StatementId?)confirmed.Statements[0].Id), (2, ReviewAct.Rejected, null)], confirmed.Claims.Select(c => (c.Proposal!.Value, c.Act, c.Statement)));
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "none", "review.nothing-confirmed", "" },
        { "unknown", "review.no-such-proposal", "claim 9" },
        { "twice", "review.decided-twice", "claim 1" },
        { "place", "place.ambiguous", "claim 1" },
        { "span", "review.span", "claim 1" },
        { "half", "review.span", "claim 1" },
        { "kind", "review.kind-missing", "added claim 1" },
        { "elsewhere", "place.unknown", "claim 1" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public static void What_cannot_stand_refuses_the_whole_and_names_the_claim(string what, string code, string place)
    {
        var bus = Text.IndexOf("🚌", StringComparison.Ordinal);
        var refused = Assert.Throws<RefusedException>(() => what switch
        {
            "none" => Confirm([Whole], []),
            "unknown" => Confirm([Whole], [new(1), new(9)]),
            "twice" => Confirm([Whole], [new(1)], [1]),
            "place" => Confirm([Whole with { Places = [new("Old Town", null, [new("old-town"), new("old-town-east")], PlaceRole.From)] }]),
            "span" => Confirm([Whole], [new(1, new ClaimEdits(Span: new(5, Text.Length + 1)))]),
            "half" => Confirm([Whole], [new(1, new ClaimEdits(Span: new(0, bus + 1)))]),
            "kind" => Confirm([Whole], [new(null, new ClaimEdits(Span: new(0, 3)))]),
            _ => Confirm([Whole], [new(1, new ClaimEdits(Places: new Scope(new PlaceId("nowhere"))))]),
        });
        Assert.Equal((code, place), (refused.Problem.Code, refused.Problem.Place));
    }

    [Fact]
    public static void A_text_that_anybody_can_read_is_public_and_a_message_to_the_room_stays_there()
    {
        Assert.Equal((Handling.Public, Consent.NotNeeded), Assert.Single(Confirm([Whole]).Statements) is var s ? (s.Handling, s.Consent) : default);
        Assert.Equal((Handling.Room, Consent.NotAsked), Assert.Single(Confirm([Whole], text: new(Text, "en", Moment.Parse("2031-05-02"), Gazette)).Statements) is var t ? (t.Handling, t.Consent) : default);
        Assert.Equal("Ferries, The Gazette, 2031-05-02", s.Citation);
    }

    [Fact]
    public static void Names_lead_to_sources_of_the_book_and_nobody_is_merged_in_silence()
    {
        var (authority, office, other) = (new Source(new("harbour-authority"), "Harbour Authority", SourceKind.Party), new Source(new("harbour-authority/press"), "Press office (Harbour Authority)", SourceKind.Party, null, "Press office", "Harbour Authority"), new Source(new("red-aid"), "Red Aid of the Coast", SourceKind.Responder));
        var book = Confirm([Whole]).Statements.SelectMany(s => new[] { authority, office, other }.Select((by, i) => s with { Id = new($"S-{i}"), Chain = new(by, []) }));
        var known = new KnownSources(book);
        Assert.Equal(authority, known.Choose("the harbour authority".Replace("the ", ""), null));
        Assert.Equal("source.ambiguous", Assert.Throws<RefusedException>(() => known.Choose("Red Aid", null)).Problem.Code);
        Assert.Equal(other, known.Choose("Red Aid", new(other.Id, null)));
        Assert.Equal("source.kind", Assert.Throws<RefusedException>(() => known.Choose("The mayor", null)).Problem.Code);
        Assert.Equal(SourceKind.Witness, known.Choose("The mayor", new(null, SourceKind.Witness)).Kind);
        Assert.Equal("source.own-observers", Assert.Throws<RefusedException>(() => known.Choose("Team 2", new(null, SourceKind.OwnObservers))).Problem.Code);
        Assert.NotEqual(authority.Id, known.Choose("Harbour Authority", new(null, SourceKind.Party)).Id);
    }

    [Fact]
    public static void No_name_in_a_text_leads_to_the_missions_own_people_or_takes_their_id()
    {
        var observers = new Source(new("mission/observers"), "Observers of the mission", SourceKind.OwnObservers);
        var known = new KnownSources([Confirm([Whole]).Statements[0] with { Chain = new(observers, [Source.Room]) }]);
        Assert.Empty(known.All);
        Assert.Equal("source.kind", Assert.Throws<RefusedException>(() => known.Choose("Observers of the mission", null)).Problem.Code);
        Assert.Equal("source.unknown", Assert.Throws<RefusedException>(() => known.Choose("Observers", new(observers.Id, null))).Problem.Code);
        foreach (var name in (string[])["Observers (mission)", "observers (Mission)", "Room (Mission)", "mission room", "Room of the mission"])
        {
            Assert.DoesNotContain(known.Choose(name, new(null, SourceKind.Party)).Id, (SourceId[])[observers.Id, Source.Room.Id]);
        }
    }

    [Fact]
    public static void What_the_book_holds_beside_a_claim_is_shown_as_recorded_repeated_said_by_others_or_contradicted()
    {
        var drafted = Confirm([Whole]).Statements[0];
        var other = drafted with { Chain = new(Gazette, []) };
        Statement With(string id, Statement s, Bound bound) => s with { Id = new(id), Said = ((Headcount)s.Said) with { Counted = new(Unit.People, Category.Everyone, bound) } };
        var alike = new Alike(
            [drafted, With("S-1", drafted, Bound.MoreThan(9500)), With("S-2", other, Bound.MoreThan(9500)), With("S-3", other, Bound.Exactly(8000)), With("S-4", other, Bound.About(9000)), With("S-5", other, Bound.Exactly(8000)) with { About = TimeSpoken.Parse("2031-05-01") }],
            DateTimeZone.Utc);
        Assert.Equal(
            [(drafted.Id.Value, Likeness.Recorded), ("S-1", Likeness.Repeats), ("S-3", Likeness.Contradicts), ("S-2", Likeness.AlsoSaidBy)],
            alike.Of(drafted).Select(b => (b.Id.Value, b.Likeness)));
    }

    [Fact]
    public static void A_state_and_its_denial_and_a_state_that_excludes_it_contradict_each_other()
    {
        var stopped = Confirm([That(1, "Evacuations were suspended", ClaimKind.Suspension)]).Statements[0];
        var denied = stopped with { Id = new("S-1"), Modality = Modality.Denied };
        var complete = stopped with { Id = new("S-2"), Said = new Status(SubjectKind.Operation, State.Complete) };
        var elsewhere = stopped with { Id = new("S-3"), Modality = Modality.Denied, Where = new Scope(new PlaceId("shore")) };
        Assert.Equal(["S-1", "S-2"], new Alike([denied, complete, elsewhere], DateTimeZone.Utc).Of(stopped).Where(b => b.Likeness is Likeness.Contradicts).Select(b => b.Id.Value));
    }

    [Fact]
    public static void A_number_in_words_is_read_as_the_person_means_it() => Assert.Equal(Bound.MoreThan(9500), BoundWords.Read("more than 9,500"));
}
