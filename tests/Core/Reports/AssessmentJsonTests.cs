using System.Globalization;
using System.Text;
using System.Text.Json;
using Safeconduct.Reports;
using Xunit;

namespace Safeconduct.Tests.Reports;

public class AssessmentJsonTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(AssessmentJson.Write(Scene.Assessed())).RootElement;

    [Theory]
    [InlineData("operation", JsonValueKind.String)]
    [InlineData("as_of", JsonValueKind.String)]
    [InlineData("lens", JsonValueKind.String)]
    [InlineData("statements", JsonValueKind.Number)]
    [InlineData("unmapped", JsonValueKind.Array)]
    [InlineData("hour_not_stated", JsonValueKind.Array)]
    [InlineData("figures", JsonValueKind.Array)]
    [InlineData("disputes", JsonValueKind.Array)]
    [InlineData("same_origin", JsonValueKind.Array)]
    [InlineData("status", JsonValueKind.Array)]
    [InlineData("control", JsonValueKind.Array)]
    [InlineData("unknown", JsonValueKind.Array)]
    public void The_contract_s_fields_are_there(string name, JsonValueKind kind) => Assert.Equal(kind, Root.GetProperty(name).ValueKind);

    [Theory]
    [InlineData("terms")]
    public void What_is_not_concluded_is_absent_and_not_empty(string name) => Assert.False(Root.TryGetProperty(name, out _));

    [Fact]
    public void A_figure_carries_its_span_its_support_and_each_source_s_words()
    {
        var figure = Root.GetProperty("figures").EnumerateArray().First(f => f.GetProperty("per_source").EnumerateArray().Any(r => r.GetProperty("source").GetString() == Scene.Centre.Name)
            && f.GetProperty("quantity").GetProperty("category").GetString() == "all");
        Assert.Equal(2979, figure.GetProperty("low").GetInt64());
        Assert.Equal(JsonValueKind.Null, figure.GetProperty("high").ValueKind);
        Assert.Equal("OLD-0005", figure.GetProperty("high_support")[0].GetString());
        Assert.Equal("left", figure.GetProperty("quantity").GetProperty("measure").GetString());
        Assert.Equal(JsonValueKind.Null, figure.GetProperty("consensus").ValueKind);
        Assert.NotEmpty(figure.GetProperty("contested_by").EnumerateArray());
        Assert.False(figure.GetProperty("derived").GetBoolean());
        Assert.Equal(JsonValueKind.True, figure.GetProperty("approximate").ValueKind is JsonValueKind.True or JsonValueKind.False ? JsonValueKind.True : JsonValueKind.Undefined);
        var centre = figure.GetProperty("per_source").EnumerateArray().Single(r => r.GetProperty("source").GetString() == Scene.Centre.Name);
        Assert.Equal("OLD-0005", centre.GetProperty("ids")[0].GetString());
        var claim = centre.GetProperty("claims")[0];
        Assert.Equal("more than 3,500", claim.GetProperty("words").GetString());
        Assert.True(claim.GetProperty("more_than").GetBoolean());
        Assert.Equal("fighters", claim.GetProperty("including")[0].GetProperty("category").GetString());
        Assert.Equal(["guarantor", "party"], centre.GetProperty("roles").EnumerateArray().Select(r => r.GetString()!));
    }

    [Fact]
    public void What_holds_together_carries_a_proof_whose_amounts_add_up_to_its_ends()
    {
        var proven = 0;
        foreach (var consensus in Root.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("consensus")).Where(c => c.ValueKind is JsonValueKind.Object))
        {
            foreach (var end in new[] { "low", "high" })
            {
                var lines = consensus.GetProperty("proof").GetProperty(end).EnumerateArray().ToList();
                if (lines.Count > 0)
                {
                    Assert.Equal(consensus.GetProperty(end).GetInt64(), lines.Sum(l => l.GetProperty("amount").GetInt64()));
                    proven++;
                }
            }
        }

        Assert.True(proven > 0);
        Assert.All(Root.GetProperty("conflicts").EnumerateArray(), c => Assert.True(c.GetProperty("proof").EnumerateArray().Sum(l => l.GetProperty("amount").GetInt64()) > 0));
    }

    [Fact]
    public void A_dispute_has_two_sides_a_sentence_and_how_far_apart_they_are()
    {
        var dispute = Root.GetProperty("disputes").EnumerateArray().First(d => d.GetProperty("kind").GetString() == "value");
        Assert.Equal(2, dispute.GetProperty("sides").GetArrayLength());
        Assert.NotEmpty(dispute.GetProperty("why").GetString()!);
        Assert.True(dispute.GetProperty("amount").GetInt64() > 0);
        Assert.NotEmpty(dispute.GetProperty("id").GetString()!);
    }

    [Fact]
    public void A_status_lists_every_state_with_who_says_it_and_who_denies_it()
    {
        var states = Root.GetProperty("status")[0].GetProperty("states").EnumerateArray().ToDictionary(s => s.GetProperty("state").GetString()!, s => s);
        Assert.Equal(Scene.Centre.Name, states["complete"].GetProperty("said_by")[0].GetProperty("source").GetString());
        Assert.Equal(Scene.Council.Name, states["complete"].GetProperty("denied_by")[0].GetProperty("source").GetString());
        Assert.Equal(2, states["suspended"].GetProperty("said_by").GetArrayLength());
    }

    [Fact]
    public void The_bytes_are_the_same_in_any_order_of_arrival_and_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = AssessmentJson.Write(Scene.Assessed());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("fa-IR");
            Assert.Equal(expected, AssessmentJson.Write(Scene.Assessed([.. Scene.Statements.Reverse()])));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal((byte)'\n', expected[^1]);
        Assert.DoesNotContain("\r", Encoding.UTF8.GetString(expected), StringComparison.Ordinal);
    }
}
