using System.Buffers;

namespace Safeconduct.Statements.Rows;

/// <summary>
/// Text that a spreadsheet would take for a formula: it begins with one of = + - @ (also in their wide forms), or with a tab or a line end. It is handed on
/// behind an apostrophe, and the apostrophe is taken off again where the cell comes back, so that what goes round is what was said.
/// </summary>
public static class FormulaSign
{
    private const string Signs = "=+-@＝＋－＠";

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789 .,()%");

    /// <summary>Whether a spreadsheet could read the text as a formula. A number is none, nor is a number of a telephone, nor a dash that stands for nothing.</summary>
    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0 || !(text[0] is '\t' or '\r' or '\n' || Begins(text)))
        {
            return false;
        }

        var rest = text.AsSpan().Trim();
        return rest.Length > 0 && !IsNumberLike(rest);
    }

    /// <summary>The text as it may stand in a cell.</summary>
    public static string Guarded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NeedsSign(text) ? "'" + text : text;
    }

    /// <summary>The text as it stood before <see cref="Guarded"/>. An apostrophe before anything else is part of the words.</summary>
    public static string Unguarded(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Length > 1 && cell[0] == '\'' && NeedsSign(cell[1..]) ? cell[1..] : cell;
    }

    // Wider than IsIn: a telephone number would be added up, and an apostrophe that is already there must not be taken for ours.
    private static bool NeedsSign(string text) => text.TrimStart('\'') is { Length: > 0 } words && (words[0] is '\t' or '\r' or '\n' || Begins(words));

    private static bool Begins(string text) => text.AsSpan().TrimStart() is { Length: > 0 } rest && Signs.Contains(rest[0], StringComparison.Ordinal);

    /// <summary>A sign or none, then nothing but digits and what stands between digits; or dashes alone.</summary>
    private static bool IsNumberLike(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept('-', ' ') < 0)
        {
            return true;
        }

        var digits = text[0] is '+' or '-' ? text[1..] : text;
        return digits.Length > 0 && (char.IsAsciiDigit(digits[0]) || digits[0] is '(' or '.') && digits.IndexOfAnyExcept(OfNumbers) < 0;
    }
}
