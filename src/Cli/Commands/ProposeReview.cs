using System.Globalization;
using System.Text;
using Safeconduct.Cli.Operations;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Confirming;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Record.Books;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Cli.Commands;

/// <summary>
/// The claims of a text one by one, for a person who decides. Questions go to stderr and answers are read line by line, so that it works through a pipe. Nothing is recorded before
/// <c>w</c>, and then all that was confirmed or nothing.
/// </summary>
internal sealed class ProposeReview(Surroundings room, TextReader input, OperationFolder book, TextReading reading, Gazetteer places)
{
    private readonly Dictionary<int, List<ClaimDecision>> _decided = [];
    private readonly SortedSet<int> _rejected = [];
    private readonly Stack<int> _done = new();
    private readonly Dictionary<string, SourceChoice> _choices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Source> _named = new(StringComparer.Ordinal);
    private readonly ProposePage _page = new(room, reading);
    private KnownSources _sources = new([]);
    private Alike _alike = new([], NodaTime.DateTimeZone.Utc);

    private TextWriter Ask => room.Error;

    public int Run(Moment published, string publisher, string? kind, string? title, Handling handling)
    {
        var replaced = book.Statements.SelectMany(s => s.Claims()).OfType<Claim.About>().Where(a => a.Relation is Relation.Withdraws or Relation.Corrects or Relation.Supersedes).Select(a => a.Statement).ToHashSet();
        _sources = new(book.Statements);
        _alike = new(book.Statements.Where(s => !replaced.Contains(s.Id)), book.Operation.Zone, book.Operation.TolerancePercent);
        if (reading.Proposals.Count == 0)
        {
            room.Output.WriteLine("The rules find no claim in this text. Nothing was recorded.");
            return CommandLine.Done;
        }

        if (kind is not null && _sources.Find(publisher) is { Same: null, Candidates.Count: 0 })
        {
            _choices[publisher] = new(null, SayCommand.TokenOf<SourceKind>(kind));
        }

        if (!Settled(publisher))
        {
            return Left();
        }

        var text = new ReviewedText(reading.Original, reading.Language, published, Named(publisher), title, handling);
        var review = new Review(text, reading, Named, id => book.Book.Find(id) is not null, places);
        for (var at = 0; ;)
        {
            var proposal = at < reading.Proposals.Count ? reading.Proposals[at] : null;
            Show(proposal, at, review);
            switch (input.ReadLine()?.Trim().ToLowerInvariant())
            {
                case null or "q":
                    return Left();
                case "w":
                    if (Written(text, review) is { } code)
                    {
                        return code;
                    }

                    break;
                case "u":
                    at = Undo(at);
                    break;
                case "n" or "j" when proposal is not null:
                    at++;
                    break;
                case "k" or "p" when at > 0:
                    at--;
                    break;
                case "r" when proposal is not null:
                    Decide(proposal.Number, null);
                    at++;
                    break;
                case "c" when proposal is not null:
                    at += Take(proposal, review, [new ClaimDecision(proposal.Number)]) ? 1 : 0;
                    break;
                case "e" when proposal is not null:
                    at += Edited(proposal) is { } edits && Take(proposal, review, [new ClaimDecision(proposal.Number, edits)]) ? 1 : 0;
                    break;
                case "s" when proposal is not null:
                    at += Split(proposal) is { } parts && Take(proposal, review, parts) ? 1 : 0;
                    break;
                default:
                    Ask.WriteLine("  c confirm, e edit, s split, r reject, u undo, n next, p previous, w write and end, q end without recording.");
                    break;
            }
        }
    }

    private int Left()
    {
        room.Output.WriteLine("The review was left. Nothing was recorded.");
        return CommandLine.Done;
    }

    private void Show(Proposal? proposal, int at, Review review)
    {
        var confirmed = _decided.Values.Sum(d => d.Count);
        Ask.WriteLine();
        if (proposal is null)
        {
            Ask.Write($"That was the last. {Shown.Number(confirmed)} confirmed, {Shown.Number(_rejected.Count)} rejected, {Shown.Number(reading.Proposals.Count - _decided.Count - _rejected.Count)} undecided.  w write, u undo, p previous, q quit > ");
            return;
        }

        var sentence = _page.SentenceAround(proposal.Span);
        var (before, after) = (reading.Original[sentence.Start..proposal.Span.Start], reading.Original[proposal.Span.End..sentence.End]);
        Ask.WriteLine($"Claim {Shown.Number(proposal.Number)} ({Shown.Number(at + 1)} of {Shown.Number(reading.Proposals.Count)}; {Shown.Number(confirmed)} confirmed, {Shown.Number(_rejected.Count)} rejected){Standing(proposal.Number)}");
        Ask.WriteLine($"  {OneLine(before)}>>{OneLine(proposal.Quote)}<<{OneLine(after)}");
        Ask.WriteLine($"  {ProposePage.Line(proposal)}");
        foreach (var trace in proposal.Trace)
        {
            Ask.WriteLine($"    {trace.Slot}: {trace.Value}, by {trace.Rule}{(trace.Words is { } words ? $" '{Shown.Short(words.Of(reading.Original))}'" : "")}");
        }

        if (proposal.Loaded.Count > 0)
        {
            Ask.WriteLine($"    the source's own words: {string.Join(", ", proposal.Loaded.Select(l => $"'{l.Of(reading.Original)}'"))}");
        }

        if (Drafted(review, _decided.GetValueOrDefault(proposal.Number)?[0] ?? new ClaimDecision(proposal.Number)) is { } statement)
        {
            Ask.WriteLine($"  It will stand as: {statement.Chain}: {statement.Wording}");
            foreach (var beside in _alike.Of(statement))
            {
                Ask.WriteLine($"    in the book: {beside.Id} {Token.Of(beside.Likeness).Replace('-', ' ')}: {beside.Why}");
            }
        }

        Ask.Write("  c confirm, e edit, s split, r reject, u undo, n next, w write, q quit > ");
    }

    private string Standing(int number) => _rejected.Contains(number) ? ", rejected" : _decided.TryGetValue(number, out var d) ? $", {Token.Of(d[0].Act)}" : "";

    /// <summary>As it would stand, with names that nobody has settled yet as they are.</summary>
    private Statement? Drafted(Review review, ClaimDecision decision)
    {
        var before = _named.Count;
        try
        {
            return review.Draft(decision);
        }
        catch (RefusedException refused)
        {
            if (before == _named.Count && !refused.Problem.Code.StartsWith("source.", StringComparison.Ordinal))
            {
                Ask.WriteLine($"  Not yet: {refused.Problem.Message}");
            }

            return null;
        }
    }

    /// <summary>Asks what has to be known first, then tries the claim; what is refused is said and asked again.</summary>
    private bool Take(Proposal proposal, Review review, List<ClaimDecision> decisions)
    {
        for (var i = 0; i < decisions.Count; i++)
        {
            var speakers = decisions[i].Edits?.Speakers ?? new(proposal.Source?.Name, [.. proposal.Via.Select(v => v.Name)]);
            if (!(speakers.Via.Append(speakers.SaidBy).OfType<string>()).All(Settled))
            {
                return false;
            }

            if (decisions[i].Edits?.Places is null && proposal.Places.Any(p => p.Candidates.Count > 1))
            {
                if (PlacesChosen(proposal) is not { } where)
                {
                    return false;
                }

                decisions[i] = decisions[i] with { Edits = (decisions[i].Edits ?? ClaimEdits.None) with { Places = where } };
            }

            try
            {
                review.Draft(decisions[i]);
            }
            catch (RefusedException refused)
            {
                Ask.WriteLine($"  {refused.Problem}");
                return false;
            }
        }

        Decide(proposal.Number, decisions);
        return true;
    }

    private void Decide(int number, List<ClaimDecision>? decisions)
    {
        Forget(number);
        _done.Push(number);
        if (decisions is null)
        {
            _rejected.Add(number);
        }
        else
        {
            _decided[number] = decisions;
        }
    }

    private void Forget(int number)
    {
        _rejected.Remove(number);
        _decided.Remove(number);
    }

    private int Undo(int at)
    {
        if (!_done.TryPop(out var number))
        {
            Ask.WriteLine("  There is nothing to undo.");
            return at;
        }

        Forget(number);
        return reading.Proposals.TakeWhile(p => p.Number != number).Count();
    }

    private int? Written(ReviewedText text, Review review)
    {
        try
        {
            var confirmation = review.Of([.. reading.Proposals.SelectMany(p => _decided.GetValueOrDefault(p.Number) ?? [])], [.. _rejected]);
            var record = new TextReview(text.Sha256, text.Language, text.Published.ToString(), text.Publisher.Id.Value, text.Citation, reading.Lexicon,
                [.. confirmation.Claims.Select(c => new ReviewedClaim(c.Proposal, c.Span.Start, c.Span.End, Token.Of(c.Kind), Token.Of(c.Act), c.Statement))]);
            var taken = book.Book.EnterReviewed(record, Encoding.UTF8.GetBytes(text.Original), confirmation.Statements, OperationFolder.ClaimedNow());
            Ask.WriteLine();
            foreach (var statement in confirmation.Statements)
            {
                room.Output.WriteLine($"{statement.Id}  {statement.Chain}: {statement.Wording}");
            }

            room.Output.WriteLine($"{Shown.Grouped(taken.Recorded.Count)} statements recorded, {Shown.Grouped(taken.AlreadyThere)} were there already. The text is kept under SHA-256 {text.Sha256}.");
            return CommandLine.Done;
        }
        catch (RefusedException refused)
        {
            Ask.WriteLine($"  {refused.Problem} Nothing was recorded.");
            return null;
        }
    }

    private Source Named(string name) => _named.TryGetValue(name, out var known) ? known : _named[name] = _sources.Choose(name, _choices.GetValueOrDefault(name));

    /// <summary>Asks who a name is where the book does not say; false where the input ends.</summary>
    private bool Settled(string name)
    {
        while (true)
        {
            try
            {
                Named(name);
                return true;
            }
            catch (RefusedException refused)
            {
                var found = _sources.Find(name);
                Ask.WriteLine($"  {refused.Problem.Message}");
                for (var i = 0; i < found.Candidates.Count; i++)
                {
                    Ask.WriteLine($"    {Shown.Number(i + 1),2}  {found.Candidates[i].Name} ({Token.Of(found.Candidates[i].Kind)})");
                }

                Ask.Write($"  Who is it? {(found.Candidates.Count > 0 ? "A number, or the" : "The")} kind of a new source{(found.LikelyKind is { } likely ? $" [{Token.Of(likely)}]" : "")} > ");
                if (input.ReadLine()?.Trim() is not { } answer)
                {
                    return false;
                }

                if (int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= found.Candidates.Count)
                {
                    _choices[name] = new(found.Candidates[n - 1].Id, null);
                }
                else if (Token.TryRead<SourceKind>(answer.Length == 0 && found.LikelyKind is { } guess ? Token.Of(guess) : answer, out var kind))
                {
                    _choices[name] = new(null, kind);
                }
            }
        }
    }

    private Scope? PlacesChosen(Proposal proposal)
    {
        PlaceId? from = null, to = null, via = null;
        foreach (var place in proposal.Places)
        {
            var chosen = place.Candidates.Count == 0 ? null : place.Candidates[0] as PlaceId?;
            if (place.Candidates.Count > 1)
            {
                for (var i = 0; i < place.Candidates.Count; i++)
                {
                    Ask.WriteLine($"    {Shown.Number(i + 1),2}  {places.NameOf(place.Candidates[i])} ({place.Candidates[i]})");
                }

                Ask.Write($"  Which '{place.Name}'? A number, or - for none of them > ");
                if (input.ReadLine()?.Trim() is not { } answer)
                {
                    return null;
                }

                chosen = int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= place.Candidates.Count ? place.Candidates[n - 1] : null;
            }

            (from, to, via) = place.Role switch
            {
                PlaceRole.To => (from, to ?? chosen, via),
                PlaceRole.Via => (from, to, via ?? chosen),
                _ => (from ?? chosen, to, via),
            };
        }

        return new(from, to, via);
    }

    /// <summary>Slot by slot; an empty line keeps what was read. Null where the input ends or an answer can't be read.</summary>
    private ClaimEdits? Edited(Proposal proposal, Span? span = null)
    {
        try
        {
            Ask.WriteLine("  An empty line keeps what is there; - empties it.");
            var kind = Field("what it is about", Token.Of(proposal.Kind), string.Join(", ", Token.All<ClaimKind>()));
            var modality = Field("how the words stand", Token.Of(proposal.Modality), string.Join(", ", Token.All<Modality>()));
            var many = Field("how many, in words", proposal.Count is { } c ? c.IsAll ? "all" : c.Bound?.ToString() : null, null);
            var of = Field("of whom (category)", proposal.Count?.Category.Slug, null);
            var saidBy = Field("said by", proposal.Source?.Name ?? "-", null);
            var via = Field("passed on by, outermost first, with ;", string.Join("; ", proposal.Via.Select(v => v.Name)), null);
            var place = (string role, PlaceRole[] roles) => Field(role, string.Join(" ", proposal.Places.Where(p => roles.Contains(p.Role)).SelectMany(p => p.Candidates).Take(1)), null);
            var (from, to, by) = (place("from or at (place id)", [PlaceRole.From, PlaceRole.At]), place("to (place id)", [PlaceRole.To]), place("by way of (place id)", [PlaceRole.Via]));
            var when = Field("when", proposal.When?.Time.ToString(), null);
            var paraphrase = Field("in the room's words", null, null);
            var isSame = many is null && of is null;
            return new ClaimEdits(
                span,
                kind is null ? null : SayCommand.TokenOf<ClaimKind>(kind),
                modality is null ? null : SayCommand.TokenOf<Modality>(modality),
                isSame ? null : CountOf(many, of, proposal),
                Speakers: saidBy is null && via is null ? null : new(saidBy is null ? proposal.Source?.Name : Emptied(saidBy), via is null ? [.. proposal.Via.Select(v => v.Name)] : [.. (Emptied(via) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]),
                Places: from is null && to is null && by is null ? null : new Scope(PlaceOf(from, proposal, PlaceRole.From, PlaceRole.At), PlaceOf(to, proposal, PlaceRole.To), PlaceOf(by, proposal, PlaceRole.Via)),
                About: when is null || Emptied(when) is not { } time ? null : Times.Spoken(time, book.Operation.Zone, null),
                Paraphrase: Emptied(paraphrase));
        }
        catch (EndOfStreamException)
        {
            return null;
        }
        catch (Exception wrong) when (wrong is RefusedException or UsageException)
        {
            Ask.WriteLine($"  {(wrong is RefusedException refused ? refused.Problem : wrong.Message)}");
            return null;
        }
    }

    private static string? Emptied(string? answer) => answer is null or "-" ? null : answer;

    private static PlaceId? PlaceOf(string? answer, Proposal proposal, params PlaceRole[] roles) => answer is null
        ? proposal.Places.Where(p => roles.Contains(p.Role) && p.Candidates.Count == 1).Select(p => (PlaceId?)p.Candidates[0]).FirstOrDefault()
        : Emptied(answer) is { } id ? new PlaceId(id) : null;

    private static CountAsSaid CountOf(string? many, string? of, Proposal proposal)
    {
        if (many == "-")
        {
            return new(null);
        }

        var named = of is null ? null : Category.Named.FirstOrDefault(n => n.Slug == of).Category ?? throw new RefusedException("category.unknown", $"'{Shown.Short(of)}' is not a category; they are {string.Join(", ", Category.Named.Select(n => n.Slug).Distinct())}.");
        var category = named ?? proposal.Count?.Category ?? Category.Everyone;
        var unit = proposal.Count is { } read && read.Category.Space == category.Space ? read.Unit : category.Space is CategorySpace.Vehicles ? Unit.Vehicles : Unit.People;
        if (many == "all" || (many is null && proposal.Count is { IsAll: true }))
        {
            return new(new Counted(unit, category, Bound.Exactly(0)), IsAll: true);
        }

        var bound = many is null ? proposal.Count?.Bound : BoundWords.Read(many);
        return new(new Counted(unit, category, bound ?? throw new RefusedException("bound.not-understood", $"'{Shown.Short(many)}' is not a number in words such as 337, \"more than 300\", \"about 50\", \"30 to 40\", \"none\".")));
    }

    private List<ClaimDecision>? Split(Proposal proposal)
    {
        var parts = new List<ClaimDecision>();
        while (true)
        {
            Ask.Write($"  The words of part {Shown.Number(parts.Count + 1)}, as they stand in the text{(parts.Count > 1 ? ", or nothing more" : "")} > ");
            if (input.ReadLine()?.Trim() is not { } words)
            {
                return null;
            }

            if (words.Length == 0)
            {
                return parts.Count >= 2 ? parts : null;
            }

            var sentence = _page.SentenceAround(proposal.Span);
            var at = reading.Original.IndexOf(words, sentence.Start, StringComparison.Ordinal);
            if (at < 0 || at >= sentence.End)
            {
                Ask.WriteLine("  These words do not stand in the sentence of the claim; type them exactly.");
            }
            else if (Edited(proposal, new Span(at, at + words.Length)) is { } edits)
            {
                parts.Add(new ClaimDecision(proposal.Number, edits, IsSplit: true));
            }
            else
            {
                return null;
            }
        }
    }

    private string? Field(string label, string? now, string? choices)
    {
        Ask.Write($"    {label}{(choices is null ? "" : $" ({choices})")}{(string.IsNullOrEmpty(now) ? "" : $" [{now}]")}: ");
        var answer = input.ReadLine() ?? throw new EndOfStreamException();
        return answer.Trim() is { Length: > 0 } given && given != now ? given : null;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
