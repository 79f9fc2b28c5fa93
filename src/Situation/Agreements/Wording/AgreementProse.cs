using System.Globalization;
using System.Text;
using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>One term in plain sentences: what it is known from and whom it binds, then what it asks.</summary>
public sealed record TermProse(string Number, string Title, IReadOnlyList<string> About, IReadOnlyList<string> Asks)
{
    /// <summary>All of its sentences in order.</summary>
    public IReadOnlyList<string> Lines => [.. About, .. Asks];
}

/// <summary>
/// Says in plain neutral English what an agreement asks, with the names of places as the gazetteer has them. It says nothing about whether it was done.
/// What is given for what is never put as a price: two totals stand side by side.
/// </summary>
public static class AgreementProse
{
    /// <summary>Happenings that have no number of their own: "fire", and not "a fire".</summary>
    private static readonly HashSet<string> Mass = new(StringComparer.Ordinal) { "fire", "harm", "burning", "looting", "monitoring", "completion", "turned-back", "held", "blocked", "detention" };

    public static IReadOnlyList<TermProse> Of(Agreement agreement, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        var speaking = new Speaking(agreement, operation);
        return [.. agreement.Terms.Select(speaking.Of)];
    }

    public static TermProse Of(Term term, Agreement agreement, Operation operation) => new Speaking(agreement, operation).Of(term);

    public static string Of(Clause clause, Agreement agreement, Operation operation) => new Speaking(agreement, operation).Of(clause);

    public static string Of(When when, Agreement agreement, Operation operation) => new Speaking(agreement, operation).At(when);

    /// <summary>The agreement's own lines: who is bound, who vouches, from when, known from where, and its versions.</summary>
    public static IReadOnlyList<string> Head(Agreement agreement, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return [.. new Speaking(agreement, operation).Head()];
    }

    private sealed class Speaking(Agreement agreement, Operation operation)
    {
        public IEnumerable<string> Head()
        {
            if (agreement.Parties.Count > 0)
            {
                yield return $"Parties: {List(agreement.Parties.Select(p => p.Words), "and")}.";
            }

            if (agreement.Guarantors.Count > 0)
            {
                yield return $"Guarantors: {List(agreement.Guarantors.Select(p => p.Words), "and")}.";
            }

            if (agreement.From is { } from)
            {
                yield return $"In force from {At(from)}{(agreement.Until is { } until ? $" until {Until(until)}" : "")}.";
            }

            if (agreement.AccordingTo.Count > 0)
            {
                yield return $"Known according to {Ids(agreement.AccordingTo)}.";
            }

            foreach (var v in agreement.Versions)
            {
                yield return $"Version {Shown.Number(v.Number)}, \"{v.Title}\", from {At(v.From)}{(v.Until is { } until ? $" until {Until(until)}" : "")}{(v.Amends is { } n ? $", amends version {Shown.Number(n)}" : "")}{(v.AccordingTo.Count > 0 ? $", according to {Ids(v.AccordingTo)}" : "")}.";
            }
        }

        public TermProse Of(Term t) => new(t.Number, t.Title, [.. About(t)], [.. t.Clauses.Select(Of)]);

        public string Of(Clause clause) => clause switch
        {
            Clause.Never c => $"There is to be no {Bare(c.What)}{(c.While is { } s ? $" while {During(s)}" : "")}{(c.UnlessPrecededBy is { } by ? $", unless {A(by)} came before it within {AgreementText.SpanOf(c.Within ?? Duration.Zero)}" : "")}.",
            Clause.LeadsTo c => $"Each {Each(c.Each)} is to be followed by {The(c.To)} within {AgreementText.SpanOf(c.Within)}{(c.Unless is { } u ? $", unless {Unless(u)}" : "")}.{(c.ClockStops is { } s ? $" The clock stands still while {During(s)}." : "")}",
            Clause.Preceded c => $"Each {Each(c.Each)} is to come after {List(c.By.Select(A), "or")}, at most {AgreementText.SpanOf(c.Within)} before it.",
            Clause.Happens c => $"{Capital(The(c.What))} is to happen{Between(c.From, c.By)}.",
            Clause.AtLeast c => $"At least {Done(c.Total, "are to have", "is to have")}{(c.By is { } b ? $" by {By(b)}" : "")}.",
            Clause.AtMost c => $"At most {Done(c.Total, "are to have", "is to have")}{(c.Until is { } u ? $" until {Until(u)}" : "")}.",
            Clause.ForEach c => $"Parallel {(c.Of.Counting is Counting.Leave && c.Owed.Counting is Counting.Leave ? "departures" : "totals")}: {Who(c.Of)} and {Who(c.Owed)}, in steps of {Amount(c.Of)} and {Amount(c.Owed)}, within {AgreementText.SpanOf(c.Within)}{(c.EachOther ? " of each other" : "")}.",
            Clause.Balance c => $"Within any {AgreementText.SpanOf(c.Window)}, {Who(c.Plus)} may be at most {Shown.Grouped(c.Limit)} more than {Who(c.Minus)}.",
            Clause.OnlyAfter c => $"{Capital(c.Then is { } o ? Many(o) : Who(c.ThenTotal!))} are to come only after {(c.First is { } first ? A(first) : c.FirstTotal is { } t ? First(t) : $"step {Shown.Number(c.Step ?? 0)} is done")}.",
            Clause.EveryoneLeaves c => $"Everyone is to have left {Places(c.Places, "and")}{(c.By is { } b ? $" by {By(b)}" : "; no date is stated")}.",
            Clause.SafePassage c => $"Safe passage is to be given to {Many(c.For)}.",
            Clause.OnlyTo c => $"{Capital(Many(c.What))} are to be only to {Places(c.Places, "or")}.",
            Clause.Open c => $"{(c.IsAccess ? "Access" : "Passage")} to {Places(c.Places, "and")} is not to be refused.",
            Clause.ByAccount c => $"No report of an event can show this; it is known from accounts alone{Accounts(c)}.",
            Clause.NotObservable c => $"The agreement's word \"{c.Word}\" has no observable meaning{(c.BearsOnIt.Count > 0 ? $"; what bears on it stands in {Ids(c.BearsOnIt)}" : "")}.",
            _ => throw new InvalidOperationException("A clause without a sentence."),
        };

        public string At(When when) => when switch
        {
            When.Time t => Day(t.Moment) + (t.OrElse is { } rival ? $" or {Day(rival)} (accounts differ)" : ""),
            When.StepDone s => $"the time step {Shown.Number(s.Step)} is done",
            When.Complete c => $"the time departures from {Places(c.Places, "and")} are complete",
            When.First f => $"the first {Bare(f.Occurrence with { Which = null })}",
            When.End => "the end of the agreement",
            _ => throw new InvalidOperationException("A time without words."),
        };

        private IEnumerable<string> About(Term t)
        {
            var facts = new List<string>();
            if (t.Version is { } v)
            {
                facts.Add($"of version {Shown.Number(v)}");
            }

            if (t.StatedIn.Count > 0)
            {
                facts.Add($"stated in {Ids(t.StatedIn)}");
            }

            if (t.AccordingTo is { } account)
            {
                facts.Add($"known only according to {NameOf(account)}");
            }

            if (facts.Count > 0)
            {
                yield return $"{Capital(string.Join(", ", facts))}.";
            }

            if (t.DeniedBy.Count > 0)
            {
                yield return $"That there is such a term is denied in {Ids(t.DeniedBy)}.";
            }

            if (t.RivalOf is { } rival)
            {
                yield return $"Another account of term {rival}.";
            }

            if (t.Replaces.Count > 0)
            {
                yield return $"Replaces {(t.Replaces.Count == 1 ? "term" : "terms")} {List(t.Replaces, "and")}.";
            }

            if (t.AskedBy is { } by)
            {
                yield return $"Asked by {NameOf(by)}; it binds nobody.";
            }
            else if (t.Binds.Count > 0)
            {
                yield return $"Binds {List(t.Binds.Select(NameOf), "and")}.";
            }

            if (t.AfterStep is { } after)
            {
                yield return $"Only after step {Shown.Number(after)} is done.";
            }

            if (t.If is { } once)
            {
                yield return $"Only once there was {A(once)}.";
            }

            if (t.From is not null || t.Until is not null)
            {
                yield return $"In force{(t.From is { } from ? $" from {At(from)}" : "")}{(t.Until is { } until ? $" until {Until(until)}" : "")}.";
            }

            if (t.Step is { } step)
            {
                yield return $"Once it is met, step {Shown.Number(step)} is done.";
            }

            if (t.Says is { } says)
            {
                yield return $"The text says: \"{says}\"";
            }
        }

        private static string Ids(IReadOnlyList<StatementId> ids) => ids.Count <= 6 ? string.Join(", ", ids) : $"{string.Join(", ", ids.Take(5))} and {Shown.Number(ids.Count - 5)} more";

        private static string Accounts(Clause.ByAccount c)
        {
            var parts = new List<string>();
            if (c.Kept.Count > 0)
            {
                parts.Add($"kept according to {Ids(c.Kept)}");
            }

            if (c.NotKept.Count > 0)
            {
                parts.Add($"not kept according to {Ids(c.NotKept)}");
            }

            if (c.BearsOnIt.Count > 0)
            {
                parts.Add($"what bears on it stands in {Ids(c.BearsOnIt)}");
            }

            return parts.Count == 0 ? "" : ": " + string.Join("; ", parts);
        }

        private static string List(IEnumerable<string> items, string word)
        {
            var all = items.ToList();
            return all.Count switch
            {
                0 => "nobody",
                1 => all[0],
                2 => $"{all[0]} {word} {all[1]}",
                _ => $"{string.Join(", ", all.Take(all.Count - 1))} {word} {all[^1]}",
            };
        }

        private static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

        private static string Day(Moment moment)
        {
            var day = moment.Precision is TimePrecision.Month ? moment.Date.ToString("MMMM uuuu", CultureInfo.InvariantCulture) : moment.Date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);
            return moment.At is { } at ? $"{at.ToString("HH:mm", CultureInfo.InvariantCulture)} on {day} ({at.Offset.ToString("'UTC'+HH:mm", CultureInfo.InvariantCulture)})" : day;
        }

        private string By(When when) => when is When.Time { Moment.At: null, OrElse: null } t ? $"the end of {Day(t.Moment)}" : At(when);

        private string Until(When when) => when switch
        {
            When.StepDone s => $"step {Shown.Number(s.Step)} is done",
            When.Complete c => $"departures from {Places(c.Places, "and")} are complete",
            _ => By(when),
        };

        /// <summary>" on 28 October 2034", " not before ... and by ...", or that no date is stated.</summary>
        private string Between(When? from, When? by) => (from, by) switch
        {
            (null, null) => "; no date is stated",
            (null, not null) => $" by {By(by)}",
            (not null, null) => $", not before {At(from)}; no date is stated by which",
            (When.Time { Moment.At: null, OrElse: null } f, When.Time { Moment.At: null, OrElse: null } b) when f.Moment.Equals(b.Moment) => $" on {Day(f.Moment)}",
            _ => $", not before {At(from)} and by {By(by)}",
        };

        private string NameOf(string signatory) => agreement.Parties.Concat(agreement.Guarantors).FirstOrDefault(s => s.Name == signatory)?.Words ?? signatory;

        private string During(State state) => state switch
        {
            State.DeparturesRun s => $"departures from {Places(s.From, "or")} are under way",
            State.Suspended => "departures are suspended",
            State.InForce => "the agreement is in force",
            State.Between s => $"it is between {A(s.Opens)} and {The(s.Closes)}",
            _ => throw new InvalidOperationException("A state without words."),
        };

        private static string Unqualified(Occurrence o) => o.IsOwnType ? $"\"{o.Noun}\"" : Vocabulary.NounWords.TryGetValue(o.Noun, out var words) ? words.One : $"\"{o.Noun}\"";

        /// <summary>The noun with what narrows it and no article: "departure of fighters from Old Harbour".</summary>
        private string Bare(Occurrence o) => (o.Which switch { Ordinal.First => "first ", Ordinal.Last => "last ", _ => "" }) + Unqualified(o) + Narrowing(o);

        private string Each(Occurrence o) => Mass.Contains(o.Noun) && !o.IsOwnType && o.Which is null ? $"instance of {Bare(o)}" : Bare(o);

        private string The(Occurrence o) => Mass.Contains(o.Noun) && !o.IsOwnType && o.Which is null && o.Noun != "completion" ? Bare(o) : $"the {Bare(o)}";

        private string A(Occurrence o)
        {
            var bare = Bare(o);
            return o.Which is not null ? $"the {bare}" : Mass.Contains(o.Noun) && !o.IsOwnType ? bare : $"{("aeiou".Contains(bare[0], StringComparison.Ordinal) ? "an" : "a")} {bare}";
        }

        private string Many(Occurrence o) => o.Which is not null ? $"the {Bare(o)}"
            : (o.IsOwnType || !Vocabulary.NounWords.TryGetValue(o.Noun, out var words) ? $"all \"{o.Noun}\"" : words.Many) + Narrowing(o);

        private string Unless(Occurrence o)
        {
            var verb = o.IsOwnType ? null : o.Noun switch { "turned-back" => "turned back", "held" => "held up", "refused" => "refused", "blocked" => "blocked", "delayed" => "delayed", _ => null };
            return verb is not null && o.Which is null && o.Category is null ? $"it is {verb}{Narrowing(o with { Same = [] })}" : $"there is {A(o)}";
        }

        private string Narrowing(Occurrence o)
        {
            var text = new StringBuilder();
            Add(text, " of ", o.Category is { } c ? CategoryWords(c) : null);
            var same = o.Same.Where(k => k != "place").ToList();
            Add(text, " of the same ", same.Count == 0 ? null : List(same, "and"));
            Add(text, " in what reports call \"", o.Batch is { } batch ? batch + "\"" : null);
            Add(text, " from ", Places(o.From, "or"));
            Add(text, " to ", Places(o.To, "or"));
            Add(text, " by ", Places(o.Via, "or"));
            Add(text, o.Noun == "arrival" ? " in " : " at ", Places(o.Where, "or"));
            text.Append(o.WithPeople ? " with people" : "").Append(o.Same.Contains("place") ? " at the same place" : "");
            return text.ToString();
        }

        private static void Add(StringBuilder text, string before, string? words)
        {
            if (!string.IsNullOrEmpty(words))
            {
                text.Append(before).Append(words);
            }
        }

        private static string CategoryWords(string category) =>
            category == "wounded" ? "wounded people" : Category.Named.FirstOrDefault(n => n.Slug == category && n.Words.Length > 0).Words ?? category.Replace('-', ' ');

        private string Amount(Total t)
        {
            var share = t.Share is { } s ? AgreementText.ShareOf(s) : null;
            return share is null ? Shown.Grouped(t.Number ?? 0) : t.Of is { } of ? $"{share} of {Shown.Grouped(of)}" : $"{share} (of a number that is not stated)";
        }

        /// <summary>"people who leave Old Harbour by the Mole Road".</summary>
        private string Who(Total t) => $"{CategoryWords(t.Category)} {(Vocabulary.IsThing(t.Category) ? "that" : "who")} {Vocabulary.MeasureOf(t.Counting, one: false)} {Places(t.Places, "or")}{Way(t)}";

        private string First(Total t) => t.Number is null && t.Share is null ? $"any {Who(t)}" : $"{Done(t, "have", "has")}";

        /// <summary>"1,250 people are to have left Old Harbour".</summary>
        private string Done(Total t, string many, string single)
        {
            var one = t.Number == 1;
            var verb = t.Counting switch
            {
                Counting.Leave => "left",
                Counting.ArriveIn => "arrived in",
                Counting.Pass => "passed",
                Counting.AreReceivedIn => "been received in",
                Counting.AreReleasedFrom => "been released from",
                Counting.ArePresentAt => "been present at",
                _ => "been delivered to",
            };
            var who = one ? t.Category == "wounded" ? "wounded person" : CategoryWords(Vocabulary.CategoryWord(t.Category, one)) : CategoryWords(t.Category);
            var subject = t.Share is null ? $"{Shown.Grouped(t.Number ?? 0)} {who}" : t.Of is null ? $"{AgreementText.ShareOf(t.Share.Value)} of the {who} of a number that is not stated" : $"{Amount(t)} {who}";
            return $"{subject} {(one ? single : many)} {verb} {Places(t.Places, "or")}{Way(t)}";
        }

        private string Way(Total t)
        {
            var text = new StringBuilder();
            Add(text, " by ", Places(t.Via, "or"));
            Add(text, " to ", Places(t.To, "or"));
            return text.ToString();
        }

        private string Places(IReadOnlyList<PlaceId> places, string word) => places.Count == 0 ? "" : List(places.Select(operation.Gazetteer.ShortNameOf), word);
    }
}
