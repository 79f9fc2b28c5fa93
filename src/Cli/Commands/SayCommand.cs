using System.CommandLine;
using System.Text.Json;
using NodaTime;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Cli.Commands;

/// <summary><c>say</c>: one statement by hand: what an observer, a radio or a phone said. Who counted, who relayed, by which channel, when heard.</summary>
internal static class SayCommand
{
    public static Command Make(Surroundings room)
    {
        var (operation, keys, json) = (Shared.Operation(), Shared.Keys(), Shared.Json());
        var said = new SaidOptions();
        var by = new Option<string>("--by") { Description = "Who says it: \"Name (office, body)\".", Required = true, HelpName = "SOURCE" };
        var byKind = new Option<string>("--source-kind") { Description = $"What kind of source: {string.Join(", ", Token.All<SourceKind>())}.", Required = true };
        byKind.AcceptOnlyFromAmong([.. Token.All<SourceKind>()]);
        var relayed = new Option<string[]>("--relayed-by") { Description = "Through whom it came, outermost first; may be given several times.", HelpName = "SOURCE" };
        var at = new Option<string?>("--said-at") { Description = "When it was said; default: the minute of recording.", HelpName = "TIME" };
        var basis = new Option<string>("--basis") { Description = $"How they know: {string.Join(", ", Token.All<Basis>())}.", DefaultValueFactory = _ => "not-said" };
        basis.AcceptOnlyFromAmong([.. Token.All<Basis>()]);
        var channel = new Option<string?>("--channel") { Description = "Entered for another: radio, phone, in person, paper sheet, text." };
        var heard = new Option<string?>("--heard-at") { Description = "When it was heard, with --channel.", HelpName = "TIME" };
        var readBack = new Option<bool>("--read-back") { Description = "It was read back and agreed." };
        var counted = new Option<string?>("--counted-by") { Description = "Who counted, where that is not the speaker." };
        var handling = new Option<string>("--handling") { Description = $"Who may see it: {string.Join(", ", Token.All<Handling>())}.", DefaultValueFactory = _ => "room" };
        handling.AcceptOnlyFromAmong([.. Token.All<Handling>()]);
        var consent = new Option<string>("--consent") { Description = $"Whether the people concerned agreed: {string.Join(", ", Token.All<Consent>())}.", DefaultValueFactory = _ => "not-asked" };
        consent.AcceptOnlyFromAmong([.. Token.All<Consent>()]);
        var command = new Command("say", """
            Record one statement by hand: what an observer saw, what a radio or a phone said.

            A count:        say -o book --by "Post 2 (own observers)" --source-kind own-observers \
                              --measure left --how-many "more than 300" --of people --from old-town --about 2031-05-03T14:20
            Anything else:  say -o book ... --kind incident --said '{"type":"shelling"}' (the fields stand in formats/statement.md)
            """)
        {
            operation, keys, by, byKind, relayed, at, basis, channel, heard, readBack, counted, handling, consent, json,
        };
        said.AddTo(command);
        command.SetAction(parsed =>
        {
            using var book = OperationFolder.Open(parsed.GetRequiredValue(operation), parsed.GetValue(keys));
            var zone = book.Operation.Zone;
            var now = NowIn(zone);
            var kind = TokenOf<SourceKind>(parsed.GetRequiredValue(byKind));
            var statement = new Statement
            {
                Id = book.Book.NextId(),
                Chain = new SourceChain(SourceNamed(parsed.GetRequiredValue(by), kind), [.. (parsed.GetValue(relayed) ?? []).Select(r => SourceNamed(r, kind))]),
                Basis = TokenOf<Basis>(parsed.GetRequiredValue(basis)),
                SaidAt = parsed.GetValue(at) is { } t ? Times.Moment(t, zone) : now,
                About = said.About(parsed, zone),
                Where = said.Where(parsed, book.Operation),
                Modality = said.Modality(parsed),
                Said = said.Read(parsed),
                Paraphrase = said.Paraphrase(parsed),
                Handling = TokenOf<Handling>(parsed.GetRequiredValue(handling)),
                Consent = TokenOf<Consent>(parsed.GetRequiredValue(consent)),
                Reception = parsed.GetValue(channel) is { } c
                    ? new Reception(c, parsed.GetValue(heard) is { } h ? Times.Moment(h, zone) : now, parsed.GetValue(readBack), parsed.GetValue(counted))
                    : null,
            };
            return Record(room, book, statement, parsed.GetValue(json));
        });
        return command;
    }

    internal static Statements.Times.Moment NowIn(DateTimeZone zone)
    {
        var now = Instant.FromDateTimeOffset(Surroundings.Now).InZone(zone).ToOffsetDateTime();
        return Statements.Times.Moment.AtMinute(now.With(time => new LocalTime(time.Hour, time.Minute)));
    }

    internal static int Record(Surroundings room, OperationFolder book, Statement statement, bool json)
    {
        var receipt = book.Book.Enter([statement.Checked()], OperationFolder.ClaimedNow()).Recorded.Single();
        if (json)
        {
            room.Output.WriteLine(JsonSerializer.Serialize(new SortedDictionary<string, object>(StringComparer.Ordinal)
            {
                ["id"] = statement.Id.Value,
                ["entry"] = receipt.Id.ToString(),
                ["index"] = receipt.Index.Value,
                ["level"] = receipt.Level.ToString().ToLowerInvariant(),
                ["words"] = statement.Said.ToString(),
            }));
            return CommandLine.Done;
        }

        room.Output.WriteLine($"{statement.Id}  {statement.Chain}: {statement.Said}");
        room.Output.WriteLine($"      recorded as entry {receipt.Index}, {receipt.Level.ToString().ToLowerInvariant()}, {receipt.Id}");
        return CommandLine.Done;
    }

    /// <summary>A source typed by hand, taken apart as a list's sources are; its kind is the one typed.</summary>
    private static Source SourceNamed(string words, SourceKind kind) =>
        new SourceDirectory([(words, "observer")], [], SourceAliases.None, Lexicon.English).ChainOf(words, null).SaidBy with { Kind = kind };

    internal static T TokenOf<T>(string token)
        where T : struct, Enum => Token.TryRead<T>(token, out var value) ? value : throw new UsageException($"'{token}' is not one of {string.Join(", ", Token.All<T>())}.");
}

/// <summary>The options that say what is said, shared by <c>say</c> and <c>correct</c>.</summary>
internal sealed class SaidOptions
{
    private readonly Option<string?> _kind = new("--kind") { Description = $"The kind of statement, with --said: {string.Join(", ", Catalogue.Kinds.Select(k => k.Name))}." };
    private readonly Option<string?> _said = new("--said") { Description = "The kind's fields as JSON.", HelpName = "JSON" };
    private readonly Option<string?> _measure = new("--measure") { Description = $"For a count: {string.Join(", ", Token.All<Measure>())}." };
    private readonly Option<string?> _howMany = new("--how-many") { Description = "The number in the speaker's words: \"337\", \"more than 300\", \"about 50\", \"30 to 40\", \"none\", \"not known\".", HelpName = "WORDS" };
    private readonly Option<string> _of = new("--of") { Description = $"Of whom or what: {string.Join(", ", Category.Named.Select(n => n.Slug).Distinct())}.", DefaultValueFactory = _ => "people" };
    private readonly Option<string[]> _including = new("--including") { Description = "A part of the count, never added: \"20 wounded-or-sick\"; may be given several times.", HelpName = "WORDS OF" };
    private readonly Option<bool> _total = new("--running-total") { Description = "Counts from the start of the operation." };
    private readonly Option<string?> _about = new("--about") { Description = "The time spoken of: a minute, a day, or start/end; default: the minute of recording.", HelpName = "TIME" };
    private readonly Option<string?> _words = new("--about-words") { Description = "The time in the speaker's words: \"the morning\"." };
    private readonly Option<string?> _from = new("--from") { Description = "A place of the operation: where from, or where.", HelpName = "PLACE" };
    private readonly Option<string?> _to = new("--to") { Description = "Where to.", HelpName = "PLACE" };
    private readonly Option<string?> _via = new("--via") { Description = "By which crossing or route.", HelpName = "PLACE" };
    private readonly Option<string?> _batch = new("--convoy") { Description = "The convoy or batch it is about, in the words used." };
    private readonly Option<string> _modality = new("--modality") { Description = $"How the words stand: {string.Join(", ", Token.All<Modality>())}.", DefaultValueFactory = _ => "asserted" };
    private readonly Option<string?> _paraphrase = new("--paraphrase") { Description = "One neutral sentence in the room's words." };

    public SaidOptions()
    {
        _measure.AcceptOnlyFromAmong([.. Token.All<Measure>()]);
        _modality.AcceptOnlyFromAmong([.. Token.All<Modality>()]);
        _kind.AcceptOnlyFromAmong([.. Catalogue.Kinds.Select(k => k.Name)]);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_measure, _howMany, _of, _including, _total, _batch, _kind, _said, _about, _words, _from, _to, _via, _modality, _paraphrase])
        {
            command.Options.Add(option);
        }
    }

    public bool SaysSomething(ParseResult parsed) => parsed.GetValue(_howMany) is not null || parsed.GetValue(_said) is not null;

    public bool HasAbout(ParseResult parsed) => parsed.GetValue(_about) is not null;

    public Statements.Times.TimeSpoken About(ParseResult parsed, DateTimeZone zone) => parsed.GetValue(_about) is { } text
        ? Times.Spoken(text, zone, parsed.GetValue(_words))
        : Statements.Times.TimeSpoken.At(SayCommand.NowIn(zone), parsed.GetValue(_words));

    public Scope Where(ParseResult parsed, Operation operation) =>
        new(PlaceOf(parsed.GetValue(_from), operation), PlaceOf(parsed.GetValue(_to), operation), PlaceOf(parsed.GetValue(_via), operation));

    public Modality Modality(ParseResult parsed) => SayCommand.TokenOf<Modality>(parsed.GetRequiredValue(_modality));

    public string? Paraphrase(ParseResult parsed) => parsed.GetValue(_paraphrase);

    public Said Read(ParseResult parsed)
    {
        if (parsed.GetValue(_said) is { } json)
        {
            return ReadJson(parsed.GetValue(_kind) ?? throw new UsageException("--said needs --kind."), json);
        }

        var words = parsed.GetValue(_howMany) ?? throw new UsageException("Say how many (--measure left --how-many \"more than 300\" --of people), or give a kind and its fields (--kind incident --said '{...}').");
        var measure = SayCommand.TokenOf<Measure>(parsed.GetValue(_measure) ?? throw new UsageException("--how-many needs --measure: what became of those counted."));
        var counted = CountOf(words, parsed.GetRequiredValue(_of));
        var parts = (parsed.GetValue(_including) ?? []).Select(PartOf).ToList();
        return new Headcount(measure, counted, parsed.GetValue(_total), parts.Count == 0 ? null : parts, parsed.GetValue(_batch));
    }

    private static Counted CountOf(string words, string of)
    {
        var (_, _, category) = Category.Named.FirstOrDefault(n => n.Slug == of || n.Words == of);
        if (category is null)
        {
            throw new UsageException($"'{of}' is not a category; they are {string.Join(", ", Category.Named.Select(n => n.Slug).Distinct())}.");
        }

        var bound = BoundWords.Read(words) ?? throw new RefusedException("bound.not-understood", $"'{Shown.Short(words)}' is not a number in words such as 337, \"more than 300\", \"about 50\", \"30 to 40\", \"none\".");
        return new Counted(category.Space is CategorySpace.Vehicles ? Unit.Vehicles : Unit.People, category, bound);
    }

    private static Counted PartOf(string text)
    {
        var space = text.LastIndexOf(' ');
        return space > 0 ? CountOf(text[..space], text[(space + 1)..]) : throw new UsageException($"--including needs a number and of whom: \"20 wounded-or-sick\"; got '{text}'.");
    }

    private static Said ReadJson(string kind, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Catalogue.Read(kind, new Fields(document.RootElement, "said"));
        }
        catch (JsonException broken)
        {
            throw new RefusedException("said.not-json", $"--said is not JSON, at character {Shown.Number(broken.BytePositionInLine ?? 0)}.");
        }
    }

    private static PlaceId? PlaceOf(string? id, Operation operation)
    {
        if (id is null)
        {
            return null;
        }

        var place = new PlaceId(id);
        return operation.Gazetteer.Count == 0 || operation.Gazetteer.Find(place) is not null
            ? place
            : throw new RefusedException("place.unknown", $"'{id}' is not a place of this operation. Near to it: {string.Join(", ", Near(id, operation))}.");
    }

    private static IEnumerable<string> Near(string id, Operation operation) => operation.Gazetteer.Places
        .Select(p => p.Id.Value)
        .OrderByDescending(p => p.Split('-').Intersect(id.Split('-')).Count())
        .ThenByDescending(p => p.Zip(id).TakeWhile(pair => pair.First == pair.Second).Count())
        .Take(3);
}
