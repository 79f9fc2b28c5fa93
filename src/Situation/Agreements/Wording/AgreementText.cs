using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>Writes an agreement as its text, the same for the same agreement. Reading it gives the agreement back, apart from where things stand.</summary>
public static class AgreementText
{
    /// <summary>Lines longer than this go on with the next, where a space outside quotes allows it.</summary>
    private const int Width = 140;

    private static readonly OffsetDateTimePattern Minutes = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<+HH:mm>");
    private static readonly OffsetDateTimePattern Seconds = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss;FFFFFFFFFo<+HH:mm>");

    /// <summary>The text, with no comments.</summary>
    public static string Of(Agreement agreement, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return new Writing(agreement.Places, []).Write(agreement);
    }

    /// <summary>The text with the comments of the one that was read, each at the line it belonged to.</summary>
    public static string Of(WrittenAgreement written, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(written);
        return new Writing(written.Agreement?.Places ?? [], written.Comments).Write(written.Agreement ?? throw new RefusedException("agreement.not-understood", "The text has errors; correct them first."));
    }

    /// <summary>One clause as it stands in the text, on one line or several.</summary>
    public static string Of(Clause clause, Agreement agreement) => new Writing(agreement.Places, []).ClauseText(clause).Replace("\n", " ", StringComparison.Ordinal);

    public static string TimeOf(Moment moment) => moment.At is { } at ? (at.Second == 0 && at.NanosecondOfSecond == 0 ? Minutes : Seconds).Format(at) : moment.ToString();

    public static string SpanOf(Duration span)
    {
        var seconds = (long)span.TotalSeconds;
        var (n, unit) = seconds % 86_400 == 0 && seconds >= 3 * 86_400 ? (seconds / 86_400, "day")
            : seconds % 3_600 == 0 ? (seconds / 3_600, "hour")
            : seconds % 60 == 0 && seconds != 60 ? (seconds / 60, "minute")
            : seconds == 60 ? (1, "minute")
            : (seconds, "second");
        return $"{Shown.Number(n)} {unit}{(n == 1 ? "" : "s")}";
    }

    internal static string ShareOf(Share share) => share switch
    {
        (1, 1) => "all",
        (1, 2) => "half",
        (1, 3) => "one third",
        (2, 3) => "two thirds",
        (1, 4) => "one quarter",
        (3, 4) => "three quarters",
        (var n, 100) => $"{Shown.Number(n)} per cent",
        var (n, of) => $"{Shown.Number(n)} in {Shown.Number(of)}",
    };

    internal static string QuotedText(string words)
    {
        var text = new StringBuilder("\"", words.Length + 2);
        foreach (var c in words)
        {
            // What would end the line, or has no form of its own, becomes a space.
            text.Append(c == '"' ? "\"\"" : char.IsControl(c) || c is '\u2028' or '\u2029' ? " " : c.ToString());
        }

        return text.Append('"').ToString();
    }

    /// <summary>The words of the parts of a clause; null where there is none.</summary>
    internal sealed class Parts(Agreement agreement)
    {
        private readonly Writing _writing = new(agreement.Places, []);

        public string? Of(Occurrence? it) => it is null ? null : _writing.Text(it);

        public string Of(IReadOnlyList<Occurrence> any) => _writing.Alternatives(any);

        public string? Of(Total? total) => total is null ? null : _writing.Text(total);

        public string? Of(State? state) => state is null ? null : _writing.StateText(state);

        public string? Of(When? when) => when is null ? null : _writing.WhenText(when);

        public string? Of(Duration? span) => span is { } s ? SpanOf(s) : null;

        public string Of(IReadOnlyList<PlaceId> places) => _writing.Places(places);

        public string? Of(IReadOnlyList<StatementId> ids) => ids.Count == 0 ? null : Writing.Ids(ids);
    }

    private sealed class Writing
    {
        private readonly StringBuilder _text = new();
        private readonly ILookup<string, WordingComment> _comments;
        private readonly IReadOnlyList<OwnPlace> _own;
        private readonly HashSet<string> _ownNames;

        public Writing(IReadOnlyList<OwnPlace> own, IReadOnlyList<WordingComment> comments)
        {
            // The name that takes in most stands first.
            _own = [.. own.Where(o => o.Places.Count > 0).OrderByDescending(o => o.Places.Count)];
            _ownNames = own.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
            _comments = comments.ToLookup(c => c.Anchor, StringComparer.Ordinal);
        }

        public string Write(Agreement a)
        {
            Put("agreement", 0, $"agreement {QuotedText(a.Title)}");
            Head("parties", Signatories(a.Parties));
            Head("guarantors", Signatories(a.Guarantors));
            Head("places", [.. a.Places.Select(p => $"{p.Name} = {string.Join(", ", p.Places.Select(PlaceId))}")]);
            if (a.Events.Count > 0)
            {
                Put("agreement/events", 2, "events      " + string.Join(", ", a.Events.Select(e => e.Keys.Count == 0 ? e.Name : $"{e.Name}({string.Join(", ", e.Keys)})")));
            }

            if (a.From is not null || a.Until is not null)
            {
                Put("agreement/in", 2, "in force   " + (a.From is { } from ? $" from {WhenText(from)}" : "") + (a.Until is { } until ? $" until {WhenText(until)}" : ""));
            }

            if (a.AccordingTo.Count > 0)
            {
                Put("agreement/according", 2, $"according to {Ids(a.AccordingTo)}");
            }

            if (a.Versions.Count > 0)
            {
                _text.Append('\n');
            }

            foreach (var v in a.Versions)
            {
                Put($"version {Shown.Number(v.Number)}", 0, $"version {Shown.Number(v.Number)} {QuotedText(v.Title)} from {WhenText(v.From)}{(v.Until is { } until ? $" until {WhenText(until)}" : "")}{(v.Amends is { } n ? $" amends {Shown.Number(n)}" : "")}{(v.AccordingTo.Count > 0 ? $" according to {Ids(v.AccordingTo)}" : "")}");
            }

            foreach (var term in a.Terms)
            {
                _text.Append('\n');
                Write(term);
            }

            var left = _comments["end"].ToList();
            if (left.Count > 0)
            {
                _text.Append('\n');
                left.ForEach(c => _text.Append(Comment(c)).Append('\n'));
            }

            return _text.ToString();
        }

        public string ClauseText(Clause clause) => clause switch
        {
            Clause.Never c => $"never {Text(c.What)}{(c.While is { } s ? $" while {StateText(s)}" : "")}{(c.UnlessPrecededBy is { } o ? $" unless preceded by {Text(o)} within {SpanOf(c.Within ?? Duration.FromHours(24))}" : "")}",
            Clause.LeadsTo c => $"each {Text(c.Each)} leads to {Text(c.To)} within {SpanOf(c.Within)}{(c.Unless is { } u ? $"\nunless {Text(u)}" : "")}{(c.ClockStops is { } s ? $"\nclock stops while {StateText(s)}" : "")}",
            Clause.Preceded c => $"each {Text(c.Each)} is preceded by {Alternatives(c.By)} within {SpanOf(c.Within)}",
            Clause.Happens c => $"{Text(c.What)}{(c.From is { } f ? $" from {WhenText(f)}" : "")}{(c.By is { } b ? $" by {WhenText(b)}" : "")}",
            Clause.AtLeast c => $"at least {Text(c.Total)}{(c.By is { } b ? $" by {WhenText(b)}" : "")}",
            Clause.AtMost c => $"at most {Text(c.Total)}{(c.Until is { } u ? $" until {WhenText(u)}" : "")}",
            Clause.ForEach c => $"for each {Text(c.Of, who: true)}, {Text(c.Owed)} within {SpanOf(c.Within)}{(c.EachOther ? " of each other" : "")}",
            Clause.Balance c => $"within {SpanOf(c.Window)}, {Text(c.Plus)} exceed {Text(c.Minus)} by at most {Shown.Number(c.Limit)}",
            Clause.OnlyAfter c => $"{(c.Then is { } o ? Text(o) : Text(c.ThenTotal!))} only after {(c.First is { } f ? Text(f) : c.FirstTotal is { } t ? Text(t) : $"step {Shown.Number(c.Step ?? 1)}")}",
            Clause.EveryoneLeaves c => $"everyone leaves {Places(c.Places)}{(c.By is { } b ? $" by {WhenText(b)}" : "")}",
            Clause.SafePassage c => $"safe passage for {Text(c.For)}",
            Clause.OnlyTo c => $"{Text(c.What)} only to {Places(c.Places)}",
            Clause.Open c => $"{(c.IsAccess ? "access" : "passage")} to {Places(c.Places)}",
            Clause.ByAccount c => ("by account: " + string.Join(", ", AccountParts(c))).TrimEnd(),
            Clause.NotObservable c => $"not observable: {QuotedText(c.Word)}{(c.BearsOnIt.Count > 0 ? $" bears on it {Ids(c.BearsOnIt)}" : "")}",
            _ => throw new InvalidOperationException("A clause without a text."),
        };

        private static string Comment(WordingComment comment) => comment.Words.Length == 0 ? "--" : $"-- {comment.Words}";

        private static IEnumerable<string> AccountParts(Clause.ByAccount c)
        {
            if (c.Kept.Count > 0)
            {
                yield return $"kept {Ids(c.Kept)}";
            }

            if (c.NotKept.Count > 0)
            {
                yield return $"not kept {Ids(c.NotKept)}";
            }

            if (c.BearsOnIt.Count > 0)
            {
                yield return $"bears on it {Ids(c.BearsOnIt)}";
            }
        }

        public static string Ids(IEnumerable<StatementId> ids) => $"[{string.Join(", ", ids.Select(i => IsPlainId(i.Value) ? i.Value : QuotedText(i.Value)))}]";

        private static bool IsPlainId(string id) => id.IndexOfAny([',', ']', '"', '\u201C', '\u201D', '\u201E', '\u201F', '\u00AB', '\u00BB']) < 0 && !id.StartsWith("--", StringComparison.Ordinal);

        private static string[] Signatories(IReadOnlyList<Signatory> all) =>
            [.. all.Select(s => $"{s.Name} {QuotedText(s.Words)}{(s.SpeaksThrough.Count > 0 ? $" speaks through {string.Join(", ", s.SpeaksThrough.Select(PlaceId))}" : "")}")];

        private static string PlaceId(PlaceId id) => PlaceId(id.Value);

        private static string PlaceId(string id) => Vocabulary.IsPlainName(id) ? id : QuotedText(id);

        private void Write(Term t)
        {
            var key = $"term {t.Number}";
            Put(key, 0, $"term {t.Number} {QuotedText(t.Title)}");
            void Row(string name, string text) => Put($"{key}/{name}", 2, text);
            if (t.Version is { } v)
            {
                Row("version", $"version {Shown.Number(v)}");
            }

            if (t.Replaces.Count > 0)
            {
                Row("replaces", $"replaces {string.Join(", ", t.Replaces)}");
            }

            if (t.StatedIn.Count > 0)
            {
                Row("stated in", $"stated in {Ids(t.StatedIn)}");
            }

            if (t.DeniedBy.Count > 0)
            {
                Row("denied by", $"denied by {Ids(t.DeniedBy)}");
            }

            if (t.RivalOf is { } rival)
            {
                Row("rival of", $"rival of {rival}");
            }

            if (t.AccordingTo is { } account)
            {
                Row("according to", $"according to {account}");
            }

            if (t.Binds.Count > 0)
            {
                Row("binds", $"binds {string.Join(", ", t.Binds)}");
            }

            if (t.AskedBy is { } by)
            {
                Row("asked by", $"asked by {by}, binds nobody");
            }

            if (t.Step is { } step)
            {
                Row("step", $"step {Shown.Number(step)}");
            }

            if (t.AfterStep is { } after)
            {
                Row("after step", $"after step {Shown.Number(after)}");
            }

            if (t.If is { } once)
            {
                Row("if", $"if {Text(once)}");
            }

            if (t.From is { } from)
            {
                Row("from", $"from {WhenText(from)}");
            }

            if (t.Until is { } until)
            {
                Row("until", $"until {WhenText(until)}");
            }

            if (t.Says is { } says)
            {
                Row("says", $"says {QuotedText(says)}");
            }

            for (var i = 0; i < t.Clauses.Count; i++)
            {
                Row($"clause {Shown.Number(i)}", ClauseText(t.Clauses[i]));
            }
        }

        private void Head(string word, string[] items)
        {
            if (items.Length > 0)
            {
                Put($"agreement/{word}", 2, word.PadRight(12) + string.Join($";\n{new string(' ', 10)}", items));
            }
        }

        /// <summary>One line of the agreement with its comments. Parts after a line break stand two deeper; what is too wide goes on four deeper.</summary>
        private void Put(string anchor, int indent, string text)
        {
            foreach (var comment in _comments[anchor].Where(c => !c.AtLineEnd))
            {
                _text.Append(' ', indent).Append(Comment(comment)).Append('\n');
            }

            var part = 0;
            foreach (var piece in text.Split('\n'))
            {
                _text.Append(part == 0 ? "" : "\n").Append(' ', part == 0 ? indent : indent + 2);
                Wrap(piece, indent + 4, part == 0 ? indent : indent + 2);
                part++;
            }

            var ends = _comments[anchor].Where(c => c.AtLineEnd).Select(c => c.Words).Where(w => w.Length > 0).ToList();
            _text.Append(ends.Count > 0 ? $"  -- {string.Join("; ", ends)}" : "").Append('\n');
        }

        private void Wrap(string piece, int deeper, int column)
        {
            foreach (var word in Unbroken(piece))
            {
                var length = word.Length;
                if (column + length > Width && column > deeper)
                {
                    while (_text[^1] == ' ')
                    {
                        _text.Length--;
                    }

                    _text.Append('\n').Append(' ', deeper);
                    column = deeper;
                }

                _text.Append(word);
                column += length;
            }
        }

        /// <summary>The text cut after each space that stands outside quotes.</summary>
        private static IEnumerable<string> Unbroken(string text)
        {
            var (start, inside) = (0, false);
            for (var i = 0; i < text.Length; i++)
            {
                inside ^= text[i] == '"';
                if (text[i] == ' ' && !inside && i + 1 < text.Length && text[i + 1] != ' ')
                {
                    yield return text[start..(i + 1)];
                    start = i + 1;
                }
            }

            yield return text[start..];
        }

        public string Text(Occurrence o)
        {
            var text = new StringBuilder(o.Which switch { Ordinal.First => "first ", Ordinal.Last => "last ", _ => "" });
            text.Append(o.IsOwnType ? QuotedText(o.Noun) : o.Noun);
            Add(text, " of ", o.Category);
            Add(text, " in batch ", o.Batch is { } batch ? QuotedText(batch) : null);
            Add(text, " from ", Places(o.From));
            Add(text, " to ", Places(o.To));
            Add(text, " via ", Places(o.Via));
            Add(text, o.Noun == "arrival" ? " in " : " at ", Places(o.Where));
            text.Append(o.WithPeople ? " with people" : "");
            Add(text, o.Same is ["place"] ? " at the same " : " of the same ", string.Join(", ", o.Same));
            return text.ToString();
        }

        private static void Add(StringBuilder text, string before, string? words)
        {
            if (!string.IsNullOrEmpty(words))
            {
                text.Append(before).Append(words);
            }
        }

        /// <summary>A bare alternative before a narrowed one says that nothing narrows it.</summary>
        public string Alternatives(IReadOnlyList<Occurrence> by)
        {
            var texts = by.Select(Text).ToList();
            var last = texts.FindLastIndex(t => t.Contains(' ', StringComparison.Ordinal));
            return string.Join(" or ", texts.Select((t, i) => i < last && !t.Contains(' ', StringComparison.Ordinal) ? t + " anywhere" : t));
        }

        public string Text(Total t, bool who = false)
        {
            var text = new StringBuilder();
            var one = t.Number == 1 || (t.Share is not null && t.Of == 1);
            var subject = t.Share is { } share ? $"{ShareOf(share)} of " : "";
            text.Append(subject);
            if (t.Share is not null && t.Of is null && t is { Category: "people", Counting: Counting.Leave } && Places(t.Places) is var whole && !whole.Contains(',', StringComparison.Ordinal))
            {
                text.Append(whole).Append(" leaves");
            }
            else
            {
                var number = t.Number ?? t.Of;
                text.Append(number is { } n ? $"{Shown.Number(n)} " : "").Append(Vocabulary.CategoryWord(t.Category, one)).Append(who ? Vocabulary.IsThing(t.Category) ? " that " : " who " : " ");
                text.Append(Vocabulary.MeasureOf(t.Counting, one)).Append(' ').Append(Places(t.Places));
            }

            Add(text, " via ", Places(t.Via));
            Add(text, " to ", Places(t.To));
            return text.ToString();
        }

        public string StateText(State state) => state switch
        {
            State.DeparturesRun s => $"departures from {Places(s.From)} run",
            State.Suspended => "suspended",
            State.InForce => "in force",
            State.Between s => $"between {Text(s.Opens)} and {Text(s.Closes)}",
            _ => throw new InvalidOperationException("A state without a text."),
        };

        public string WhenText(When when) => when switch
        {
            When.Time t => TimeOf(t.Moment) + (t.OrElse is { } rival ? $" or {TimeOf(rival)}" : ""),
            When.StepDone s => $"step {Shown.Number(s.Step)}",
            When.Complete c => $"departures from {Places(c.Places)} complete",
            When.First f => Text(f.Occurrence with { Which = Ordinal.First }),
            When.End => "end",
            _ => throw new InvalidOperationException("A time without a text."),
        };

        public string Places(IReadOnlyList<PlaceId> places)
        {
            var names = new List<string>();
            for (var i = 0; i < places.Count;)
            {
                var own = _own.FirstOrDefault(o => o.Places.Count <= places.Count - i && o.Places.SequenceEqual(places.Skip(i).Take(o.Places.Count)));
                names.Add(own?.Name ?? (_ownNames.Contains(places[i].Value) ? QuotedText(places[i].Value) : PlaceId(places[i])));
                i += own?.Places.Count ?? 1;
            }

            return string.Join(", ", names);
        }
    }
}
