using Safeconduct.Situation.Agreements.Wording;
using Xunit;

namespace Safeconduct.Tests.Situation.Agreements.Wording;

/// <summary>Every way to get it wrong says so at its line and column, says what was expected, and says it all at once.</summary>
public static class RefusedWordingTests
{
    /// <summary>The line of a term that <see cref="Harbour.WithTerm"/> puts its first clause on.</summary>
    private static readonly int First = Harbour.WithTerm("X").Split('\n').ToList().IndexOf("  X") + 1;

    public static TheoryData<string, int, string, string, string?> Clauses => new()
    {
        { "never fyre at pocket", 9, "agreement.unknown-event", "'fyre' is not an occurrence.", "fire" },
        { "never fire at mole-raod", 17, "agreement.unknown-place", "'mole-raod' is not a place of this agreement or of the operation.", "mole-road" },
        { "never fire at pocket or road", 24, "agreement.ambiguous-or", "Between places 'or' could mean either or both.", "pocket, road" },
        { "never fire or burning at pocket", 14, "agreement.ambiguous-or", "'fire or burning at pocket' can be read in two ways: 'at pocket' narrows the last alone, or both.", "never fire at pocket ... and never burning at pocket ...\nnever fire ... and never burning at pocket ..." },
        { "never fire while suspened", 20, "agreement.unknown-state", "'suspened' is not a state.", "suspended" },
        { "never fire unless preceded by notice", 39, "agreement.no-end", "A past without an end can't be searched.", "within 24 hours" },
        { "never “fire”", 9, "agreement.curly-quote", "Names stand in straight double quotes.", "\"fire\"" },
        { "never \"fire-on-convoy", 9, "agreement.unclosed-quote", "The quote that opens here is not closed on its line.", null },
        { "never Fire", 9, "agreement.capitals", "Words and names are in lower case: 'Fire'.", "fire" },
        { "never fire at pocket.", 23, "agreement.stray-character", "'.' means nothing here.", "no mark at the end of a line" },
        { "never fire at pocket at road", 24, "agreement.said-twice", "'at' narrows this occurrence twice.", null },
        { "never fire of fihgters", 17, "agreement.unknown-category", "'fihgters' is not a category.", "fighters" },
        { "each departure from pocket leads to arrival", 46, "agreement.no-end", "A future without an end can't be judged: as long as nothing is reported it could still come.", "within 24 hours" },
        { "each departure from pocket laeds to arrival within 2 hours", 30, "agreement.unexpected", "'laeds' can't stand here.", "leads" },
        { "each departure leads to arrival within 0 hours", 42, "agreement.span", "A span of nothing can't be met or missed.", null },
        { "each departure leads to arrival within 11 years", 45, "agreement.unknown-unit", "'years' is not a unit of time here.", null },
        { "each departure leads to arrival within 3 weeks", 44, "agreement.unknown-unit", "'weeks' is not a unit of time here.", "21 days" },
        { "each departure leads to arrival within 3654 days", 42, "agreement.span", "3654 days is longer than ten years.", null },
        { "each departure leads to arrival within 2 hours unless held or blocked", 62, "agreement.ambiguous-or", "'unless' takes one occurrence: after 'or' another sentence could begin.", null },
        { "each departure leads to arrival of the same buss within 2 hours", 47, "agreement.unknown-key", "'buss' is not a key of these occurrences.", null },
        { "each departure of the same convoy leads to arrival within 2 hours", 18, "agreement.same-as-what", "There is no occurrence before it that it could be the same as.", null },
        { "each suspension is preceded by fire or notice at pocket within 2 hours", 34, "agreement.ambiguous-or", "'fire or notice at pocket' can be read in two ways: 'at pocket' narrows the last alone, or all of them.", "fire at pocket or notice at pocket\nfire anywhere or notice at pocket" },
        { "release of detainees by 2031-13-40", 27, "agreement.time", "'2031-13-40' is not a time.", null },
        { "release of detainees by 20", 27, "agreement.time", "'20' is not a time.", null },
        { "release by 2031-03-30T02:30", 14, "agreement.time-at-clock-change", "2031-03-30T02:30 does not exist on the operation's clock, which is put forward then.", "2031-03-30T03:30+02:00" },
        { "release from 2031-05-20 by 2031-05-19", 11, "agreement.end-before-start", "'by' 2031-05-19 is before 'from' 2031-05-20.", null },
        { "at least people leave pocket", 12, "agreement.unexpected", "'people' can't stand here.", null },
        { "at least 15,0000 people leave pocket", 14, "agreement.unexpected", "',' can't stand here.", null },
        { "at least 1250,000 people leave pocket", 12, "agreement.number", "'1250,000' is not a number that can be meant.", null },
        { "at least 12 people vanish from pocket", 22, "agreement.not-observable", "'vanish' has no observable meaning here: no report of an event could show that it was done or not.", "not observable: \"vanish\"\nby account: kept [...], not kept [...]" },
        { "at least 12 people are seen in pocket", 22, "agreement.unknown-measure", "'are seen in' is not what can become of those counted.", null },
        { "at least 120 per cent of 50 people leave pocket", 12, "agreement.share", "120 of 100 is not a share.", null },
        { "12 people leave pocket", 3, "agreement.bare-total", "A number by itself does not say whether it is the least or the most.", "at least 12" },
        { "for each 0 people who leave villages, 5 people leave pocket within 2 hours", 12, "agreement.reciprocity-never", "For each 0 nothing can ever be owed.", null },
        { "for each 5 people who leave pocket, 9 people leave pocket within 2 hours", 39, "agreement.reciprocity-itself", "Both totals are the same quantity, so that one always answers the other.", null },
        { "for each half of pocket leaves, 9 people leave villages within 2 hours", 12, "agreement.reciprocity-share", "'for each' counts in steps of a number, and a share is none.", null },
        { "within 2 hours, 5 people leave pocket exceed people leave villages by at most 5", 19, "agreement.number-not-here", "This clause compares totals and takes no number here.", null },
        { "departure only after step 9", 29, "agreement.unknown-step", "There is no step 9.", null },
        { "respect the dignity of people", 3, "agreement.not-observable", "'respect' has no observable meaning here: no report of an event could show that it was done or not.", "not observable: \"respect\"\nby account: kept [...], not kept [...]" },
        { "both sides act in good faith", 21, "agreement.not-observable", "'good faith' has no observable meaning here: no report of an event could show that it was done or not.", "not observable: \"good faith\"\nby account: kept [...], not kept [...]" },
        { "nevr fire", 3, "agreement.unknown-word", "No line of a term begins with 'nevr'.", "never" },
        { "replaces 1", 12, "agreement.itself", "Term 1 can't replace itself.", null },
        { "replaces 7", 12, "agreement.unknown-term", "There is no term 7.", null },
        { "rival of 1", 12, "agreement.itself", "Term 1 can't be a rival of itself.", null },
        { "binds norht", 9, "agreement.unknown-party", "'norht' is no party or guarantor of the agreement.", "north" },
        { "version 1", 3, "agreement.line-twice", "The term has two lines 'version'.", null },
        { "stated in [", 14, "agreement.unexpected", "The line ends too early.", null },
        { "not observable: spirit", 19, "agreement.unexpected", "'spirit' can't stand here.", "\"spirit\"" },
        { "asked by north", 17, "agreement.unexpected", "The line ends too early.", null },
        { "never fire \u0001 at pocket", 14, "agreement.stray-character", "The character U+0001 means nothing here.", null },
    };

    [Theory]
    [MemberData(nameof(Clauses))]
    public static void A_line_that_can_not_be_read_says_where_and_why(string line, int column, string code, string message, string? suggestion)
    {
        var read = Harbour.Read(Harbour.WithTerm(line));
        Assert.Null(read.Agreement);
        Assert.Equal((code, message, First, column, suggestion), Of(read.Errors.First(p => p.Code == code)));
    }

    public static TheoryData<string, int, int, string, string> Texts => new()
    {
        { "", 1, 1, "agreement.no-agreement", "The text does not begin with the agreement's own line." },
        { "term 1 \"T\"\n  never fire", 1, 1, "agreement.no-agreement", "The text does not begin with the agreement's own line." },
        { "agreement \"A\"\n\tin force from 2031-05-02", 2, 1, "agreement.tab", "A tab is as wide as each editor makes it; indent with spaces." },
        { "agreement \"A\"\n in force from 2031-05-02", 2, 2, "agreement.indent", "Indent the lines of an agreement or a term by at least two spaces." },
        { "agreement \"A\"\n    in force from 2031-05-02\n  parties n \"N\"", 3, 3, "agreement.indent", "This line is indented less than the first line under its heading; indent lines that are of the same rank alike." },
        { "agreement \"A\"\n  partis n \"N\"", 2, 3, "agreement.unknown-word", "No line of an agreement begins with 'partis'." },
        { "agreement \"A\"\n  in force from 2031-05-09 until 2031-05-02", 2, 12, "agreement.end-before-start", "'until' 2031-05-02 is before 'from' 2031-05-09." },
        { "agreement \"A\"\n  places people = old-harbour", 2, 10, "agreement.reserved-name", "'people' is a word of the language and can't be a place of the agreement." },
        { "agreement \"A\"\n  places mole-road = old-harbour", 2, 10, "agreement.place-hidden", "'mole-road' is a place of the gazetteer and would stand for something else here." },
        { "agreement \"A\"\n  places p = old-harbour;\n     p = mole-road", 3, 6, "agreement.name-twice", "The place 'p' stands here twice." },
        { "agreement \"A\"\nagreement \"B\"", 2, 1, "agreement.second-agreement", "One file holds one agreement." },
        { "agreement \"A\"\nnever fire", 2, 1, "agreement.indent", "This line stands at the margin, where only an agreement, a version or a term begins." },
        { "agreement \"A\"\ntrem 1 \"T\"", 2, 1, "agreement.unknown-word", "'trem' does not begin an agreement, a version or a term." },
        { "agreement \"A\"\nterm 1 \"T\"", 2, 1, "agreement.no-clause", "Term 1 asks for nothing." },
        { "agreement \"A\"\nterm 1 \"T\"\n  never fire\nterm 1 \"U\"\n  never fire", 4, 6, "agreement.term-twice", "Term 1 stands at line 2 already." },
        { "agreement \"A\"\nversion 1 \"V\" from 2031-05-02\nversion 1 \"V\" from 2031-05-03", 3, 9, "agreement.version-twice", "Version 1 stands at line 2 already." },
        { "agreement \"A\"\nversion 1 \"V\" from 2031-05-02 amends 3", 2, 38, "agreement.unknown-version", "There is no version 3." },
        { "agreement \"A\"\nversion 1 \"V\" from 2031-05-02 amends 2\nversion 2 \"V\" from 2031-05-02 amends 1", 2, 9, "agreement.version-cycle", "Version 1 amends itself, by way of what it amends." },
        { "agreement \"A\"\nversion 1 \"V\" from 2031-05-02\nversion 2 \"V\" from 2031-05-01 amends 1", 3, 9, "agreement.amends-later", "Version 2 begins before version 1, which it amends." },
        { "agreement \"A\"\nterm 1 \"T\"\n  never fire\nterm 2 \"U\"\n  replaces 1\n  never fire", 5, 12, "agreement.replaces-later", "Term 2 (no version) can only replace a term of an earlier version; term 1 is of no version." },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public static void A_text_that_does_not_fit_together_says_where_and_why(string text, int line, int column, string code, string message)
    {
        var read = Harbour.Read(text);
        Assert.Null(read.Agreement);
        var problem = read.Errors.First(p => p.Code == code);
        Assert.Equal((code, message, line, column), (problem.Code, problem.Message, problem.At.Line, problem.At.Column));
    }

    [Fact]
    public static void All_problems_are_said_at_once_in_the_order_of_the_text()
    {
        var read = Harbour.Read(Harbour.WithTerm("binds norht", "never fyre", "replaces 9", "each departure leads to arrival"));
        Assert.Equal(["agreement.unknown-party", "agreement.unknown-event", "agreement.unknown-term", "agreement.no-end"], read.Problems.Select(p => p.Code));
    }

    [Theory]
    [InlineData("for each 5 people who leave villages, half of pocket leaves within 2 hours", "agreement.share-without-number", "half of 'pocket' has no number: what is owed is not known, and is not guessed.")]
    [InlineData("stated in [H-1, H-1]\n  never fire", "agreement.said-twice", "The statement H-1 stands here twice.")]
    [InlineData("at most 4 people leave villages\n  for each 5 people who leave villages, 9 people leave pocket within 2 hours", "agreement.reciprocity-beyond", "For each 5 can't come about: term 1 allows at most 4.")]
    public static void A_warning_leaves_the_agreement_readable(string lines, string code, string message)
    {
        var read = Harbour.Read(Harbour.WithTerm(lines));
        Assert.NotNull(read.Agreement);
        var warning = Assert.Single(read.Problems);
        Assert.Equal((Severity.Warning, code, message), (warning.Severity, warning.Code, warning.Message));
    }

    [Fact]
    public static void A_problem_reads_as_one_line() => Assert.Equal(
        "line 18, column 9: 'norht' is no party or guarantor of the agreement. Expected: coast, north, south. Write: north [agreement.unknown-party]",
        Harbour.Read(Harbour.WithTerm("binds norht", "never fire")).Problems[0].ToString().Replace($"line {First},", "line 18,", StringComparison.Ordinal));

    private static (string Code, string Message, int Line, int Column, string? Suggestion) Of(WordingProblem p) => (p.Code, p.Message, p.At.Line, p.At.Column, p.Suggestion);
}
