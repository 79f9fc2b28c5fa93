using System.Text;
using System.Text.Json.Nodes;
using Safeconduct.Statements.Bytes;
using Xunit;

namespace Safeconduct.Tests.Statements;

/// <summary>What the phones say (<c>formats/field-statements.md</c>) is what the book reads.</summary>
public sealed class FieldStatementsTests
{
    [Fact]
    public void Every_example_of_the_page_is_a_statement_that_the_book_takes()
    {
        var examples = Repository.Text("formats/field-statements.md").Split("```json\n").Skip(1).Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)]).ToList();
        Assert.Equal(11, examples.Count);
        foreach (var example in examples)
        {
            var body = JsonNode.Parse(example)!.AsObject();
            body["v"] = StatementBytes.Version;
            var read = StatementBytes.Read(Encoding.UTF8.GetBytes(body.ToJsonString()));
            Assert.True(read.Understood, string.Join("; ", read.Problems) + example);
            Assert.Equal(body["id"]!.GetValue<string>(), read.Value!.Checked().Id.Value);
        }
    }
}
