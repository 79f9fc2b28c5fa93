using NodaTime;
using NodaTime.Text;
using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;
using Xunit;

namespace Safeconduct.Tests.Statements;

public static class BoundAndTimeTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    public static TheoryData<Bound, string, long?, long?> Bounds => new()
    {
        { Bound.Exactly(337), "337", 337, 337 },
        { Bound.Exactly(0), "none", 0, 0 },
        { Bound.MoreThan(9500), "more than 9,500", 9501, null },
        { Bound.AtLeast(112), "at least 112", 112, null },
        { Bound.UpTo(30_000), "up to 30,000", null, 30_000 },
        { Bound.FewerThan(50), "fewer than 50", null, 49 },
        { Bound.About(8500), "about 8,500", 8500, 8500 },
        { Bound.Nearly(3000), "nearly 3,000", 3000, 3000 },
        { Bound.Between(30, 40), "30 to 40", 30, 40 },
        { Bound.Between(80_000, 100_000, approximate: true), "about 80,000 to 100,000", 80_000, 100_000 },
        { Bound.Vague("dozens", 24), "dozens", 24, null },
        { Bound.Vague("several times as many", null), "several times as many", null, null },
        { Bound.NotKnown, "not known", null, null },
        { Bound.Of(5, 10, true, false, Approximation.None, null), "more than 5 and up to 10", 6, 10 },
        { Bound.Of(5, 10, false, true, Approximation.None, null), "at least 5 and fewer than 10", 5, 9 },
        { Bound.Of(100, null, false, false, Approximation.EitherWay, null), "at least about 100", 100, null },
        { Bound.Of(30, 40, false, false, Approximation.Below, null), "nearly 30 to 40", 30, 40 },
        { Bound.Of(4, 6, true, true, Approximation.None, null), "more than 4 and fewer than 6", 5, 5 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public static void A_bound_reads_as_it_was_said_and_knows_its_least_and_most(Bound bound, string words, long? least, long? most)
    {
        Assert.Equal(words, bound.ToString());
        Assert.Equal((least, most), (bound.Least, bound.Most));
    }

    [Theory]
    [InlineData(8500, 10, 7650, 9350)]
    [InlineData(5, 10, 5, 5)]
    [InlineData(0, 50, 0, 0)]
    public static void About_reaches_as_far_as_the_operations_tolerance(long n, int tolerance, long least, long most)
    {
        Assert.Equal((least, most), (Bound.About(n).LeastWithin(tolerance), Bound.About(n).MostWithin(tolerance)));
        Assert.Equal((least, n), (Bound.Nearly(n).LeastWithin(tolerance), Bound.Nearly(n).MostWithin(tolerance)));
        Assert.Equal((n, n), (Bound.Exactly(n).LeastWithin(tolerance), Bound.Exactly(n).MostWithin(tolerance)));
    }

    [Fact]
    public static void A_bound_always_leaves_a_number_and_tolerance_never_narrows_it()
    {
        var random = new RandomStatements(21);
        for (var i = 0; i < 3000; i++)
        {
            var bound = random.Bound();
            Assert.False(bound.Least > bound.Most);
            Assert.False(bound.LeastWithin(10) > (bound.Least ?? long.MaxValue));
            Assert.False(bound.MostWithin(10) < bound.Most);
            Assert.Equal(bound.IsFloor, bound is { Low: not null, High: null });
        }
    }

    [Theory]
    [InlineData("2016-12-16", "2016-12-16", TimePrecision.Day)]
    [InlineData("2016-12", "2016-12", TimePrecision.Month)]
    [InlineData("2016-12-16T13:45:00+02:00", "2016-12-16T13:45:00+02:00", TimePrecision.Minute)]
    [InlineData("2016-12-16T13:45+02:00", "2016-12-16T13:45:00+02:00", TimePrecision.Minute)]
    [InlineData("2016-12-16T13:45:07+02", "2016-12-16T13:45:07+02:00", TimePrecision.Minute)]
    [InlineData("2016-12-16T11:45Z", "2016-12-16T11:45:00Z", TimePrecision.Minute)]
    public static void A_moment_is_read_as_precisely_as_it_was_said(string text, string canonical, TimePrecision precision)
    {
        var moment = Moment.Parse(text);
        Assert.Equal((canonical, precision), (moment.ToString(), moment.Precision));
        Assert.Equal(moment, Moment.Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2016-02-30")]
    [InlineData("2016-13")]
    [InlineData("16.12.2016")]
    [InlineData("2016-12-16T13:45:00")]
    [InlineData("2016-12-16 13:45")]
    [InlineData("٢٠١٦-١٢-١٦")]
    [InlineData("0016-12-16")]
    public static void What_is_no_moment_is_refused(string text) =>
        Assert.Equal($"'{text}' is not a day (2016-12-16), a month (2016-12) or a time with its offset (2016-12-16T13:45+02:00).", Assert.Throws<RefusedException>(() => Moment.Parse(text)).Message);

    [Fact]
    public static void An_offset_with_seconds_is_refused() =>
        Assert.Equal("An offset from UTC has hours and minutes, and no seconds.", Assert.Throws<RefusedException>(() => Moment.Parse("2016-12-16T13:45:00+02:25:12")).Message);

    [Fact]
    public static void A_year_far_from_ours_is_refused() =>
        Assert.Equal("The year 1066 is outside 1900 to 2999; check the date.", Assert.Throws<RefusedException>(() => Moment.OnDay(new LocalDate(1066, 10, 14))).Message);

    [Theory]
    [InlineData("2016-12-16", "2016-12-15T22:00:00Z", "2016-12-16T22:00:00Z")]
    [InlineData("2016-12", "2016-11-30T22:00:00Z", "2016-12-31T22:00:00Z")]
    [InlineData("2016-12-15/2016-12-16", "2016-12-14T22:00:00Z", "2016-12-16T22:00:00Z")]
    [InlineData("2016-12-16T13:00+02:00/2016-12-16", "2016-12-16T11:00:00Z", "2016-12-16T22:00:00Z")]
    [InlineData("2016-12-16/2016-12-16T13:00+02:00", "2016-12-15T22:00:00Z", "2016-12-16T11:00:00Z")]
    [InlineData("2016-12/2016-12-16", "2016-11-30T22:00:00Z", "2016-12-16T22:00:00Z")]
    [InlineData("2016-12-16/2016-12", "2016-12-15T22:00:00Z", "2016-12-31T22:00:00Z")]
    public static void A_time_spoken_of_reaches_over_whole_days_on_the_operations_clock(string text, string earliest, string latest)
    {
        var time = TimeSpoken.Parse(text);
        Assert.Equal((earliest, latest), (InstantPattern.General.Format(time.Earliest(Zone)), InstantPattern.General.Format(time.Latest(Zone))));
    }

    [Theory]
    [InlineData("2016-12-17/2016-12-16", "The time ends (2016-12-16) before it starts (2016-12-17).")]
    [InlineData("2016-12/2016-11-30", "The time ends (2016-11-30) before it starts (2016-12).")]
    [InlineData("2016-12-16T13:00+02:00/2016-12-16T13:00+03:00", "The time ends (2016-12-16T13:00:00+03:00) before it starts (2016-12-16T13:00:00+02:00).")]
    public static void A_time_that_ends_before_it_starts_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<RefusedException>(() => TimeSpoken.Parse(text)).Message);

    [Fact]
    public static void Times_come_back_from_their_text_and_never_end_before_they_start()
    {
        var random = new RandomStatements(31);
        for (var i = 0; i < 3000; i++)
        {
            var time = random.Time();
            Assert.Equal(time, TimeSpoken.Parse(time.ToString(), time.Words));
            Assert.True(time.Start.Earliest(DateTimeZone.Utc) <= time.Start.Latest(DateTimeZone.Utc));
        }
    }

    [Fact]
    public static void Moments_are_in_one_order_whatever_they_are_compared_with()
    {
        var random = new RandomStatements(32);
        var moments = Enumerable.Range(0, 60).Select(_ => random.Moment()).Concat(new[] { "2016-12-15T23:30Z", "2016-12-15", "2016-12-16T00:30+02:00", "2016-12" }
            .Select(Moment.Parse)).ToList();
        foreach (var a in moments)
        {
            foreach (var b in moments)
            {
                Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
                Assert.Equal(a.Equals(b), a.CompareTo(b) == 0);
                Assert.All(moments.Where(c => a.CompareTo(b) <= 0 && b.CompareTo(c) <= 0), c => Assert.True(a.CompareTo(c) <= 0));
            }
        }
    }
}
