using Safeconduct.Statements;

namespace Safeconduct.Intake.Forms;

/// <summary>What a question of a form is answered with.</summary>
public enum AnswerType
{
    /// <summary>One of a few words of ours.</summary>
    Choice,

    /// <summary>One place of the operation.</summary>
    Place,

    /// <summary>A whole number from 0 on; empty where nobody counted.</summary>
    Count,

    Text,

    /// <summary>Text of several lines.</summary>
    Words,

    /// <summary>A day and an hour.</summary>
    Time,

    /// <summary>The name of a picture that comes with the form.</summary>
    Photo,
}

/// <summary>One question of a form.</summary>
/// <param name="Name">Of its element in what a phone sends.</param>
/// <param name="Label">The key of its words (<see cref="FormWords"/>); a choice adds a full stop and its value.</param>
public sealed record Question(string Name, AnswerType Type, string Label)
{
    public string? Hint { get; init; }

    /// <summary>The values of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>An XPath expression: when it must be answered; null where it may stay empty.</summary>
    public string? Required { get; init; }

    /// <summary>What the phone says where it must be answered and is not.</summary>
    public string RequiredWords { get; init; } = "missing";

    /// <summary>An XPath expression: when it is asked at all; null for always.</summary>
    public string? Relevant { get; init; }

    /// <summary>An XPath expression that the answer must meet.</summary>
    public string? Constraint { get; init; }

    public string? ConstraintWords { get; init; }

    /// <summary>The key of the heading that it stands under, with its neighbours of the same heading.</summary>
    public string? Heading { get; init; }
}

/// <summary>
/// One form that phones of others fill in: which questions it asks and which statements it becomes (<see cref="FormReading"/>). It says what the screen of the field app of the same name
/// says (<c>formats/field-statements.md</c>), and asks a little more where a stranger's phone can't know it.
/// </summary>
/// <param name="Id">The id of the form on phones: <c>safeconduct-count</c>.</param>
/// <param name="Title">The key of its title.</param>
public sealed record FieldForm(string Id, string Title, IReadOnlyList<Question> Questions)
{
    public const string Count = "safeconduct-count";
    public const string Convoy = "safeconduct-convoy";
    public const string Incident = "safeconduct-incident";
    public const string Obstruction = "safeconduct-obstruction";
    public const string Aid = "safeconduct-aid";
    public const string Coverage = "safeconduct-coverage";

    /// <summary>What a count may be at most: a slip of the thumb is larger.</summary>
    public const int MostCounted = 99_999;

    private const string Always = "true()";

    /// <summary>Those who make up the people on a vehicle; nobody stands in two of them.</summary>
    internal static readonly string[] People = ["women", "men", "girls", "boys", "unknown"];

    /// <summary>Photos that one form takes.</summary>
    internal static readonly string[] Photos = ["photo_1", "photo_2", "photo_3"];

    public bool AsksPlace => Questions.Any(q => q.Type is AnswerType.Place);

    /// <summary>Whether a form of an earlier version, which asked these questions, is read as this one: no answer to it would be dropped.</summary>
    public bool AsksAll(IReadOnlySet<string> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return asked.IsSubsetOf(Questions.Select(q => q.Name));
    }

    /// <summary>The forms of an operation, in the order in which a phone lists them. Fighters are asked only where the operation tallies them, places only where it has any.</summary>
    public static IReadOnlyList<FieldForm> Of(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var hasPlaces = operation.Gazetteer.Count > 0;
        FieldForm Form(string id, string title, params IEnumerable<Question> questions) => new(id, title, [.. questions.Where(q => hasPlaces || q.Type is not AnswerType.Place)]);
        return
        [
            Form(Count, "form.count", CountQuestions(operation.FightersTallied)),
            Form(Convoy, "form.convoy", ConvoyQuestions()),
            Form(Incident, "form.incident", IncidentQuestions()),
            Form(Obstruction, "form.obstruction", ObstructionQuestions()),
            Form(Aid, "form.aid", AidQuestions()),
            Form(Coverage, "form.coverage", CoverageQuestions()),
        ];
    }

    private static IEnumerable<Question> CountQuestions(bool fightersTallied)
    {
        var nobodyElse = string.Join(" and ", People[..^1].Select(p => $"/data/{p} = ''"));
        var withinPeople = $"{WholeCount} and ({string.Join(" or ", People.Select(p => $"/data/{p} = ''"))} or . <= {string.Join(" + ", People.Select(p => $"/data/{p}"))})";
        yield return Line();
        yield return new("kind", AnswerType.Choice, "kind") { Choices = ["bus", "ambulance", "truck", "private"], Required = Always };
        yield return new("vehicle", AnswerType.Text, "vehicle") { Required = Always, Constraint = "regex(., '^[A-Za-z0-9]*[0-9][A-Za-z0-9]*$') and string-length(.) <= 8", ConstraintWords = "wrong.vehicle" };
        yield return new("trip", AnswerType.Count, "trip") { Required = Always, Constraint = ". >= 1 and . <= 99", ConstraintWords = "wrong.trip" };
        yield return new("convoy", AnswerType.Text, "convoy") { Hint = "empty" };
        foreach (var group in People)
        {
            yield return Counted(group, group, "people") with { Required = group == People[^1] ? nobodyElse : null, RequiredWords = "wrong.nobody" };
        }

        yield return Counted("wounded", "wounded", "those-above") with { Constraint = withinPeople, ConstraintWords = "wrong.above" };
        if (fightersTallied)
        {
            yield return Counted("fighters", "fighters", "those-above") with { Constraint = withinPeople, ConstraintWords = "wrong.above" };
            yield return new("fighters_basis", AnswerType.Choice, "fighters-basis") { Choices = ["weapon", "declared", "own-word"], Relevant = "/data/fighters > 0", Required = Always, Heading = "those-above" };
        }

        yield return Counted("crew", "crew", "below");
        yield return Time("closed", "closed");
        yield return Consent();
    }

    private static IEnumerable<Question> ConvoyQuestions() =>
    [
        new("convoy", AnswerType.Text, "convoy-name") { Required = Always },
        new("step", AnswerType.Choice, "step") { Choices = ["assembled", "departed", "reached", "halted", "turned-back", "arrived"], Required = Always },
        Place(),
        Time("when", "when"),
        How(null),
        ToldBy(),
        .. new[] { "buses", "ambulances", "trucks", "private" }.Select(v => Counted(v, v, "vehicles")),
        Note(),
    ];

    private static IEnumerable<Question> IncidentQuestions() =>
    [
        new("type", AnswerType.Choice, "type") { Choices = ["fire-on-convoy", "shelling", "explosion", "shooting", "blocked", "detention", "vehicles-burned", "threat", "other"], Required = Always },
        How(Always),
        ToldBy(),
        Time("when", "when"),
        Place(),
        new("hurt", AnswerType.Choice, "hurt") { Choices = ["unknown", "none", "some"], Required = Always, Relevant = "/data/type != 'blocked'" },
        Counted("killed", "killed", null) with { Relevant = "/data/hurt = 'some'" },
        Counted("wounded", "injured", null) with { Relevant = "/data/hurt = 'some'", Required = "/data/killed = ''", RequiredWords = "wrong.hurt" },
        Author(),
        Note(),
        .. PhotoQuestions(),
        Consent(),
    ];

    private static IEnumerable<Question> ObstructionQuestions() =>
    [
        new("what", AnswerType.Choice, "what") { Choices = ["passage", "boarding", "access", "observers", "aid"], Required = Always },
        new("hindrance", AnswerType.Choice, "hindrance") { Choices = ["refused", "delayed", "blocked", "held", "turned-back"], Required = Always },
        How(Always),
        ToldBy(),
        Time("when", "when"),
        Place(),
        Counted("affected", "affected", null),
        Author(),
        new("reason", AnswerType.Text, "reason") { Hint = "empty" },
        Note(),
        .. PhotoQuestions(),
        Consent(),
    ];

    private static IEnumerable<Question> AidQuestions() =>
    [
        new("act", AnswerType.Choice, "act") { Choices = ["requested", "granted", "refused", "prepared", "delivered"], Required = Always },
        new("aid", AnswerType.Text, "aid") { Required = Always },
        Counted("how_many", "how-many", null),
        new("unit", AnswerType.Choice, "unit") { Choices = ["people", "trucks", "ambulances", "tonnes"], Relevant = "/data/how_many != ''", Required = Always },
        How(null),
        ToldBy(),
        Time("when", "when"),
        Place(),
        Note(),
        Consent(),
    ];

    private static IEnumerable<Question> CoverageQuestions() =>
    [
        Line(),
        new("watched", AnswerType.Choice, "watched") { Choices = ["yes", "no"], Required = Always },
        Time("from", "from"),
        Time("to", "to") with { Required = null, Hint = "to.hint", Constraint = $"{DaysOf(".")} >= {DaysOf("/data/from")}", ConstraintWords = "wrong.to" },
        new("why", AnswerType.Choice, "why") { Choices = ["dark", "shelling", "view-blocked", "told-to-leave", "not-safe", "not-said"], Relevant = "/data/watched = 'no'", Hint = "empty" },
        Note(),
    ];

    private static string WholeCount { get; } = $". >= 0 and . <= {Shown.Number(MostCounted)}";

    private static Question Line() => new("line", AnswerType.Place, "line") { Hint = "line.hint", Required = Always };

    private static Question Place() => new("place", AnswerType.Place, "where") { Hint = "empty" };

    private static Question Counted(string name, string label, string? heading) =>
        new(name, AnswerType.Count, label) { Hint = "count.hint", Constraint = WholeCount, ConstraintWords = "wrong.number", Heading = heading };

    // ODK Web Forms takes text and no node here, and does not open the form else; JavaRosa's string() drops the hour, its coalesce() hands the time on as it is.
    private static string DaysOf(string time) => $"decimal-date-time(coalesce({time}, ''))";

    // A quarter of an hour of leave for a phone whose clock runs ahead of the hour that somebody reads off a watch.
    private static Question Time(string name, string label) =>
        new(name, AnswerType.Time, label) { Hint = "time.hint", Required = Always, Constraint = $"{DaysOf(".")} <= decimal-date-time(now()) + 0.0105", ConstraintWords = "wrong.when" };

    private static Question How(string? required) => new("how", AnswerType.Choice, "how") { Choices = ["seen", "heard", "told"], Required = required };

    private static Question ToldBy() => new("told_by", AnswerType.Text, "told-by") { Relevant = "/data/how = 'told'", Hint = "empty" };

    private static Question Author() => new("author", AnswerType.Text, "author") { Hint = "author.hint" };

    private static Question Note() => new("words", AnswerType.Words, "note") { Hint = "note.hint" };

    private static Question Consent() => new("consent", AnswerType.Choice, "consent") { Choices = ["given", "refused", "not-asked"], Hint = "empty" };

    private static IEnumerable<Question> PhotoQuestions() =>
        Photos.Select((name, i) => new Question(name, AnswerType.Photo, i == 0 ? "photo" : "photo.more") { Hint = i == 0 ? "photo.hint" : "empty", Relevant = i == 0 ? null : $"/data/{Photos[i - 1]} != ''" });
}
