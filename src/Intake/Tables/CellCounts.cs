using System.Globalization;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.List;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Intake.Tables;

/// <summary>A number in a cell with the words or signs that bound it: "300", "more than 300", "&gt;300", "about 300", "50-60", "300+", "hundreds". One grammar, the lexicon's own.</summary>
internal static class CellCounts
{
    /// <summary>Signs that people put in front of a number, in the words of the grammar. The longer sign first.</summary>
    private static readonly (string Sign, string Words)[] Signs =
    [
        (">=", "at least "), ("=>", "at least "), ("≥", "at least "), (">", "more than "),
        ("<=", "up to "), ("=<", "up to "), ("≤", "up to "), ("<", "fewer than "),
        ("~", "about "), ("≈", "about "), ("±", "about "), ("ca.", "about "), ("c.", "about "), ("approx.", "about "),
    ];

    /// <summary>What the cell says; null where it is blank. A number that is not known comes back as <see cref="Bound.NotKnown"/>.</summary>
    /// <exception cref="RefusedException"><c>table.not-a-number</c>.</exception>
    public static StatedQuantity? Read(Cell cell)
    {
        if (cell.IsBlank)
        {
            return null;
        }

        if (cell.Number is { } typed)
        {
            return Plain(typed, cell.Text);
        }

        var text = Digits.Western(cell.Text.Trim());
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && IsPlain(text))
        {
            return Plain(number, text);
        }

        return Said(text) is { } bound
            ? new StatedQuantity(bound.Low, bound.High, bound.IsApproximate, bound)
            : throw NotANumber(text);
    }

    /// <summary>One end of a bound: a plain number; null where the cell is blank.</summary>
    public static decimal? End(Cell cell) => Read(cell) switch
    {
        null => null,
        { Low: { } low, High: { } high } when low == high => low,
        _ => throw NotANumber(cell.Text),
    };

    private static Bound? Said(string text)
    {
        var words = text;
        foreach (var (sign, means) in Signs)
        {
            if (words.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                words = means + words[sign.Length..].TrimStart();
                break;
            }
        }

        if (words.EndsWith('+'))
        {
            words = "at least " + words[..^1].TrimEnd();
        }

        try
        {
            return BoundWords.Read(words.Replace(" - ", "-", StringComparison.Ordinal).Replace(" – ", "-", StringComparison.Ordinal));
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>One point may be a decimal point or mark thousands: with three digits behind it nobody can say.</summary>
    private static bool IsPlain(string text) => text.IndexOf('.', StringComparison.Ordinal) is var point && (point < 0 || text.Length - point - 1 != 3);

    private static StatedQuantity Plain(decimal number, string text) => number switch
    {
        < 0 => throw new RefusedException("table.negative", $"'{Shown.Short(text)}' is below zero; a count can't be."),
        > Bound.Greatest => throw new RefusedException("table.too-large", $"'{Shown.Short(text)}' is above {Shown.Grouped(Bound.Greatest)}; check the number."),
        _ => new StatedQuantity(number, number, null),
    };

    private static RefusedException NotANumber(string text) =>
        new("table.not-a-number", $"'{Shown.Short(text)}' is not a number with the words that bound it; write 300, 'more than 300', 'about 300', '50-60', 'hundreds' or 'not known', thousands without a mark or with a comma.");
}
