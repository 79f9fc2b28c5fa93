using System.Text;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;

namespace Safeconduct.Cli.Commands;

/// <summary>A text with its claims for a person at a terminal: each sentence as it stands with numbered claims in it, and beneath it what each claims.</summary>
internal sealed class ProposePage(Surroundings room, TextReading reading)
{
    private const int Indent = 4;

    public void Write()
    {
        var lines = new StringBuilder();
        var claims = reading.Proposals.OrderBy(p => p.Span.Start).ThenByDescending(p => p.Span.Length).ToList();
        for (var i = 0; i < claims.Count;)
        {
            var stretch = SentenceAround(claims[i].Span);
            var inside = claims.Skip(i).TakeWhile(c => c.Span.Start < stretch.End).ToList();
            stretch = new(stretch.Start, inside.Max(c => SentenceAround(c.Span).End));
            inside = [.. claims.Skip(i).TakeWhile(c => c.Span.Start < stretch.End)];
            lines.Append(Wrapped(Marked(stretch, inside), 0)).Append('\n');
            foreach (var claim in inside)
            {
                lines.Append(Wrapped($"{Bold($"[{Shown.Number(claim.Number)}]")} {Line(claim)}", Indent)).Append('\n');
            }

            lines.Append('\n');
            i += inside.Count;
        }

        lines.Append(Summary()).Append('\n');
        room.Output.Write(lines.ToString());
    }

    /// <summary>Who says it, what, how many, where, when, and how far the rules that read it may be trusted.</summary>
    public static string Line(Proposal p)
    {
        var parts = new List<string> { Chain(p) + ":" };
        parts.Add(p.Modality is Modality.Asserted ? KindWords(p) : $"{Token.Of(p.Modality)}, {KindWords(p)}");
        if (p.Count is { } count)
        {
            parts.Add($"{(count.IsAll ? "all" : count.Bound?.ToString())} {p.Category ?? count.Category.ToString()}{(count.IsFurther ? ", further" : "")}");
        }
        else if (p.Category is { } category)
        {
            parts.Add(category);
        }

        parts.AddRange(p.Places.Select(PlaceWords));
        parts.Add(p.When is { } when ? $"{when.Time}{(when.IsOfSaying ? " (day of saying)" : "")}" : "time not stated");
        parts.AddRange(p.Ties.Select(t => $"{Token.Of(t.Bearing).Replace('-', ' ')} [{Shown.Number(t.To)}]"));
        return $"{string.Join(" · ", parts).Replace(": ·", ":", StringComparison.Ordinal)} · {BandWords(p.Band)}";
    }

    public static string Chain(Proposal p) => $"{p.Source?.Name ?? "the text itself"}{(p.Via.Count == 0 ? "" : $", by way of {string.Join(", ", p.Via.Select(v => v.Name))}")}";

    public static string BandWords(Band band) => band switch
    {
        Band.Clear => "[###] clear",
        Band.Likely => "[##-] likely",
        Band.Check => "[#--] check with care",
        _ => throw new ArgumentOutOfRangeException(nameof(band)),
    };

    public static string PlaceWords(SaidWhere place) => $"{Token.Of(place.Role)} {place.Name}{(place.Candidates.Count > 1 ? $" (one of {string.Join(", ", place.Candidates)})" : place.Candidates.Count == 0 ? " (not on the list of places)" : "")}";

    private static string KindWords(Proposal p) => Token.Of(p.Kind).Replace('-', ' ') + (p.Harm is { } harm ? $", {Token.Of(harm)}" : "");

    /// <summary>The sentence that a stretch stands in, as far as full stops and line ends show it.</summary>
    public Span SentenceAround(Span span)
    {
        var text = reading.Original;
        var start = span.Start;
        while (start > 0 && !Ends(text, start - 1))
        {
            start--;
        }

        var end = span.End;
        while (end < text.Length && !Ends(text, end - 1))
        {
            end++;
        }

        while (start < span.Start && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return new(start, end);
    }

    private static bool Ends(string text, int at) => text[at] is '.' or '!' or '?' or '؟' or '।' ? at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1]) || text[at + 1] is '"' or '”' or '»'
        : text[at] is '\n' && at + 1 < text.Length && text[at + 1] is '\n' or '\r';

    private string Marked(Span stretch, List<Proposal> inside)
    {
        var text = new StringBuilder();
        for (var at = stretch.Start; at <= stretch.End; at++)
        {
            foreach (var claim in inside.Where(c => c.Span.End == at).Reverse())
            {
                text.Append(Bold($"]{Shown.Number(claim.Number)}"));
            }

            foreach (var _ in inside.Where(c => c.Span.Start == at))
            {
                text.Append(Bold("["));
            }

            if (at < stretch.End)
            {
                text.Append(char.IsControl(reading.Original[at]) ? ' ' : reading.Original[at]);
            }
        }

        return text.ToString();
    }

    private string Summary()
    {
        var (all, aside) = (reading.Proposals.Count, reading.SetAside.Count);
        var bands = string.Join(", ", reading.Proposals.GroupBy(p => p.Band).OrderBy(g => g.Key).Select(g => $"{Shown.Number(g.Count())} {(g.Key is Band.Check ? "to check with care" : Token.Of(g.Key))}"));
        var lines = new StringBuilder($"{Shown.Grouped(all)} proposed claim{(all == 1 ? "" : "s")}{(all == 0 ? "" : $" ({bands})")}, {Shown.Grouped(aside)} stretch{(aside == 1 ? "" : "es")} set aside; read as {reading.Language} by the rules {reading.Lexicon}.\nNothing was recorded.");
        foreach (var remark in reading.Problems)
        {
            lines.Append('\n').Append(remark);
        }

        foreach (var sentence in reading.NotRead)
        {
            lines.Append("\nNot read: ").Append(sentence);
        }

        return Wrapped(lines.ToString(), 0);
    }

    private string Bold(string text) => room.Colour ? $"\u001b[1m{text}\u001b[22m" : text;

    private string Wrapped(string text, int indent)
    {
        var pad = new string(' ', indent);
        var lines = new StringBuilder();
        foreach (var paragraph in text.Split('\n'))
        {
            var width = 0;
            lines.Append(lines.Length == 0 ? "" : "\n").Append(pad);
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var length = word.Replace("\u001b[1m", "", StringComparison.Ordinal).Replace("\u001b[22m", "", StringComparison.Ordinal).Length;
                if (width > 0 && indent + width + 1 + length > room.Width)
                {
                    lines.Append('\n').Append(pad).Append(indent > 0 ? "    " : "");
                    width = indent > 0 ? 4 : 0;
                }
                else if (width > 0)
                {
                    lines.Append(' ');
                    width++;
                }

                lines.Append(word);
                width += length;
            }
        }

        return lines.ToString();
    }
}
