using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Safeconduct.Intake.List;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Attribution;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Kinds.Status;
using Safeconduct.Statements.Kinds.Undertaking;
using Safeconduct.Statements.Sources;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

public class ListReadingTests(ITestOutputHelper output)
{
    private static readonly ListReading Aleppo = StatementListReader.Read(Lists.Aleppo(), Lists.AleppoPlaces());

    private static readonly string[] CountedUnits = ["people", "fighters", "children", "patients", "detainees", "buses", "vehicles", "ambulances", "trucks"];

    public static TheoryData<string, string[]> Sample => [.. Lists.Table("sample60.tsv").Select(c => (c[0], c[1..]))];

    public static TheoryData<string, string[]> Invented =>
        [.. ((string[])["arlen", "upper-vale", "plant"]).SelectMany(list => Lists.Table("lists", list + ".tsv").Select(c => ($"{list} {c[0]}", c[1..])))];

    [Theory]
    [MemberData(nameof(Sample))]
    public void A_row_of_the_worked_case_reads_as_a_person_reads_it(string id, string[] expected) =>
        Assert.Equal(expected, Lists.Columns(Of(id)));

    [Theory]
    [MemberData(nameof(Invented))]
    public void A_row_of_an_invented_list_reads_as_a_person_reads_it(string id, string[] expected)
    {
        var parts = id.Split(' ');
        var statement = StatementListReader.Read(Lists.Invented(parts[0])).Statements.Single(s => s.Id.Value == parts[1]);
        var headcount = statement.Said as Headcount;
        var including = headcount is { Parts.Count: > 0 } h ? string.Join("; ", h.Parts.Select(p => p.Group is { } g ? $"{p} ({g})" : p.ToString())) : "-";
        string[] read = [.. Lists.Columns(statement), including, headcount?.Batch ?? "-"];
        Assert.Equal(expected, read);
    }

    [Fact]
    public void Nearly_every_row_that_counts_people_or_vehicles_is_mapped()
    {
        var counting = Rows().Where(r => r["quantity"] is not null && CountedUnits.Contains(r["unit"]?.GetValue<string>())).Select(r => r["id"]!.GetValue<string>()).ToList();
        var mapped = counting.Count(id => Of(id).Imported is { IsUnmapped: false } && (Lists.Counted(Of(id)).Counted is not null || Of(id).Measured is not null));
        Print($"{mapped} of {counting.Count} counting rows mapped; {Aleppo.Unmapped.Count()} of {Aleppo.Statements.Count} rows unmapped: {string.Join(", ", Aleppo.Unmapped)}");
        Assert.True(mapped >= 0.97 * counting.Count);
    }

    [Fact]
    public void No_promise_plan_or_denial_becomes_a_count()
    {
        Assert.Equal(367, Aleppo.Statements.Count);
        Assert.All(Aleppo.Statements.Where(s => s.Modality is not Modality.Asserted), s => Assert.DoesNotContain(s.Claims(), c => c is Claim.Count));
        Assert.All(Aleppo.How.Where(h => h.ListKind is ListKind.Term), h => Assert.DoesNotContain(h.Statement.Claims(), c => c is Claim.Count));
        Assert.All(
            Rows().Where(r => r["kind"]!.GetValue<string>() == "movement" && r["category"]!.GetValue<string>() is var c && (c.Contains("to leave", StringComparison.Ordinal) || c.Contains("expected", StringComparison.Ordinal))),
            r => Assert.IsType<Undertaking>(Of(r["id"]!.GetValue<string>()).Said));
    }

    [Fact]
    public void A_list_without_the_optional_fields_reads_the_same()
    {
        var bare = StatementListReader.Read(Lists.WithoutOptionalFields(Lists.Aleppo()), Lists.AleppoPlaces());
        var counting = Aleppo.Statements.Where(s => Lists.Counted(s).Counted is not null).ToList();
        var differing = counting.Where(s => !Lists.Columns(s).SequenceEqual(Lists.Columns(bare.Statements.Single(b => b.Id == s.Id)))).Select(s => s.Id).ToList();
        var totals = counting.Count(s => s.Said is Headcount { IsRunningTotal: true });
        var kept = bare.Statements.Count(b => b.Said is Headcount { IsRunningTotal: true } && Of(b.Id.Value).Said is Headcount { IsRunningTotal: true });
        Print($"{counting.Count - differing.Count} of {counting.Count} counting rows agree in kind, measure, unit, category, bound and modality; {kept} of {totals} running totals found; differing: {string.Join(", ", differing)}");
        Assert.True(counting.Count - differing.Count >= 0.95 * counting.Count);
        Assert.True(kept >= 0.9 * totals);
        Assert.All(bare.How.Where(h => Lists.Counted(h.Statement).Counted is not null && h.ListKind is not ListKind.Obstruction), h => Assert.Contains(h.Reasons, r => r.Slot is "unit" or "category" or "bound"));
    }

    [Fact]
    public void Shuffled_rows_give_the_same_statements()
    {
        var lines = Encoding.UTF8.GetString(Lists.Aleppo()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        new Random(2016).Shuffle(lines);
        foreach (var list in (byte[][])[Lists.Bytes(lines), Lists.WithoutOptionalFields(Lists.Bytes(lines))])
        {
            var sorted = StatementListReader.Read(Lists.Bytes(Encoding.UTF8.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
            var shuffled = StatementListReader.Read(list);
            Assert.Empty(shuffled.Problems);
            Assert.Equal(Written(sorted), Written(shuffled));
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void The_machines_culture_changes_no_byte(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            var reading = StatementListReader.Read(Lists.Aleppo(), Lists.AleppoPlaces());
            Assert.Equal(Written(Aleppo), Written(reading));
            Assert.Equal(Aleppo.Explained(), reading.Explained());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_statement_of_the_case_can_be_written_and_read_back() => Assert.All(Aleppo.Statements, s =>
    {
        var read = StatementBytes.Read(StatementBytes.Write(s));
        Assert.Empty(read.Problems);
        Assert.Equal(StatementBytes.Write(s), StatementBytes.Write(read.Value!));
    });

    [Fact]
    public void The_row_is_kept_whole_and_the_explanation_names_field_and_rule()
    {
        var how = Aleppo.How.Single(h => h.Statement.Id.Value == "ALP-0111");
        Assert.Contains("\"series\"", how.Statement.Imported!.Row, StringComparison.Ordinal);
        Assert.StartsWith("ALP-0111 movement -> headcount left people all = more than 9,500, running total · asserted · ", how.ToString(), StringComparison.Ordinal);
        Assert.Contains(" · unit: field · category: all by rule who.people 'people' · ", how.ToString(), StringComparison.Ordinal);
        Assert.Contains("bound: more than 9,500 by rule bound 'more than 9,500'", how.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Read with lexicon english 1: 367 statements, ", Aleppo.Explained(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6,462 people in nine convoys, over 3,000 of them fighters and 301 wounded.", 6462, "more than 3,000 fighters; 301 wounded or sick people")]
    [InlineData("8,079 people: 3,475 fighters, 2,137 women, 2,359 children and 102 wounded or sick.", 8079, "3,475 fighters; 2,137 women; 2,359 children; 102 wounded or sick people")]
    [InlineData("About 900 people, including 12 children, left.", 900, "12 children")]
    [InlineData("900 people, of whom 67 children, left.", 900, "67 children")]
    [InlineData("900 people left, plus 600 in their own cars.", 900, "")]
    [InlineData("900 people left and another 30 children the day after.", 900, "")]
    [InlineData("900 people left, including 1,200 children.", 900, "")]
    [InlineData("900 people left in 20 buses.", 900, "")]
    public void Parts_are_read_only_where_the_words_make_them_parts(string words, int whole, string parts)
    {
        var said = Assert.IsType<Headcount>(Lists.One(("paraphrase", words), ("quantity", Quantity(whole, whole))).Said);
        Assert.Equal(parts, string.Join("; ", said.Parts));
    }

    [Theory]
    [InlineData("people in the first column", "The first column had 10 people.", "first convoy")]
    [InlineData("people who left", "10 people were in the second batch.", "second batch")]
    [InlineData("people who left", "10 people left after the third convoy.", null)]
    [InlineData("people in the stopped convoy", "10 people were in it.", "stopped convoy")]
    public void Words_that_single_out_a_convoy_are_its_batch(string category, string words, string? batch) =>
        Assert.Equal(batch, Assert.IsType<Headcount>(Lists.One(("category", category), ("paraphrase", words)).Said).Batch);

    [Theory]
    [InlineData("For the first 24 hours the centre counted 10 people.", "first 24 hours")]
    [InlineData("10 people had left by early afternoon.", "by early afternoon")]
    [InlineData("10 people left since midnight.", "since midnight")]
    [InlineData("10 people left, as of the morning.", "as of the morning")]
    [InlineData("Later the same day 10 people left.", "Later the same day")]
    [InlineData("10 people had left by the end of the day.", "by the end of the day")]
    [InlineData("10 people left in ten batches.", "in ten batches")]
    [InlineData("10 people left.", null)]
    public void Words_of_time_are_kept(string words, string? time) => Assert.Equal(time, Lists.One(("paraphrase", words)).About.Words);

    [Theory]
    [InlineData("incident", "shots at buses", "He said armed villagers shot at the buses.", "armed villagers")]
    [InlineData("incident", "buses burned", "The monitor blamed the hill group.", "hill group")]
    [InlineData("incident", "buses burned", "It counted six buses burned.", null)]
    [InlineData("incident", "breach of the truce", "She said the army broke the truce.", "army")]
    [InlineData("incident", "bomb at the buses", "The group claimed the attack.", "Harbour Authority")]
    [InlineData("obstruction", "road blocked by villagers", "A reporter saw a crowd.", "villagers")]
    [InlineData("obstruction", "people held", "They were held at a post run by a group backed by Ruritania.", "a group backed by Ruritania")]
    [InlineData("obstruction", "buses waiting", "The buses were waiting.", null)]
    public void An_author_is_named_only_where_the_source_names_one(string kind, string category, string words, string? author)
    {
        var said = Lists.One(("kind", kind), ("category", category), ("paraphrase", words), ("quantity", null), ("unit", null)).Said;
        Assert.Equal(author, said is Incident i ? i.AllegedAuthor : Assert.IsType<Obstruction>(said).AllegedAuthor);
    }

    [Theory]
    [InlineData("movement", "The operation was complete.", State.Complete, Modality.Asserted)]
    [InlineData("movement", "It denied that the operation was over.", State.Complete, Modality.Denied)]
    [InlineData("control", "Officials denied that the evacuation was finished.", State.Complete, Modality.Denied)]
    [InlineData("remaining", "The evacuation was not over.", State.NotComplete, Modality.Asserted)]
    [InlineData("suspension", "The departures were put off because of the fire.", State.Postponed, Modality.Asserted)]
    [InlineData("suspension", "Departures were suspended.", State.Suspended, Modality.Asserted)]
    [InlineData("suspension", "The operation had been halted before its end.", State.Halted, Modality.Asserted)]
    [InlineData("resumption", "Departures resumed.", State.Resumed, Modality.Asserted)]
    public void A_state_is_read_with_its_denial_and_never_twice_negated(string kind, string words, State state, Modality modality)
    {
        var statement = Lists.One(("kind", kind), ("category", "departures"), ("paraphrase", words), ("quantity", null), ("unit", null));
        Assert.Equal((state, modality), (Assert.IsType<Status>(statement.Said).State, statement.Modality));
    }

    [Theory]
    [InlineData("places prepared", "The camp has 10 places ready.", "people", "places")]
    [InlineData("share of the city held", "It held 10 per cent.", null, "percent")]
    [InlineData("length of the road", "The road is 10 km long.", null, "km")]
    public void What_is_measured_is_not_counted(string category, string words, string? unit, string measured)
    {
        var statement = Lists.One(("kind", "aid"), ("category", category), ("paraphrase", words), ("unit", unit is null ? Lists.Without : unit));
        Assert.Equal(measured, statement.Measured!.Unit);
        Assert.DoesNotContain(statement.Claims(), c => c is Claim.Count);
    }

    [Fact]
    public void Nobody_is_blamed_where_the_source_says_it_is_not_known()
    {
        var said = Lists.One(("kind", "incident"), ("category", "who set off the bomb"), ("paraphrase", "The office said it was not known who did it."), ("quantity", null)).Said;
        Assert.Null(Assert.IsType<Attribution>(said).To);
    }

    [Fact]
    public void What_cannot_be_mapped_is_kept_and_shown_as_unmapped()
    {
        var statement = Lists.One(("category", "weather"), ("paraphrase", "It rained."), ("quantity", null), ("unit", null));
        Assert.Equal("comment", statement.Said.Kind);
        Assert.True(statement.Imported!.IsUnmapped);
        Assert.Contains("It rained.", statement.Imported.Row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cite", "A title, a paper, a day", Handling.Public, Consent.NotNeeded)]
    [InlineData("url", "https://example.org/a", Handling.Public, Consent.NotNeeded)]
    [InlineData("cite", null, Handling.Room, Consent.NotAsked)]
    public void Only_a_published_text_leaves_the_room(string field, string? value, Handling handling, Consent consent)
    {
        var statement = Lists.One((field, value));
        Assert.Equal((handling, consent), (statement.Handling, statement.Consent));
    }

    private static readonly string[] SaidByOthers = ["Mevlut Cavusoglu, relaying Vladimir Putin", "Syrian source quoted by RIA Novosti"];

    [Fact]
    public void Who_relays_is_not_who_said_it()
    {
        var relayed = Aleppo.Statements.Where(s => SaidByOthers.Any(o => s.Imported!.Row.Contains($"\"{o}\"", StringComparison.Ordinal))).OrderBy(s => s.Id).ToList();
        Assert.Equal(["president-of-russia", "syrian-source"], relayed.Select(s => s.SaidBy.Id.Value));
        Assert.Equal(["sample-article", "turkish-foreign-minister"], relayed[0].Chain.RelayedBy.Select(r => r.Id.Value));
        Assert.Contains("ria-novosti", relayed[1].Chain.RelayedBy.Select(r => r.Id.Value));
        Assert.Equal(["khovar", "tass"], Of("ALP-0008").Chain.RelayedBy.Select(r => r.Id.Value));
        Assert.Equal("icrc", Of("ALP-0245").SaidBy.Id.Value);
        Assert.Equal("icrc", Of("ALP-0143").SaidBy.Id.Body);
    }

    [Fact]
    public void One_office_is_one_source_whoever_speaks_for_it_and_however_it_is_spelled()
    {
        Assert.Equal(Of("ALP-0174").SaidBy, Of("ALP-0176").SaidBy);
        Assert.Equal(SourceKind.Un, Of("ALP-0189").SaidBy.Kind);
        Assert.Equal("united-nations", Of("ALP-0281").SaidBy.Id.Value);
        Assert.Equal("united-nations", Of("ALP-0047").SaidBy.Id.Body);
        Assert.Equal(Of("ALP-0073").SaidBy.Id.Body, Of("ALP-0156").SaidBy.Id.Body);
        Assert.NotEqual(Of("ALP-0219").SaidBy.Id, Of("ALP-0220").SaidBy.Id);
        var dane = StatementListReader.Read(Lists.Invented("upper-vale")).Statements.Where(s => s.Id.Value is "V-2" or "V-3").Select(s => s.SaidBy).ToList();
        Assert.Equal(dane[0], dane[1]);
        Assert.DoesNotContain(Aleppo.Statements, s => s.SaidBy.Kind is SourceKind.OwnObservers);
        Assert.Equal(SourceKind.Responder, Of("ALP-0072").SaidBy.Kind);
        Assert.Equal(SourceKind.Witness, Of("ALP-0159").SaidBy.Kind);
    }

    [Fact]
    public void A_sources_file_joins_spellings_and_declares_roles()
    {
        var aliases = SourceAliases.Read("""{"sources":[{"name":"Harbour Authority of Arlen","aliases":["Harbour Authority"],"kind":"guarantor","roles":["guarantor","party"]}]}"""u8.ToArray());
        var reading = StatementListReader.Read(Lists.Bytes([Lists.Row(), Lists.Row(("id", "T-2"), ("source", "Harbour Authority of Arlen"))]), null, aliases.Value);
        Assert.Equal(reading.Statements[0].SaidBy, reading.Statements[1].SaidBy);
        Assert.Equal(["guarantor", "party"], reading.Statements[0].SaidBy.Roles!);
        Assert.Equal(SourceKind.Guarantor, reading.Statements[0].SaidBy.Kind);
    }

    [Fact]
    public void Links_are_kept_and_where_the_list_lacks_them_only_plain_words_make_one()
    {
        Assert.Equal(["ALP-0111"], Of("ALP-0112").Linked(Relation.PartOf).Select(i => i.Value));
        Assert.Equal(["ALP-0221"], Of("ALP-0222").Linked(Relation.Supersedes).Select(i => i.Value));
        var bare = StatementListReader.Read(Lists.WithoutOptionalFields(Lists.Aleppo())).Statements.ToDictionary(s => s.Id.Value);
        Assert.Equal(["ALP-0111"], bare["ALP-0112"].Linked(Relation.PartOf).Select(i => i.Value));
        Assert.Equal(["ALP-0127"], bare["ALP-0128"].Linked(Relation.PartOf).Select(i => i.Value));
        Assert.Equal(["ALP-0266"], bare["ALP-0284"].Linked(Relation.Supersedes).Select(i => i.Value));
        Assert.Empty(bare["ALP-0130"].Links);
    }

    private void Print(FormattableString words) => output.WriteLine(words.ToString(CultureInfo.InvariantCulture));

    private static JsonObject Quantity(long? low, long? high) => new() { ["low"] = low, ["high"] = high, ["approx"] = false };

    private static Statement Of(string id) => Aleppo.Statements.Single(s => s.Id.Value == id);

    private static IEnumerable<JsonNode> Rows() => Encoding.UTF8.GetString(Lists.Aleppo()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!);

    private static string Written(ListReading reading) => string.Join('\n', reading.Statements.OrderBy(s => s.Id).Select(s => Encoding.UTF8.GetString(StatementBytes.Write(s))));
}
