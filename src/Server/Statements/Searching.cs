using System.Globalization;
using System.Text;
using Safeconduct.Record.Books;
using Safeconduct.Statements;

namespace Safeconduct.Server.Statements;

/// <summary>
/// Words of a statement as they are looked for: letter case, vowel signs, tatweel and the spellings of alef, yeh and teh marbuta make no difference, and digits of
/// every script are the same digits. A search is for parts of words, so that it works in scripts that put no space between them. The folded text is made from the
/// record and kept with it in memory: there is no index that could fall behind.
/// </summary>
internal static class Searching
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(letter);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || letter == '\u0640')
            {
                continue;
            }

            folded.Append(letter switch
            {
                'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
                'ى' or 'ی' => 'ي',
                'ک' => 'ك',
                'ة' => 'ه',
                'ё' or 'Ё' => 'е',
                'ґ' or 'Ґ' => 'г',
                'é' or 'è' or 'ê' or 'ë' or 'É' or 'È' or 'Ê' => 'e',
                'à' or 'â' or 'À' or 'Â' => 'a',
                'ç' or 'Ç' => 'c',
                'î' or 'ï' => 'i',
                'ô' => 'o',
                'ù' or 'û' => 'u',
                '’' or '‘' => '\'',
                _ when category is UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)),
                _ => char.ToLowerInvariant(letter),
            });
        }

        return folded.ToString();
    }

    public static string TextOf(Statement s) =>
        Fold(string.Join('\n', new[] { s.Id.Value, s.SaidBy.Name, string.Join(' ', s.Chain.RelayedBy.Select(r => r.Name)), s.Said.ToString(), s.Paraphrase, s.Words?.Text, s.Citation, s.About.Words, s.Where.From?.Value, s.Where.Via?.Value, s.Where.To?.Value }.Where(t => t is not null)));
}

/// <summary>Folded texts of one operation's statements; grows with the book.</summary>
internal sealed class SearchText
{
    private readonly Lock gate = new();
    private readonly List<string> texts = [];

    /// <summary>The statements whose text holds every word. What the reader sees in a coarse form is looked through in that form: a search that found the rest would tell it.</summary>
    /// <param name="shown">The form in which the reader sees a statement; null where it is not shown.</param>
    public IEnumerable<Entered> Find(IReadOnlyList<Entered> statements, string query, Func<StatementId, Statement?> shown)
    {
        var words = Searching.Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] known;
        lock (gate)
        {
            for (var i = texts.Count; i < statements.Count; i++)
            {
                texts.Add(Searching.TextOf(statements[i].Statement));
            }

            known = [.. texts.Take(statements.Count)];
        }

        return statements.Where((e, i) => shown(e.Statement.Id) is { } form && (form.IsCoarse ? Searching.TextOf(form) : known[i]) is var text && words.All(w => text.Contains(w, StringComparison.Ordinal)));
    }
}
