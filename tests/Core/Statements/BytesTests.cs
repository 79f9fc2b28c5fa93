using System.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Comment;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Saying;

public static class BytesTests
{
    private const string Start = """{"v":1,"id":"S-1","kind":"comment","by":{"id":"a/b","name":"A","kind":"party"},"said_at":"2031-05-02","about":"2031-05-02","handling":"room","consent":"given","said":{"text":"words"}""";

    [Fact]
    public static void Statements_of_every_kind_come_back_as_the_same_bytes_and_the_same_claims()
    {
        var random = new RandomStatements(7);
        foreach (var (kind, _) in Catalogue.Kinds)
        {
            for (var i = 0; i < 150; i++)
            {
                var statement = random.Next(kind);
                var bytes = StatementBytes.Write(statement);
                var read = StatementBytes.Read(bytes);
                Assert.True(read.Value is not null, Encoding.UTF8.GetString(bytes) + string.Join('\n', read.Problems));
                Assert.Equal(bytes, StatementBytes.Write(read.Value));
                Assert.Equal(statement.Claims(), read.Value.Claims());
                Assert.Equal(statement.Claims().Select(ClaimText.Of), read.Value.Claims().Select(ClaimText.Of));
                Assert.Equal(statement.Wording, read.Value.Wording);
                Assert.Equal((statement.Chain, statement.SaidAt, statement.About, statement.Where), (read.Value.Chain, read.Value.SaidAt, read.Value.About, read.Value.Where));
            }
        }
    }

    [Fact]
    public static void Only_an_asserted_statement_yields_a_count()
    {
        var random = new RandomStatements(11);
        var statements = Catalogue.Kinds.SelectMany(k => Enumerable.Range(0, 60).Select(_ => random.Next(k.Name))).ToList();
        Assert.All(statements.Where(s => s.Modality is not Modality.Asserted), s => Assert.DoesNotContain(s.Claims(), c => c is Claim.Count));
        Assert.Contains(statements, s => s.Claims().Any(c => c is Claim.Count));
    }

    [Fact]
    public static void Damaged_bodies_give_a_statement_or_a_problem_with_a_code_and_never_throw()
    {
        var random = new Random(20161216);
        var bodies = KindPageTests.Examples().Select(e => e.Body).ToList();
        var refused = 0;
        for (var i = 0; i < 8_000; i++)
        {
            var read = StatementBytes.Read(Mutation.Of(bodies[random.Next(bodies.Count)], random));
            if (read.Value is { } understood)
            {
                Assert.NotNull(StatementBytes.Read(StatementBytes.Write(understood)).Value);
                continue;
            }

            refused++;
            Assert.Matches("^[a-z]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$", Assert.Single(read.Problems).Code);
            Assert.NotEqual("", read.Problems[0].Message);
        }

        Assert.InRange(refused, 1000, 7_999);
    }

    [Fact]
    public static void Random_bytes_are_refused_and_never_throw()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.Null(StatementBytes.Read(bytes).Value);
        }
    }

    [Theory]
    [InlineData("", "body.not-json", "", "The body is not JSON, at byte 0 of line 1.")]
    [InlineData("[]", "body.not-an-object", "body", "Expected an object.")]
    [InlineData("{}", "body.unknown-version", "body", "This program reads version 1 of statements.")]
    [InlineData("{\"v\":1,\"v\":1}", "body.field-twice", "body", "'v' is given twice.")]
    [InlineData("{\"v\":1,\"\\ud800\":1}", "body.broken-text", "body", "A text holds half a character (broken UTF-8 or an unpaired surrogate).")]
    public static void A_body_that_is_no_statement_is_refused(string text, string code, string place, string message) =>
        Assert.Equal(new Problem(code, message, place), Problem(text));

    [Theory]
    [InlineData(",\"more\":1", "body.unknown-field", "body", "'more' is not a field here; the fields are v, id, kind, by, relayed_by, basis, said_at, about, about_words, from, to, via, modality, said, measured, words, paraphrase, citation, reception, attached, handling, consent, links, imported.")]
    [InlineData(",\"basis\":\"rumour\"", "body.unknown-word", "body.basis", "'rumour' is not one of: not-said, counted, seen, heard, told, published, inferred.")]
    [InlineData(",\"citation\":5", "body.not-text", "body", "'citation' must be text.")]
    [InlineData(",\"citation\":\"\"", "body.text-length", "body", "'citation' must be 1 to 20000 characters; it has 0.")]
    [InlineData(",\"links\":{}", "body.not-a-list", "body", "'links' must be a list of at most 1000.")]
    [InlineData(",\"links\":[{\"relation\":\"confirms\",\"to\":\"S-1\"}]", "link.to-itself", "body.links", "S-1 points to itself.")]
    [InlineData(",\"links\":[{\"relation\":\"confirms\",\"to\":\"S-2\"},{\"relation\":\"confirms\",\"to\":\"S-2\"}]", "link.twice", "body.links", "S-1 points to S-2 twice in the same way (confirms).")]
    [InlineData(",\"links\":[{\"relation\":\"confirms\",\"to\":\"S 2\"}]", "id.not-an-id", "body.links[0]", "An id is 1 to 64 characters without spaces; got 'S 2'.")]
    [InlineData(",\"words\":{\"text\":\"w\",\"language\":\"en\",\"document_sha256\":\"AB\"}", "words.sha256", "body.words", "The document is named by its SHA-256: 64 digits of 0-9 and a-f, in lower case.")]
    [InlineData(",\"words\":{\"text\":\"w\",\"language\":\"en\",\"start\":5,\"end\":5}", "words.span", "body.words", "A span has a start from 0 on and an end after it; give both or neither.")]
    [InlineData(",\"words\":{\"text\":\"w\",\"language\":\"en\",\"start\":5}", "words.span", "body.words", "A span has a start from 0 on and an end after it; give both or neither.")]
    [InlineData(",\"words\":{\"text\":\"w\",\"language\":\"en\",\"start\":4294967297,\"end\":4294967299}", "words.span", "body.words.start", "A span has a start from 0 on and an end after it; give both or neither.")]
    [InlineData(",\"words\":{\"text\":\"w\",\"language\":\"e n\"}", "words.language", "body.words", "'e n' is not a language tag; write it as \"ar\", \"en\" or \"und\" where it is not known.")]
    [InlineData(",\"measured\":{\"unit\":\"km\"}", "bound.empty", "body.measured", "A measured number needs a low or a high end.")]
    [InlineData(",\"measured\":{\"low\":3,\"high\":2.5,\"unit\":\"km\"}", "bound.low-above-high", "body.measured", "The low end (3) is above the high end (2.5); swap them or leave one out.")]
    [InlineData(",\"measured\":{\"low\":3,\"unit\":\" \"}", "unit.missing", "body.measured", "A number needs a unit of 1 to 60 characters.")]
    [InlineData(",\"measured\":{\"low\":\"3\",\"unit\":\"km\"}", "body.not-a-number", "body.measured", "'low' must be a number.")]
    [InlineData(",\"from\":\"\\u0007\"", "place.not-an-id", "body", "A place id is 1 to 80 characters; got ' '.")]
    [InlineData(",\"relayed_by\":[{\"id\":\" \",\"name\":\"A\",\"kind\":\"media\"}]", "source.not-an-id", "body.relayed_by[0]", "A source id is 1 to 400 characters; got ' '.")]
    [InlineData(",\"reception\":{\"channel\":\"radio\",\"heard_at\":\"noon\",\"read_back\":1}", "time.not-a-time", "body.reception.heard_at", "'noon' is not a day (2016-12-16), a month (2016-12) or a time with its offset (2016-12-16T13:45+02:00).")]
    [InlineData(",\"reception\":{\"channel\":\"radio\",\"heard_at\":\"2031-05-02\",\"read_back\":1}", "body.not-a-flag", "body.reception", "'read_back' must be true or false.")]
    public static void A_field_that_is_wrong_is_refused_where_it_stands(string fields, string code, string place, string message) =>
        Assert.Equal(new Problem(code, message, place), Problem(Start + fields + "}"));

    [Theory]
    [InlineData("\"kind\":\"comment\"", "\"kind\":\"rumour\"", "body.unknown-kind", "body.said")]
    [InlineData("\"about\":\"2031-05-02\"", "\"about\":\"2031-05-02/2031-05-01\"", "time.end-before-start", "body.about")]
    [InlineData("\"said_at\":\"2031-05-02\"", "\"said_at\":\"3031-05-02\"", "time.not-a-time", "body.said_at")]
    [InlineData("\"handling\":\"room\",", "", "body.missing", "body")]
    [InlineData("\"handling\":\"room\"", "\"handling\":\"everybody\"", "body.unknown-word", "body.handling")]
    [InlineData("\"id\":\"S-1\"", "\"id\":\"\\t\"", "id.not-an-id", "body")]
    public static void A_required_field_that_is_wrong_is_refused(string right, string wrong, string code, string place)
    {
        var problem = Problem((Start + "}").Replace(right, wrong, StringComparison.Ordinal));
        Assert.Equal((code, place), (problem.Code, problem.Place));
        Assert.NotEqual("", problem.Message);
    }

    [Theory]
    [InlineData("{\"low\":5,\"more_than\":4}", "bound.two-ends", "A bound has one low end: 'low' (the number itself included) or 'more_than' (excluded).")]
    [InlineData("{\"high\":5,\"fewer_than\":9}", "bound.two-ends", "A bound has one high end: 'high' (the number itself included) or 'fewer_than' (excluded).")]
    [InlineData("{\"not_known\":true,\"low\":5}", "bound.not-known-with-number", "A number is either not known or bounded; give 'not_known' alone, or leave it out.")]
    [InlineData("{}", "bound.empty", "A bound needs a low end, a high end or the word that was used; or say that the number is not known.")]
    [InlineData("{\"low\":-1}", "bound.negative", "A count can't be below zero.")]
    [InlineData("{\"fewer_than\":0}", "bound.negative", "Nothing is fewer than none.")]
    [InlineData("{\"low\":1000000000001}", "bound.too-large", "A count above 1,000,000,000,000 is refused; check the number.")]
    [InlineData("{\"low\":40,\"high\":30}", "bound.low-above-high", "The low end (40) is above the high end (30); swap them or leave one out.")]
    [InlineData("{\"more_than\":40,\"high\":40}", "bound.nothing-between", "No whole number is more than 40 and at most 40; check the two ends.")]
    [InlineData("{\"more_than\":4,\"fewer_than\":5}", "bound.nothing-between", "No whole number is more than 4 and fewer than 5; check the two ends.")]
    [InlineData("{\"word\":\" \"}", "bound.word", "The word used for the number is 1 to 80 characters.")]
    [InlineData("{\"low\":1.5}", "body.not-a-whole-number", "'low' must be a whole number.")]
    public static void A_bound_that_could_be_misread_is_refused(string bound, string code, string message)
    {
        var text = (Start + "}").Replace("comment", "headcount", StringComparison.Ordinal)
            .Replace("{\"text\":\"words\"}", $$$"""{"measure":"left","counted":{"unit":"people","of":"all","bound":{{{bound}}}}}""", StringComparison.Ordinal);
        Assert.Equal(new Problem(code, message, "body.said.counted.bound"), Problem(text));
    }

    [Theory]
    [InlineData("\"people\",\"of\":\"crowds\"", "category.unknown", "body.said.counted.of")]
    [InlineData("\"people\",\"of\":[]", "category.empty", "body.said.counted")]
    [InlineData("\"people\",\"of\":[{\"sex\":[\"none\"]}]", "body.unknown-word", "body.said.counted.of[0].sex")]
    [InlineData("\"tonnes\",\"of\":\"all\"", "category.none-here", "body.said.counted.of")]
    [InlineData("\"vehicles\"", "body.missing", "body.said.counted")]
    public static void A_category_that_is_wrong_is_refused(string counted, string code, string place)
    {
        var text = (Start + "}").Replace("comment", "headcount", StringComparison.Ordinal)
            .Replace("{\"text\":\"words\"}", """{"measure":"left","counted":{"unit":COUNTED,"bound":{"low":1}}}""".Replace("COUNTED", counted, StringComparison.Ordinal), StringComparison.Ordinal);
        var problem = Problem(text);
        Assert.Equal((code, place), (problem.Code, problem.Place));
    }

    [Fact]
    public static void Reliability_is_a_capital_letter_from_A_to_F()
    {
        var problem = Problem((Start + "}").Replace("comment", "assessment", StringComparison.Ordinal).Replace("{\"text\":\"words\"}", "{\"of\":\"S-2\",\"reasons\":\"r\",\"reliability\":\"b\"}", StringComparison.Ordinal));
        Assert.Equal(new Problem("assessment.reliability", "Reliability is a letter from A (reliable) to F (can't be judged).", "body.said.reliability"), problem);
    }

    [Fact]
    public static void The_words_of_a_deadline_are_kept()
    {
        var by = TimeSpoken.Parse("2031-05-04", "within two days");
        var read = StatementBytes.Read(StatementBytes.Write(Of(new Undertaking("to leave", By: by)))).Value!;
        Assert.Equal(by, Assert.IsType<Undertaking>(read.Said).By);
    }

    [Fact]
    public static void A_body_that_its_own_reader_would_refuse_is_never_written()
    {
        var refused = Assert.Throws<RefusedException>(() => StatementBytes.Write(Of(new Comment(new string('x', 20_001)))));
        Assert.Equal(new Problem("body.text-length", "'text' must be 1 to 20000 characters; it has 20001.", "body.said"), refused.Problem);
        var large = Assert.Throws<RefusedException>(() => StatementBytes.Write(Of(new Comment("x")) with { Imported = new Imported(new string('x', StatementBytes.LargestBytes)) }));
        Assert.Equal("body.too-large", large.Problem.Code);
        Assert.StartsWith("A statement has at most 262,144 bytes; this has ", large.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_link_that_repeats_what_the_kind_says_is_not_claimed_twice()
    {
        var of = new StatementId("S-7");
        var statement = Of(new Safeconduct.Statements.Kinds.Withdrawal.Withdrawal(of, "heard twice")) with { Links = [new Link(Relation.Withdraws, of), new Link(Relation.RepliesTo, of)] };
        Assert.Equal(["about S-7: withdraws", "about S-7: replies-to"], statement.Claims().Select(ClaimText.Of));
    }

    [Fact]
    public static void Words_without_words_are_refused() =>
        Assert.Equal(new Problem("words.empty", "The original words are missing; leave 'words' out where there are none."), Assert.Throws<RefusedException>(() => new Words("", "en")).Problem);

    [Fact]
    public static void A_count_without_any_bound_is_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => new Counted(Unit.People, Category.Everyone, default));
        Assert.Equal("A bound needs a low end, a high end or the word that was used; or say that the number is not known.", refused.Message);
    }

    [Fact]
    public static void What_is_shown_of_a_strange_text_cannot_turn_the_line_round()
    {
        Assert.Equal("a b c", Shown.Short("a\u202eb\u0007c"));
        Assert.Equal(string.Concat(Enumerable.Repeat("🚌", 60)) + "...", Shown.Short(string.Concat(Enumerable.Repeat("🚌", 61))));
    }

    private static Problem Problem(string text)
    {
        var read = StatementBytes.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(read.Value);
        return Assert.Single(read.Problems);
    }

    private static Statement Of(Said said) => new()
    {
        Id = new StatementId("S-1"),
        Chain = new SourceChain(new Source(new SourceId("mission/observers"), "Observers", SourceKind.OwnObservers), []),
        SaidAt = Moment.Parse("2031-05-02"),
        About = TimeSpoken.Parse("2031-05-02"),
        Said = said,
    };
}
