using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>What a field of the form takes. A field holds words of the language: what the text would have in its place.</summary>
public enum FieldKind
{
    /// <summary>An occurrence; its parts are <see cref="AgreementForm.OccurrenceFields"/>.</summary>
    Occurrence,

    /// <summary>Occurrences with "or" between them.</summary>
    Occurrences,

    /// <summary>A number or share and of whom; its parts are <see cref="AgreementForm.TotalFields"/>.</summary>
    Total,

    /// <summary>A category and what became of it, with no number.</summary>
    Counted,

    /// <summary>An occurrence or a total.</summary>
    OccurrenceOrCounted,

    /// <summary>An occurrence, a total, or "step N".</summary>
    Condition,

    When,
    Span,
    State,
    Places,

    /// <summary>Ids of statements, separated by commas.</summary>
    Ids,
    Number,

    /// <summary>"yes" or nothing.</summary>
    Yes,

    /// <summary>Words as they stand in the text, without quotes.</summary>
    Words,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Names of signatories, separated by commas.</summary>
    Signatories,
    Signatory,

    /// <summary>Numbers of terms, separated by commas.</summary>
    Terms,
    Term,
}

/// <summary>One field of a template.</summary>
/// <param name="Name">Stable, for clients.</param>
/// <param name="Label">What a person is asked.</param>
/// <param name="Choices">What may be chosen, or examples where anything of the kind may be written.</param>
public sealed record FormField(string Name, string Label, FieldKind Kind, bool Required, IReadOnlyList<string> Choices);

/// <summary>One sentence of the language as fields to fill in.</summary>
public sealed record ClauseTemplate(string Name, string Label, IReadOnlyList<FormField> Fields);

/// <summary>A template and what stands in its fields; fields with nothing in them are not there.</summary>
public sealed record FormAnswers(string Template, IReadOnlyDictionary<string, string> Answers);

/// <summary>One thing that is wrong with an answer, and the field it stands in; empty where it is the whole.</summary>
public sealed record FormProblem(string Field, WordingProblem Problem);

/// <summary>What came of answers: a value, or what is wrong with them. Warnings may stand beside a value.</summary>
public sealed record Filled<T>(T? Value, IReadOnlyList<FormProblem> Problems)
    where T : class;

/// <summary>
/// The form by which a term is entered without knowing the language: every clause is one of the templates. Answers are put together to the sentence that the text would have,
/// and read by the same reader, so that the form can say nothing that the text can't, and the other way round.
/// </summary>
public static class AgreementForm
{
    private static readonly string[] Yes = ["yes"];
    private static readonly string[] Spans = ["12 hours", "24 hours", "5 days"];
    private static readonly string[] Whens = ["2031-05-20", "2031-05-20T18:00", "step 1", "end"];
    private static readonly string[] States = ["suspended", "in force", "departures from PLACE run", "between OCCURRENCE and OCCURRENCE"];

    /// <summary>The parts of an occurrence, for a screen that draws them one by one.</summary>
    public static IReadOnlyList<FormField> OccurrenceFields { get; } =
    [
        new("which", "The first or the last of them only", FieldKind.Choice, false, ["first", "last"]),
        new("noun", "What happens", FieldKind.Choice, true, Vocabulary.Nouns),
        new("of", "Of whom or what", FieldKind.Choice, false, Vocabulary.Categories),
        new("batch", "What reports call it", FieldKind.Words, false, ["first convoy"]),
        new("from", "From where", FieldKind.Places, false, []),
        new("to", "To where", FieldKind.Places, false, []),
        new("via", "By way of", FieldKind.Places, false, []),
        new("at", "Where", FieldKind.Places, false, []),
        new("with-people", "With people aboard only", FieldKind.Yes, false, Yes),
        new("same", "The same as what came before", FieldKind.Words, false, ["convoy", "place"]),
    ];

    /// <summary>The parts of a total.</summary>
    public static IReadOnlyList<FormField> TotalFields { get; } =
    [
        new("number", "How many: a number, or a share such as half, one third of 15000, 20 per cent of 900", FieldKind.Words, false, ["1250", "half of 15000", "one third of 15000"]),
        new("category", "Who or what", FieldKind.Choice, true, Vocabulary.Categories),
        new("measure", "What becomes of them", FieldKind.Choice, true, ["leave", "arrive in", "pass", "are received in", "are released from", "are present at", "are delivered to"]),
        new("places", "Which place", FieldKind.Places, true, []),
        new("via", "By way of", FieldKind.Places, false, []),
        new("to", "To where", FieldKind.Places, false, []),
    ];

    /// <summary>Every sentence of the language.</summary>
    public static IReadOnlyList<ClauseTemplate> Templates { get; } =
    [
        new("prohibition", "Something must not happen",
        [
            new("what", "What must not happen", FieldKind.Occurrence, true, ["fire at PLACE"]),
            new("while", "Only while", FieldKind.State, false, States),
            new("unless", "Unless this came before it", FieldKind.Occurrence, false, ["notice"]),
            new("within", "At most how long before it", FieldKind.Span, false, Spans),
        ]),
        new("obligation", "One thing must be followed by another",
        [
            new("each", "Each time this happens", FieldKind.Occurrence, true, ["departure from PLACE"]),
            new("to", "This must follow", FieldKind.Occurrence, true, ["arrival in PLACE of the same convoy"]),
            new("within", "Within", FieldKind.Span, true, Spans),
            new("unless", "Unless", FieldKind.Occurrence, false, ["turned-back"]),
            new("clock-stops", "The clock stands still while", FieldKind.State, false, States),
        ]),
        new("cause", "Something may only follow a cause",
        [
            new("each", "Each time this happens", FieldKind.Occurrence, true, ["suspension"]),
            new("by", "One of these must have come before", FieldKind.Occurrences, true, ["fire or notice"]),
            new("within", "At most how long before", FieldKind.Span, true, Spans),
        ]),
        new("deadline", "Something must happen, by a time or with no date",
        [
            new("what", "What must happen", FieldKind.Occurrence, true, ["release of detainees from PLACE"]),
            new("from", "Not before", FieldKind.When, false, Whens),
            new("by", "By when", FieldKind.When, false, Whens),
        ]),
        new("quota", "So many at least, or at most",
        [
            new("which", "At least or at most", FieldKind.Choice, true, ["at least", "at most"]),
            new("total", "How many of whom", FieldKind.Total, true, ["1500 people leave PLACE"]),
            new("when", "By when (at least), or until when (at most)", FieldKind.When, false, Whens),
        ]),
        new("reciprocity", "Parallel departures: so many here, so many there",
        [
            new("of", "For each", FieldKind.Total, true, ["1250 people leave PLACE"]),
            new("owed", "So many", FieldKind.Total, true, ["2000 people leave PLACE"]),
            new("within", "Within", FieldKind.Span, true, Spans),
            new("each-other", "Either may come first", FieldKind.Yes, false, Yes),
        ]),
        new("balance", "One total may not run ahead of another",
        [
            new("window", "Within any", FieldKind.Span, true, Spans),
            new("plus", "These", FieldKind.Counted, true, ["people leave PLACE"]),
            new("minus", "May exceed these", FieldKind.Counted, true, ["people leave PLACE"]),
            new("by", "By at most", FieldKind.Number, true, ["500"]),
        ]),
        new("order", "One thing only after another",
        [
            new("then", "What comes later", FieldKind.OccurrenceOrCounted, true, ["departure of fighters from PLACE"]),
            new("after", "Only after", FieldKind.Condition, true, ["step 1", "arrival in PLACE", "100 wounded leave PLACE"]),
        ]),
        new("emptying", "Everyone leaves a place",
        [
            new("places", "Which place", FieldKind.Places, true, []),
            new("by", "By when", FieldKind.When, false, Whens),
        ]),
        new("safe-passage", "Safe passage", [new("for", "For whom", FieldKind.Occurrence, true, ["departure from PLACE"])]),
        new("destination", "Only to certain places",
        [
            new("what", "What", FieldKind.Occurrence, true, ["departure of civilians"]),
            new("places", "Only to", FieldKind.Places, true, []),
        ]),
        new("access", "Access or passage is not refused",
        [
            new("which", "Access (aid, staff) or passage (people, vehicles)", FieldKind.Choice, true, ["access", "passage"]),
            new("places", "To", FieldKind.Places, true, []),
        ]),
        new("accounts", "What no report can show: by account only",
        [
            new("kept", "Statements that say it was kept", FieldKind.Ids, false, []),
            new("not-kept", "Statements that say it was not", FieldKind.Ids, false, []),
            new("bears-on-it", "Statements that bear on it", FieldKind.Ids, false, []),
        ]),
        new("not-observable", "A word with no observable meaning",
        [
            new("word", "The agreement's word", FieldKind.Words, true, ["respect"]),
            new("bears-on-it", "Statements that bear on it", FieldKind.Ids, false, []),
        ]),
    ];

    /// <summary>What is asked of every term, whatever its clauses.</summary>
    public static IReadOnlyList<FormField> TermFields { get; } =
    [
        new("title", "Title, as it will be printed", FieldKind.Words, true, []),
        new("version", "Of which version of the agreement", FieldKind.Number, false, ["1"]),
        new("replaces", "Replaces which terms", FieldKind.Terms, false, []),
        new("stated in", "Statements that make it known", FieldKind.Ids, false, []),
        new("denied by", "Statements that say there is no such term", FieldKind.Ids, false, []),
        new("rival of", "Another account of which term", FieldKind.Term, false, []),
        new("according to", "Known only from whose account", FieldKind.Signatory, false, []),
        new("binds", "Whom it binds", FieldKind.Signatories, false, []),
        new("asked by", "A demand of whom (it binds nobody)", FieldKind.Signatory, false, []),
        new("step", "The step that is done once it is met", FieldKind.Number, false, []),
        new("after step", "Owed only after step", FieldKind.Number, false, []),
        new("if", "Owed only once this happened", FieldKind.Occurrence, false, []),
        new("from", "In force from, where that differs from its version", FieldKind.When, false, Whens),
        new("until", "In force until", FieldKind.When, false, Whens),
        new("says", "The words of the text", FieldKind.Words, false, []),
    ];

    /// <summary>A clause from answers, read against the agreement it will belong to.</summary>
    public static Filled<Clause> Fill(string template, IReadOnlyDictionary<string, string> answers, Agreement agreement, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(agreement);
        if (Templates.FirstOrDefault(t => t.Name == template) is not { } found)
        {
            return new(null, [new("", Wrong("form.unknown-template", $"'{Shown.Short(template)}' is not a template.", string.Join(", ", Templates.Select(t => t.Name)), Vocabulary.Near(template ?? "", Templates.Select(t => t.Name))))]);
        }

        var problems = new List<FormProblem>();
        CheckNames(found.Fields, answers, problems);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in found.Fields)
        {
            if (Given(field, answers, problems) is { } words)
            {
                given[field.Name] = words;
                CheckAlone(field, words, agreement, operation, problems);
            }
        }

        if (template == "prohibition" && given.ContainsKey("unless") != given.ContainsKey("within"))
        {
            var missing = given.ContainsKey("unless") ? "within" : "unless";
            problems.Add(new(missing, Wrong("form.missing", "What came before and how long before it belong together.", "both or neither", null)));
        }

        if (problems.Any(p => p.Problem.Severity is Severity.Error))
        {
            return new(null, problems);
        }

        var (clause, wrong) = ReadClause(Sentence(template, given), agreement, operation);

        // What was said of a field alone is not said once more of the whole.
        problems.AddRange(wrong.Where(w => problems.All(p => p.Problem.Code != w.Code)).Select(w => new FormProblem("", w)));
        return new(problems.Any(p => p.Problem.Severity is Severity.Error) ? null : clause, problems);
    }

    /// <summary>A term from the answers to <see cref="TermFields"/> and its clauses; the whole agreement says afterwards whether it fits: <see cref="Added"/>.</summary>
    public static Filled<Term> FillTerm(string number, IReadOnlyDictionary<string, string> answers, IReadOnlyList<FormAnswers> clauses, Agreement agreement, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(clauses);
        ArgumentNullException.ThrowIfNull(agreement);
        var problems = new List<FormProblem>();
        CheckNames(TermFields, answers, problems);
        var lines = new List<string>();
        var title = "";
        foreach (var field in TermFields)
        {
            if (Given(field, answers, problems) is not { } words)
            {
                continue;
            }

            if (field.Name == "title")
            {
                title = words;
                continue;
            }

            lines.Add(field.Name switch
            {
                "asked by" => $"asked by {words}, binds nobody",
                "says" => $"says {AgreementText.QuotedText(words)}",
                _ when field.Kind is FieldKind.Ids => $"{field.Name} [{Bare(words)}]",
                _ => $"{field.Name} {words}",
            });
        }

        for (var i = 0; i < clauses.Count; i++)
        {
            var filled = Fill(clauses[i].Template, clauses[i].Answers, agreement, operation);
            problems.AddRange(filled.Problems.Select(p => p with { Field = p.Field.Length == 0 ? $"clause {Shown.Number(i + 1)}" : $"clause {Shown.Number(i + 1)}: {p.Field}" }));
            if (filled.Value is { } clause)
            {
                lines.Add(AgreementText.Of(clause, agreement));
            }
        }

        if (clauses.Count == 0)
        {
            problems.Add(new("", Wrong("agreement.no-clause", "The term asks for nothing.", "at least one clause", null)));
        }

        if (problems.Any(p => p.Problem.Severity is Severity.Error))
        {
            return new(null, problems);
        }

        var text = AgreementText.Of(agreement, operation) + $"\nterm {OneLine(number)} {AgreementText.QuotedText(title)}\n{string.Concat(lines.Select(l => $"  {OneLine(l)}\n"))}";
        var read = AgreementReader.Read(text, operation);
        var begins = text.AsSpan(0, text.LastIndexOf("\nterm ", StringComparison.Ordinal) + 1).Count('\n') + 1;
        var known = problems.Select(p => p.Problem.Code).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(read.Problems.Where(p => p.At.Line >= begins && !known.Contains(p.Code)).Select(p => new FormProblem(FieldOf(p, begins, lines), p)));
        return new(read.Agreement?.Terms[^1], problems);
    }

    /// <summary>The agreement with the term, put in the place of the one with its number or behind the last.</summary>
    public static Agreement Added(Agreement agreement, Term term)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        ArgumentNullException.ThrowIfNull(term);
        return agreement with { Terms = agreement.Terms.Any(t => t.Number == term.Number) ? [.. agreement.Terms.Select(t => t.Number == term.Number ? term : t)] : [.. agreement.Terms, term] };
    }

    /// <summary>The number for a new term: one more than the highest whole number there is.</summary>
    public static string NextNumber(Agreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return Shown.Number(agreement.Terms.Select(t => t.Number.Length < 9 && t.Number.All(char.IsAsciiDigit) ? int.Parse(t.Number, System.Globalization.CultureInfo.InvariantCulture) : 0).DefaultIfEmpty(0).Max() + 1);
    }

    /// <summary>The template that a clause is of, and what stands in its fields: filled in again they give the clause.</summary>
    public static FormAnswers Answers(Clause clause, Agreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        var w = new AgreementText.Parts(agreement);
        return clause switch
        {
            Clause.Never c => Made("prohibition", ("what", w.Of(c.What)), ("while", w.Of(c.While)), ("unless", w.Of(c.UnlessPrecededBy)), ("within", w.Of(c.Within))),
            Clause.LeadsTo c => Made("obligation", ("each", w.Of(c.Each)), ("to", w.Of(c.To)), ("within", w.Of(c.Within)), ("unless", w.Of(c.Unless)), ("clock-stops", w.Of(c.ClockStops))),
            Clause.Preceded c => Made("cause", ("each", w.Of(c.Each)), ("by", w.Of(c.By)), ("within", w.Of(c.Within))),
            Clause.Happens c => Made("deadline", ("what", w.Of(c.What)), ("from", w.Of(c.From)), ("by", w.Of(c.By))),
            Clause.AtLeast c => Made("quota", ("which", "at least"), ("total", w.Of(c.Total)), ("when", w.Of(c.By))),
            Clause.AtMost c => Made("quota", ("which", "at most"), ("total", w.Of(c.Total)), ("when", w.Of(c.Until))),
            Clause.ForEach c => Made("reciprocity", ("of", w.Of(c.Of)), ("owed", w.Of(c.Owed)), ("within", w.Of(c.Within)), ("each-other", c.EachOther ? "yes" : null)),
            Clause.Balance c => Made("balance", ("window", w.Of(c.Window)), ("plus", w.Of(c.Plus)), ("minus", w.Of(c.Minus)), ("by", Shown.Number(c.Limit))),
            Clause.OnlyAfter c => Made("order", ("then", w.Of(c.Then) ?? w.Of(c.ThenTotal)), ("after", w.Of(c.First) ?? w.Of(c.FirstTotal) ?? $"step {Shown.Number(c.Step ?? 1)}")),
            Clause.EveryoneLeaves c => Made("emptying", ("places", w.Of(c.Places)), ("by", w.Of(c.By))),
            Clause.SafePassage c => Made("safe-passage", ("for", w.Of(c.For))),
            Clause.OnlyTo c => Made("destination", ("what", w.Of(c.What)), ("places", w.Of(c.Places))),
            Clause.Open c => Made("access", ("which", c.IsAccess ? "access" : "passage"), ("places", w.Of(c.Places))),
            Clause.ByAccount c => Made("accounts", ("kept", Bare(w.Of(c.Kept))), ("not-kept", Bare(w.Of(c.NotKept))), ("bears-on-it", Bare(w.Of(c.BearsOnIt)))),
            Clause.NotObservable c => Made("not-observable", ("word", c.Word), ("bears-on-it", Bare(w.Of(c.BearsOnIt)))),
            _ => throw new InvalidOperationException("A clause without a template."),
        };
    }

    /// <summary>What stands in the fields of a term itself, by their names.</summary>
    public static IReadOnlyDictionary<string, string> TermAnswers(Term term, Agreement agreement)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentNullException.ThrowIfNull(agreement);
        var w = new AgreementText.Parts(agreement);
        return Made(
            "term",
            ("title", term.Title),
            ("version", term.Version is { } v ? Shown.Number(v) : null),
            ("replaces", string.Join(", ", term.Replaces)),
            ("stated in", Bare(w.Of(term.StatedIn))),
            ("denied by", Bare(w.Of(term.DeniedBy))),
            ("rival of", term.RivalOf),
            ("according to", term.AccordingTo),
            ("binds", string.Join(", ", term.Binds)),
            ("asked by", term.AskedBy),
            ("step", term.Step is { } s ? Shown.Number(s) : null),
            ("after step", term.AfterStep is { } a ? Shown.Number(a) : null),
            ("if", w.Of(term.If)),
            ("from", w.Of(term.From)),
            ("until", w.Of(term.Until)),
            ("says", term.Says)).Answers;
    }

    /// <summary>The words of an occurrence from its parts, by the names in <see cref="OccurrenceFields"/>.</summary>
    public static string OccurrenceWords(IReadOnlyDictionary<string, string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        string Part(string name, string before) => parts.TryGetValue(name, out var words) && words.Trim().Length > 0 ? $"{before}{words.Trim()}" : "";
        var batch = parts.TryGetValue("batch", out var called) && called.Trim().Length > 0 ? $" in batch {AgreementText.QuotedText(called.Trim())}" : "";
        return (Part("which", "") + Part("noun", " ") + Part("of", " of ") + batch + Part("from", " from ") + Part("to", " to ") + Part("via", " via ") + Part("at", " at ")
            + (Part("with-people", "").Length > 0 ? " with people" : "") + Part("same", " of the same ")).Trim();
    }

    /// <summary>The words of a total from its parts, by the names in <see cref="TotalFields"/>.</summary>
    public static string TotalWords(IReadOnlyDictionary<string, string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        string Part(string name, string before) => parts.TryGetValue(name, out var words) && words.Trim().Length > 0 ? $"{before}{words.Trim()}" : "";
        var number = Part("number", "");
        var share = number.Length > 0 && !char.IsAsciiDigit(number[^1]) && !number.Contains(" of ", StringComparison.Ordinal) ? number + " of" : number;
        return (share + Part("category", " ") + Part("measure", " ") + Part("places", " ") + Part("via", " via ") + Part("to", " to ")).Trim();
    }

    /// <summary>The parts of an occurrence; filled in they give its words.</summary>
    public static IReadOnlyDictionary<string, string> OccurrenceParts(Occurrence occurrence, Agreement agreement)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        ArgumentNullException.ThrowIfNull(agreement);
        var w = new AgreementText.Parts(agreement);
        return Made(
            "occurrence",
            ("which", occurrence.Which switch { Ordinal.First => "first", Ordinal.Last => "last", _ => null }),
            ("noun", occurrence.IsOwnType ? AgreementText.QuotedText(occurrence.Noun) : occurrence.Noun),
            ("of", occurrence.Category),
            ("batch", occurrence.Batch),
            ("from", w.Of(occurrence.From)),
            ("to", w.Of(occurrence.To)),
            ("via", w.Of(occurrence.Via)),
            ("at", w.Of(occurrence.Where)),
            ("with-people", occurrence.WithPeople ? "yes" : null),
            ("same", string.Join(", ", occurrence.Same))).Answers;
    }

    private static FormAnswers Made(string template, params ReadOnlySpan<(string Name, string? Words)> answers)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, words) in answers)
        {
            if (!string.IsNullOrEmpty(words))
            {
                given[name] = words;
            }
        }

        return new FormAnswers(template, given);
    }

    /// <summary>A list of ids without the brackets that a person may or may not have written.</summary>
    private static string Bare(string? ids)
    {
        var words = (ids ?? "").Trim();
        return words.StartsWith('[') && words.EndsWith(']') ? words[1..^1] : words;
    }

    private static string OneLine(string words) => words.ReplaceLineEndings(" ");

    private static WordingProblem Wrong(string code, string message, string? expected, string? suggestion) => new(code, message, new At(1, 1), 1, Severity.Error, expected, suggestion);

    private static void CheckNames(IReadOnlyList<FormField> fields, IReadOnlyDictionary<string, string> answers, List<FormProblem> problems)
    {
        foreach (var name in answers.Keys.Where(k => fields.All(f => f.Name != k)).Order(StringComparer.Ordinal))
        {
            problems.Add(new(name, Wrong("form.unknown-field", $"There is no field '{Shown.Short(name)}'.", string.Join(", ", fields.Select(f => f.Name)), Vocabulary.Near(name, fields.Select(f => f.Name)))));
        }
    }

    private static string? Given(FormField field, IReadOnlyDictionary<string, string> answers, List<FormProblem> problems)
    {
        var words = answers.TryGetValue(field.Name, out var answer) ? OneLine(answer).Trim() : "";
        if (words.Length == 0)
        {
            if (field.Required)
            {
                problems.Add(new(field.Name, Wrong("form.missing", $"'{field.Label}' is not answered.", field.Choices.Count > 0 ? string.Join(", ", field.Choices.Take(5)) : null, null)));
            }

            return null;
        }

        if (field.Kind is FieldKind.Choice && !field.Choices.Contains(words))
        {
            problems.Add(new(field.Name, Wrong("form.choice", $"'{Shown.Short(words)}' is not one of the choices.", string.Join(", ", field.Choices), Vocabulary.Near(words, field.Choices))));
            return null;
        }

        return words;
    }

    private static string Sentence(string template, Dictionary<string, string> given)
    {
        string G(string name) => given[name];
        string Part(string before, string name) => given.TryGetValue(name, out var words) ? $"{before}{words}" : "";
        string Listed(string before, string name) => given.TryGetValue(name, out var words) ? $"{before}[{Bare(words)}]" : "";
        return template switch
        {
            "prohibition" => $"never {G("what")}{Part(" while ", "while")}{Part(" unless preceded by ", "unless")}{Part(" within ", "within")}",
            "obligation" => $"each {G("each")} leads to {G("to")} within {G("within")}{Part(" unless ", "unless")}{Part(" clock stops while ", "clock-stops")}",
            "cause" => $"each {G("each")} is preceded by {G("by")} within {G("within")}",
            "deadline" => $"{G("what")}{Part(" from ", "from")}{Part(" by ", "by")}",
            "quota" => $"{G("which")} {G("total")}{Part(G("which") == "at least" ? " by " : " until ", "when")}",
            "reciprocity" => $"for each {G("of")}, {G("owed")} within {G("within")}{(given.ContainsKey("each-other") ? " of each other" : "")}",
            "balance" => $"within {G("window")}, {G("plus")} exceed {G("minus")} by at most {G("by")}",
            "order" => $"{G("then")} only after {G("after")}",
            "emptying" => $"everyone leaves {G("places")}{Part(" by ", "by")}",
            "safe-passage" => $"safe passage for {G("for")}",
            "destination" => $"{G("what")} only to {G("places")}",
            "access" => $"{G("which")} to {G("places")}",
            "accounts" => "by account: " + string.Join(", ", ((string[])[Listed("kept ", "kept"), Listed("not kept ", "not-kept"), Listed("bears on it ", "bears-on-it")]).Where(p => p.Length > 0)),
            _ => $"not observable: {AgreementText.QuotedText(G("word"))}{Listed(" bears on it ", "bears-on-it")}",
        };
    }

    /// <summary>Each field by itself, so that a problem can be shown at its field.</summary>
    private static void CheckAlone(FormField field, string words, Agreement agreement, Operation operation, List<FormProblem> problems)
    {
        // "same" needs the first occurrence, which is another field: the whole sentence says whether it is right.
        if (field.Kind is FieldKind.Words or FieldKind.Choice or FieldKind.Yes or FieldKind.Signatory or FieldKind.Signatories or FieldKind.Term or FieldKind.Terms)
        {
            return;
        }

        var first = new Occurrence("departure", default);
        foreach (var problem in AgreementReader.ReadPart(field.Kind is FieldKind.Ids ? $"[{Bare(words)}]" : words, agreement, operation, reader => ReadField(reader, field.Kind, first)))
        {
            if (problem.Code != "agreement.unknown-key")
            {
                problems.Add(new(field.Name, problem));
            }
        }
    }

    private static void ReadField(ClauseReader r, FieldKind kind, Occurrence first)
    {
        switch (kind)
        {
            case FieldKind.Occurrence:
                r.Occurrence(first);
                break;
            case FieldKind.Occurrences:
                r.Alternatives(first);
                break;
            case FieldKind.Total:
                r.Total(ClauseReader.Numbered.Must);
                break;
            case FieldKind.Counted:
                r.Total(ClauseReader.Numbered.No);
                break;
            case FieldKind.OccurrenceOrCounted when r.StartsTotal():
                r.Total(ClauseReader.Numbered.No);
                break;
            case FieldKind.OccurrenceOrCounted:
                r.Occurrence(first);
                break;
            case FieldKind.Condition when r.Take("step"):
                r.Step(isUse: false);
                break;
            case FieldKind.Condition when r.StartsTotal():
                r.Total(ClauseReader.Numbered.May);
                break;
            case FieldKind.Condition:
                r.Occurrence(first);
                break;
            case FieldKind.When:
                r.When();
                break;
            case FieldKind.Span:
                r.Span();
                break;
            case FieldKind.State:
                r.State();
                break;
            case FieldKind.Places:
                r.Places();
                break;
            case FieldKind.Number:
                r.Number("a number");
                break;
            default:
                r.Ids();
                break;
        }

        r.ExpectEnd("it");
    }

    private static (Clause? Clause, IReadOnlyList<WordingProblem> Problems) ReadClause(string sentence, Agreement agreement, Operation operation)
    {
        Clause? clause = null;
        var problems = AgreementReader.ReadPart(sentence, agreement, operation, r => clause = r.Clause());
        return (clause, problems);
    }

    private static string FieldOf(WordingProblem problem, int begins, List<string> lines)
    {
        var index = problem.At.Line - begins - 1;
        var line = index >= 0 && index < lines.Count ? lines[index] : "";
        return TermFields.Select(f => f.Name).OrderByDescending(n => n.Length).FirstOrDefault(n => line.StartsWith(n + " ", StringComparison.Ordinal)) ?? "";
    }
}
