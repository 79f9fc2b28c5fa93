using NodaTime;
using Safeconduct.Situation;
using Safeconduct.Situation.Movements;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Movement;
using Safeconduct.Statements.Kinds.Withdrawal;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Core.Situation;

/// <summary>Convoys on their way: legs, sessions, the passenger balance, and totals beside batches.</summary>
public sealed class MovementTests
{
    private static readonly Operation WithTravelTime = new(Say.Operation.Name, Say.Operation.Zone, Say.Operation.Gazetteer) { UsualTravel = Duration.FromHours(3) };

    [Fact]
    public void A_convoy_is_followed_from_departure_to_arrival_and_those_known_otherwise_are_taken_off()
    {
        var convoy = Only(
            Count("D", "own", Measure.Left, "412", 10),
            Count("H", "own", Measure.Held, "12", 11),
            Count("A", "own", Measure.Arrived, "380", 12, to: "hill"));
        Assert.Equal("convoy-3.old-city.2031-05-01", convoy.Id);
        Assert.Equal([LegStep.Departed, LegStep.Held, LegStep.Arrived], convoy.Legs.Select(l => l.Step));
        var missing = convoy.NotAccountedFor!;
        Assert.Equal((20, 20, Alarm.Raised), (missing.Low, missing.High, missing.Alarm));
        Assert.Equal("Departed:D Arrived:A Held:H", string.Join(' ', missing.Terms.Select(t => $"{t.Share}:{t.Ids.Ids()}")));
        Assert.Contains(Share.Born, missing.NotSpokenOf);
        Assert.Equal(("D", "A"), (missing.LastSeen!.Ids.Ids(), missing.FirstMissing!.Ids.Ids()));
        Assert.Equal(new PlaceId("hill"), missing.FirstMissing.Place);
    }

    [Theory]
    [InlineData("the third column")]
    [InlineData("batch 3")]
    [InlineData("3rd convoy")]
    [InlineData("Convoy no. 3")]
    public void One_convoy_in_different_words_is_one_convoy(string words) =>
        Assert.Equal("convoy-3.old-city.2031-05-01", Only(Count("D", "own", Measure.Left, "412", 10), Count("A", "un", Measure.Arrived, "412", 12, batch: words, to: "hill")).Id);

    [Fact]
    public void Ten_batches_are_no_batch() => Assert.Empty(Assessed(Count("D", "own", Measure.Left, "4120", 10, batch: "ten batches")).Movements.Convoys);

    [Fact]
    public void Two_independent_counts_of_one_session_are_never_added_and_their_difference_shows()
    {
        var convoy = Only(Count("D1", "own", Measure.Left, "412", 10), Count("D2", "partner", Measure.Left, "398", 10));
        var session = Assert.Single(convoy.Sessions);
        Assert.Equal((14, (long?)null), (session.Difference, session.Agreed));
        Assert.Equal((398, 412), (convoy.NotAccountedFor!.Terms[0].Low, convoy.NotAccountedFor.Terms[0].High));
    }

    [Fact]
    public void Equal_numbers_are_agreed_only_where_the_other_source_confirms_in_so_many_words()
    {
        var (one, two) = (Count("D1", "own", Measure.Left, "412", 10), Count("D2", "partner", Measure.Left, "412", 10));
        Assert.Null(Only(one, two).Sessions.Single().Agreed);
        Assert.Equal(412, Only(one, two with { Links = [new Link(Relation.Confirms, one.Id)] }).Sessions.Single().Agreed);
        Assert.Null(Only(one, two, Count("D3", "un", Measure.Left, "410", 10) with { Links = [new Link(Relation.Confirms, two.Id)] }).Sessions.Single().Agreed);
    }

    [Fact]
    public void What_one_source_counts_bus_by_bus_adds_and_its_count_of_the_whole_goes_before()
    {
        var buses = new[] { Count("B1", "own", Measure.Left, "48", 10, batch: "convoy 3, bus 1"), Count("B2", "own", Measure.Left, "51", 10, batch: "convoy 3, bus 2"), Count("B3", "own", Measure.Left, "40", 10, batch: "convoy 3, bus 1, trip 2") };
        Assert.Equal(139, Only(buses).NotAccountedFor!.Terms[0].Low);
        Assert.Equal(["bus-1", "bus-1", "bus-2"], Only(buses).Sessions.Select(s => s.Vehicle).Order(StringComparer.Ordinal));
        Assert.Equal(140, Only([.. buses, Count("W", "own", Measure.Left, "140", 10)]).NotAccountedFor!.Terms[0].High);
    }

    [Fact]
    public void Vehicles_trips_and_people_are_never_added()
    {
        var convoy = Only(
            Say.That("M", "own", new Movement(Step.Departed, "convoy 3", [new Counted(Unit.Vehicles, Category.Buses, Bound.Exactly(8))], Say.People(Bound.Exactly(400))), "2031-05-01T10:00+02:00"),
            Say.That("T", "own", new Headcount(Measure.Left, new Counted(Unit.Trips, Category.Buses, Bound.Exactly(9)), Batch: "convoy 3"), "2031-05-01T10:00+02:00"));
        Assert.Equal(400, Assert.Single(convoy.NotAccountedFor!.Terms, t => t.Share is Share.Departed).High);
        Assert.Equal([Unit.People, Unit.Vehicles, Unit.Trips], convoy.Sessions.Select(s => s.Unit).Order());
    }

    [Fact]
    public void People_at_a_second_line_are_not_new_people_and_the_line_after_which_some_are_missing_is_named()
    {
        var missing = Only(Count("D", "own", Measure.Left, "412", 10), Count("P", "own", Measure.Passed, "412", 11, from: "new-city"), Count("A", "own", Measure.Arrived, "380", 12, to: "hill")).NotAccountedFor!;
        Assert.Equal((32, 32), (missing.Low, missing.High));
        Assert.Equal((LegStep.Passed, "P", "A"), (missing.LastSeen!.Step, missing.LastSeen.Ids.Ids(), missing.FirstMissing!.Ids.Ids()));
    }

    [Theory]
    [InlineData("2031-05-01T12:30+02:00", Alarm.NotYetDue, 0, 412)]
    [InlineData("2031-05-01T13:00+02:00", Alarm.Raised, 412, 412)]
    [InlineData("2031-06-01", Alarm.Raised, 412, 412)]
    public void The_alarm_waits_for_the_usual_travel_time_and_then_stays(string asOf, Alarm alarm, long low, long underWayOrMissing)
    {
        var missing = Assess.Of([Count("D", "own", Measure.Left, "412", 10)], WithTravelTime, new View(Lens.All, Moment.Parse(asOf).Earliest(Say.Operation.Zone))).Movements.Convoys.Single().NotAccountedFor!;
        Assert.Equal((alarm, low), (missing.Alarm is Alarm.NobodyMissing ? Alarm.NotYetDue : missing.Alarm, missing.Low));
        Assert.Equal(underWayOrMissing, missing.High is 0 ? missing.Terms.Single(t => t.Share is Share.UnderWay).High : missing.High);
    }

    [Fact]
    public void Without_a_usual_travel_time_nobody_is_called_overdue()
    {
        var missing = Say.Assessed(Count("D", "own", Measure.Left, "412", 10), Count("A", "own", Measure.Arrived, "380", 12, to: "hill")).Movements.Convoys.Single().NotAccountedFor!;
        Assert.Equal((0, 32, Alarm.TravelTimeNotStated, (Instant?)null), (missing.Low, missing.High, missing.Alarm, missing.Due));
    }

    [Fact]
    public void An_arrival_that_nobody_counted_is_unknown_and_not_nobody()
    {
        var missing = Only(Count("D", "own", Measure.Left, "412", 10), Say.That("A", "own", new Movement(Step.Arrived, "convoy 3"), "2031-05-01T12:00+02:00", to: "hill")).NotAccountedFor!;
        Assert.Equal((0, 412, Alarm.ArrivalNotCounted), (missing.Low, missing.High, missing.Alarm));
        Assert.Contains(Share.Arrived, missing.NotSpokenOf);
    }

    [Fact]
    public void A_departure_that_nobody_counted_leaves_no_number_missing() => Assert.Null(Only(Count("A", "own", Measure.Arrived, "380", 12, to: "hill")).NotAccountedFor);

    [Fact]
    public void Open_ends_stay_open()
    {
        Assert.Null(Only(Count("D", "own", Measure.Left, "more than 400", 10), Count("A", "own", Measure.Arrived, "380", 12, to: "hill")).NotAccountedFor!.High);
        Assert.Equal(0, Only(Count("D", "own", Measure.Left, "412", 10), Count("A", "own", Measure.Arrived, "at least 380", 12, to: "hill")).NotAccountedFor!.Low);
    }

    [Fact]
    public void Those_released_are_no_longer_held_and_must_be_counted_again()
    {
        var missing = Only(Count("D", "own", Measure.Left, "412", 10), Count("H", "own", Measure.Held, "12", 11), Count("R", "own", Measure.Released, "9", 12), Count("A", "own", Measure.Arrived, "400", 13, to: "hill")).NotAccountedFor!;
        Assert.Equal((9, 9), (missing.Low, missing.High));
        Assert.Equal("H R", missing.Terms.Single(t => t.Share is Share.Held).Ids.Ids());
    }

    [Fact]
    public void An_evening_total_of_one_convoy_is_not_added_to_what_it_sums_up()
    {
        var missing = Only(
            Count("D", "own", Measure.Left, "280", 8),
            Count("A1", "own", Measure.Arrived, "251", 12, to: "hill"), Count("A2", "own", Measure.Arrived, "26", 17, to: "hill"), Count("A3", "own", Measure.Arrived, "277", 20, to: "hill")).NotAccountedFor!;
        Assert.Equal((3, 3), (missing.Low, missing.High));
        Assert.Equal(29, Only(Count("D", "own", Measure.Left, "280", 8), Count("A1", "own", Measure.Arrived, "251", 12, to: "hill"), Count("A2", "own", Measure.Arrived, "250", 15, to: "hill")).NotAccountedFor!.High);
    }

    [Fact]
    public void The_same_is_said_of_a_category_only_where_departure_and_arrival_counted_it()
    {
        var missing = Only(
            Say.That("D", "own", new Headcount(Measure.Left, Say.People(Bound.Exactly(412)), Including: [Say.People(Bound.Exactly(60), Category.Children), Say.People(Bound.Exactly(20), Category.Fighters)], Batch: "convoy 3"), "2031-05-01T10:00+02:00"),
            Say.That("A", "own", new Headcount(Measure.Arrived, Say.People(Bound.Exactly(400)), Including: [Say.People(Bound.Exactly(57), Category.Children)], Batch: "convoy 3"), "2031-05-01T12:00+02:00", to: "hill")).NotAccountedFor!;
        var children = Assert.Single(missing.ByCategory);
        Assert.Equal(("children", 3, 3), (children.Category.Slug, children.Low, children.High));
    }

    [Fact]
    public void A_withdrawn_count_is_shown_and_counts_for_nothing()
    {
        var convoy = Only(Count("D", "own", Measure.Left, "412", 10), Count("E", "un", Measure.Left, "900", 10), Say.That("W", "un", new Withdrawal(new StatementId("E"), "a slip"), "2031-05-01"));
        Assert.Equal(412, convoy.NotAccountedFor!.High);
        Assert.False(convoy.Legs.SelectMany(l => l.Counts).Single(c => c.Id.Value == "E").Stands);
    }

    [Fact]
    public void The_second_day_s_third_convoy_is_another_convoy_and_an_arrival_after_midnight_is_the_first_one_s()
    {
        var convoys = Assessed(
            Count("D1", "own", Measure.Left, "400", 22), Count("A1", "own", Measure.Arrived, "400", 1, day: 2, to: "hill"),
            Count("D2", "own", Measure.Left, "300", 10, day: 3), Count("A2", "own", Measure.Arrived, "290", 12, day: 3, to: "hill")).Movements.Convoys;
        Assert.Equal(["convoy-3.old-city.2031-05-01", "convoy-3.old-city.2031-05-03"], convoys.Select(c => c.Id));
        Assert.Equal([0, 10], convoys.Select(c => c.NotAccountedFor!.High));
    }

    [Fact]
    public void Batches_stand_with_their_sum_beside_the_total_of_the_same_body()
    {
        var total = Assert.Single(Assessed(
            Count("B1", "ministry/a", Measure.Left, "951", 10, batch: "first convoy"), Count("B2", "ministry/a", Measure.Left, "1198", 14, batch: "second convoy"),
            Count("X", "other", Measure.Left, "5000", 15, batch: "third convoy"),
            Say.Total("T", "ministry/b", Bound.MoreThan(2300), "2031-05-01")).Movements.Totals);
        Assert.Equal(("T", "more than 2,300", 2149, 2149), (total.Total.Value, total.Stated.ToString(), total.SumLow, total.SumHigh));
        Assert.Equal(["convoy-1", "convoy-2"], total.Batches.Select(b => b.Name));
    }

    [Fact]
    public void Order_and_repetition_change_nothing()
    {
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var random = new Random(seed);
            var statements = Invented(random);
            var shuffled = statements.OrderBy(_ => random.Next()).Concat(statements.Where(_ => random.Next(2) == 0)).ToArray();
            Assert.Equal(Written(Assessed(statements)), Written(Assessed(shuffled)));
        }
    }

    [Fact]
    public void A_later_arrival_never_raises_who_is_not_accounted_for()
    {
        foreach (var seed in Enumerable.Range(1, 200))
        {
            var random = new Random(seed);
            foreach (var operation in (Operation[])[WithTravelTime, Say.Operation])
            {
                var statements = Invented(random);
                var late = Count("Z", random.Next(2) == 0 ? "own" : "late-comer", Measure.Arrived, $"{random.Next(1, 80)}", 6, day: 3, to: random.Next(2) == 0 ? "hill" : "valley");
                var (before, after) = (Missing(operation, statements), Missing(operation, [.. statements, late]));
                Assert.True(after.Low <= before.Low && (before.High is null || after.High <= before.High), $"seed {seed}: {before} became {after}");
            }
        }
    }

    [Fact]
    public void The_ends_add_up_from_their_terms()
    {
        foreach (var seed in Enumerable.Range(1, 100))
        {
            var missing = Assessed(Invented(new Random(seed))).Movements.Convoys.Single().NotAccountedFor!;
            long Low(bool joined) => missing.Terms.Where(t => t.Joined == joined).Sum(t => t.Low);
            long? High(bool joined) => missing.Terms.Where(t => t.Joined == joined).Aggregate((long?)0, (sum, t) => sum + t.High);
            Assert.Equal(High(false) is { } gone && missing.ArrivalsNotCounted.Count == 0 ? Math.Max(0, Low(true) - gone) : 0, missing.Low);
            Assert.Equal(High(true) is { } joined ? Math.Max(0, joined - Low(false)) : null, missing.High);
        }
    }

    /// <summary>The slow twin: every choice of one source a session, and of one end of its words, tried out.</summary>
    [Fact]
    public void Trying_every_choice_of_source_gives_the_same_ends()
    {
        var tried = 0;
        foreach (var seed in Enumerable.Range(1, 150))
        {
            var random = new Random(seed);
            var sessions = new List<(int Sign, List<(long Low, long High)> Rivals)>();
            var statements = new List<Statement>();
            foreach (var (measure, hour) in new[] { (Measure.Left, 8), (Measure.TurnedBack, 10), (Measure.Arrived, 12), (Measure.Arrived, 15), (Measure.GotOff, 17) }.Where(s => s.Item1 is Measure.Left || random.Next(3) > 0))
            {
                var rivals = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Low: (long)random.Next(0, 120), Wide: random.Next(0, 2) * random.Next(1, 20))).Select(r => (r.Low, High: r.Low + r.Wide)).ToList();
                sessions.Add((measure is Measure.Left ? 1 : -1, rivals));
                statements.AddRange(rivals.Select((r, i) => Count($"S{hour}{i}", $"source-{i}", measure, $"{r.Low}-{r.High}", hour, to: "hill", exact: (r.Low, r.High))));
            }

            var outcomes = new HashSet<long> { 0 };
            foreach (var (sign, rivals) in sessions)
            {
                outcomes = [.. outcomes.SelectMany(o => rivals.SelectMany(r => new[] { o + (sign * r.Low), o + (sign * r.High) }))];
            }

            // Two arrivals of which the later may be the total of both, or that are together more than set out, are no matter of choice; other laws hold them.
            var (came, later) = (statements.Where(s => s.Id.Value.StartsWith("S12", StringComparison.Ordinal)).ToList(), statements.Where(s => s.Id.Value.StartsWith("S15", StringComparison.Ordinal)).ToList());
            if (came.Count > 0 && later.Count > 0 && (LowOf(later) >= LowOf(came) || LowOf(came) + LowOf(later) > sessions[0].Rivals.Max(r => r.High)))
            {
                continue;
            }

            tried++;
            Assert.Equal((Math.Max(0, outcomes.Min()), Math.Max(0, outcomes.Max())), Missing(WithTravelTime, [.. statements]));
        }

        Assert.True(tried > 60);
    }

    private static long LowOf(IEnumerable<Statement> statements) => statements.Min(s => ((Headcount)s.Said).Counted.Bound.Low!.Value);

    private static (long Low, long? High) Missing(Operation operation, Statement[] statements)
    {
        var missing = Assess.Of(statements, operation, new View(Lens.All, Moment.Parse("2031-07-01").Earliest(operation.Zone))).Movements.Convoys.Single().NotAccountedFor!;
        return (missing.Low, missing.High);
    }

    private static Assessed Assessed(params Statement[] statements) => Assess.Of(statements, WithTravelTime, new View(Lens.All, Moment.Parse("2031-07-01").Earliest(Say.Operation.Zone)));

    private static Convoy Only(params Statement[] statements) => Assert.Single(Assessed(statements).Movements.Convoys);

    private static Statement Count(string id, string source, Measure measure, string bound, int hour, string batch = "convoy 3", int day = 1, string? to = null, string from = "old-city", (long Low, long High)? exact = null) =>
        Say.That(
            id,
            source,
            new Headcount(measure, Say.People(exact is { } e ? e.Low == e.High ? Bound.Exactly(e.Low) : Bound.Between(e.Low, e.High) : Say.Bound(bound)), Batch: batch),
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"2031-05-{day:00}T{hour:00}:00+02:00"),
            from: from,
            to: to);

    private static Statement[] Invented(Random random)
    {
        Measure[] measures = [Measure.Arrived, Measure.Arrived, Measure.TurnedBack, Measure.Held, Measure.GotOff, Measure.Passed, Measure.Aboard, Measure.Boarded, Measure.Killed];
        string[] bounds = ["{0}", "{0}", "about {0}", "at least {0}", "up to {0}", "not known"];
        var rest = Enumerable.Range(1, random.Next(1, 9)).Select(i =>
        {
            var measure = measures[random.Next(measures.Length)];
            var bound = string.Format(System.Globalization.CultureInfo.InvariantCulture, bounds[random.Next(bounds.Length)], random.Next(1, 150));
            return Count($"S{i}", $"source-{random.Next(3)}", measure, bound, random.Next(9, 24), to: measure is Measure.Arrived ? random.Next(3) == 0 ? "valley" : "hill" : null);
        });
        return [Count("D", "own", Measure.Left, $"{random.Next(200, 500)}", 8), .. rest];
    }

    private static string Written(Assessed assessed) => string.Join('\n', assessed.Movements.Convoys.Select(c =>
        $"{c.Id} {string.Join(';', c.Legs.Select(l => $"{l.Step} {l.Place} {l.Times.Select(t => t.Id).Ids()} {string.Join(',', l.Counts.Select(n => $"{n.Id} {n.Bound}"))}"))}"
        + $" {string.Join(';', c.Sessions.Select(s => $"{s.Measure} {s.Line} {s.Counts.Select(n => n.Id).Ids()} {s.Difference} {s.Agreed}"))}"
        + $" {c.NotAccountedFor?.Low}..{c.NotAccountedFor?.High} {c.NotAccountedFor?.Alarm} {c.NotAccountedFor?.LastSeen?.Ids.Ids()} {c.NotAccountedFor?.FirstMissing?.Ids.Ids()}"));
}
