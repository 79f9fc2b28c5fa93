using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;

namespace Safeconduct.Reports.Publishing;

/// <summary>One edition of a published report.</summary>
/// <param name="Sha256">Of the HTML file, 64 digits of 0-9 and a-f.</param>
/// <param name="Length">Of the file in bytes.</param>
public sealed record PublishedEdition(Audience Audience, string Sha256, long Length);

/// <summary>
/// That a report was published: what stands first in its entry of the record, before the editions themselves. Byte layout: <c>formats/publication.md</c>. Nobody is named in
/// it; who signed stands in <see cref="SignOff"/>, which stays in the room.
/// </summary>
/// <param name="CutOff">Nothing known later is in it.</param>
/// <param name="At">When it was published, by the server's clock.</param>
/// <param name="Editions">In the order of their files behind this one.</param>
public sealed record Publication(string Reference, string Title, Instant CutOff, Instant At, string? Corrects, bool IsFlash, IReadOnlyList<PublishedEdition> Editions)
{
    public const string Media = "application/vnd.safeconduct.publication+json";
    public const string EditionMedia = "text/html";
    private const int LongestTitle = 400;

    /// <summary>Whether any edition of it was made for this audience or a wider one.</summary>
    public bool IsFor(Audience audience) => Editions.Any(e => e.Audience >= audience);

    /// <exception cref="RefusedException">It is not a publication; the place says where.</exception>
    public static Publication Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Documents.Open(bytes);
        var f = new Fields(document.RootElement, "publication");
        f.Only("v", "reference", "title", "cut_off", "at", "corrects", "flash", "editions");
        return new(f.Text("reference", LongestTitle), f.Text("title", LongestTitle), Documents.InstantOf(f, "cut_off"), Documents.InstantOf(f, "at"), f.MaybeText("corrects", LongestTitle), f.Flag("flash"), f.ReadAll("editions", EditionOf, 3));
    }

    public byte[] ToBytes() => Documents.Written(json =>
    {
        json.WriteString("reference", Reference);
        json.WriteString("title", Title);
        json.WriteString("cut_off", InstantPattern.General.Format(CutOff));
        json.WriteString("at", InstantPattern.General.Format(At));
        JsonFields.Text(json, "corrects", Corrects);
        if (IsFlash)
        {
            json.WriteBoolean("flash", true);
        }

        json.WriteStartArray("editions");
        foreach (var edition in Editions)
        {
            json.WriteStartObject();
            json.WriteString("for", Token.Of(edition.Audience));
            json.WriteString("sha256", edition.Sha256);
            json.WriteNumber("length", edition.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static PublishedEdition EditionOf(Fields f)
    {
        f.Only("for", "sha256", "length");
        return new(f.Enum<Audience>("for"), f.Text("sha256", 64), f.MaybeWhole("length") ?? 0);
    }
}

/// <summary>Who composed, checked and cleared a report, for whom it was meant, and what was let go early. The last file of the entry; it stays in the room.</summary>
/// <param name="ComposedBy">Names as colleagues know them.</param>
/// <param name="Distribution">Offices that it is sent to, as the composer wrote them.</param>
/// <param name="ReleasedEarly">Statements about a convoy that the two signers let go before its arrival was stated.</param>
/// <param name="From">What it was composed from, so that it can be composed again; null in reports from before this was kept.</param>
/// <exception cref="RefusedException"><c>sign-off.one-person</c>.</exception>
public sealed record SignOff(string ComposedBy, string CheckedBy, string ClearedBy, IReadOnlyList<string> Distribution, IReadOnlyList<StatementId> ReleasedEarly, ComposedFrom? From = null)
{
    public const string Media = "application/vnd.safeconduct.sign-off+json";

    public string ClearedBy { get; } = ClearedBy != CheckedBy && ComposedBy != CheckedBy
        ? ClearedBy
        : throw new RefusedException("sign-off.one-person", "A report is checked by another person than the one who composed it, and cleared by another than the one who checked it.");

    /// <exception cref="RefusedException">It is not a sign-off; the place says where.</exception>
    public static SignOff Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Documents.Open(bytes);
        var f = new Fields(document.RootElement, "sign_off");
        f.Only("v", "composed_by", "checked_by", "cleared_by", "distribution", "released_early", "from");
        return new(f.Text("composed_by", 400), f.Text("checked_by", 400), f.Text("cleared_by", 400), f.MaybeTexts("distribution") ?? [], [.. (f.MaybeTexts("released_early") ?? []).Select(id => new StatementId(id))], f.Has("from") ? f.Read("from", ComposedFrom.Read) : null);
    }

    public byte[] ToBytes() => Documents.Written(json =>
    {
        json.WriteString("composed_by", ComposedBy);
        json.WriteString("checked_by", CheckedBy);
        json.WriteString("cleared_by", ClearedBy);
        JsonFields.Texts(json, "distribution", Distribution);
        JsonFields.Texts(json, "released_early", ReleasedEarly.Select(id => id.Value));
        From?.Write(json);
    });
}

/// <summary>What a report was composed from, beside what its publication says: the same record, read by the same program, gives the same bytes again.</summary>
/// <param name="Size">Entries of the record that were there; those behind are not in the report.</param>
/// <param name="Remark">For the foot of each page.</param>
/// <param name="Languages">Of the summaries, in their order.</param>
public sealed record ComposedFrom(long Size, Instant? PeriodStart, string? Remark, IReadOnlyList<string> Languages)
{
    internal static ComposedFrom Read(Fields f)
    {
        f.Only("size", "period_start", "remark", "languages");
        return new(f.MaybeWhole("size") ?? 0, f.Has("period_start") ? Documents.InstantOf(f, "period_start") : null, f.MaybeText("remark", 500), f.MaybeTexts("languages") ?? []);
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("from");
        json.WriteNumber("size", Size);
        JsonFields.Text(json, "period_start", PeriodStart is { } start ? InstantPattern.General.Format(start) : null);
        JsonFields.Text(json, "remark", Remark);
        JsonFields.Texts(json, "languages", Languages);
        json.WriteEndObject();
    }
}
