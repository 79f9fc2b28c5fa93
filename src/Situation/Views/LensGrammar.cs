using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Kinds.Assessment;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Views;

/// <summary>
/// The words of a lens. From loosest to tightest: <c>or</c>, <c>and</c>, <c>not</c>, then one of
/// <c>kind:un</c>, <c>source:NAME</c> (id, name, speaker or body; quote a name with spaces), <c>role:guarantor</c>, <c>basis:counted</c>,
/// <c>grade:B2+</c> (that grade or better; without the plus exactly it), <c>without:NAME</c>, <c>all</c>, <c>own-observers</c>, or parentheses.
/// Upper and lower case are one.
/// </summary>
internal sealed class LensGrammar
{
    private const int LongestText = 2000;
    private const int DeepestNesting = 50;
    private const string Terms = "kind:, source:, role:, basis:, grade:, without:, all, own-observers, not or (";

    private readonly string _text;
    private readonly List<Word> _words;
    private int _at;
    private int _depth;

    private LensGrammar(string text) => (_text, _words) = (text, Split(text));

    public static Parsed<Lens> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            return Parsed<Lens>.Not(new Problem("lens.too-long", $"A lens has at most {LongestText} characters; this one has {Shown.Number(text.Length)}.", "column 1"));
        }

        try
        {
            var grammar = new LensGrammar(text);
            var counts = grammar.Either();
            return grammar.Next is { } left
                ? throw Expected(left.Column, "'and', 'or' or the end", left.Text)
                : Parsed<Lens>.Of(string.Equals(text.Trim(), Lens.All.Text, StringComparison.OrdinalIgnoreCase) ? Lens.All : new Lens(text.Trim(), counts));
        }
        catch (RefusedException refused)
        {
            return Parsed<Lens>.Not(refused.Problem);
        }
    }

    private Word? Next => _at < _words.Count ? _words[_at] : null;

    private Func<Statement, Grades, bool> Either()
    {
        var left = Both();
        while (Take("or"))
        {
            var (one, other) = (left, Both());
            left = (s, g) => one(s, g) || other(s, g);
        }

        return left;
    }

    private Func<Statement, Grades, bool> Both()
    {
        var left = One();
        while (Take("and"))
        {
            var (one, other) = (left, One());
            left = (s, g) => one(s, g) && other(s, g);
        }

        return left;
    }

    private Func<Statement, Grades, bool> One()
    {
        if (++_depth > DeepestNesting)
        {
            throw new RefusedException("lens.too-deep", $"A lens nests at most {DeepestNesting} deep.", $"column {Shown.Number(Next?.Column ?? _text.Length + 1)}");
        }

        try
        {
            if (Take("not"))
            {
                var inner = One();
                return (s, g) => !inner(s, g);
            }

            if (Take("("))
            {
                var inner = Either();
                return Take(")") ? inner : throw Expected(Next?.Column ?? _text.Length + 1, "')'", Next?.Text);
            }

            return Term();
        }
        finally
        {
            _depth--;
        }
    }

    private Func<Statement, Grades, bool> Term()
    {
        if (Next is not { } word)
        {
            throw Expected(_text.Length + 1, $"one of {Terms}", null);
        }

        _at++;
        var colon = word.Text.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? word.Text : word.Text[..colon]).ToLowerInvariant();
        var value = colon < 0 ? "" : word.Text[(colon + 1)..].Trim('"');
        var at = word.Column + colon + 1;
        if (colon >= 0 && value.Length == 0)
        {
            throw Expected(at, $"a value after '{name}:'", null);
        }

        return (name, colon >= 0) switch
        {
            ("all", false) => (_, _) => true,
            ("own-observers", false) => (s, _) => s.SaidBy.Kind is SourceKind.OwnObservers,
            ("kind", true) => Kind(value, at),
            ("basis", true) => OfBasis(value, at),
            ("source", true) => (s, _) => IsNamed(s.SaidBy, value),
            ("without", true) => (s, _) => !IsNamed(s.SaidBy, value),
            ("role", true) => (s, _) => HasRole(s.SaidBy, value),
            ("grade", true) => OfGrade(value, at),
            _ => throw Expected(word.Column, $"one of {Terms}", word.Text),
        };
    }

    private static Func<Statement, Grades, bool> Kind(string value, int column) =>
        Token.TryRead<SourceKind>(value.ToLowerInvariant(), out var kind)
            ? (s, _) => s.SaidBy.Kind == kind
            : throw Expected(column, $"a kind of source ({string.Join(", ", Token.All<SourceKind>())})", value);

    private static Func<Statement, Grades, bool> OfBasis(string value, int column) =>
        Token.TryRead<Basis>(value.ToLowerInvariant(), out var basis)
            ? (s, _) => s.Basis == basis
            : throw Expected(column, $"a basis ({string.Join(", ", Token.All<Basis>())})", value);

    private static Func<Statement, Grades, bool> OfGrade(string value, int column)
    {
        var orBetter = value.EndsWith('+');
        var grade = (orBetter ? value[..^1] : value).ToUpperInvariant();
        Reliability? letter = grade.Length > 0 && grade[0] is >= 'A' and <= 'F' ? (Reliability)(grade[0] - 'A') : null;
        var rest = letter is null ? grade : grade[1..];
        long? digit = rest.Length == 1 && rest[0] is >= '1' and <= '6' ? rest[0] - '0' : null;
        if ((letter is null && digit is null) || (rest.Length > 0 && digit is null))
        {
            throw Expected(column, "a grade such as B2+, B+ or 2 (A to F, 1 to 6)", value);
        }

        return (s, grades) =>
        {
            var given = grades.Of(s.Id);
            return (letter is null || (given.Reliability is { } r && (orBetter ? r <= letter : r == letter)))
                && (digit is null || (given.Credibility is { } c && (orBetter ? c <= digit : c == digit)));
        };
    }

    private static bool IsNamed(Source source, string name) =>
        new[] { source.Id.Value, source.Id.Body, source.Name, source.Speaker, source.Office, source.Body }
            .Any(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A source is in every lens that one of its roles is in; its kind counts as a role, since a guarantor is one by kind or by declaration.</summary>
    private static bool HasRole(Source source, string role) =>
        (source.Roles ?? []).Append(Token.Of(source.Kind)).Any(r => string.Equals(r, role, StringComparison.OrdinalIgnoreCase));

    private bool Take(string word)
    {
        if (Next is not { } next || !string.Equals(next.Text, word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _at++;
        return true;
    }

    private static RefusedException Expected(int column, string what, string? found) => new(
        "lens.expected",
        $"Expected {what}, found {(found is null ? "the end" : $"'{Shown.Short(found)}'")}.",
        $"column {Shown.Number(column)}");

    /// <summary>Words and parentheses with their columns, counted from 1. Quotes keep spaces and parentheses inside a word.</summary>
    private static List<Word> Split(string text)
    {
        var words = new List<Word>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (text[i] is '(' or ')')
            {
                words.Add(new Word(text[i].ToString(), i + 1));
                i++;
            }
            else
            {
                var start = i;
                for (var quoted = false; i < text.Length && (quoted || !(char.IsWhiteSpace(text[i]) || text[i] is '(' or ')')); i++)
                {
                    quoted ^= text[i] == '"';
                }

                words.Add(new Word(text[start..i], start + 1));
            }
        }

        return words;
    }

    private sealed record Word(string Text, int Column);
}
