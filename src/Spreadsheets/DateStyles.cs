using DocumentFormat.OpenXml.Spreadsheet;
using NodaTime;
using Safeconduct.Intake.Tables;

namespace Safeconduct.Spreadsheets;

/// <summary>Which cell styles show a number as a date. A workbook keeps a date as a plain number; only its style says what it is.</summary>
internal sealed class DateStyles
{
    private readonly bool[] _isDate;
    private readonly bool _from1904;

    private DateStyles(bool[] isDate, bool from1904) => (_isDate, _from1904) = (isDate, from1904);

    public static DateStyles Of(Stylesheet? styles, bool from1904)
    {
        var own = styles?.NumberingFormats?.Elements<NumberingFormat>().Where(f => f.NumberFormatId?.Value is not null)
            .GroupBy(f => f.NumberFormatId!.Value).ToDictionary(g => g.Key, g => g.First().FormatCode?.Value ?? "") ?? [];
        return new DateStyles([.. (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(f => IsDate(f.NumberFormatId?.Value ?? 0, own))], from1904);
    }

    /// <summary>The date, where the style says that the number is one and it lies in 1900 to 2999.</summary>
    public LocalDateTime? DateOf(decimal number, uint? style) =>
        style is { } s && s < _isDate.Length && _isDate[s] ? SerialDates.Of(number, _from1904) : null;

    /// <summary>14 to 22 are the dates and hours of every workbook, 27 to 36 and 50 to 58 those of East Asian ones; 45 to 47 are lengths of time.</summary>
    private static bool IsDate(uint format, Dictionary<uint, string> own) => own.TryGetValue(format, out var code)
        ? ShowsDay(code)
        : format is >= 14 and <= 17 or 22 or >= 27 and <= 36 or >= 50 and <= 58;

    /// <summary>A day or a year stands in it outside quotes, brackets and escapes: "dd/mm/yyyy", not "0.00" nor "[h]:mm".</summary>
    private static bool ShowsDay(string code)
    {
        for (var at = 0; at < code.Length && code[at] != ';'; at++)
        {
            switch (code[at])
            {
                case '"':
                    at = code.IndexOf('"', at + 1) is >= 0 and var quote ? quote : code.Length;
                    break;
                case '[':
                    at = code.IndexOf(']', at + 1) is >= 0 and var bracket ? bracket : code.Length;
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case 'd' or 'D' or 'y' or 'Y':
                    return true;
            }
        }

        return false;
    }
}
