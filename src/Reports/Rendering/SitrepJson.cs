using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Safeconduct.Statements.Bytes;
using static Safeconduct.Reports.JsonFields;

namespace Safeconduct.Reports.Rendering;

/// <summary>The report as JSON (<c>docs/reference/situation-report.md</c>): the same sections and pieces as every other form, for tools that lay it out themselves.</summary>
public static class SitrepJson
{
    public const string Format = "safeconduct.situation-report/1";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Sitrep report)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("reference", report.Reference);
            json.WriteString("title", report.Title);
            Text(json, "corrects", report.Corrects);
            json.WriteString("audience", Token.Of(report.Audience));
            WriteLines(json, "heading", report.Heading);
            json.WriteStartArray("sections");
            foreach (var section in report.Sections)
            {
                WriteSection(json, section);
            }

            json.WriteEndArray();
            json.WriteStartArray("statements");
            foreach (var statement in report.Annex)
            {
                WriteStatement(json, statement);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSection(Utf8JsonWriter json, Section section)
    {
        json.WriteStartObject();
        json.WriteString("id", section.Id);
        json.WriteNumber("number", section.Number);
        json.WriteString("title", section.Title);
        if (section.Language != Languages.Tongue.OfReports)
        {
            json.WriteString("language", section.Language);
            json.WriteString("direction", section.Direction);
        }

        json.WriteStartArray("blocks");
        foreach (var block in section.Blocks)
        {
            json.WriteStartObject();
            _ = block.Match(p => Paragraph(json, p), b => Bullets(json, b), t => Table(json, t), p => Plot(json, p), h => Subheading(json, h), f => Facts(json, f));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, string name, IEnumerable<HeadingLine> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteString("label", line.Label);
            json.WriteString("value", line.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool Subheading(Utf8JsonWriter json, Block.Subheading subheading)
    {
        json.WriteString("block", "subheading");
        json.WriteString("text", subheading.Text);
        return true;
    }

    private static bool Facts(Utf8JsonWriter json, Block.Facts facts)
    {
        json.WriteString("block", "facts");
        WriteLines(json, "lines", facts.Lines);
        return true;
    }

    private static bool Paragraph(Utf8JsonWriter json, Block.Paragraph paragraph)
    {
        json.WriteString("block", paragraph.IsQuiet ? "note" : "paragraph");
        json.WritePropertyName("text");
        WriteLine(json, paragraph.Text);
        return true;
    }

    private static bool Bullets(Utf8JsonWriter json, Block.Bullets bullets)
    {
        json.WriteString("block", "list");
        json.WriteStartArray("items");
        foreach (var item in bullets.Items)
        {
            WriteLine(json, item);
        }

        json.WriteEndArray();
        return true;
    }

    private static bool Table(Utf8JsonWriter json, Block.Table table)
    {
        json.WriteString("block", "table");
        Text(json, "caption", table.Caption);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
            {
                WriteLine(json, cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        return true;
    }

    private static bool Plot(Utf8JsonWriter json, Block.RangePlot plot)
    {
        json.WriteString("block", "range-plot");
        json.WriteString("caption", plot.Caption.ToString());
        json.WriteString("figure", plot.FigureId);
        json.WritePropertyName("span");
        WriteLine(json, plot.Span);
        Text(json, "part_drawn", plot.PartDrawn);
        json.WriteNumber("axis_end", plot.AxisEnd);
        json.WriteNumber("axis_step", plot.AxisStep);
        json.WriteStartArray("rows");
        foreach (var row in plot.Rows)
        {
            json.WriteStartObject();
            Source(json, row.Source);
            if (row.Origin is { } origin)
            {
                json.WriteNumber("same_origin", origin);
            }

            json.WritePropertyName("says");
            WriteLine(json, row.Words);
            json.WriteStartArray("marks");
            foreach (var mark in row.Marks)
            {
                WriteMark(json, mark);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return true;
    }

    private static void WriteMark(Utf8JsonWriter json, PlotMark mark)
    {
        json.WriteStartObject();
        json.WriteString("shape", Token.Of(mark.Shape));
        Number(json, "low", mark.Low);
        Number(json, "high", mark.High);
        json.WriteStartArray("said");
        foreach (var n in mark.Said)
        {
            json.WriteNumberValue(n);
        }

        json.WriteEndArray();
        json.WriteBoolean("part", mark.IsPart);
        json.WriteBoolean("earlier", mark.IsEarlier);
        json.WriteEndObject();
    }

    /// <summary>A line is a list of pieces: a string, or an object with one of <c>strong</c>, <c>quiet</c>, <c>as_written</c>, <c>source</c>, <c>statement</c>, <c>break</c>.</summary>
    private static void WriteLine(Utf8JsonWriter json, Line line)
    {
        json.WriteStartArray();
        foreach (var piece in line.Pieces)
        {
            _ = piece.Match(r => Run(json, r), b => By(json, b), c => Cite(json, c), _ => Break(json), q => Quote(json, q));
        }

        json.WriteEndArray();
    }

    private static bool Run(Utf8JsonWriter json, Piece.Run run)
    {
        if (run is { IsStrong: false, IsQuiet: false, IsApart: false })
        {
            json.WriteStringValue(run.Text);
            return true;
        }

        json.WriteStartObject();
        json.WriteString(run.IsStrong ? "strong" : run.IsQuiet ? "quiet" : "as_written", run.Text);
        if (run.IsApart && (run.IsStrong || run.IsQuiet))
        {
            json.WriteBoolean("as_written", true);
        }

        json.WriteEndObject();
        return true;
    }

    private static bool By(Utf8JsonWriter json, Piece.By by)
    {
        json.WriteStartObject();
        Source(json, by.Label);
        json.WriteEndObject();
        return true;
    }

    private static bool Cite(Utf8JsonWriter json, Piece.Cite cite)
    {
        json.WriteStartObject();
        json.WriteString("statement", cite.Anchor);
        json.WriteString("label", cite.Label);
        json.WriteEndObject();
        return true;
    }

    private static bool Break(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("break", true);
        json.WriteEndObject();
        return true;
    }

    private static bool Quote(Utf8JsonWriter json, Piece.Quote quote)
    {
        json.WriteStartObject();
        json.WriteString("words", quote.Text);
        json.WriteString("language", quote.Language);
        json.WriteEndObject();
        return true;
    }

    private static void WriteStatement(Utf8JsonWriter json, CitedStatement statement)
    {
        json.WriteStartObject();
        json.WriteString("anchor", statement.Anchor);
        Text(json, "id", statement.Id);
        Source(json, statement.Source);
        Text(json, "relayed_by", statement.RelayedBy);
        Text(json, "said_at", statement.SaidAt);
        Text(json, "about", statement.About);
        json.WriteString("says", statement.Says);
        Text(json, "citation", statement.Citation);
        Text(json, "note", statement.Standing);
        json.WriteEndObject();
    }

    private static void Source(Utf8JsonWriter json, SourceLabel source)
    {
        json.WriteString("source", source.Name);
        json.WriteString("source_kind", Token.Of(source.Kind));
        json.WriteString("kind_words", source.KindWords);
    }
}
