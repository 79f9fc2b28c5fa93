using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.LineTexts;

/// <summary>The vehicle of a line text, in its letters.</summary>
public enum LineVehicle
{
    Bus,
    Ambulance,
    Truck,
    Car,
}

/// <summary>
/// One closed vehicle as one line to be read aloud on the radio or sent as a short message, with check digits: <c>formats/line-text.md</c>. The day is not in it; whoever
/// writes it down says which day it was.
/// </summary>
/// <param name="Line">Which line, by its place in the operation's list of places, from 1.</param>
/// <param name="Vehicle">Door number or last digits of the plate: 1 to 8 capital letters and digits, a digit among them.</param>
/// <param name="Trip">1 to 99.</param>
/// <param name="Unknown">People whose group was not seen.</param>
/// <param name="Wounded">Of those above, never added to them.</param>
/// <param name="Crew">Below the line, never in people.</param>
/// <param name="Closed">The hour and minute on the operation's clock at which the vehicle was closed.</param>
public sealed partial record LineText(int Line, LineVehicle Kind, string Vehicle, int Trip, int Women, int Men, int Girls, int Boys, int Unknown, int Wounded, int Crew, LocalTime Closed)
{
    private static readonly (LineVehicle Kind, string Letters, string Word)[] Kinds =
        [(LineVehicle.Bus, "BUS", "bus"), (LineVehicle.Ambulance, "AMB", "ambulance"), (LineVehicle.Truck, "TRK", "truck"), (LineVehicle.Car, "CAR", "car")];

    private static readonly LocalTimePattern Hour = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Everybody on the vehicle but the crew.</summary>
    public int People => Women + Men + Girls + Boys + Unknown;

    /// <summary>
    /// Reads a line as it was heard or pasted: small letters, any number of spaces and digits of any script are read alike. A line whose check digits do not fit, or whose
    /// numbers do not add up, is not read at all: a number heard wrong is worse than none.
    /// </summary>
    public static Parsed<LineText> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = Plain(text);
        if (plain.Length > 400 || Form().Match(plain) is not { Success: true } m)
        {
            return Parsed<LineText>.Not(new Problem("line-text.form", $"'{Shown.Short(plain)}' is not a line text; it reads like SC1 LINE2 BUS 4417 T1 W6 M3 G4 B0 U0 =13 WD1 C2 14:26 K87. Ask for the whole line once more.", "text"));
        }

        var check = CheckDigits(plain[..m.Groups["check"].Index].TrimEnd()[..^1]);
        if (check != m.Groups["check"].Value)
        {
            return Parsed<LineText>.Not(new Problem("line-text.check", $"The check digits are {m.Groups["check"].Value} and the line gives {check}: something was heard or typed otherwise. Have it read back.", "text"));
        }

        int N(string name) => int.Parse(m.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        var hour = Hour.Parse(m.Groups["at"].Value);
        var read = new LineText(
            N("line"), Kinds.First(k => k.Letters == m.Groups["kind"].Value).Kind, m.Groups["vehicle"].Value, N("trip"), N("w"), N("m"), N("g"), N("b"), N("u"), N("wd"), N("c"), hour.Success ? hour.Value : default);
        var problem = !hour.Success ? new Problem("line-text.hour", $"{m.Groups["at"].Value} is no hour of a day.", "text")
            : read.People != N("sum") ? new Problem("line-text.sum", $"The line says {N("sum").ToString(CultureInfo.InvariantCulture)} people and its parts add up to {Shown.Number(read.People)}.", "text")
            : read.Wounded > read.People ? new Problem("line-text.wounded", "More wounded than people: they are of those above.", "text")
            : read.Line == 0 || read.Trip == 0 || !read.Vehicle.Any(char.IsAsciiDigit) ? new Problem("line-text.form", "Lines and trips are counted from 1, and a vehicle's number has a digit in it.", "text")
            : null;
        return problem is null ? Parsed<LineText>.Of(read) : Parsed<LineText>.Not(problem);
    }

    /// <summary>The line as the phone writes it.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"SC1 LINE{Line} {Kinds.First(k => k.Kind == Kind).Letters} {Vehicle} T{Trip} W{Women} M{Men} G{Girls} B{Boys} U{Unknown} ={People} WD{Wounded} C{Crew} {Hour.Format(Closed)}");
        return $"{text} K{CheckDigits(text)}";
    }

    /// <summary>
    /// What it says, as statements: the people who left on the vehicle, and the crew where there is one. The ids follow from the line and the day, so that the same line
    /// entered twice is one.
    /// </summary>
    /// <param name="day">The day on which the vehicle was closed, on the operation's clock.</param>
    /// <param name="reception">How the line came.</param>
    /// <exception cref="RefusedException"><c>line-text.line</c>: the operation has no such line.</exception>
    public IReadOnlyList<Statement> Statements(Operation operation, LocalDate day, Reception reception, Source observers)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var place = operation.Gazetteer.Places.ElementAtOrDefault(Line - 1)
            ?? throw new RefusedException("line-text.line", $"The operation has {Shown.Number(operation.Gazetteer.Count)} places, and the line speaks of line {Shown.Number(Line)}.", "text");
        var closed = Moment.AtMinute(day.At(Closed).InZoneLeniently(operation.Zone).ToOffsetDateTime());
        var batch = string.Create(CultureInfo.InvariantCulture, $"{Kinds.First(k => k.Kind == Kind).Word} {Vehicle}, trip {Trip}");
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{this}\n{LocalDatePattern.Iso.Format(day)}")))[..16];
        Statement Made(string letters, Said said) => new Statement
        {
            Id = new StatementId($"{letters}-{key}"),
            Chain = new SourceChain(observers, []),
            Basis = Basis.Counted,
            SaidAt = closed,
            About = TimeSpoken.At(closed, null),
            Where = new Scope(null, null, place.Id),
            Said = said,
            Words = new Words(ToString(), "und"),
            Reception = reception,
            Handling = Handling.Room,
            Consent = Consent.NotAsked,
        }.Checked();

        (int N, Category Of)[] groups = [(Women, Category.Women), (Men, Category.Men), (Girls, Category.Girls), (Boys, Category.Boys), (Wounded, Category.WoundedOrSick)];
        var parts = groups.Where(g => g.N > 0).Select(g => PeopleOf(g.Of, g.N)).ToList();
        var people = Made("L", new Headcount(Measure.Left, PeopleOf(Category.Everyone, People), Including: parts.Count > 0 ? parts : null, Batch: batch));
        return Crew == 0 ? [people] : [people, Made("LC", new Headcount(Measure.Aboard, PeopleOf(Category.Staff, Crew), Batch: batch))];
    }

    /// <summary>The remainder that makes the whole 1 modulo 97 (ISO/IEC 7064, MOD 97-10), letters standing for 10 to 35: catches one wrong character and two swapped.</summary>
    public static string CheckDigits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var remainder = 0;
        foreach (var c in text.Where(char.IsAsciiLetterOrDigit))
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : char.ToUpperInvariant(c) - 'A' + 10;
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return (98 - (remainder * 100 % 97)).ToString("00", CultureInfo.InvariantCulture);
    }

    private static Counted PeopleOf(Category category, int n) => new(Unit.People, category, Bound.Exactly(n));

    /// <summary>Capital letters, ASCII digits, single spaces.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Length > 1000 ? text[..1000] : text)
        {
            var digit = char.IsDigit(c) ? CharUnicodeInfo.GetDecimalDigitValue(c) : -1;
            if (digit >= 0)
            {
                plain.Append((char)('0' + digit));
            }
            else if (char.IsWhiteSpace(c))
            {
                if (plain.Length > 0 && plain[^1] != ' ')
                {
                    plain.Append(' ');
                }
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.Format)
            {
                plain.Append(char.ToUpperInvariant(c));
            }
        }

        return plain.ToString().TrimEnd();
    }

    [GeneratedRegex(@"^SC1 LINE ?(?<line>\d{1,4}) (?<kind>BUS|AMB|TRK|CAR) (?<vehicle>[A-Z\d]{1,8}) T ?(?<trip>\d{1,2}) W ?(?<w>\d{1,4}) M ?(?<m>\d{1,4}) G ?(?<g>\d{1,4}) B ?(?<b>\d{1,4}) U ?(?<u>\d{1,4}) = ?(?<sum>\d{1,5}) WD ?(?<wd>\d{1,4}) C ?(?<c>\d{1,3}) (?<at>\d\d:\d\d) K ?(?<check>\d\d)$", RegexOptions.None, 1000)]
    private static partial Regex Form();
}
