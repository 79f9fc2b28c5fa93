using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds;
using Safeconduct.Statements.Kinds.Access;
using Safeconduct.Statements.Kinds.Coverage;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Incident;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Obstruction;
using Safeconduct.Statements.Places;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Forms;

/// <summary>Who fills in forms with one key, as somebody of the room declared when the key was made.</summary>
/// <param name="Name">The collector, as the room calls them.</param>
/// <param name="Source">In whose name they speak: their organisation; the mission's own observers only where the room said so.</param>
/// <param name="Language">Of the words they write (BCP 47).</param>
public sealed record Collector(string Name, Source Source, string Language);

/// <summary>
/// What a filled-in form says, as statements: <c>formats/openrosa.md</c>. A question without an answer says nothing; no value is made up for it. What can't be said is refused with the
/// name of the question, and then nothing of the form is taken.
/// </summary>
public static class FormReading
{
    /// <summary>How such a statement came, as its reception says.</summary>
    public const string Channel = "form";

    /// <summary>The media type of the form's own bytes, the first of what is attached.</summary>
    public const string FormMedia = "text/xml";

    /// <summary>Times without an offset: some phones write them so, and whoever types a time in ODK Web Forms leaves out the seconds too.</summary>
    private static readonly LocalDateTimePattern[] OnOwnClock =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
    ];

    private static readonly Dictionary<string, string> Whys = new(StringComparer.Ordinal)
    {
        ["dark"] = "dark",
        ["shelling"] = "shelling",
        ["view-blocked"] = "view blocked",
        ["told-to-leave"] = "told to leave, no reason given",
        ["not-safe"] = "not safe to stay",
    };

    private static readonly Dictionary<string, string> FighterBases = new(StringComparer.Ordinal) { ["weapon"] = "carried a weapon", ["declared"] = "declared by a party", ["own-word"] = "by their own word" };

    /// <summary>The id of the statement that a filled-in form becomes: the same however often it is sent, and whatever else is lost.</summary>
    public static StatementId IdOf(string instanceId) => new("O-" + KeyOf(instanceId));

    /// <summary>The names of the pictures that must come with the form, in the order of its questions.</summary>
    /// <exception cref="RefusedException"><c>form.attachment-name</c>.</exception>
    public static IReadOnlyList<string> PicturesOf(FieldForm form, Submission submission)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(submission);
        return [.. form.Questions.Where(q => q.Type is AnswerType.Photo && submission.Answers.ContainsKey(q.Name)).Select(q => CheckedName(submission.Answers[q.Name])).Distinct()];
    }

    /// <summary>A name of a file as a phone gives it: never a path.</summary>
    /// <exception cref="RefusedException"><c>form.attachment-name</c>.</exception>
    public static string CheckedName(string name) =>
        name.Length is > 0 and <= 200 && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' or ':' || char.IsControl(c))
            ? name
            : throw new RefusedException("form.attachment-name", $"'{Shown.Short(name)}' is not the plain name of a file, 1 to 200 characters without / and \\. Nothing of this was kept.");

    /// <summary>The statements of a filled-in form, checked. The first has <see cref="IdOf"/>; each names the form's own bytes as attached.</summary>
    /// <param name="attached">The form's own bytes first, then its pictures.</param>
    /// <param name="received">When it reached the server, on the operation's clock.</param>
    public static Parsed<IReadOnlyList<Statement>> Of(Submission submission, FieldForm form, Operation operation, Collector collector, IReadOnlyList<Attached> attached, Moment received)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(collector);
        try
        {
            var reading = new Reading(submission, form, operation, collector, attached, received);
            IReadOnlyList<Statement> said = form.Id switch
            {
                FieldForm.Count => CountOf(reading),
                FieldForm.Convoy => [ConvoyOf(reading)],
                FieldForm.Incident => [IncidentOf(reading)],
                FieldForm.Obstruction => [ObstructionOf(reading)],
                FieldForm.Aid => [AidOf(reading)],
                FieldForm.Coverage => [CoverageOf(reading)],
                _ => throw new RefusedException("form.unknown", $"This operation has no form '{Shown.Short(form.Id)}'."),
            };
            return Parsed<IReadOnlyList<Statement>>.Of([.. said.Select(s => s.Checked())]);
        }
        catch (RefusedException e)
        {
            return Parsed<IReadOnlyList<Statement>>.Not(e.Problem);
        }
    }

    private static List<Statement> CountOf(Reading r)
    {
        var groups = FieldForm.People.Select(name => (Name: name, N: r.Count(name))).ToList();
        if (groups.All(g => g.N is null))
        {
            throw new RefusedException("form.nobody-counted", "Nobody was counted: at least one group needs a number, and 0 where nobody boarded.", "women");
        }

        // Who left a group empty did not say that there was nobody in it: the sum is then a floor.
        var sum = groups.Sum(g => g.N ?? 0);
        var people = groups.TrueForAll(g => g.N is not null) ? Bound.Exactly(sum) : Bound.AtLeast(sum);
        var (wounded, fighters) = (r.Count("wounded"), r.Count("fighters"));
        if (people.High is { } most && (wounded > most || fighters > most))
        {
            throw new RefusedException("form.more-than-above", $"There are {Shown.Number(sum)} people and more of those above. They belong to the people: count them there too.", wounded > most ? "wounded" : "fighters");
        }

        (string Name, Category Of)[] named = [("women", Category.Women), ("men", Category.Men), ("girls", Category.Girls), ("boys", Category.Boys)];
        var parts = named.Where(p => r.Count(p.Name) is not null).Select(p => PeopleOf(p.Of, r.Count(p.Name)!.Value)).ToList();
        if (wounded is { } w)
        {
            parts.Add(PeopleOf(Category.WoundedOrSick, w));
        }

        if (fighters is { } f)
        {
            var basis = f > 0 ? FighterBases[r.Needed("fighters_basis")] : null;
            parts.Add(new Counted(Unit.People, Category.Fighters, Bound.Exactly(f), basis));
        }

        var batch = r.Batch();
        var closed = TimeSpoken.At(r.Time("closed") ?? throw r.Missing("closed"));
        var where = new Scope(Via: r.Place("line"));
        var counted = r.Said(new Headcount(Measure.Left, new Counted(Unit.People, Category.Everyone, people), Including: parts.Count > 0 ? parts : null, Batch: batch), closed, where, Basis.Counted);
        return r.Count("crew") is { } crew
            ? [counted, r.Said(new Headcount(Measure.Aboard, PeopleOf(Category.Staff, crew), Batch: batch), closed, where, Basis.Counted) with { Id = new StatementId("OC-" + KeyOf(r.InstanceId)) }]
            : [counted];
    }

    private static Statement ConvoyOf(Reading r)
    {
        (string Name, Category Of)[] named = [("buses", Category.Buses), ("ambulances", Category.Ambulances), ("trucks", Category.Trucks), ("private", Category.PrivateVehicles)];
        var vehicles = named.Where(v => r.Count(v.Name) is not null).Select(v => new Counted(Unit.Vehicles, v.Of, Bound.Exactly(r.Count(v.Name)!.Value))).ToList();
        var step = r.Needed("step") switch
        {
            "assembled" => Step.Assembled,
            "departed" => Step.Departed,
            "reached" => Step.Reached,
            "halted" => Step.Halted,
            "turned-back" => Step.TurnedBack,
            _ => Step.Arrived,
        };
        return r.Said(new Movement(step, r.Short("convoy", 200) ?? throw r.Missing("convoy"), vehicles.Count > 0 ? vehicles : null), r.When(), new Scope(Via: r.Place("place")), r.Basis());
    }

    private static Statement IncidentOf(Reading r)
    {
        var (where, basis) = (new Scope(Via: r.Place("place")), r.NeededBasis());
        if (r.Needed("type") is "blocked")
        {
            return r.Said(new Obstruction(Obstructed.Passage, Hindrance.Blocked, r.Short("author", 400)), r.When(), where, basis);
        }

        var type = r.Needed("type") switch
        {
            "fire-on-convoy" => IncidentType.FireOnConvoy,
            "shelling" => IncidentType.Shelling,
            "explosion" => IncidentType.Explosion,
            "shooting" => IncidentType.Shooting,
            "detention" => IncidentType.Detention,
            "vehicles-burned" => IncidentType.VehiclesBurned,
            "threat" => IncidentType.Threat,
            _ => IncidentType.Other,
        };
        var harm = new List<Harm>();
        switch (r.Needed("hurt"))
        {
            case "none":
                harm.Add(new Harm(Measure.Harmed, PeopleOf(Category.Everyone, 0)));
                break;
            case "some":
                if (r.Count("killed") is { } killed)
                {
                    harm.Add(new Harm(Measure.Killed, PeopleOf(Category.Everyone, killed)));
                }

                if (r.Count("wounded") is { } wounded)
                {
                    harm.Add(new Harm(Measure.Wounded, PeopleOf(Category.Everyone, wounded)));
                }

                if (harm.Count == 0)
                {
                    throw new RefusedException("form.hurt-not-counted", "Somebody was hurt and neither the killed nor the wounded are counted; choose \"Not known\" where nobody knows.", "killed");
                }

                break;
            default:
                // "Not known" says nothing of harm.
                break;
        }

        return r.Said(new Incident(type, AllegedAuthor: r.Short("author", 400), Harm: harm.Count > 0 ? harm : null), r.When(), where, basis);
    }

    private static Statement ObstructionOf(Reading r)
    {
        var what = r.Needed("what") switch
        {
            "passage" => Obstructed.Passage,
            "boarding" => Obstructed.Boarding,
            "access" => Obstructed.Access,
            "observers" => Obstructed.Observers,
            _ => Obstructed.Aid,
        };
        var how = r.Needed("hindrance") switch
        {
            "refused" => Hindrance.Refused,
            "delayed" => Hindrance.Delayed,
            "blocked" => Hindrance.Blocked,
            "held" => Hindrance.Held,
            _ => Hindrance.TurnedBack,
        };
        var affected = r.Count("affected") is { } n ? PeopleOf(Category.Everyone, n) : null;
        return r.Said(new Obstruction(what, how, r.Short("author", 400), affected, r.Short("reason", 400)), r.When(), new Scope(Via: r.Place("place")), r.NeededBasis());
    }

    private static Statement AidOf(Reading r)
    {
        var act = r.Needed("act") switch
        {
            "requested" => AccessAct.Requested,
            "granted" => AccessAct.Granted,
            "refused" => AccessAct.Refused,
            "prepared" => AccessAct.Prepared,
            _ => AccessAct.Delivered,
        };
        var howMany = r.Count("how_many") is not { } n ? null : r.Needed("unit") switch
        {
            "people" => PeopleOf(Category.Everyone, n),
            "trucks" => new Counted(Unit.Vehicles, Category.Trucks, Bound.Exactly(n)),
            "ambulances" => new Counted(Unit.Vehicles, Category.Ambulances, Bound.Exactly(n)),
            _ => new Counted(Unit.Tonnes, Category.Whole, Bound.Exactly(n)),
        };

        // Aid goes to a place, as on the pages of its kind.
        return r.Said(new Access(act, r.Short("aid", 400) ?? throw r.Missing("aid"), howMany), r.When(), new Scope(To: r.Place("place")), r.Basis());
    }

    private static Statement CoverageOf(Reading r)
    {
        var from = r.Hour("from") ?? throw r.Missing("from");
        var about = r.Hour("to") is { } to && !to.Equals(from) ? new TimeSpoken(from, to) : TimeSpoken.At(from);
        var watched = r.Needed("watched") is "yes";
        var why = !watched && r.Choice("why") is { } chosen ? Whys.GetValueOrDefault(chosen) : null;
        return r.Said(new Coverage(watched, Reason: why), about, new Scope(Via: r.Place("line")), Basis.Seen);
    }

    private static Counted PeopleOf(Category category, int n) => new(Unit.People, category, Bound.Exactly(n));

    private static string KeyOf(string instanceId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("safeconduct form 1\n" + instanceId)))[..24];

    /// <summary>The answers of one form as the kinds need them. Owned by one reading.</summary>
    private sealed class Reading
    {
        private readonly Submission submission;
        private readonly Dictionary<string, Question> questions;
        private readonly Operation operation;
        private readonly Collector collector;
        private readonly IReadOnlyList<Attached> attached;
        private readonly Moment received;

        public Reading(Submission submission, FieldForm form, Operation operation, Collector collector, IReadOnlyList<Attached> attached, Moment received)
        {
            (this.submission, this.operation, this.collector, this.attached, this.received) = (submission, operation, collector, attached, received);
            questions = form.Questions.ToDictionary(q => q.Name, StringComparer.Ordinal);
            if (submission.Answers.Keys.FirstOrDefault(name => name is not ("start" or "end") && !questions.ContainsKey(name)) is { } unknown)
            {
                throw new RefusedException("form.unknown-question", $"The form as it is now has no question '{Shown.Short(unknown)}', and an answer is never dropped. Get the form again and fill it in anew.", unknown);
            }
        }

        public string InstanceId => submission.InstanceId;

        public Statement Said(Said said, TimeSpoken about, Scope where, Basis basis)
        {
            var words = submission.Answers.TryGetValue("words", out var note) ? new Words(note, collector.Language) : null;
            var chain = Choice("how") is "told" && Short("told_by", 200) is { } teller
                ? new SourceChain(new Source(new SourceId("witness/o-" + KeyOf(InstanceId)), teller, SourceKind.Witness), [collector.Source])
                : new SourceChain(collector.Source, []);
            return new Statement
            {
                Id = IdOf(InstanceId),
                Chain = chain,
                Basis = basis,

                // The phone's clock says when the form was ended; where it does not, the server's says when it came.
                SaidAt = Time("end") ?? received,
                About = about,
                Where = where,
                Said = said,
                Words = words,
                Reception = new Reception(Channel, received, ReadBack: false, collector.Name),
                Attached = attached,
                Handling = Handling.Room,
                Consent = Choice("consent") switch { "given" => Consent.Given, "refused" => Consent.Refused, _ => Consent.NotAsked },
            };
        }

        public TimeSpoken When() => TimeSpoken.At(Time("when") ?? throw Missing("when"));

        public Basis Basis() => Choice("how") switch { "seen" => Statements.Sources.Basis.Seen, "heard" => Statements.Sources.Basis.Heard, "told" => Statements.Sources.Basis.Told, _ => Statements.Sources.Basis.NotSaid };

        public Basis NeededBasis() => Needed("how") is { Length: > 0 } ? Basis() : Statements.Sources.Basis.NotSaid;

        /// <summary>The words that single out one vehicle on one trip of one convoy, as those of the field app do.</summary>
        public string Batch()
        {
            var vehicle = (Short("vehicle", 8) ?? throw Missing("vehicle")).ToUpperInvariant();
            if (!vehicle.All(char.IsAsciiLetterOrDigit) || !vehicle.Any(char.IsAsciiDigit))
            {
                throw new RefusedException("form.vehicle", $"'{Shown.Short(vehicle)}' is no vehicle's number: 1 to 8 letters of A to Z and digits, a digit among them.", "vehicle");
            }

            var trip = Count("trip") ?? throw Missing("trip");
            if (trip is < 1 or > 99)
            {
                throw new RefusedException("form.trip", "A trip is a number from 1 to 99.", "trip");
            }

            var noun = Needed("kind") is "private" ? "car" : Needed("kind");
            return $"{(Short("convoy", 120) is { } convoy ? convoy + ", " : "")}{noun} {vehicle}, trip {Shown.Number(trip)}";
        }

        public string? Short(string name, int longest)
        {
            if (!submission.Answers.TryGetValue(name, out var text))
            {
                return null;
            }

            return text.Length <= longest ? text : throw new RefusedException("form.answer-too-long", $"'{name}' has at most {Shown.Number(longest)} characters here.", name);
        }

        public int? Count(string name)
        {
            if (!submission.Answers.TryGetValue(name, out var text))
            {
                return null;
            }

            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= FieldForm.MostCounted
                ? n
                : throw new RefusedException("form.not-a-count", $"'{Shown.Short(text)}' is no count: a whole number from 0 to {Shown.Grouped(FieldForm.MostCounted)}, or nothing where nobody counted.", name);
        }

        public string? Choice(string name)
        {
            if (!submission.Answers.TryGetValue(name, out var value) || !questions.TryGetValue(name, out var question))
            {
                return null;
            }

            return question.Choices.Contains(value, StringComparer.Ordinal)
                ? value
                : throw new RefusedException("form.not-a-choice", $"'{Shown.Short(value)}' is no answer to '{name}'; the answers are {string.Join(", ", question.Choices)}.", name);
        }

        public string Needed(string name) => Choice(name) ?? throw Missing(name);

        public RefusedException Missing(string name) => new("form.missing", $"'{name}' has no answer, and the form can't be read without it.", name);

        public PlaceId? Place(string name)
        {
            if (!submission.Answers.TryGetValue(name, out var value))
            {
                return name == "line" && questions.ContainsKey(name) ? throw Missing(name) : null;
            }

            return PlacesFile.Find(operation.Gazetteer, value)
                ?? throw new RefusedException("place.unknown", $"'{Shown.Short(value)}' is not a place of this operation. Get the form again: its list of places may have changed.", name);
        }

        /// <summary>
        /// A day and hour to the minute, on the operation's clock; one without an offset is read on that clock. A day alone says no hour, as the field for a time in ODK Web Forms lets it pass.
        /// </summary>
        public Moment? Time(string name)
        {
            if (!submission.Answers.TryGetValue(name, out var text))
            {
                return null;
            }

            try
            {
                var said = OnOwnClock.Select(p => p.Parse(text)).FirstOrDefault(p => p.Success) is { } local
                    ? Moment.AtMinute(local.Value.InZoneLeniently(operation.Zone).ToOffsetDateTime())
                    : Moment.Parse(text);
                if (said.Precision is not TimePrecision.Month)
                {
                    return said.At is { } at ? Moment.AtMinute(at.ToInstant().InZone(operation.Zone).ToOffsetDateTime().With(t => new LocalTime(t.Hour, t.Minute))) : said;
                }
            }
            catch (RefusedException)
            {
                // Said below, in the words of a form.
            }

            throw new RefusedException("time.not-a-time", $"'{Shown.Short(text)}' is not a day with its hour (2031-05-02T14:10) of a year that can be meant: check the answer and the clock of the phone.", name);
        }

        /// <summary>A time whose hour is needed: a watch from one day alone would stand for the whole of it, and nobody said that.</summary>
        public Moment? Hour(string name) =>
            Time(name) is { HourIsStated: false } day
                ? throw new RefusedException("time.no-hour", $"'{day}' is a day without its hour, and a watch has both: write {day}T and the hour with its minutes, as {day}T14:10.", name)
                : Time(name);
    }
}
