using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Safeconduct.Intake.List;
using Safeconduct.Statements;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Tables;

/// <summary>An error makes what reads the table go wrong; a warning is likely a slip.</summary>
public enum HxlSeverity
{
    Error,
    Warning,
}

/// <param name="Row">From 1.</param>
/// <param name="Column">From 1; 0 where it is of the whole row.</param>
/// <param name="Tag">The column's hashtag; empty where it has none.</param>
public sealed record HxlFinding(HxlSeverity Severity, int Row, int Column, string Tag, Problem Problem);

/// <summary>What the checks found. The first <see cref="HxlChecks.MostNamed"/> are named, all are counted.</summary>
public sealed record HxlChecked(int Rows, int Errors, int Warnings, IReadOnlyList<HxlFinding> Findings);

/// <summary>
/// The checks of HXL's default schema (github.com/HXLStandard, <c>hxl-default-schema</c>: dates are dates, counts are numbers, names out of a small stock spelt alike, one kind of
/// value an indicator, no stray spaces), in our own words and code, and what any reader needs beside: well-formed hashtags of version 1.1, no two columns the
/// same, coordinates on the earth, a place's code with one name, no row twice. A table of any length is read row by row; what is kept grows with its distinct values
/// alone, and is bounded. Stray spaces are not looked for in <c>#description</c> and <c>#meta</c>: prose and what machines wrote may have line ends.
/// </summary>
public sealed class HxlChecks
{
    public const int MostNamed = 200;
    private const int DeepestTags = 25;

    /// <summary>A column with more distinct values is no stock of names.</summary>
    private const int MostValues = 5_000;

    /// <summary>So many times as often as the rare one stands the name that it may be a slip of.</summary>
    private const int Frequent = 10;
    private const int MostRemembered = 2_000_000;

    private readonly List<HxlFinding> _findings = [];
    private readonly List<Tagged> _columns = [];
    private readonly HashSet<UInt128> _rowsSeen = [];
    private int _errors;
    private int _warnings;
    private int _rows;

    private HxlChecks()
    {
    }

    /// <summary>Checks rows with their numbers and cells; those above the hashtags are headers.</summary>
    public static HxlChecked Of(IEnumerable<(int Number, IReadOnlyList<string> Cells)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var checks = new HxlChecks();
        var before = 0;
        foreach (var (number, cells) in rows)
        {
            if (checks._columns.Count > 0)
            {
                checks.Row(number, cells);
            }
            else if (LooksLikeTags(cells))
            {
                checks.Tags(number, cells);
            }
            else if (++before >= DeepestTags)
            {
                break;
            }
        }

        return checks.End();
    }

    private static bool LooksLikeTags(IReadOnlyList<string> cells)
    {
        var filled = cells.Where(c => !string.IsNullOrWhiteSpace(c)).ToList();
        var tags = filled.Count(c => c.TrimStart().StartsWith('#'));
        return tags > 0 && tags * 2 >= filled.Count && filled.Exists(Hxl.IsTag);
    }

    private void Tags(int row, IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var text = cells[i].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (!Hxl.IsTag(text) || !IsWellFormed(Hxl.Plain(text)))
            {
                Find(HxlSeverity.Error, row, i, "", "hxl.bad-tag", $"'{Shown.Short(text)}' is no hashtag: write # and a word, each attribute behind it with a +, letters and digits and _ only; or leave the cell blank.");
                continue;
            }

            var column = new Tagged(i, Hxl.Plain(text));
            if (!HxlTags.IsKnown(column.Tag))
            {
                Find(HxlSeverity.Warning, row, i, column.Plain, "hxl.unknown-tag", $"{column.Tag} is not a core hashtag of HXL 1.1{Nearest.Hint(column.Tag, HxlTags.Core)}; an extension of your own begins with #x_.");
            }

            if (_columns.FirstOrDefault(c => c.Tag == column.Tag && c.Attributes.SetEquals(column.Attributes)) is { } same)
            {
                Find(HxlSeverity.Warning, row, i, column.Plain, "hxl.same-tags", $"The column {Sheet.Letters(same.Index)} has the same hashtag and attributes; nobody can tell the two apart.");
            }

            _columns.Add(column);
        }

        foreach (var code in _columns.Where(c => HxlTags.IsPlace(c.Tag) && c.Attributes.Contains("code")))
        {
            var rest = code.Attributes.Where(a => a != "code").ToHashSet(StringComparer.Ordinal);
            code.Named = _columns.FirstOrDefault(c => c != code && c.Tag == code.Tag && (c.Attributes.SetEquals(rest) || c.Attributes.SetEquals(rest.Append("name"))));
        }
    }

    /// <summary>A word, and one behind every +, each beginning with a letter.</summary>
    private static bool IsWellFormed(string plain) => Array.TrueForAll(plain[1..].Split('+'), w => w.Length > 0 && char.IsAsciiLetter(w[0]));

    private void Row(int number, IReadOnlyList<string> cells)
    {
        _rows++;
        if (_rowsSeen.Count < MostRemembered && !_rowsSeen.Add(Fingerprint(cells)))
        {
            Find(HxlSeverity.Warning, number, -1, "", "hxl.same-row", "The row says word for word what an earlier one says; a sum counts it twice.");
        }

        foreach (var column in _columns)
        {
            var cell = column.Index < cells.Count ? cells[column.Index] : "";
            if (!string.IsNullOrWhiteSpace(cell))
            {
                Cell(number, column, cell, cells);
            }
        }
    }

    private void Cell(int row, Tagged column, string cell, IReadOnlyList<string> cells)
    {
        var text = cell.Trim();
        if (column.IsTidy && (cell.Length != text.Length || HasStray(text)))
        {
            Find(HxlSeverity.Warning, row, column.Index, column.Plain, "hxl.spaces", $"'{Shown.Short(cell)}' has spaces too many, a tab or a line end; for a program it is another value than the one without.");
        }

        if (column.IsDate && !IsDate(text))
        {
            Find(HxlSeverity.Error, row, column.Index, column.Plain, "hxl.not-a-date", $"'{Shown.Short(text)}' is not a date; write it as 2031-05-02, 2031-05 or 2031, with an hour as 2031-05-02T18:00+03:00.");
        }

        if (column.IsNumber && !IsNumber(text))
        {
            Find(HxlSeverity.Error, row, column.Index, column.Plain, "hxl.not-a-number", $"'{Shown.Short(text)}' is not a plain number; put words and signs into a column of their own, such as #description.");
        }

        if (column.MostDegrees is { } most && (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) || Math.Abs(degrees) > most))
        {
            Find(HxlSeverity.Error, row, column.Index, column.Plain, "hxl.off-earth", $"'{Shown.Short(text)}' is no {(most == 90 ? "latitude" : "longitude")} in degrees, -{Shown.Number(most)} to {Shown.Number(most)}.");
        }

        if (column.IsIndicator)
        {
            _ = IsNumber(text) ? column.FirstNumber ??= row : column.FirstText ??= row;
            column.Numbers += IsNumber(text) ? 1 : 0;
            column.Texts += IsNumber(text) ? 0 : 1;
        }

        if (column.IsRepeating)
        {
            column.Remember(text, row);
        }

        if (column.Named is { } named && named.Index < cells.Count && cells[named.Index].Trim() is { Length: > 0 } name && column.Names.Count < MostValues
            && !column.Names.TryAdd(text, name) && column.Names[text] != name && column.Told.Add(text))
        {
            Find(HxlSeverity.Warning, row, column.Index, column.Plain, "hxl.code-of-two", $"The code '{Shown.Short(text)}' stands beside '{Shown.Short(name)}' here and beside '{Shown.Short(column.Names[text])}' above; one of them is a slip.");
        }
    }

    private HxlChecked End()
    {
        if (_columns.Count == 0)
        {
            Find(HxlSeverity.Error, 1, -1, "", "hxl.no-tags", $"No row of the first {Shown.Number(DeepestTags)} has hashtags; put them into a row under the header: #org, #date, #affected.");
        }

        foreach (var column in _columns)
        {
            if (column is { Numbers: > 0, Texts: > 0 })
            {
                var (row, odd) = column.Numbers >= column.Texts ? (column.FirstText!.Value, "text among numbers") : (column.FirstNumber!.Value, "a number among texts");
                Find(HxlSeverity.Warning, row, column.Index, column.Plain, "hxl.mixed", $"Here stands {odd} ({Shown.Grouped(column.Numbers)} numbers, {Shown.Grouped(column.Texts)} texts); one indicator has one kind of value.");
            }

            foreach (var (slip, row, likely) in column.Slips())
            {
                Find(HxlSeverity.Warning, row, column.Index, column.Plain, "hxl.spelling", $"'{Shown.Short(slip)}' is rare here and close to '{Shown.Short(likely)}', which is frequent; is it the same?");
            }
        }

        return new HxlChecked(_rows, _errors, _warnings, [.. _findings.OrderBy(f => f.Row).ThenBy(f => f.Column)]);
    }

    private void Find(HxlSeverity severity, int row, int column, string tag, string code, string message)
    {
        _ = severity is HxlSeverity.Error ? _errors++ : _warnings++;
        if (_findings.Count < MostNamed)
        {
            _findings.Add(new HxlFinding(severity, row, column + 1, tag, new Problem(code, message, column < 0 ? $"row {Shown.Number(row)}" : $"row {Shown.Number(row)}, column {Sheet.Letters(column)}")));
        }
    }

    private static bool HasStray(string text) => text.AsSpan().IndexOfAny('\t', '\r', '\n') >= 0 || text.Contains("  ", StringComparison.Ordinal);

    /// <summary>A year, a month, a day, a week of ISO 8601, or a time; also day and month and year where it is plain which is which.</summary>
    private static bool IsDate(string text)
    {
        if (text.Length == 4 && text.All(char.IsAsciiDigit))
        {
            return true;
        }

        if (text.Length == 8 && text[4] == '-' && text[5] == 'W')
        {
            return text[..4].All(char.IsAsciiDigit) && int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var week) && week is >= 1 and <= 53;
        }

        try
        {
            _ = CellDates.Read(new Cell(text), null, NodaTime.DateTimeZone.Utc);
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static UInt128 Fingerprint(IReadOnlyList<string> cells)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var cell in cells)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(cell.Trim()));
            hash.AppendData([0xFF]);
        }

        Span<byte> bytes = stackalloc byte[32];
        hash.GetHashAndReset(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>A tagged column, and what is remembered of its cells.</summary>
    private sealed class Tagged
    {
        private readonly Dictionary<string, (int Count, int Row)> _values = new(StringComparer.Ordinal);
        private bool _isStock = true;

        public Tagged(int index, string plain)
        {
            (Index, Plain) = (index, plain);
            (Tag, Attributes) = Hxl.Taken(plain);
            IsDate = HxlTags.IsDate(Tag);
            IsNumber = HxlTags.IsNumber(Tag, Attributes);
            IsRepeating = HxlTags.IsRepeating(Tag, Attributes);
            MostDegrees = HxlTags.MostDegrees(Tag, Attributes);
        }

        public int Index { get; }

        public string Plain { get; }

        public string Tag { get; }

        public HashSet<string> Attributes { get; }

        public bool IsDate { get; }

        public bool IsNumber { get; }

        public bool IsRepeating { get; }

        public int? MostDegrees { get; }

        public bool IsIndicator => Tag == "#indicator";

        public bool IsTidy => Tag is not ("#description" or "#meta");

        public Tagged? Named { get; set; }

        public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Told { get; } = new(StringComparer.Ordinal);

        public int Numbers { get; set; }

        public int Texts { get; set; }

        public int? FirstNumber { get; set; }

        public int? FirstText { get; set; }

        public void Remember(string value, int row)
        {
            if (!_isStock)
            {
                return;
            }

            _values[value] = _values.TryGetValue(value, out var known) ? (known.Count + 1, known.Row) : (1, row);
            if (_values.Count > MostValues)
            {
                _isStock = false;
                _values.Clear();
            }
        }

        /// <summary>Rare values that differ from a frequent one in upper and lower case alone, or in a letter or two where they are long enough to tell. Names that differ in a digit are different names.</summary>
        public IEnumerable<(string Slip, int Row, string Likely)> Slips()
        {
            var frequent = _values.Where(v => v.Value.Count >= Frequent).OrderByDescending(v => v.Value.Count).ThenBy(v => v.Key, StringComparer.Ordinal).ToList();
            foreach (var (value, (count, row)) in _values.OrderBy(v => v.Value.Row))
            {
                var likely = frequent.FirstOrDefault(f => f.Key != value && f.Value.Count >= Frequent * count && IsClose(value, f.Key)).Key;
                if (likely is not null)
                {
                    yield return (value, row, likely);
                }
            }
        }

        private static bool IsClose(string a, string b)
        {
            var (x, y) = (a.ToLowerInvariant(), b.ToLowerInvariant());
            if (x == y)
            {
                return true;
            }

            var most = Math.Min(x.Length, y.Length) switch { < 6 => 0, < 12 => 1, _ => 2 };
            return Math.Abs(x.Length - y.Length) <= most && Digits(x) == Digits(y) && Steps(x, y) <= most;
        }

        private static string Digits(string text) => string.Concat(text.Where(char.IsDigit));

        /// <summary>Levenshtein's distance.</summary>
        private static int Steps(string a, string b)
        {
            var above = Enumerable.Range(0, b.Length + 1).ToArray();
            for (var i = 1; i <= a.Length; i++)
            {
                var row = new int[b.Length + 1];
                row[0] = i;
                for (var j = 1; j <= b.Length; j++)
                {
                    row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                }

                above = row;
            }

            return above[^1];
        }
    }
}
