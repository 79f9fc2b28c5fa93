using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Situation.Figures;

/// <summary>Ids and phrases of figures. Both follow from the key alone, so the same quantity has the same name in every record and every order of arrival.</summary>
internal static class FigureNames
{
    public static string Id(FigureKey key)
    {
        var s = key.Series;
        string?[] parts =
        [
            Token.Of(s.Measure),
            Token.Of(s.Unit),
            s.Group is null ? s.Category.Slug : $"{s.Category.Slug}-{s.Group}",
            (s.Area?.Value ?? "place-not-stated") + (s.To is { } to ? $"-to-{to}" : "") + (s.Via is { } via ? $"-via-{via}" : ""),
            s.Batch,
            Cut(key),
            "said",
        ];
        return string.Join('.', parts.Where(p => p is not null));
    }

    public static string What(FigureKey key, Gazetteer gazetteer)
    {
        var s = key.Series;
        var who = s.Unit switch
        {
            Unit.Bodies => "bodies",
            Unit.Trips => $"trips of {s.Category}",
            Unit.Movements => $"movements of {s.Category}",
            Unit.Violations => "violations",
            Unit.Tonnes => "tonnes",
            Unit.People or Unit.Vehicles => s.Category.ToString(),
            _ => throw new InvalidOperationException(),
        };
        var group = s.Group is null ? "" : $" ({s.Group.Replace('-', ' ')})";
        var batch = s.Batch switch
        {
            null => "",
            "by-batches" => ", as counted by batches",
            var words => $", {words.Replace('-', ' ')}",
        };
        var by = s.Via is { } via ? $" by {Short(gazetteer.NameOf(via))}" : "";
        return $"{who}{group} {Phrase(s, gazetteer)}{by}{batch}, {CutPhrase(key)}";
    }

    /// <summary>The quantity that the figure is of, with the time of its cut in days.</summary>
    public static Quantity Quantity(FigureKey key)
    {
        var s = key.Series;
        var time = new TimeSpoken(Moment.OnDay(key.Start), Moment.OnDay(key.End));
        var kind = key.Form switch
        {
            CutForm.At => CutKind.At,
            CutForm.During => CutKind.During,
            CutForm.Total or CutForm.Closing => CutKind.SinceStart,
            _ => throw new InvalidOperationException(),
        };
        return new Quantity(s.Measure, s.Unit, s.Category, new Scope(s.Area, s.To, s.Via, s.Batch), new Cut(kind, time), s.Group);
    }

    public static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static string Cut(FigureKey key) => key.Form switch
    {
        CutForm.Closing => $"{Day(key.Start)}/latest",
        CutForm.Total => $"{Day(key.Start)}/{Day(key.End)}",
        CutForm.During or CutForm.At => key.Start == key.End ? Day(key.End) : $"{Day(key.Start)}/{Day(key.End)}",
        _ => throw new InvalidOperationException(),
    };

    private static string CutPhrase(FigureKey key) => key.Form switch
    {
        CutForm.Closing => $"from {Day(key.Start)}, each source's latest total",
        CutForm.Total => $"{Day(key.Start)} up to {Day(key.End)}",
        CutForm.During or CutForm.At => key.Start == key.End ? $"on {Day(key.End)}" : $"{Day(key.Start)} to {Day(key.End)}",
        _ => throw new InvalidOperationException(),
    };

    /// <summary>A place's name without the remark in brackets that the gazetteer gives it once.</summary>
    private static string Short(string name) =>
        name.EndsWith(')') && name.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at ? name[..at] : name;

    private static string Phrase(Series series, Gazetteer gazetteer)
    {
        var area = series.Area is { } a ? Short(gazetteer.NameOf(a)) : "a place not stated";
        var to = series.To is { } t ? Short(gazetteer.NameOf(t)) : null;
        var who = series.Unit is Unit.People or Unit.Bodies ? "who" : "that";
        var onward = to is null ? "" : $" to {to}";
        var from = to is null ? $"at {area}" : $"at {to}, from {area}";
        var here = to is null ? $"in {area}" : $"in {to}, from {area}";
        return series.Measure switch
        {
            Measure.Left => $"{who} left {area}{onward}",
            Measure.Passed => $"{who} passed {area}{onward}",
            Measure.Arrived => $"{who} arrived {from}",
            Measure.Recorded => $"recorded on arrival {from}",
            Measure.Aboard => $"aboard, out of {area}{onward}",
            Measure.Remaining => $"still in {area}{onward}",
            Measure.WishedToLeave => $"said to wish to leave {area}{onward}",
            Measure.TurnedBack => $"turned back at {area}{onward}",
            Measure.Held => $"held at {area}{onward}",
            Measure.Killed => $"killed {here}",
            Measure.Wounded => $"wounded {here}",
            Measure.Harmed => $"killed or wounded {here}",
            Measure.Found => $"found {here}",
            Measure.Received => $"received into care {from}",
            Measure.Displaced => $"displaced from {area}{onward}",
            Measure.Delivered => $"delivered, {area}{onward}",
            Measure.Assigned => $"assigned, {area}{onward}",
            Measure.Sent => $"sent, {area}{onward}",
            Measure.Burned => $"burned {here}",
            Measure.Present => $"present {from}",
            Measure.Released => $"released from {area}{onward}",
            Measure.Boarded => $"{who} boarded on the way from {area}{onward}",
            Measure.Born => $"born on the way from {area}{onward}",
            Measure.GotOff => $"{who} got off on the way from {area}{onward}",
            Measure.Observed => $"observed {here}",
            Measure.Transferred => $"{who} moved to another vehicle on the way from {area}{onward}",
            _ => throw new InvalidOperationException(),
        };
    }
}
