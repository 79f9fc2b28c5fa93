using System.CommandLine;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.Gazetteers;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Cli.Commands;

/// <summary><c>propose FILE</c>: text in, proposed claims out. Records nothing, unless a person goes through them with <c>--review</c>.</summary>
internal static class ProposeCommand
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make(Surroundings room)
    {
        var file = new Argument<string>("FILE") { Description = "A text in UTF-8, or - for standard input. A first line '# source: ...; date: YYYY-MM-DD' is a header and no part of the text." };
        var published = new Option<string?>("--published") { Description = "The day of the text: weekdays and \"yesterday\" count from it. Default: the header's.", HelpName = "DATE" };
        var language = new Option<string?>("--language") { Description = "The text's language, such as ar; default: the header's, else what the text shows.", HelpName = "TAG" };
        var places = new Option<string?>("--places") { Description = "The GeoJSON of the places; default: places.geojson beside the file, or with --operation the record's.", HelpName = "FILE" };
        var format = new Option<string?>("--format") { Description = "claims: the plain form of hand-made answers; offsets count code points from behind the header." };
        format.AcceptOnlyFromAmong("claims");
        var json = Shared.Json();
        var review = new Option<bool>("--review") { Description = "Go through the claims one by one and record those that you confirm. Needs --operation and --publisher." };
        var (operation, keys) = (Shared.Operation(), Shared.Keys());
        operation.Required = false;
        var publisher = new Option<string?>("--publisher") { Description = "Whose text it is: the outlet, ministry or office.", HelpName = "NAME" };
        var kind = new Option<string?>("--publisher-kind") { Description = $"What kind of source, where the book does not know the publisher: {string.Join(", ", Token.All<SourceKind>().Skip(1))}.", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. Token.All<SourceKind>().Skip(1)]);
        var title = new Option<string?>("--title") { Description = "The text's title, for its citation.", HelpName = "TEXT" };
        var handling = new Option<string>("--handling") { Description = $"Who may see the statements: {string.Join(", ", Token.All<Handling>())}. A text that anybody can read is public.", DefaultValueFactory = _ => "room" };
        handling.AcceptOnlyFromAmong([.. Token.All<Handling>()]);
        var command = new Command("propose", """
            Read a text and show what it claims: who says what, how many, where and when, and the words each was read from.

            Look:    propose article.txt --published 2031-05-02 --places places.geojson
            Decide:  propose article.txt --review -o book --publisher "The Gazette" --publisher-kind media

            Nothing is recorded before you write (w) at the end of a review, and then all that you confirmed or nothing.
            """)
        {
            file, published, language, places, json, format, review, operation, keys, publisher, kind, title, handling,
        };
        command.SetAction(parsed =>
        {
            var (path, isReview) = (parsed.GetRequiredValue(file), parsed.GetValue(review));
            if (parsed.GetValue(json) && (parsed.GetValue(format) is not null || isReview))
            {
                throw new UsageException("--json, --format and --review are three ways to show the claims; give one.");
            }

            var folder = parsed.GetValue(operation);
            if (isReview && (folder is null || parsed.GetValue(publisher) is null))
            {
                throw new UsageException("--review needs --operation DIR and --publisher NAME: which book, and whose text it is.");
            }

            if (isReview && path == "-")
            {
                throw new UsageException("With --review your answers come on standard input, so the text must come from a file.");
            }

            using var book = folder is null ? null : OperationFolder.Open(folder, parsed.GetValue(keys));
            var text = Input(path);
            var day = parsed.GetValue(published) is { } given ? Day(given) : text.Date;
            var gazetteer = PlacesOf(parsed.GetValue(places), path, book);
            var reading = Read(room, text, day, parsed.GetValue(language) ?? text.Language, gazetteer, path);
            if (isReview)
            {
                var at = day ?? throw new UsageException("--review needs --published DATE, or a header with the date: a statement is said on some day.");
                return new ProposeReview(room, Console.In, book!, reading, gazetteer).Run(
                    Statements.Times.Moment.OnDay(at), parsed.GetValue(publisher)!, parsed.GetValue(kind), parsed.GetValue(title), SayCommand.TokenOf<Handling>(parsed.GetRequiredValue(handling)));
            }

            if (parsed.GetValue(json))
            {
                WriteJson(room, reading, text.BodyStart);
            }
            else if (parsed.GetValue(format) is not null)
            {
                room.Output.Write(ClaimsForm.Write(reading));
            }
            else
            {
                new ProposePage(room, reading).Write();
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static TextReading Read(Surroundings room, TextFile text, LocalDate? day, string? language, Gazetteer gazetteer, string path)
    {
        if (language is { } tag && !(tag.Length is >= 2 and <= 35 && tag.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')))
        {
            throw new UsageException($"'{Shown.Short(tag)}' is not a language tag; write it as en, ar, fr.");
        }

        var (length, last) = (text.Body.Length, 0);
        var reading = TextIntake.Read(new TextRequest(text.Body, day, language, gazetteer), at =>
        {
            if (length > 200_000 && at - last > length / 50)
            {
                last = at;
                room.Progress($"reading, {Shown.Number(at * 100L / length)} per cent");
            }
        });
        room.ProgressDone();
        // Beside proposals a problem is a remark; without any, the text was not read.
        return reading.Problems.Count == 0 || reading.Proposals.Count > 0 ? reading : throw InputFile.AsRefusal(reading.Problems, path);
    }

    private static TextFile Input(string path)
    {
        var bytes = path == "-" ? StandardInput() : TextBytes(path);
        return InputFile.Understood(TextFile.Read(bytes), path == "-" ? "standard input" : path);
    }

    private static ReadOnlyMemory<byte> TextBytes(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > TextFile.LargestBytes)
        {
            throw new RefusedException("text.too-large", TextFile.TooLarge, path);
        }

        return InputFile.Read(path);
    }

    private static ReadOnlyMemory<byte> StandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        var piece = new byte[64 * 1024];
        for (int n; (n = input.Read(piece)) > 0;)
        {
            bytes.Write(piece, 0, n);
            if (bytes.Length > TextFile.LargestBytes)
            {
                throw new RefusedException("text.too-large", TextFile.TooLarge, "standard input");
            }
        }

        return bytes.ToArray();
    }

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } day && day.Value.Year is >= 1900 and <= 2999
        ? day.Value
        : throw new UsageException($"'{Shown.Short(text)}' is not a day; write --published 2031-05-02.");

    private static Gazetteer PlacesOf(string? places, string path, OperationFolder? book)
    {
        var file = places ?? (book is not null || path == "-" ? null : File.Exists(path) ? InputFile.Beside(path, "places.geojson") : null);
        return file is null ? book?.Operation.Gazetteer ?? Gazetteer.Empty : InputFile.Understood(GazetteerReader.Read(InputFile.Read(file)), file);
    }

    private static void WriteJson(Surroundings room, TextReading reading, int bodyStart)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            ProposalsForm.Write(json, reading, bodyStart);
        }

        room.Output.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
