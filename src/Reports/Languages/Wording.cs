using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Reports.Sections;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Reports.Languages;

/// <summary>
/// How one edition is told in one language: the same choices as <see cref="Teller"/>, which stays the one to decide what may be told, in the words of <see cref="Tongue"/>. Names that
/// somebody else wrote stand apart, so that their direction does not turn the line around them.
/// </summary>
internal sealed partial class Wording(Teller teller, Tongue tongue)
{
    public Tongue Tongue => tongue;

    private Gazetteer Gazetteer => teller.Now.Operation.Gazetteer;

    private DateTimeZone Zone => teller.Say.Zone;

    /// <summary>The phrase with its places filled in by pieces.</summary>
    public IReadOnlyList<Piece> Say(string key, params IEnumerable<Piece>[] with)
    {
        var phrase = tongue[key];
        var pieces = new List<Piece>();
        var from = 0;
        foreach (Match place in Filled().Matches(phrase))
        {
            Add(phrase[from..place.Index]);
            pieces.AddRange(with[place.Groups["n"].ValueSpan[0] - '0']);
            from = place.Index + place.Length;
        }

        Add(phrase[from..]);
        return Joined(pieces);

        void Add(string text)
        {
            if (text.Length > 0)
            {
                pieces.Add(LineOf.Words(text));
            }
        }
    }

    /// <summary>Runs that look alike and touch are one.</summary>
    public static IReadOnlyList<Piece> Joined(IEnumerable<Piece> pieces)
    {
        var joined = new List<Piece>();
        foreach (var piece in pieces)
        {
            if (piece is Piece.Run { IsApart: false } run && joined is [.., Piece.Run { IsApart: false } last] && (last.IsStrong, last.IsQuiet) == (run.IsStrong, run.IsQuiet))
            {
                joined[^1] = last with { Text = last.Text + run.Text };
            }
            else
            {
                joined.Add(piece);
            }
        }

        return joined;
    }

    public static IEnumerable<Piece> Text(string text) => [LineOf.Words(text)];

    public string Day(LocalDate day) => day.Year == teller.Settings.CutOff.InZone(Zone).Year
        ? tongue.Say("time.day", DayOfMonth(day), tongue[$"month.{Shown.Number(day.Month)}"])
        : tongue.Say("time.day-year", DayOfMonth(day), tongue[$"month.{Shown.Number(day.Month)}"], Year(day));

    /// <summary>With the weekday, the year and the hour.</summary>
    public string At(Instant instant)
    {
        var at = instant.InZone(Zone);
        return tongue.Say("time.full", tongue[$"weekday.{Shown.Number((int)at.DayOfWeek)}"], tongue.Say("time.day-year", DayOfMonth(at.Date), tongue[$"month.{Shown.Number(at.Month)}"], Year(at.Date)), Hour(at.LocalDateTime));
    }

    public string Moment(Moment moment) => moment.At is { } at
        ? tongue.Say("time.at", Day(at.ToInstant().InZone(Zone).Date), Hour(at.ToInstant().InZone(Zone).LocalDateTime))
        : moment.Precision is TimePrecision.Month ? tongue.Say("time.month", tongue[$"month-alone.{Shown.Number(moment.Date.Month)}"], Year(moment.Date)) : Day(moment.Date);

    public string Cut(Cut cut) => cut.Kind switch
    {
        CutKind.At or CutKind.During => Time(cut.Time),
        CutKind.SinceStart => cut.Time.IsInterval ? tongue.Say("time.from-up-to", Moment(cut.Time.Start), Moment(cut.Time.End)) : tongue.Say("time.up-to", Moment(cut.Time.Start)),
        _ => throw new ArgumentOutOfRangeException(nameof(cut)),
    };

    /// <summary>The local name where it is written in the script of this language, else the name as the operation's charter has it.</summary>
    public IEnumerable<Piece> Place(PlaceId id) => [LineOf.Apart(Gazetteer.Find(id)?.LocalName is { } local && IsInScript(local) ? Shorter(local) : teller.Say.Place(id))];

    public IReadOnlyList<Piece> Subject(Subject subject)
    {
        var of = Text(tongue[$"subject.{Token.Of(subject.Kind)}"]);
        return subject.Place is { } place ? Say("subject.at", of, Place(place)) : [.. of];
    }

    /// <summary>The state a thing is said to be in; a holder that the state names stands as its source named it.</summary>
    public IReadOnlyList<Piece> State(string state)
    {
        var by = state.IndexOf(" by ", StringComparison.Ordinal);
        var known = $"state.{(by < 0 ? state : state[..by])}";
        var words = tongue.Has(known) ? LineOf.Strong(tongue[known]) : new Piece.Run(state.Replace('-', ' '), IsStrong: true, IsApart: true);
        return by < 0 ? [words] : Say("state.held-by", [words], [LineOf.Apart(state[(by + 4)..])]);
    }

    /// <summary>"people who left X, from ... up to ...".</summary>
    public IReadOnlyList<Piece> Quantity(Quantity quantity)
    {
        var measured = new List<Piece> { LineOf.Words(tongue[$"measure.{Token.Of(quantity.Measure)}"]) };
        foreach (var place in Places(quantity))
        {
            measured.Add(LineOf.Words(" "));
            measured.AddRange(place);
        }

        var who = quantity.Unit is Unit.People ? quantity.Category == Category.Everyone ? null : Of(quantity.Category)
            : quantity.Unit is Unit.Vehicles ? Of(quantity.Category) : tongue[$"unit.{Token.Of(quantity.Unit)}"];
        IReadOnlyList<Piece> counted = who is null ? Say("who.everyone", measured) : Say("who.counted", Text(who), measured);
        foreach (var narrower in new[] { quantity.Group, quantity.Scope.Batch }.OfType<string>())
        {
            counted = Say("who.group", counted, [LineOf.Apart(narrower.Replace('-', ' '))]);
        }

        return Capital(Say("figures.caption", counted, Text(Cut(quantity.Cut))));
    }

    public string Of(Category category) => tongue.Has($"category.{category.Slug}")
        ? tongue[$"category.{category.Slug}"]
        : category.Space is CategorySpace.Vehicles
            ? Either(category.VehicleTypes().Select(t => tongue[$"vehicle.{Token.Of(t)}"]))
            : Either(category.Products().Select(p => string.Join(tongue["list.comma"] + " ", Traits(p).DefaultIfEmpty(tongue["trait.people"]))));

    public IReadOnlyList<Piece> Span(SaidSpan span) => span.Form switch
    {
        SpanForm.One => Bound(span.Low!.Value),
        SpanForm.UpTo => Say("span.up-to", Bound(span.Low!.Value)),
        SpanForm.Between => Say(IsPlain(span.Low!.Value) && IsPlain(span.High!.Value) ? "span.between" : "span.between-bounds", Bound(span.Low!.Value), Bound(span.High!.Value)),
        SpanForm.NoNumber => [.. Text(tongue["span.no-number"])],
        _ => throw new ArgumentOutOfRangeException(nameof(span)),
    };

    /// <summary>The bound in words, as <see cref="Statements.Quantities.Bound.ToString"/> has it in English. A word for a number that our table does not hold stands as it was said.</summary>
    public IReadOnlyList<Piece> Bound(Bound bound)
    {
        if (bound.VagueWord is { } vague && !bound.IsNotKnown)
        {
            var key = $"vague.{Token.Slug(vague)}";
            return tongue.Has(key) ? [.. Text(tongue[key])] : [LineOf.Apart(vague)];
        }

        return [.. Text(bound switch
        {
            { IsNotKnown: true } => tongue["bound.not-known"],
            { Low: 0, High: 0 } => tongue["bound.none"],
            { Low: { } n, High: { } m } when n == m => Near(bound, n),
            { Low: { } n, High: { } m, LowIsStrict: false, HighIsStrict: false } => bound.IsApproximate
                ? tongue.Say($"bound.{(bound.Approximation is Approximation.Below ? "nearly" : "about")}", tongue.Say("bound.between", tongue.Number(n), tongue.Number(m)))
                : tongue.Say("bound.between", tongue.Number(n), tongue.Number(m)),
            { Low: { } n, High: { } m } => tongue.Say("bound.both", Floor(bound, n), Ceiling(bound, m)),
            { Low: { } n } => Floor(bound, n),
            { High: { } m } => Ceiling(bound, m),
            _ => tongue["bound.no-number"],
        })];
    }

    public SourceLabel Label(SourceLabel label, int accounts)
    {
        var named = (teller.InRoom, label.Kind) switch
        {
            (false, SourceKind.Witness) => tongue.Say("source.witnesses", tongue.Number(accounts)),
            (false, SourceKind.OwnObservers) => tongue["source.own-observers"],
            _ => label.Name,
        };
        return new(named, label.Kind, tongue[$"kind.{Token.Of(label.Kind)}"]);
    }

    /// <summary>"A 12 13, B 14": each source once with its statements, and every role it declared.</summary>
    public IReadOnlyList<Piece> Sources(IEnumerable<(Source Source, IEnumerable<StatementId> Ids)> voices) => LineOf.Joined(
        voices.GroupBy(v => teller.Label(v.Source)).Select(g =>
        {
            var ids = g.SelectMany(v => v.Ids).Distinct().ToList();
            return (IEnumerable<Piece>)[new Piece.By(Label(g.Key, ids.Count) with { KindWords = KindAndRoles(g.First().Source) }), LineOf.Words(" "), .. Cites(ids)];
        }),
        () => LineOf.Words(tongue["list.comma"] + " ")).Pieces.ToList();

    public IEnumerable<Piece> Cites(IEnumerable<StatementId> ids) => teller.Cites(ids).Select(p => p is not Piece.Cite cite ? p
        : cite.Anchor == Teller.WitnessAnchor ? cite with { Label = tongue["cite.accounts"], Title = tongue["kind.witness"] } : cite);

    /// <summary>What one source says on a figure: its bounds in words, what narrows them, parts, and what it said earlier.</summary>
    public Line Row(Quantity quantity, IReadOnlyList<ClaimShown> now, IReadOnlyList<ClaimShown> earlier) => LineOf.Stacked(
        now.Select(c => Claim(quantity, c)).Concat(earlier.Select(c => (IEnumerable<Piece>)
            [.. Quiet(Say(now.Count > 0 ? "figures.earlier" : "figures.no-longer", Bound(teller.Drawn(c.Bound, quantity.Unit, c.Id)))), LineOf.Words(" "), .. Cites([c.Id])])));

    /// <summary>What narrows a claim. Ours in our words; what its source said stands as it was said.</summary>
    public IReadOnlyList<Piece> Qualifier(ClaimShown claim, Cut cut)
    {
        if (teller.Find(claim.Id) is { } s && teller.IsMerged(s))
        {
            return [];
        }

        return LineOf.Joined((claim.Words ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(w => Narrower(w, cut)).Where(p => p.Any()), () => LineOf.Words(tongue["list.semicolon"] + " ")).Pieces.ToList();
    }

    public static IReadOnlyList<Piece> Capital(IReadOnlyList<Piece> pieces) => pieces.Count > 0 && pieces[0] is Piece.Run { IsApart: false } first ? [first with { Text = Phrases.Capital(first.Text) }, .. pieces.Skip(1)] : pieces;

    public static IEnumerable<Piece> Strong(IEnumerable<Piece> pieces) => pieces.Select(p => p is Piece.Run run ? run with { IsStrong = true } : p);

    public static IEnumerable<Piece> Quiet(IEnumerable<Piece> pieces) => pieces.Select(p => p is Piece.Run run ? run with { IsQuiet = true } : p);

    [GeneratedRegex(@"\{(?<n>\d)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filled();

    [GeneratedRegex(@"^at (?<n>\d\d:\d\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AtHour();

    [GeneratedRegex(@"^(the )?first (?<n>\d{1,3}) hours$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstHours();

    private static bool IsPlain(Bound bound) => bound is { IsApproximate: false, VagueWord: null, IsNotKnown: false, Low: { } low, High: { } high } && low == high;

    /// <summary>As in the English sections: what explains a name in brackets is left out, where the name alone is nobody else's.</summary>
    private string Shorter(string local)
    {
        var bare = Phrases.Bare(local);
        return Gazetteer.Places.Count(p => p.LocalName is { } other && Phrases.Bare(other) == bare) <= 1 ? bare : local;
    }

    private IEnumerable<Piece> Claim(Quantity quantity, ClaimShown claim)
    {
        var said = Strong(Bound(teller.Drawn(claim.Bound, quantity.Unit, claim.Id)));
        var narrower = Qualifier(claim, quantity.Cut);
        IEnumerable<Piece> pieces = [.. narrower.Count == 0 ? said : Say("figures.caption", said, Quiet(narrower)), LineOf.Words(" "), .. Cites([claim.Id])];
        return claim.Including.Count == 0 ? pieces :
        [
            .. pieces,
            new Piece.Break(),
            .. Quiet(Say("figures.including", LineOf.Joined(claim.Including.Select(p => Part(quantity, p)), () => LineOf.Words(tongue["list.comma"] + " ")).Pieces)),
            LineOf.Words(" "),
            .. Cites(claim.Including.Select(p => p.Id).Where(id => id != claim.Id)),
        ];
    }

    private IReadOnlyList<Piece> Part(Quantity quantity, PartShown part)
    {
        var said = Say("figures.part", Bound(teller.Drawn(part.Bound, quantity.Unit, part.Id)), Text(Of(part.Category)));
        return part.Group is { } group ? Say("who.group", said, [LineOf.Apart(group.Replace('-', ' '))]) : said;
    }

    private IEnumerable<Piece> Narrower(string words, Cut cut)
    {
        if (Category.Named.FirstOrDefault(n => n.Words == words && n.Words.Length > 0) is { Category: { } category })
        {
            return Text(Of(category));
        }

        if (AtHour().Match(words) is { Success: true } at)
        {
            return Text(tongue.Say("figures.at", tongue.Digits(at.Groups["n"].Value)));
        }

        if (FirstHours().Match(words) is { Success: true } first)
        {
            return Text(tongue.Say("figures.first-hours", tongue.Digits(first.Groups["n"].Value)));
        }

        const string UpTo = "up to ";
        return words.StartsWith(UpTo, StringComparison.Ordinal) && Phrases.TimeIn(words[UpTo.Length..]) is { } time
            ? time == cut.Time.End ? [] : Text(tongue.Say("figures.up-to", Moment(time)))
            : [LineOf.Apart(words)];
    }

    /// <summary>Where from, where to and by which way, in the relation that the measure stands in to them.</summary>
    private IEnumerable<IReadOnlyList<Piece>> Places(Quantity quantity)
    {
        var (scope, measure) = (quantity.Scope, quantity.Measure);
        var isOnTheMove = measure is Measure.Arrived or Measure.Recorded or Measure.Received or Measure.Passed or Measure.Sent or Measure.Delivered or Measure.Displaced;
        if (scope.From is { } from)
        {
            yield return At(from, measure is Measure.Left or Measure.WishedToLeave ? "leaving" : scope.To is null || !isOnTheMove || measure is Measure.Remaining ? "in" : "out");
        }
        else if (measure is Measure.Left or Measure.WishedToLeave)
        {
            yield return [LineOf.Words(tongue["place.not-said"])];
        }

        if (scope.To is { } to)
        {
            yield return At(to, measure is Measure.Arrived or Measure.Recorded or Measure.Received or Measure.Delivered ? "in" : isOnTheMove || measure is Measure.Left ? "into" : "for");
        }

        if (scope.Via is { } via && via != scope.From)
        {
            yield return At(via, "via");
        }
    }

    private IReadOnlyList<Piece> At(PlaceId place, string relation) => Say($"place.{Token.Of(Gazetteer.Find(place)?.Kind ?? PlaceKind.Area)}.{relation}", Place(place));

    private IEnumerable<string> Traits(Category.Product product)
    {
        string Any<T>(IReadOnlyList<T> values)
            where T : struct, Enum => Either(values.Select(v => tongue[$"trait.{Token.Of(v)}"]));
        if (product.Standing is { Count: not 3 } standing)
        {
            yield return Any(standing);
        }
        else if (product.Standing is null)
        {
            yield return Either([tongue["trait.people"], tongue["trait.staff"]]);
        }

        if (product.Sex is { } sex)
        {
            yield return Any(sex);
        }

        if (product.Age is { } age)
        {
            yield return Any(age);
        }

        if (product.Health is { } health)
        {
            yield return Any(health);
        }

        if (product.Company is { } company)
        {
            yield return Any(company);
        }
    }

    private string Either(IEnumerable<string> words) => words.Aggregate((a, b) => tongue.Say("who.or", a, b));

    private string KindAndRoles(Source source) => string.Join(tongue["list.comma"] + " ", (source.Roles ?? [])
        .Select(r => r.ToLowerInvariant())
        .Select(r => tongue.Has($"kind.{Token.Slug(r)}") ? tongue[$"kind.{Token.Slug(r)}"] : r)
        .Prepend(tongue[$"kind.{Token.Of(source.Kind)}"]).Distinct(StringComparer.Ordinal));

    private string Near(Bound bound, long n) => bound.Approximation switch
    {
        Approximation.None => tongue.Say("bound.exactly", tongue.Number(n)),
        Approximation.EitherWay => tongue.Say("bound.about", tongue.Number(n)),
        Approximation.Below => tongue.Say("bound.nearly", tongue.Number(n)),
        _ => throw new ArgumentOutOfRangeException(nameof(bound)),
    };

    private string Floor(Bound bound, long n) => tongue.Say(bound.LowIsStrict ? "bound.more-than" : "bound.at-least", Near(bound, n));

    private string Ceiling(Bound bound, long m) => tongue.Say(bound.HighIsStrict ? "bound.fewer-than" : "bound.up-to", Near(bound, m));

    private string Time(TimeSpoken time) => !time.IsInterval ? Moment(time.Start)
        : time.Start.At is { } from && time.End.At is { } to && from.ToInstant().InZone(Zone).Date == to.ToInstant().InZone(Zone).Date
            ? tongue.Say("time.hours", Day(from.ToInstant().InZone(Zone).Date), Hour(from.ToInstant().InZone(Zone).LocalDateTime), Hour(to.ToInstant().InZone(Zone).LocalDateTime))
            : tongue.Say("time.from-to", Moment(time.Start), Moment(time.End));

    private string DayOfMonth(LocalDate day) => tongue.Code is "fr" && day.Day == 1 ? "1er" : tongue.Digits(Shown.Number(day.Day));

    private string Year(LocalDate day) => tongue.Digits(Shown.Number(day.Year));

    private string Hour(LocalDateTime time) => tongue.Digits(time.ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary>Whether most letters of a name are of the script that this language is written in.</summary>
    private bool IsInScript(string name)
    {
        var letters = name.Where(char.IsLetter).ToList();
        return letters.Count > 0 && letters.Count(c => tongue.Code switch
        {
            "ar" => c is >= '\u0600' and <= '\u06FF',
            "ru" => c is >= '\u0400' and <= '\u04FF',
            _ => c < '\u0250',
        }) * 2 > letters.Count;
    }
}
