using System.Text;
using NodaTime;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>
/// Reads <c>agreement.terms</c>; the page is <c>formats/agreement.md</c>. It never throws on what it is given, takes time in proportion to it, and says everything that is wrong
/// at once: after a line that makes no sense it goes on with the next. An agreement is handed out only where nothing in the text is an error.
/// </summary>
public static class AgreementReader
{
    public const int MostBytes = 4_000_000;
    public const int MostTerms = 20_000;

    /// <summary>Beyond so many problems the rest is not listed: the file is another kind of file.</summary>
    public const int MostProblems = 1_000;

    public static WrittenAgreement Read(string text, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(operation);
        return Encoding.UTF8.GetByteCount(text) > MostBytes
            ? new WrittenAgreement(null, [new WordingProblem("agreement.too-large", $"An agreement is at most {Shown.Grouped(MostBytes)} bytes of text.", new At(1, 1), 1, Severity.Error)], [])
            : new Reading(operation).Read(text);
    }

    /// <summary>The same from the bytes of a file.</summary>
    public static WrittenAgreement Read(ReadOnlySpan<byte> utf8, Operation operation)
    {
        try
        {
            return utf8.Length > MostBytes + 3 ? Read(new string('x', MostBytes + 1), operation) : Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8), operation);
        }
        catch (DecoderFallbackException)
        {
            return new WrittenAgreement(null, [new WordingProblem("agreement.not-utf8", "The file is not text in UTF-8; save it as UTF-8.", new At(1, 1), 1, Severity.Error)], []);
        }
    }

    /// <summary>Reads a part of a line against an agreement that is there already: an answer of the form.</summary>
    internal static IReadOnlyList<WordingProblem> ReadPart(string words, Agreement agreement, Operation operation, Action<ClauseReader> read)
    {
        var problems = new List<WordingProblem>();
        if (words.Length > LineCutter.LongestLine)
        {
            return [new WordingProblem("agreement.line-too-long", $"This is longer than {Shown.Grouped(LineCutter.LongestLine)} characters.", new At(1, 1), 1, Severity.Error)];
        }

        var cutter = new LineCutter(problems.Add);
        cutter.Cut(words);
        var places = agreement.Places.DistinctBy(p => p.Name).ToDictionary(p => p.Name, StringComparer.Ordinal);
        var events = agreement.Events.DistinctBy(e => e.Name).ToDictionary(e => e.Name, StringComparer.Ordinal);
        var line = cutter.Blocks.Count > 0 ? cutter.Blocks[0].Head : new Line(0, new At(1, 1));
        try
        {
            read(new ClauseReader(line, new Known(operation, places, events), problems.Add, (_, _, _) => { }));
        }
        catch (UnreadableException unreadable)
        {
            problems.Add(unreadable.Problem);
        }

        return problems;
    }

    private sealed class Reading
    {
            private readonly List<WordingProblem> _problems = [];
        private readonly List<WordingComment> _comments = [];
        private readonly Dictionary<string, OwnPlace> _places = new(StringComparer.Ordinal);
        private readonly Dictionary<string, DeclaredEvent> _events = new(StringComparer.Ordinal);
        private readonly Known _known;
        private readonly AgreementChecks _checks;
        private bool _hasErrors;

        public Reading(Operation operation)
        {
            _known = new Known(operation, _places, _events);
            _checks = new AgreementChecks(operation, Say);
        }

        public WrittenAgreement Read(string text)
        {
            var cutter = new LineCutter(Say);
            cutter.Cut(text);
            Agreement? agreement = null;
            var versions = new List<AgreementVersion>();
            var terms = new List<Term>();
            if (cutter.Blocks.Count == 0 || cutter.Blocks[0].Head.Pieces is not [{ Kind: TokenKind.Word, Text: "agreement" }, ..])
            {
                var at = cutter.Blocks.Count == 0 ? new At(1, 1) : cutter.Blocks[0].Head.At;
                Say(new WordingProblem("agreement.no-agreement", "The text does not begin with the agreement's own line.", at, 1, Severity.Error, "agreement \"TITLE\""));
            }

            foreach (var block in cutter.Blocks)
            {
                if (_problems.Count >= MostProblems)
                {
                    break;
                }

                switch (block.Head.Pieces is [{ Kind: TokenKind.Word } first, ..] ? first.Text : "")
                {
                    case "agreement" when agreement is null:
                        agreement = ReadHead(block);
                        break;
                    case "version":
                        Guarded(block.Head, r => versions.Add(ReadVersion(r, block.Head)));
                        break;
                    case "term" when terms.Count >= MostTerms:
                        Say(new WordingProblem("agreement.too-many-terms", $"An agreement has at most {Shown.Grouped(MostTerms)} terms; this one and those after it are not read.", block.Head.At, 4, Severity.Error, "a second agreement in a file of its own"));
                        return Done(null, cutter);
                    case "term":
                        if (ReadTerm(block) is { } term)
                        {
                            terms.Add(term);
                        }

                        break;
                    default:
                        UnknownBlock(block, agreement is not null);
                        break;
                }
            }

            if (agreement is not null)
            {
                agreement = agreement with { Versions = versions, Terms = terms };
                _checks.Check(agreement);
            }

            return Done(agreement, cutter);
        }

        private WrittenAgreement Done(Agreement? agreement, LineCutter cutter)
        {
            _comments.AddRange(cutter.Trailing.Select(c => new WordingComment("end", false, c)));
            var problems = _problems.OrderBy(p => p.At.Line).ThenBy(p => p.At.Column).ToList();
            return new WrittenAgreement(_hasErrors ? null : agreement, problems, _comments);
        }

        private void Say(WordingProblem problem)
        {
            _hasErrors |= problem.Severity is Severity.Error;
            if (_problems.Count < MostProblems)
            {
                _problems.Add(problem);
                if (_problems.Count == MostProblems)
                {
                    _problems.Add(new WordingProblem("agreement.too-many-problems", $"There are more than {Shown.Grouped(MostProblems)} problems; those after this one are not listed.", problem.At, 1, Severity.Error));
                    _hasErrors = true;
                }
            }
        }

        private void UnknownBlock(Block block, bool hasAgreement)
        {
            var piece = block.Head.Pieces.Count > 0 ? block.Head.Pieces[0] : new Piece(TokenKind.End, "", block.Head.At, 1);
            if (piece.Text == "agreement" && hasAgreement)
            {
                Say(new WordingProblem("agreement.second-agreement", "One file holds one agreement.", piece.At, piece.Length, Severity.Error, "a version or a term"));
                return;
            }

            // A line of a term that lost its indent is told so; anything else is told what may stand at the margin.
            var near = piece.Kind is TokenKind.Word ? Vocabulary.Near(piece.Text, ["agreement", "version", "term"]) : null;
            var isOfTerm = near is null && piece.Kind is TokenKind.Word && Vocabulary.Reserved.Contains(piece.Text);
            Say(new WordingProblem(
                isOfTerm ? "agreement.indent" : "agreement.unknown-word",
                isOfTerm ? "This line stands at the margin, where only an agreement, a version or a term begins." : $"'{Shown.Short(piece.Text)}' does not begin an agreement, a version or a term.",
                piece.At,
                Math.Max(1, piece.Length),
                Severity.Error,
                isOfTerm ? "at least two spaces before it" : "'agreement', 'version' or 'term' at the margin",
                near));
        }

        /// <summary>Reads one line; what makes no sense becomes a problem, and the next line is read as if nothing had happened.</summary>
        private void Guarded(Line line, Action<ClauseReader> read)
        {
            if (line.Pieces.Count > 10_000)
            {
                Say(new WordingProblem("agreement.line-too-long", "With the lines that go on with it this line has more than 10,000 words.", line.At, 1, Severity.Error, "several clauses or terms"));
                return;
            }

            try
            {
                read(new ClauseReader(line, _known, Say, _checks.Uses));
            }
            catch (UnreadableException unreadable)
            {
                Say(unreadable.Problem);
            }
        }

        private void Keep(Line line, string anchor)
        {
            _comments.AddRange(line.CommentsBefore.Select(c => new WordingComment(anchor, false, c)));
            _comments.AddRange(line.CommentsAtEnd.Select(c => new WordingComment(anchor, true, c)));
        }

        private Agreement ReadHead(Block block)
        {
            var title = "";
            Keep(block.Head, "agreement");
            Guarded(block.Head, r =>
            {
                r.Expect("agreement");
                title = r.Quoted("the title");
                r.ExpectEnd("the title");
            });
            var (parties, guarantors) = (new List<Signatory>(), new List<Signatory>());
            When? from = null;
            When? until = null;
            IReadOnlyList<StatementId> known = [];
            var seen = new HashSet<string>(StringComparer.Ordinal);

            // Places and events first: the other lines may speak of them, wherever they stand.
            foreach (var line in block.Body.OrderBy(l => l.Pieces is [{ Text: "places" or "events", Kind: TokenKind.Word }, ..] ? 0 : 1))
            {
                Guarded(line, r =>
                {
                    var first = r.Now;
                    var word = first.Kind is TokenKind.Word ? first.Text : "";
                    Keep(line, $"agreement/{word}");
                    if (word.Length > 0 && word is not "in" && !seen.Add(word))
                    {
                        r.Say("agreement.line-twice", $"The agreement has two lines '{word}'.", first, "one line; it may go on indented further");
                    }

                    switch (word)
                    {
                        case "parties":
                            r.Expect("parties");
                            ReadSignatories(r, parties);
                            break;
                        case "guarantors":
                            r.Expect("guarantors");
                            ReadSignatories(r, guarantors);
                            break;
                        case "places":
                            ReadPlaces(r);
                            break;
                        case "events":
                            ReadEvents(r);
                            break;
                        case "in":
                            r.Expect("in", "force");
                            if (!seen.Add("in"))
                            {
                                r.Say("agreement.line-twice", "The agreement has two lines 'in force'.", first, "one line");
                            }

                            var at = r.Now;
                            from = r.Take("from") ? r.When() : null;
                            until = r.Take("until") ? r.When() : null;
                            if (from is null && until is null)
                            {
                                throw r.Unexpected("'from WHEN', 'until WHEN' or both");
                            }

                            if (from is not null && until is not null)
                            {
                                r.InOrder(from, until, at, "until");
                            }

                            break;
                        case "according":
                            r.Expect("according", "to");
                            known = r.Ids();
                            break;
                        default:
                            throw r.Fail("agreement.unknown-word", $"No line of an agreement begins with '{Shown.Short(first.Text)}'.", first, "parties, guarantors, places, events, in force, according to", first.Kind is TokenKind.Word ? Vocabulary.Near(word, ["parties", "guarantors", "places", "events", "according"]) : null);
                    }

                    r.ExpectEnd("this line");
                });
            }

            _checks.Names(parties, guarantors);
            if (parties.Count == 0)
            {
                Say(new WordingProblem("agreement.no-parties", "The agreement names no parties: nobody can owe anything.", block.Head.At, 9, Severity.Warning, "parties NAME \"WORDS\""));
            }

            return new Agreement(title, parties, guarantors, [.. _places.Values], [.. _events.Values], from, until, known, [], []);
        }

        private static void ReadSignatories(ClauseReader r, List<Signatory> into)
        {
            do
            {
                var at = r.Now;
                var name = r.NewName("the name of a signatory");
                var words = r.Quoted("the signatory's own name");
                var bodies = new List<string>();
                if (r.Take("speaks", "through"))
                {
                    do
                    {
                        bodies.Add(r.Body());
                    }
                    while (r.Take(","));
                }

                if (into.Any(s => s.Name == name))
                {
                    r.Say("agreement.name-twice", $"'{Shown.Short(name)}' stands here twice.", at, "one name each");
                }
                else
                {
                    into.Add(new Signatory(name, words, [.. bodies.Distinct(StringComparer.Ordinal)]));
                }
            }
            while (r.Take(";") && !r.AtEnd);
        }

        private void ReadPlaces(ClauseReader r)
        {
            r.Expect("places");
            do
            {
                var at = r.Now;
                var name = r.NewName("a place of the agreement");
                r.Expect("=");
                var places = new List<PlaceId>();
                do
                {
                    var piece = r.Now;
                    if (piece.Kind is not (TokenKind.Word or TokenKind.Quoted))
                    {
                        throw r.Unexpected("the id of a place in the gazetteer");
                    }

                    r.Body();
                    if (r.PlaceOf(piece) is { } id && !places.Contains(id))
                    {
                        places.Add(id);
                    }
                }
                while (r.Take(","));
                if (_known.IsOfGazetteer(name) && places.Count > 0 && !(places.Count == 1 && places[0].Value == name))
                {
                    r.Say("agreement.place-hidden", $"'{name}' is a place of the gazetteer and would stand for something else here.", at, "a name that no place of the gazetteer has", $"{name}-area");
                }

                if (!_places.TryAdd(name, new OwnPlace(name, places)))
                {
                    r.Say("agreement.name-twice", $"The place '{Shown.Short(name)}' stands here twice.", at, "one name each");
                }
            }
            while (r.Take(";") && !r.AtEnd);
        }

        private void ReadEvents(ClauseReader r)
        {
            r.Expect("events");
            do
            {
                var at = r.Now;
                var name = r.NewName("an event");
                var keys = new List<string>();
                if (r.Take("("))
                {
                    do
                    {
                        var key = r.Word("the name of a key");
                        if (keys.Contains(key.Text) || key.Text is "convoy" or "place")
                        {
                            r.Say("agreement.name-twice", $"The key '{Shown.Short(key.Text)}' is there already.", key, "one name each; convoy and place are keys of every occurrence");
                        }
                        else
                        {
                            keys.Add(key.Text);
                        }
                    }
                    while (r.Take(","));
                    r.Expect(")");
                }

                if (!_events.TryAdd(name, new DeclaredEvent(name, keys)))
                {
                    r.Say("agreement.name-twice", $"The event '{Shown.Short(name)}' stands here twice.", at, "one name each");
                }
            }
            while (r.Take(",") && !r.AtEnd);
        }

        private AgreementVersion ReadVersion(ClauseReader r, Line line)
        {
            r.Expect("version");
            var at = r.Now;
            var number = r.Small("a version");
            Keep(line, $"version {Shown.Number(number)}");
            var title = r.Quoted("the title");
            r.Expect("from");
            var from = r.When();
            var until = r.Take("until") ? r.When() : null;
            if (until is not null)
            {
                r.InOrder(from, until, at, "until");
            }

            int? amends = null;
            if (r.Take("amends"))
            {
                var amended = r.Now;
                amends = r.Small("a version");
                _checks.Uses("version", amends.Value, amended.At);
            }

            var known = r.Take("according", "to") ? r.Ids() : [];
            r.ExpectEnd("the version");
            _checks.Declares(number, at);
            return new AgreementVersion(number, title, from, until, amends, known);
        }

        private Term? ReadTerm(Block block)
        {
            var (number, title) = ("", "");
            Guarded(block.Head, r =>
            {
                r.Expect("term");
                var piece = r.TermNumber();
                number = piece.Text;
                _checks.DeclaresTerm(piece);
                title = r.Quoted("the title");
                r.ExpectEnd("the title");
            });
            Keep(block.Head, $"term {number}");
            var term = new Term(number, title, [], block.Head.At);
            var clauses = new List<Clause>();
            var unreadable = false;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var line in block.Body)
            {
                if (_problems.Count >= MostProblems)
                {
                    break;
                }

                var before = _problems.Count;
                Guarded(line, r => term = ReadTermLine(r, line, term, clauses, seen));
                unreadable |= _problems.Count > before;
            }

            if (clauses.Count == 0 && !unreadable)
            {
                Say(new WordingProblem("agreement.no-clause", $"Term {Shown.Short(number)} asks for nothing.", block.Head.At, 4, Severity.Error, "a clause, or 'not observable: \"WORD\"' where no report could show it"));
            }

            if (term.From is { } from && term.Until is { } until)
            {
                var at = block.Body.First(l => l.Pieces is [{ Text: "until" or "from" }, ..]);
                Guarded(at, r => r.InOrder(from, until, r.Now, "until"));
            }

            term = term with { Clauses = clauses };
            return number.Length == 0 ? null : term;
        }

        private Term ReadTermLine(ClauseReader r, Line line, Term term, List<Clause> clauses, HashSet<string> seen)
        {
            var first = r.Now;
            var read = TermLine(r, term);
            if (read is not { } known)
            {
                Keep(line, $"term {term.Number}/clause {Shown.Number(clauses.Count)}");
                clauses.Add(r.Clause());
                return term;
            }

            Keep(line, $"term {term.Number}/{known.Line}");
            if (!seen.Add(known.Line))
            {
                r.Say("agreement.line-twice", $"The term has two lines '{known.Line}'.", first, "one line; it may go on indented further");
            }

            r.ExpectEnd("this line");
            return known.Term;
        }

        /// <summary>A line of the term that is no clause; null where it is a clause.</summary>
        private (string Line, Term Term)? TermLine(ClauseReader r, Term term)
        {
            if (r.Take("version"))
            {
                var at = r.Now;
                var number = r.Small("a version");
                _checks.Uses("version", number, at.At);
                return ("version", term with { Version = number });
            }

            if (r.Take("replaces"))
            {
                var replaced = new List<string>();
                do
                {
                    var piece = r.TermNumber();
                    _checks.UsesTerm("replaces", term.Number, piece);
                    replaced.Add(piece.Text);
                }
                while (r.Take(","));
                return ("replaces", term with { Replaces = [.. replaced.Distinct(StringComparer.Ordinal)] });
            }

            if (r.Take("stated"))
            {
                r.Expect("in");
                return ("stated in", term with { StatedIn = r.Ids() });
            }

            if (r.Take("denied"))
            {
                r.Expect("by");
                return ("denied by", term with { DeniedBy = r.Ids() });
            }

            if (r.Take("rival"))
            {
                r.Expect("of");
                var piece = r.TermNumber();
                _checks.UsesTerm("rival of", term.Number, piece);
                return ("rival of", term with { RivalOf = piece.Text });
            }

            if (r.Take("according"))
            {
                r.Expect("to");
                return ("according to", term with { AccordingTo = Signatory(r) });
            }

            if (r.Take("binds"))
            {
                var bound = new List<string>();
                do
                {
                    bound.Add(Signatory(r));
                }
                while (r.Take(","));
                return ("binds", term with { Binds = [.. bound.Distinct(StringComparer.Ordinal)] });
            }

            if (r.Take("asked"))
            {
                r.Expect("by");
                var by = Signatory(r);
                r.Expect(",", "binds", "nobody");
                return ("asked by", term with { AskedBy = by });
            }

            if (r.Take("step"))
            {
                var step = r.Step(isUse: false);
                _checks.DeclaresStep(step);
                return ("step", term with { Step = step });
            }

            if (r.Take("after"))
            {
                r.Expect("step");
                return ("after step", term with { AfterStep = r.Step(isUse: true) });
            }

            if (r.Take("if"))
            {
                return ("if", term with { If = r.Occurrence(null) });
            }

            if (r.Take("from"))
            {
                var from = r.When();
                return ("from", r.Take("until") ? term with { From = from, Until = r.When() } : term with { From = from });
            }

            if (r.Take("until"))
            {
                return ("until", term with { Until = r.When() });
            }

            if (r.Take("says"))
            {
                return ("says", term with { Says = r.Quoted("the words of the text") });
            }

            return null;
        }

        private string Signatory(ClauseReader r)
        {
            var piece = r.Word("a party or guarantor of the agreement");
            _checks.UsesSignatory(piece, r);
            return piece.Text;
        }
    }
}
