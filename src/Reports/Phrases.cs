using System.Globalization;
using NodaTime;
using Safeconduct.Statements;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Reports;

/// <summary>The report's own neutral English for times, places, quantities and kinds of source. Pure and the same on every machine.</summary>
internal sealed class Phrases(Gazetteer gazetteer, DateTimeZone zone, int year)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly Dictionary<string, int> _taken = gazetteer.Places.GroupBy(p => Bare(p.Name), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    public DateTimeZone Zone => zone;

    /// <summary>The name; what explains it in brackets is left to the gazetteer, where the name alone is nobody else's.</summary>
    public string Place(PlaceId id)
    {
        var name = gazetteer.NameOf(id);
        var shorter = Bare(name);
        return _taken.GetValueOrDefault(shorter) <= 1 ? shorter : name;
    }

    /// <summary>"Fri 16 Dec", with the year where it is not the report's.</summary>
    public string Day(LocalDate day) => day.ToString(day.Year == year ? "ddd d MMM" : "ddd d MMM uuuu", Invariant);

    public string At(Instant instant) => instant.InZone(zone).ToString("dddd d MMMM uuuu, HH:mm", Invariant);

    public string Zoned(Instant instant) => zone.Id.StartsWith("UTC", StringComparison.Ordinal) ? zone.Id : $"{zone.Id}, UTC{instant.InZone(zone).Offset.ToString("+HH:mm", Invariant)}";

    public string Moment(Moment moment) => moment.At is { } at
        ? $"{Day(at.ToInstant().InZone(zone).Date)} {at.ToInstant().InZone(zone).ToString("HH:mm", Invariant)}"
        : moment.Precision is TimePrecision.Month ? moment.Date.ToString("MMMM uuuu", Invariant) : Day(moment.Date);

    public string Time(TimeSpoken time)
    {
        var when = time.IsInterval ? $"{Moment(time.Start)} to {Until(time)}" : Moment(time.Start);
        return time.Words is { } words ? $"{when} ({words})" : when;
    }

    /// <summary>As in a table of events: the missing hour is said.</summary>
    public string EventTime(TimeSpoken time) =>
        time.IsInterval || time.Start.HourIsStated || time.Start.Precision is TimePrecision.Month || time.Words is not null ? Time(time) : $"{Moment(time.Start)}, hour not stated";

    public string Where(Scope scope)
    {
        string?[] parts =
        [
            scope.From is { } from ? Place(from) : null,
            scope.To is { } to ? $"to {Place(to)}" : null,
            scope.Via is { } via && via != scope.From && via != scope.To ? $"by {Place(via)}" : null,
        ];
        var words = string.Join(" ", parts.Where(p => p is not null));
        return words.Length == 0 ? "place not said" : words;
    }

    /// <summary>"fighters who left Oldtown, Thu 15 Dec up to Fri 16 Dec".</summary>
    public string Quantity(Quantity quantity) => $"{Counted(quantity)}{Scope(quantity)}, {Cut(quantity.Cut)}";

    /// <summary>Without the time: what stays the same from report to report.</summary>
    public string Subject(Quantity quantity) => $"{Counted(quantity)}{Scope(quantity)}";

    public string Cut(Cut cut) => cut.Kind switch
    {
        CutKind.At or CutKind.During => Time(cut.Time),
        CutKind.SinceStart => cut.Time.IsInterval ? $"from {Moment(cut.Time.Start)} up to {Until(cut.Time)}" : $"up to {Time(cut.Time)}",
        _ => throw new ArgumentOutOfRangeException(nameof(cut)),
    };

    public string Subject(Subject subject)
    {
        var of = subject.Kind switch
        {
            SubjectKind.Operation => "The operation",
            SubjectKind.Area => "",
            SubjectKind.Route => "The route",
            SubjectKind.Truce => "The truce",
            SubjectKind.Agreement => "The agreement",
            SubjectKind.Line => "The line",
            _ => throw new ArgumentOutOfRangeException(nameof(subject)),
        };
        return subject.Place is not { } place ? of.Length == 0 ? "Place not said" : of
            : of.Length == 0 ? Capital(Place(place)) : subject.Kind is SubjectKind.Operation ? $"{of} out of {Place(place)}" : $"{of}, {Place(place)}";
    }

    /// <summary>What narrows one claim on a figure, in print: days as the report writes them, and the figure's own day not said again.</summary>
    public string? Qualifier(string? words, Cut cut)
    {
        var said = (words ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(w => Printed(w, cut)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return said.Count == 0 ? null : string.Join("; ", said);
    }

    public static string Kind(SourceKind kind) => kind switch
    {
        SourceKind.OwnObservers => "own observers",
        SourceKind.Party => "party",
        SourceKind.Guarantor => "guarantor",
        SourceKind.Un => "United Nations",
        SourceKind.RedCrossRedCrescent => "Red Cross and Red Crescent",
        SourceKind.MonitorGroup => "monitoring group",
        SourceKind.Responder => "responder or aid organisation",
        SourceKind.Witness => "witness or resident",
        SourceKind.Media => "media",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The kind and every declared role, so that a guarantor that also fights is seen to be both.</summary>
    public static string KindAndRoles(Source source) =>
        string.Join(", ", (source.Roles ?? []).Select(r => r.ToLowerInvariant()).Prepend(Kind(source.Kind)).Distinct(StringComparer.Ordinal));

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"1 statement", "3 statements".</summary>
    public static string Many(int n, string one, string? several = null) => $"{Shown.Grouped(n)} {(n == 1 ? one : several ?? one + "s")}";

    public static string Spoken<T>(T value)
        where T : struct, Enum => Token.Of(value).Replace('-', ' ');

    /// <summary>How the words stand to what they speak of, where that is not plain assertion.</summary>
    public static string Stance(Modality modality) => modality switch
    {
        Modality.Asserted => "",
        Modality.Denied => "denied: ",
        Modality.Planned => "planned: ",
        Modality.Promised => "promised: ",
        Modality.Demanded => "demanded: ",
        Modality.Conditional => "conditional: ",
        _ => throw new ArgumentOutOfRangeException(nameof(modality)),
    };

    private string? Printed(string words, Cut cut)
    {
        const string UpTo = "up to ";
        return !words.StartsWith(UpTo, StringComparison.Ordinal) || TimeIn(words[UpTo.Length..]) is not { } time ? words
            : time == cut.Time.End ? null : $"{UpTo}{Moment(time)}";
    }

    internal static Moment? TimeIn(string text)
    {
        try
        {
            return Statements.Times.Moment.Parse(text);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    internal static string Bare(string name) =>
        name.EndsWith(')') && name.LastIndexOf(" (", StringComparison.Ordinal) is var at and > 0 ? name[..at] : name;

    private string Until(TimeSpoken time) =>
        time.Start.HourIsStated && time.End.At is { } end && end.ToInstant().InZone(zone).Date == time.Start.DayIn(zone)
            ? end.ToInstant().InZone(zone).ToString("HH:mm", Invariant)
            : Moment(time.End);

    private static string Counted(Quantity quantity) => string.Concat(
        quantity.Unit switch
        {
            Unit.People or Unit.Vehicles => quantity.Category.ToString(),
            Unit.Bodies => "bodies",
            Unit.Trips => $"trips of {quantity.Category}",
            Unit.Movements => $"movements of {quantity.Category}",
            Unit.Violations => "violations",
            Unit.Tonnes => "tonnes",
            _ => throw new ArgumentOutOfRangeException(nameof(quantity)),
        },
        quantity.Group is { } group ? $" ({group.Replace('-', ' ')})" : "",
        " ",
        Became(quantity));

    private static string Became(Quantity quantity)
    {
        var who = quantity.Unit is Unit.People ? "who" : "that";
        return quantity.Measure is Measure.Left or Measure.Passed or Measure.Arrived
            ? $"{who} {Said.Verb(quantity.Measure)}"
            : Said.Verb(quantity.Measure);
    }

    private string In(PlaceId place) => gazetteer.Find(place)?.Kind is PlaceKind.Crossing or PlaceKind.Point ? " at " : " in ";

    private string Scope(Quantity quantity)
    {
        var scope = quantity.Scope;
        var direct = quantity.Measure is Measure.Left or Measure.Remaining or Measure.WishedToLeave;
        var isOnTheMove = quantity.Measure is Measure.Arrived or Measure.Recorded or Measure.Received or Measure.Passed or Measure.Sent or Measure.Delivered or Measure.Displaced;
        var from = scope.From is { } f ? (direct ? " " : scope.To is null || !isOnTheMove ? In(f) : " from ") + Place(f) : "";
        var to = scope.To is { } t ? (quantity.Measure is Measure.Arrived or Measure.Recorded or Measure.Received or Measure.Delivered ? In(t) : isOnTheMove ? " to " : " for ") + Place(t) : "";
        var via = scope.Via is { } v && v != scope.From ? $" by {Place(v)}" : "";
        var batch = scope.Batch is { } b ? $" ({b.Replace('-', ' ')})" : "";
        return from + to + via + batch;
    }
}
