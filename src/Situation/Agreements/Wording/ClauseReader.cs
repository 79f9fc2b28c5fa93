using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>What the lines of an agreement may speak of, gathered before any of them is read.</summary>
internal sealed record Known(Operation Operation, IReadOnlyDictionary<string, OwnPlace> Places, IReadOnlyDictionary<string, DeclaredEvent> Events)
{
    public bool IsPlace(string name) => Places.ContainsKey(name) || Operation.Gazetteer.Count == 0 || IsOfGazetteer(name);

    public bool IsOfGazetteer(string name) => name.Length <= 80 && Operation.Gazetteer.Find(new PlaceId(name)) is not null;
}

/// <summary>Reads one line: a cursor over its pieces, and the sentences of the language as methods.</summary>
internal sealed class ClauseReader(Line line, Known known, Action<WordingProblem> say, Action<string, int, At> uses)
{
    /// <summary>Ten years and the leap days in them.</summary>
    public static readonly Duration LongestSpan = Duration.FromDays(3653);

    private const long LargestNumber = 1_000_000_000_000;

    private static readonly string[] Openings =
        ["never", "each", "at least", "at most", "for each", "within", "everyone leaves", "safe passage for", "access to", "passage to", "by account:", "not observable:"];

    private static readonly LocalDateTimePattern[] Local =
        [LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"), LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss")];

    private int _at;

    public Piece Now => Ahead(0);

    public bool AtEnd => _at >= line.Pieces.Count;

    public bool Is(string word) => IsAhead(0, word);

    public bool Is(string word, string then) => IsAhead(0, word) && IsAhead(1, then);

    public bool Take(string word)
    {
        if (!Is(word))
        {
            return false;
        }

        _at++;
        return true;
    }

    public bool Take(string word, string then)
    {
        if (!Is(word, then))
        {
            return false;
        }

        _at += 2;
        return true;
    }

    public void Expect(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!Take(word))
            {
                throw Unexpected($"'{word}'", Now.Kind is TokenKind.Word && Vocabulary.Near(Now.Text, [word]) is { } near ? near : null);
            }
        }
    }

    public void ExpectEnd(string after)
    {
        if (!AtEnd)
        {
            throw Is("or")
                ? Fail("agreement.ambiguous-or", $"'or' can't go on after {after}: it could be another sentence or a part of this one.", Now, "one thing a line; only 'is preceded by' takes 'or'", null)
                : Unexpected($"nothing more after {after}", Now.Kind is TokenKind.Word && !Vocabulary.Reserved.Contains(Now.Text) ? Vocabulary.Near(Now.Text, Vocabulary.Keywords) : null);
        }
    }

    public UnreadableException Fail(string code, string message, Piece at, string? expected = null, string? suggestion = null) =>
        new(new WordingProblem(code, message, at.At, Math.Max(1, at.Length), Severity.Error, expected, suggestion));

    public void Say(string code, string message, Piece at, string? expected = null, string? suggestion = null, Severity severity = Severity.Error) =>
        say(new WordingProblem(code, message, at.At, Math.Max(1, at.Length), severity, expected, suggestion));

    public UnreadableException Unexpected(string expected, string? suggestion = null) =>
        Fail("agreement.unexpected", AtEnd ? "The line ends too early." : $"'{Shown.Short(Now.Text)}' can't stand here.", Now, expected, suggestion);

    public string Quoted(string what)
    {
        if (Now.Kind is not TokenKind.Quoted)
        {
            throw Unexpected($"{what} in double quotes", Now.Kind is TokenKind.Word ? $"\"{Shown.Short(Now.Text)}\"" : null);
        }

        var piece = Now;
        if (string.IsNullOrWhiteSpace(piece.Text))
        {
            Say("agreement.empty-words", $"There is nothing between the quotes.", piece, what);
        }

        _at++;
        return piece.Text.Trim();
    }

    /// <summary>A name that the agreement gives: it may be no word of the language.</summary>
    public string NewName(string what)
    {
        var piece = Word(what);
        if (!Vocabulary.IsName(piece.Text) || Vocabulary.Reserved.Contains(piece.Text))
        {
            Say("agreement.reserved-name", $"'{Shown.Short(piece.Text)}' is a word of the language and can't be {what}.", piece, "another name: small letters, digits and hyphens, beginning with a letter", Shown.Short($"the-{piece.Text}"));
        }

        return piece.Text;
    }

    public Piece Word(string what)
    {
        if (Now.Kind is not TokenKind.Word)
        {
            throw Unexpected(what);
        }

        return line.Pieces[_at++];
    }

    /// <summary>The body of a source; quoted where it is not a plain name.</summary>
    public string Body()
    {
        if (Now.Kind is not (TokenKind.Word or TokenKind.Quoted))
        {
            throw Unexpected("a body, the first part of a source id");
        }

        return line.Pieces[_at++].Text;
    }

    public Piece TermNumber()
    {
        if (Now.Kind is not (TokenKind.Number or TokenKind.Label or TokenKind.Word) || (Now.Kind is TokenKind.Word && Vocabulary.Reserved.Contains(Now.Text)))
        {
            throw Unexpected("the number of a term, such as 3 or 3a");
        }

        var piece = line.Pieces[_at++];
        if (piece.Text.Contains(',', StringComparison.Ordinal) || piece.Length > 40)
        {
            Say("agreement.term-number", $"'{Shown.Short(piece.Text)}' is not the number of one term.", piece, "at most 40 letters and digits, and a space after each comma", Shown.Short(piece.Text.Replace(",", ", ", StringComparison.Ordinal)));
        }

        return piece;
    }

    public IReadOnlyList<StatementId> Ids()
    {
        Expect("[");
        var ids = new List<StatementId>();
        var seen = new HashSet<StatementId>();
        if (Take("]"))
        {
            return ids;
        }

        do
        {
            if (Now.Kind is not (TokenKind.Id or TokenKind.Quoted))
            {
                throw Unexpected("the id of a statement");
            }

            var piece = line.Pieces[_at++];
            try
            {
                var id = new StatementId(piece.Text);
                if (!seen.Add(id))
                {
                    Say("agreement.said-twice", $"The statement {piece.Text} stands here twice.", piece, severity: Severity.Warning);
                }
                else
                {
                    ids.Add(id);
                }
            }
            catch (RefusedException)
            {
                Say("agreement.not-an-id", "The id of a statement has 1 to 64 characters and no spaces.", piece);
            }
        }
        while (Take(","));
        Expect("]");
        return ids;
    }

    public long Number(string what)
    {
        if (Now.Kind is not TokenKind.Number)
        {
            throw Now.Kind is TokenKind.Label
                ? Fail("agreement.number", $"'{Shown.Short(Now.Text)}' is not a whole number.", Now, $"{what}: digits only, or grouped by commas in threes (15,000)")
                : Unexpected(what);
        }

        var piece = line.Pieces[_at++];
        var groups = piece.Text.Split(',');
        var digits = string.Concat(groups);
        if ((groups.Length > 1 && groups[0].Length > 3) || digits.Length > 13 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n > LargestNumber)
        {
            Say("agreement.number", $"'{Shown.Short(piece.Text)}' is not a number that can be meant.", piece, "a whole number up to 1,000,000,000,000, with digits only or grouped by commas in threes (15,000)");
            return 1;
        }

        return n;
    }

    public int Small(string what)
    {
        var piece = Now;
        var n = Number(what);
        if (n is < 1 or > 10_000)
        {
            Say("agreement.number", $"'{Shown.Short(piece.Text)}' is no number for {what}.", piece, "1 to 10,000");
        }

        return (int)Math.Clamp(n, 1, 10_000);
    }

    public int Step(bool isUse)
    {
        var piece = Now;
        var step = Small("a step");
        if (isUse)
        {
            uses("step", step, piece.At);
        }

        return step;
    }

    public Duration Span()
    {
        var first = Now;
        if (first.Kind is not TokenKind.Number)
        {
            throw Unexpected("a span, such as 12 hours");
        }

        var n = Number("a span");
        var unit = Now;
        if (unit.Kind is not TokenKind.Word || Vocabulary.UnitOf(unit.Text) is not { } one)
        {
            throw AtEnd || unit.Kind is not TokenKind.Word
                ? Unexpected("a unit: seconds, minutes, hours or days", "hours")
                : Fail("agreement.unknown-unit", $"'{Shown.Short(unit.Text)}' is not a unit of time here.", unit, "seconds, minutes, hours or days", unit.Text is "week" or "weeks" ? $"{Shown.Number(n * 7)} days" : Vocabulary.Near(unit.Text, Vocabulary.Units));
        }

        _at++;
        if (n == 0)
        {
            Say("agreement.span", "A span of nothing can't be met or missed.", first, "at least 1 second");
            return one;
        }

        if (n > (long)(LongestSpan.TotalSeconds / one.TotalSeconds))
        {
            Say("agreement.span", $"{Shown.Short(first.Text)} {unit.Text} is longer than ten years.", first, "at most 3,653 days");
            return LongestSpan;
        }

        return one * n;
    }

    public bool StartsWhen(int ahead) => Ahead(ahead).Kind is TokenKind.Time || IsAhead(ahead, "step") || IsAhead(ahead, "completion") || IsAhead(ahead, "departures") || IsAhead(ahead, "first") || IsAhead(ahead, "end");

    public When When()
    {
        if (Now.Kind is TokenKind.Time)
        {
            var first = Time();
            if (!Take("or"))
            {
                return new When.Time(first);
            }

            if (Now.Kind is not TokenKind.Time)
            {
                throw Unexpected("the rival time");
            }

            var second = Time();
            return new When.Time(first, second.Equals(first) ? null : second);
        }

        if (Take("step"))
        {
            return new When.StepDone(Step(isUse: true));
        }

        if (Take("completion"))
        {
            Expect("of", "departures", "from");
            return new When.Complete(Places());
        }

        if (Take("departures"))
        {
            Expect("from");
            var places = Places();
            Expect("complete");
            return new When.Complete(places);
        }

        if (Take("end"))
        {
            return new When.End();
        }

        if (Is("first"))
        {
            return new When.First(Occurrence(null));
        }

        throw Now.Kind is TokenKind.Number or TokenKind.Label
            ? Fail("agreement.time", $"'{Shown.Short(Now.Text)}' is not a time.", Now, "2031-05-02, 2031-05-02T18:00 or 2031-05-02T18:00+02:00")
            : Unexpected("a time, 'step N', 'departures from PLACE complete', 'first' and an occurrence, or 'end'");
    }

    public State State()
    {
        if (Take("departures"))
        {
            Expect("from");
            var places = Places();
            Expect("run");
            return new State.DeparturesRun(places);
        }

        if (Take("suspended"))
        {
            return new State.Suspended();
        }

        if (Take("in"))
        {
            Expect("force");
            return new State.InForce();
        }

        if (Take("between"))
        {
            var opens = Occurrence(null);
            Expect("and");
            return new State.Between(opens, Occurrence(opens));
        }

        throw Now.Kind is TokenKind.Word
            ? Fail("agreement.unknown-state", $"'{Shown.Short(Now.Text)}' is not a state.", Now, "'departures from PLACE run', 'suspended', 'in force', or 'between OCCURRENCE and OCCURRENCE'", Vocabulary.Near(Now.Text, ["suspended", "departures", "between"]))
            : Unexpected("a state: 'departures from PLACE run', 'suspended', 'in force', or 'between OCCURRENCE and OCCURRENCE'");
    }

    /// <summary>Places separated by commas, each the agreement's own or one of the gazetteer; own names are opened into what they stand for.</summary>
    public IReadOnlyList<PlaceId> Places()
    {
        var places = new List<PlaceId>();
        AddPlace(places);
        while (Is(",") && ContinuesPlaces())
        {
            _at++;
            AddPlace(places);
        }

        if (Is("or") && Ahead(1).Kind is TokenKind.Word && known.IsPlace(Ahead(1).Text) && !Vocabulary.Reserved.Contains(Ahead(1).Text))
        {
            throw Fail("agreement.ambiguous-or", "Between places 'or' could mean either or both.", Now, "a comma: any of the places will do", $"{Shown.Short(Ahead(-1).Text)}, {Shown.Short(Ahead(1).Text)}");
        }

        return places;
    }

    /// <param name="first">The first occurrence of the clause, where this is a second one; null where this is the first.</param>
    public Occurrence Occurrence(Occurrence? first)
    {
        var at = Now;
        Ordinal? which = Take("first") ? Ordinal.First : Take("last") ? Ordinal.Last : null;
        var noun = Now;
        var isOwn = noun.Kind is TokenKind.Quoted;
        if (isOwn)
        {
            if (!Vocabulary.IsName(noun.Text))
            {
                Say("agreement.own-type", $"\"{Shown.Short(noun.Text)}\" is not a claim's own type.", noun, "small letters, digits and hyphens, as in formats/statement.md");
            }
        }
        else if (noun.Kind is not TokenKind.Word)
        {
            throw Unexpected("an occurrence, such as departure, arrival or fire");
        }
        else if (!Vocabulary.NounWords.ContainsKey(noun.Text) && !known.Events.ContainsKey(noun.Text))
        {
            throw UnknownNoun(noun);
        }

        _at++;
        var it = new Occurrence(noun.Text, at.At) { IsOwnType = isOwn, Which = which };
        while (Qualified(ref it, first))
        {
        }

        return it;
    }

    public Clause Clause()
    {
        var at = Now.At;
        var clause = ReadClause(at);
        ExpectEnd("the clause");
        return clause;
    }

    private Clause ReadClause(At at)
    {
        if (Take("never"))
        {
            return Never(at);
        }

        if (Take("each"))
        {
            return Each(at);
        }

        if (Take("at", "least"))
        {
            var total = Total(Numbered.Must);
            return new Clause.AtLeast(total, Take("by") ? When() : null, at);
        }

        if (Take("at", "most"))
        {
            var total = Total(Numbered.Must);
            return new Clause.AtMost(total, Take("until") ? When() : null, at);
        }

        if (Take("for", "each"))
        {
            return ForEach(at);
        }

        if (Take("within"))
        {
            var window = Span();
            Expect(",");
            var plus = Total(Numbered.No);
            if (!Take("exceed") && !Take("exceeds"))
            {
                throw Unexpected("'exceed'");
            }

            var minus = Total(Numbered.No);
            Expect("by", "at", "most");
            return new Clause.Balance(window, plus, minus, Number("a number"), at);
        }

        if (Take("everyone"))
        {
            Expect("leaves");
            var places = Places();
            return new Clause.EveryoneLeaves(places, Take("by") ? When() : null, at);
        }

        if (Take("safe"))
        {
            Expect("passage", "for");
            return new Clause.SafePassage(Occurrence(null), at);
        }

        if (Take("passage"))
        {
            Expect("to");
            return new Clause.Open(false, Places(), at);
        }

        if (Is("access", "to") && IsOpenAccess())
        {
            _at += 2;
            return new Clause.Open(true, Places(), at);
        }

        if (Take("by", "account"))
        {
            return ByAccount(at);
        }

        if (Take("not"))
        {
            Expect("observable", ":");
            var word = Quoted("the agreement's word");
            return new Clause.NotObservable(word, Take("bears", "on") ? BearsOnIt() : [], at);
        }

        if (Now.Kind is TokenKind.Word && Vocabulary.CategoryOf(Now.Text) is not null)
        {
            var total = Total(Numbered.No);
            Expect("only", "after");
            return OnlyAfter(null, total, at);
        }

        if (Now.Kind is TokenKind.Number || Is("half") || Is("one") || Is("all"))
        {
            throw Fail("agreement.bare-total", "A number by itself does not say whether it is the least or the most.", Now, "'at least' or 'at most' before it", $"at least {Shown.Short(Now.Text)}");
        }

        if (Now.Kind is not (TokenKind.Word or TokenKind.Quoted))
        {
            throw Unexpected("a clause or a line of the term");
        }

        if (Now.Kind is TokenKind.Word && !Is("first") && !Is("last") && !Vocabulary.NounWords.ContainsKey(Now.Text) && !known.Events.ContainsKey(Now.Text))
        {
            throw UnknownOpening();
        }

        return Deadline(at);
    }

    private Clause.Never Never(At at)
    {
        var start = _at;
        var what = Occurrence(null);
        RefuseOr("never", start);
        var during = Take("while") ? State() : null;
        if (!Take("unless"))
        {
            return new Clause.Never(what, during, null, null, at);
        }

        Expect("preceded", "by");
        var by = Occurrence(what);
        Within("A past without an end can't be searched");
        return new Clause.Never(what, during, by, Span(), at);
    }

    private Clause Each(At at)
    {
        var start = _at;
        var each = Occurrence(null);
        RefuseOr("each", start);
        if (Take("is", "preceded"))
        {
            Expect("by");
            var by = Alternatives(each);
            Within("A past without an end can't be searched");
            return new Clause.Preceded(each, by, Span(), at);
        }

        if (!Is("leads"))
        {
            throw Unexpected("'leads to' or 'is preceded by'", Now.Kind is TokenKind.Word ? Vocabulary.Near(Now.Text, ["leads", "is"]) : null);
        }

        _at++;
        Expect("to");
        var to = Occurrence(each);
        if (Is("or"))
        {
            throw Fail("agreement.ambiguous-or", "What it leads to is one occurrence: with 'or' either could be enough, or each could be owed.", Now, "where both are owed, two lines; where one is enough, an occurrence that takes in both");
        }

        Within("A future without an end can't be judged: as long as nothing is reported it could still come");
        var within = Span();
        Occurrence? unless = null;
        State? stops = null;
        while (!AtEnd)
        {
            if (unless is null && Take("unless"))
            {
                unless = Occurrence(each);
                if (Is("or"))
                {
                    throw Fail("agreement.ambiguous-or", "'unless' takes one occurrence: after 'or' another sentence could begin.", Now, "an occurrence that takes in both, such as obstruction");
                }
            }
            else if (stops is null && Take("clock", "stops"))
            {
                Expect("while");
                stops = State();
            }
            else
            {
                throw Unexpected("'unless OCCURRENCE', 'clock stops while STATE', or nothing more");
            }
        }

        return new Clause.LeadsTo(each, to, within, unless, stops, at);
    }

    private Clause.ForEach ForEach(At at)
    {
        var first = Now;
        var of = Total(Numbered.Must);
        if (of.Share is not null)
        {
            Say("agreement.reciprocity-share", "'for each' counts in steps of a number, and a share is none.", first, "a number of people or things");
        }

        if (of.Number == 0)
        {
            Say("agreement.reciprocity-never", "For each 0 nothing can ever be owed.", first, "a number of at least 1");
        }

        Expect(",");
        var second = Now;
        var owed = Total(Numbered.Must);
        if (owed.Number == 0)
        {
            Say("agreement.reciprocity-never", "0 are never owed.", second, "a number of at least 1");
        }

        if (Same(of, owed))
        {
            Say("agreement.reciprocity-itself", "Both totals are the same quantity, so that one always answers the other.", second, "two quantities that differ in who, what became of them, or the place");
        }

        Within("A future without an end can't be judged: as long as nothing is reported it could still come");
        var within = Span();
        var eachOther = Take("of", "each");
        if (eachOther)
        {
            Expect("other");
        }

        return new Clause.ForEach(of, owed, within, eachOther, at);
    }

    private Clause.ByAccount ByAccount(At at)
    {
        Expect(":");
        IReadOnlyList<StatementId>? kept = null;
        IReadOnlyList<StatementId>? not = null;
        IReadOnlyList<StatementId>? bears = null;
        while (!AtEnd)
        {
            if (kept is null && Take("kept"))
            {
                kept = Ids();
            }
            else if (not is null && Take("not", "kept"))
            {
                not = Ids();
            }
            else if (bears is null && Take("bears", "on"))
            {
                bears = BearsOnIt();
            }
            else
            {
                throw Unexpected("'kept [IDS]', 'not kept [IDS]' or 'bears on it [IDS]', each once");
            }

            if (!Take(",") && !AtEnd)
            {
                throw Unexpected("a comma between the parts");
            }
        }

        return new Clause.ByAccount(kept ?? [], not ?? [], bears ?? [], at);
    }

    private IReadOnlyList<StatementId> BearsOnIt()
    {
        Expect("it");
        return Ids();
    }

    private Clause Deadline(At at)
    {
        var start = _at;
        var what = Occurrence(null);
        RefuseOr("", start);
        if (Take("only", "after"))
        {
            return OnlyAfter(what, null, at);
        }

        if (Take("only", "to"))
        {
            return new Clause.OnlyTo(what, Places(), at);
        }

        var fromPiece = Now;
        var from = Take("from") ? When() : null;
        var by = Take("by") ? When() : null;
        if (from is not null && by is not null)
        {
            InOrder(from, by, fromPiece, "by");
        }

        if (!AtEnd && Is("only"))
        {
            throw Unexpected("'only after' or 'only to'");
        }

        if (!AtEnd && Now.Kind is TokenKind.Word && !Vocabulary.Reserved.Contains(Now.Text))
        {
            throw UnknownVerb(Now);
        }

        return new Clause.Happens(what, from, by, at);
    }

    private Clause.OnlyAfter OnlyAfter(Occurrence? then, Total? thenTotal, At at)
    {
        if (Take("step"))
        {
            return new Clause.OnlyAfter(then, thenTotal, null, null, Step(isUse: true), at);
        }

        return StartsTotal()
            ? new Clause.OnlyAfter(then, thenTotal, null, Total(Numbered.May), null, at)
            : new Clause.OnlyAfter(then, thenTotal, Occurrence(then), null, null, at);
    }

    /// <summary>Says so where the end comes before the beginning, as far as both are times.</summary>
    public void InOrder(When from, When to, Piece at, string word)
    {
        if (from is When.Time f && to is When.Time t && IsBefore(t.Moment, f.Moment, known.Operation.Zone))
        {
            Say("agreement.end-before-start", $"'{word}' {AgreementText.TimeOf(t.Moment)} is before 'from' {AgreementText.TimeOf(f.Moment)}.", at, "the later time last");
        }
    }

    /// <summary>All of the first is over before any of the second: a day ends where the next begins.</summary>
    internal static bool IsBefore(Moment first, Moment second, DateTimeZone zone) =>
        first.At is null ? first.Latest(zone) <= second.Earliest(zone) : first.Latest(zone) < second.Earliest(zone);

    private void Within(string why)
    {
        if (!Take("within"))
        {
            throw AtEnd || Is("unless") || Is("clock")
                ? Fail("agreement.no-end", $"{why}.", Now, "'within' and a span", "within 24 hours")
                : Unexpected("'within' and a span", Now.Kind is TokenKind.Word ? Vocabulary.Near(Now.Text, ["within"]) : null);
        }
    }

    public List<Occurrence> Alternatives(Occurrence each)
    {
        var by = new List<Occurrence>();
        (Piece Piece, string Noun)? bare = null;
        do
        {
            var (start, piece) = (_at, Now);
            by.Add(Occurrence(each));
            var isBare = _at - start == 1;
            if (!isBare && bare is { } earlier && Ahead(-1).Text != "anywhere")
            {
                var tail = Words(start + 1, _at);
                throw Fail(
                    "agreement.ambiguous-or",
                    $"'{earlier.Noun} or {Words(start, _at)}' can be read in two ways: '{tail}' narrows the last alone, or all of them.",
                    earlier.Piece,
                    "each alternative with what narrows it, or 'anywhere'",
                    $"{earlier.Noun} {tail} or {Words(start, _at)}\n{earlier.Noun} anywhere or {Words(start, _at)}");
            }

            bare = bare is null && isBare ? (piece, Words(start, _at)) : bare;
        }
        while (Take("or"));
        return by;
    }

    /// <summary>Where only one occurrence has its place, <c>or</c> leaves open what is asked: both ways to write it are shown.</summary>
    private void RefuseOr(string opening, int start)
    {
        if (!Is("or"))
        {
            return;
        }

        var or = line.Pieces[_at];
        var first = Words(start, _at);
        _at++;
        var from = _at;
        Occurrence(null);
        var second = Words(from, _at);
        var tail = Words(from + 1, _at);
        var before = opening.Length > 0 ? opening + " " : "";
        var narrowed = tail.Length > 0 && !first.Contains(' ', StringComparison.Ordinal);
        throw Fail(
            "agreement.ambiguous-or",
            narrowed ? $"'{first} or {second}' can be read in two ways: '{tail}' narrows the last alone, or both." : "'or' could mean that either is meant, or each: one clause speaks of one occurrence.",
            or,
            narrowed ? "a line for each, in one of these two ways" : "a line for each",
            narrowed ? $"{before}{first} {tail} ... and {before}{second} ...\n{before}{first} ... and {before}{second} ..." : $"{before}{first} ... and {before}{second} ...");
    }

    private bool Qualified(ref Occurrence it, Occurrence? first)
    {
        var at = Now;
        if (Is("of", "the") || Is("at", "the"))
        {
            it = it with { Same = SameKeys(it, first) };
            return true;
        }

        if (Take("of"))
        {
            Once(it.Category is null, at);
            it = it with { Category = Category() };
        }
        else if (Take("in", "batch"))
        {
            Once(it.Batch is null, at);
            it = it with { Batch = Quoted("what reports call it") };
        }
        else if (Is("from") && !StartsWhen(1))
        {
            _at++;
            Once(it.From.Count == 0, at);
            it = it with { From = Places() };
        }
        else if (Take("to"))
        {
            Once(it.To.Count == 0, at);
            it = it with { To = Places() };
        }
        else if (Take("via"))
        {
            Once(it.Via.Count == 0, at);
            it = it with { Via = Places() };
        }
        else if ((Is("at") && !Is("at", "least") && !Is("at", "most")) || (Is("in") && !Is("in", "force")))
        {
            _at++;
            Once(it.Where.Count == 0, at);
            it = it with { Where = Places() };
        }
        else if (Take("with"))
        {
            Expect("people");
            Once(!it.WithPeople, at);
            it = it with { WithPeople = true };
        }
        else if (Take("anywhere"))
        {
            Once(it.From.Count + it.To.Count + it.Via.Count + it.Where.Count == 0, at);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Once(bool first, Piece at)
    {
        if (!first)
        {
            Say("agreement.said-twice", $"'{at.Text}' narrows this occurrence twice.", at, "one list, separated by commas");
        }
    }

    private List<string> SameKeys(Occurrence it, Occurrence? first)
    {
        var at = Now;
        var same = it.Same.ToList();
        _at += 2;
        Expect("same");
        if (first is null)
        {
            Say("agreement.same-as-what", "There is no occurrence before it that it could be the same as.", at, "'same' with the second occurrence of a clause");
        }

        do
        {
            var key = Word("convoy, place, or a key of a declared event");
            var keys = new[] { it, first }.OfType<Occurrence>().SelectMany(o => known.Events.TryGetValue(o.Noun, out var e) ? e.Keys : []).Append("convoy").Append("place").ToList();
            if (!keys.Contains(key.Text))
            {
                Say("agreement.unknown-key", $"'{Shown.Short(key.Text)}' is not a key of these occurrences.", key, string.Join(", ", keys.Distinct(StringComparer.Ordinal)), Vocabulary.Near(key.Text, keys));
            }

            if (!same.Contains(key.Text))
            {
                same.Add(key.Text);
            }
        }
        while (Ahead(1).Kind is TokenKind.Word && !Vocabulary.CategoryIs(Ahead(1).Text) && Take(","));
        return same;
    }

    private string Category()
    {
        var piece = Word("a category, such as people, fighters or wounded");
        if (Vocabulary.CategoryOf(piece.Text) is { } category)
        {
            return category;
        }

        Say("agreement.unknown-category", $"'{Shown.Short(piece.Text)}' is not a category.", piece, "people, civilians, fighters, women, children, wounded, detainees, bodies, staff, buses, vehicles, trucks, tonnes", Vocabulary.Near(piece.Text, Vocabulary.Categories));
        return "people";
    }

    public enum Numbered
    {
        No,
        May,
        Must,
    }

    public bool StartsTotal() => Now.Kind is TokenKind.Number || StartsShare() || (Now.Kind is TokenKind.Word && Vocabulary.CategoryOf(Now.Text) is not null);

    private bool StartsShare() => Is("half") || Is("all") || Is("one", "third") || Is("two", "thirds") || Is("one", "quarter") || Is("three", "quarters")
        || (Now.Kind is TokenKind.Number && (IsAhead(1, "per") || (IsAhead(1, "in") && Ahead(2).Kind is TokenKind.Number)));

    public Total Total(Numbered numbered)
    {
        var at = Now;
        if (StartsShare())
        {
            if (numbered is Numbered.No)
            {
                throw Fail("agreement.number-not-here", "This clause compares totals and takes no share.", at, "a category and what became of it");
            }

            return ShareOf(at);
        }

        long? number = Now.Kind is TokenKind.Number ? Number("a number") : null;
        if (number is not null && numbered is Numbered.No)
        {
            throw Fail("agreement.number-not-here", "This clause compares totals and takes no number here.", at, "a category and what became of it");
        }

        if (number is null && numbered is Numbered.Must)
        {
            throw Unexpected("a number or a share, such as 1250 or half");
        }

        return Measured(at, Category(), null) with { Number = number };
    }

    private Total ShareOf(Piece at)
    {
        var share = Share();
        Expect("of");
        if (Now.Kind is TokenKind.Number)
        {
            var of = Number("the number the share is of");
            return Measured(at, Category(), null) with { Share = share, Of = of };
        }

        var whole = Now;
        var isCategory = whole.Kind is TokenKind.Word && Vocabulary.CategoryOf(whole.Text) is not null;
        var total = isCategory ? Measured(at, Category(), null) : Measured(at, "people", Places());
        Say("agreement.share-without-number", $"{Words(IndexOf(at), IndexOf(whole))} '{Shown.Short(whole.Text)}' has no number: what is owed is not known, and is not guessed.", whole, "nothing; or the number it is of, as in 'half of 15000 people'", severity: Severity.Warning);
        return total with { Share = share };
    }

    private int IndexOf(Piece piece) => line.Pieces.IndexOf(piece);

    private Share Share()
    {
        if (Now.Kind is not TokenKind.Number)
        {
            return Take("half") ? new Share(1, 2)
                : Take("all") ? new Share(1, 1)
                : Take("one", "third") ? new Share(1, 3)
                : Take("two", "thirds") ? new Share(2, 3)
                : Take("one", "quarter") ? new Share(1, 4)
                : Take("three", "quarters") ? new Share(3, 4)
                : throw Unexpected("a share: half, one third, one quarter, all, N per cent");
        }

        var piece = Now;
        var n = Number("a share");
        var whole = 100L;
        if (Take("in"))
        {
            whole = Number("the whole");
        }
        else
        {
            Expect("per", "cent");
        }

        if (n < 1 || n > whole || whole > 1_000_000)
        {
            Say("agreement.share", $"{Shown.Number(n)} of {Shown.Number(whole)} is not a share.", piece, "more than nothing and at most all");
            return new Share(1, 1);
        }

        return new Share((int)n, (int)whole);
    }

    private Total Measured(Piece at, string category, IReadOnlyList<PlaceId>? subject)
    {
        if (!Take("who"))
        {
            Take("that");
        }

        var verb = Now;
        var counting = Vocabulary.Measures.Where(m => MatchesWords(m.Words)).Select(m => ((string Words, Counting Counting)?)m).FirstOrDefault();
        if (counting is not { } measure)
        {
            throw verb.Kind is not TokenKind.Word
                ? Unexpected("what became of them: leave, arrive in, pass, are received in, are released from, are present at, are delivered to")
                : Vocabulary.Near(verb.Text, ["leave", "arrive", "pass", "are"]) is { } near && near != verb.Text
                    ? Fail("agreement.unknown-measure", $"'{Shown.Short(verb.Text)}' is not what can become of those counted.", verb, "leave, arrive in, pass, are received in, are released from, are present at, are delivered to", near)
                    : verb.Text is "are" or "is" or "arrive" or "arrives"
                        ? Fail("agreement.unknown-measure", $"'{Shown.Short(Words(_at, Math.Min(_at + 3, line.Pieces.Count)))}' is not what can become of those counted.", verb, "leave, arrive in, pass, are received in, are released from, are present at, are delivered to")
                        : UnknownVerb(verb);
        }

        _at += measure.Words.Count(c => c == ' ') + 1;
        if (subject is not null && measure.Counting is not Counting.Leave)
        {
            Say("agreement.share-of-place", "A share of a place is of the people in it, and they leave it.", verb, "'leaves', or a category: 'half of 15000 people arrive in'", "leaves");
        }

        var total = new Total(category, measure.Counting, subject ?? Places(), at.At);
        for (var via = false; ;)
        {
            if (!via && Take("via"))
            {
                (total, via) = (total with { Via = Places() }, true);
            }
            else if (total.To.Count == 0 && Take("to"))
            {
                total = total with { To = Places() };
            }
            else
            {
                return total;
            }
        }
    }

    private bool MatchesWords(string words)
    {
        var i = 0;
        foreach (var word in words.Split(' '))
        {
            if (!IsAhead(i++, word))
            {
                return false;
            }
        }

        return true;
    }

    private void AddPlace(List<PlaceId> places)
    {
        var piece = Now;
        if (piece.Kind is not (TokenKind.Word or TokenKind.Quoted) || (piece.Kind is TokenKind.Word && Vocabulary.Reserved.Contains(piece.Text)))
        {
            throw Unexpected("a place of the agreement or of the gazetteer", piece.Kind is TokenKind.Word && known.IsOfGazetteer(piece.Text) ? $"\"{piece.Text}\"" : null);
        }

        _at++;
        if (piece.Kind is TokenKind.Word && known.Places.TryGetValue(piece.Text, out var own))
        {
            places.AddRange(own.Places.Where(p => !places.Contains(p)));
            return;
        }

        if (PlaceOf(piece) is { } id && !places.Contains(id))
        {
            places.Add(id);
        }
    }

    /// <summary>A place of the gazetteer by its id.</summary>
    public PlaceId? PlaceOf(Piece piece)
    {
        try
        {
            var id = new PlaceId(piece.Text);
            if (known.Operation.Gazetteer.Count == 0 || known.Operation.Gazetteer.Find(id) is not null)
            {
                return id;
            }
        }
        catch (RefusedException refused)
        {
            Say("agreement.unknown-place", refused.Message, piece);
            return null;
        }

        var near = Vocabulary.Near(piece.Text, known.Places.Keys.Concat(known.Operation.Gazetteer.Places.Select(p => p.Id.Value)));
        Say("agreement.unknown-place", $"'{Shown.Short(piece.Text)}' is not a place of this agreement or of the operation.", piece, "a name from the line 'places', or an id of the gazetteer", near);
        return null;
    }

    private bool ContinuesPlaces() => Ahead(1).Kind is TokenKind.Quoted || (Ahead(1).Kind is TokenKind.Word && !Vocabulary.Reserved.Contains(Ahead(1).Text));

    /// <summary>"access to PLACES" and nothing more is the template; with a deadline it is the occurrence.</summary>
    private bool IsOpenAccess()
    {
        for (var i = _at + 2; i < line.Pieces.Count; i++)
        {
            if (line.Pieces[i] is { Kind: TokenKind.Word, Text: "by" or "from" or "only" or "or" })
            {
                return false;
            }
        }

        return true;
    }

    private UnreadableException UnknownNoun(Piece noun)
    {
        var near = Vocabulary.Near(noun.Text, Vocabulary.Nouns.Concat(known.Events.Keys));
        if (near is not null)
        {
            return Fail("agreement.unknown-event", $"'{Shown.Short(noun.Text)}' is not an occurrence.", noun, "a noun of formats/agreement.md or a declared event", near);
        }

        return Vocabulary.Reserved.Contains(noun.Text)
            ? Fail("agreement.unexpected", $"'{Shown.Short(noun.Text)}' can't stand here.", noun, "an occurrence, such as departure, arrival or fire")
            : NotObservable(noun);
    }

    private UnreadableException UnknownVerb(Piece verb) => Vocabulary.Near(verb.Text, Vocabulary.Keywords) is { } near
        ? Fail("agreement.unexpected", $"'{Shown.Short(verb.Text)}' can't stand here.", verb, null, near)
        : NotObservable(verb);

    private UnreadableException UnknownOpening()
    {
        var piece = Now;
        var near = Vocabulary.Near(piece.Text, ["never", "each", "everyone", "within", "passage", "access", "version", "replaces", "stated", "denied", "rival", "according", "binds", "asked", "step", "after", "until", "says", .. Vocabulary.Nouns, .. known.Events.Keys]);
        return near is not null
            ? Fail("agreement.unknown-word", $"No line of a term begins with '{Shown.Short(piece.Text)}'.", piece, null, near)
            : Vocabulary.Reserved.Contains(piece.Text)
                ? Fail("agreement.unknown-word", $"No line of a term begins with '{Shown.Short(piece.Text)}'.", piece, $"an occurrence, or one of: {string.Join(", ", Openings)}")
                : NotObservable(piece);
    }

    private UnreadableException NotObservable(Piece word)
    {
        // The word that is known to have no observable meaning, where the sentence has one: "respect" and not "parties".
        var named = Vocabulary.NotObservable.Contains(word.Text) ? word : line.Pieces.Skip(_at).FirstOrDefault(p => p.Kind is TokenKind.Word && Vocabulary.NotObservable.Contains(p.Text));
        named = named.Text is null ? word : named;
        var text = named.Text is "good" && line.Pieces.Any(p => p.Text == "faith") ? "good faith" : named.Text;
        return Fail(
            "agreement.not-observable",
            $"'{Shown.Short(text)}' has no observable meaning here: no report of an event could show that it was done or not.",
            named,
            "an occurrence, a total or a place",
            $"not observable: \"{Shown.Short(text)}\"\nby account: kept [...], not kept [...]");
    }

    private Moment Time()
    {
        var piece = line.Pieces[_at++];
        var zone = known.Operation.Zone;
        foreach (var pattern in Local)
        {
            if (pattern.Parse(piece.Text) is { Success: true } local && local.Value.Year is >= 1900 and <= 2999)
            {
                var mapped = zone.MapLocal(local.Value);
                if (mapped.Count != 1)
                {
                    Say("agreement.time-at-clock-change", mapped.Count == 0 ? $"{piece.Text} does not exist on the operation's clock, which is put forward then." : $"{piece.Text} happens twice on the operation's clock, which is put back then.", piece, "the time with its offset", AgreementText.TimeOf(Moment.AtMinute(local.Value.InZoneLeniently(zone).ToOffsetDateTime())));
                }

                return Moment.AtMinute(local.Value.InZoneLeniently(zone).ToOffsetDateTime());
            }
        }

        try
        {
            return Moment.Parse(piece.Text);
        }
        catch (RefusedException)
        {
            Say("agreement.time", $"'{Shown.Short(piece.Text)}' is not a time.", piece, "2031-05-02, 2031-05-02T18:00 or 2031-05-02T18:00+02:00");
            return Moment.OnDay(new LocalDate(2000, 1, 1));
        }
    }

    private static bool Same(Total a, Total b) =>
        a.Category == b.Category && a.Counting == b.Counting && a.Places.SequenceEqual(b.Places) && a.Via.SequenceEqual(b.Via) && a.To.SequenceEqual(b.To);

    private string Words(int from, int to) => string.Join(' ', line.Pieces.Skip(from).Take(to - from).Select(p => p.Kind is TokenKind.Quoted ? $"\"{Shown.Short(p.Text)}\"" : Shown.Short(p.Text))).Replace(" ,", ",", StringComparison.Ordinal);

    private bool IsAhead(int by, string word) => Ahead(by) is { Kind: TokenKind.Word or TokenKind.Mark } piece && piece.Text == word;

    private Piece Ahead(int by)
    {
        var i = _at + by;
        if (i < line.Pieces.Count)
        {
            return line.Pieces[i];
        }

        var last = line.Pieces.Count > 0 ? line.Pieces[^1] : new Piece(TokenKind.End, "", line.At, 0);
        return new Piece(TokenKind.End, "", last.At with { Column = last.At.Column + last.Length }, 1);
    }
}
