using System.Globalization;
using System.Text;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Xunit;

namespace Safeconduct.Tests.Situation.Agreements.Wording;

/// <summary>What is written reads back as the same, whatever it is; and no text makes the reader fail.</summary>
public static class RoundTripTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public static void Whatever_is_written_reads_back_as_the_same(int seed)
    {
        var chance = new RandomAgreements(seed);
        for (var i = 0; i < 500; i++)
        {
            var agreement = chance.Next();
            var text = AgreementText.Of(agreement, Harbour.Operation);
            var read = Harbour.Understood(text);
            Assert.Equal(Harbour.Shape(agreement), Harbour.Shape(read));
            Assert.Equal(text, AgreementText.Of(read, Harbour.Operation));
        }
    }

    [Fact]
    public static void Every_clause_has_a_sentence_and_goes_through_the_form_and_back()
    {
        var chance = new RandomAgreements(5);
        for (var i = 0; i < 400; i++)
        {
            var agreement = chance.Next();
            foreach (var clause in agreement.Terms.SelectMany(t => t.Clauses))
            {
                var answers = AgreementForm.Answers(clause, agreement);
                var filled = AgreementForm.Fill(answers.Template, answers.Answers, agreement, Harbour.Operation);
                Assert.True(filled.Value is not null, string.Join('\n', filled.Problems) + "\n" + AgreementText.Of(clause, agreement));
                Assert.Equal(Harbour.Shape(clause), Harbour.Shape(filled.Value));
                Assert.EndsWith(".", AgreementProse.Of(clause, agreement, Harbour.Operation), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public static void Comments_stay_where_they_belong()
    {
        const string Text = """
            -- above all
            agreement "A" -- the title
              -- who
              parties north "North" -- one
            term 1 "T"
              -- before the clause
              never fire -- after it
              stated in [H-1] -- known from
            -- at the end
            """;
        var written = AgreementText.Of(Harbour.Read(Text), Harbour.Operation);
        Assert.Equal(
            """
            -- above all
            agreement "A"  -- the title
              -- who
              parties     north "North"  -- one

            term 1 "T"
              stated in [H-1]  -- known from
              -- before the clause
              never fire  -- after it

            -- at the end

            """,
            written);
        Assert.Equal(written, AgreementText.Of(Harbour.Read(written), Harbour.Operation));
    }

    [Fact]
    public static void Ten_thousand_terms_are_read_and_twenty_thousand_are_the_limit()
    {
        string Terms(int n)
        {
            var text = new StringBuilder(Harbour.Head);
            for (var i = 1; i <= n; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nterm {i} \"T\"\n  binds north\n  each departure from pocket leads to arrival within 12 hours\n");
            }

            return text.ToString();
        }

        Assert.Equal(10_000, Harbour.Understood(Terms(10_000)).Terms.Count);
        var beyond = Harbour.Read(Terms(20_001));
        Assert.Null(beyond.Agreement);
        Assert.Equal("agreement.too-many-terms", Assert.Single(beyond.Problems).Code);
    }

    [Fact]
    public static void A_text_of_more_than_four_megabytes_is_refused() =>
        Assert.Equal("agreement.too-large", Assert.Single(Harbour.Read(new string('\n', 4_000_001)).Problems).Code);

    [Fact]
    public static void Windows_line_ends_a_byte_order_mark_and_blank_lines_change_nothing()
    {
        var text = Harbour.WithTerm("binds north", "", "never fire at road");
        Assert.Equal(Harbour.Shape(Harbour.Understood(text)), Harbour.Shape(Harbour.Understood("\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public static void No_text_makes_the_reader_fail(int seed)
    {
        var chance = new Random(seed);
        var agreements = new RandomAgreements(seed);
        for (var i = 0; i < 700; i++)
        {
            var text = new StringBuilder(AgreementText.Of(agreements.Next(), Harbour.Operation));
            for (var n = chance.Next(12); n >= 0; n--)
            {
                var at = chance.Next(text.Length);
                switch (chance.Next(4))
                {
                    case 0:
                        text.Remove(at, Math.Min(chance.Next(20), text.Length - at));
                        break;
                    case 1:
                        text.Insert(at, (char)chance.Next(0x2100));
                        break;
                    case 2:
                        text.Insert(at, text.ToString(chance.Next(text.Length / 2), Math.Min(30, text.Length / 2)));
                        break;
                    default:
                        text[at] = "\"[](),;:=- \n\t'x0é\uD800"[chance.Next(18)];
                        break;
                }

                text.Append('x');
            }

            var read = Harbour.Read(text.ToString());
            Assert.Equal(read.Understood, !read.Errors.Any());
            if (read.Agreement is { } agreement)
            {
                Assert.Equal(Harbour.Shape(agreement), Harbour.Shape(Harbour.Understood(AgreementText.Of(agreement, Harbour.Operation))));
            }
        }
    }

    [Fact]
    public static void No_bytes_make_the_reader_fail()
    {
        var chance = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[chance.Next(300)];
            chance.NextBytes(bytes);
            Assert.NotEmpty(AgreementReader.Read(bytes, Harbour.Operation).Problems);
        }
    }

    [Fact]
    public static void A_flood_of_nonsense_ends_and_is_cut_short()
    {
        var lines = Harbour.Read(string.Concat(Enumerable.Repeat("nonsense \"\n", 300_000)));
        Assert.Equal(AgreementReader.MostProblems + 1, lines.Problems.Count);
        var words = Harbour.Read(Harbour.Head + "term 1 \"T\"\n  never fire at x" + string.Concat(Enumerable.Repeat(",\n      place-name", 200_000)));
        Assert.Null(words.Agreement);
    }
}
