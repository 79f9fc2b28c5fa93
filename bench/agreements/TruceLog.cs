using System.Globalization;
using System.Text;
using Safeconduct.Situation.Agreements.Monitor;

namespace Safeconduct.Bench.Agreements;

/// <summary>One event of a log.</summary>
/// <param name="Time">Seconds.</param>
/// <param name="First">Its first argument; then the second and the third, 0 where there is none.</param>
internal readonly record struct LogEvent(int Time, LogName Name, int First, int Second, int Third);

internal enum LogName
{
    None,
    Incident,
    Suspend,
    Resume,
    Board,
    Arrive,
    Cincident,
    Depart,
}

/// <summary>Logs of a truce in MonPoly's format: made with a script's distributions and its random numbers, and read.</summary>
internal static class TruceLog
{
    private static readonly string[] Words = ["", "incident", "suspend", "resume", "board", "arrive", "cincident", "depart"];

    /// <summary>The log of <c>gen_truce.py EVENTS DAYS CROSSINGS CONVOYS_PER_DAY SEED</c>, to the byte.</summary>
    public static byte[] Make(int events, double days, int crossings, int convoysPerDay, uint seed)
    {
        var random = new PythonRandom(seed);
        var span = (int)(days * 86400);
        var (boardings, incidents, suspensions) = ((int)(events * 0.45), (int)(events * 0.03), (int)(events * 0.03));
        var departures = events - (2 * boardings) - incidents - (2 * suspensions);
        var convoys = Math.Max(1, (int)(days * convoysPerDay));
        var starts = Enumerable.Range(0, convoys).Select(_ => random.Below(span)).Order().ToArray();
        var lengths = Enumerable.Range(0, convoys).Select(_ => random.Between(2 * 3600, 14 * 3600)).ToArray();
        var log = new List<LogEvent>(events + convoys);
        for (var p = 0; p < boardings; p++)
        {
            var convoy = random.Below(convoys);
            var time = Math.Min(span - 1, starts[convoy] + random.Between(0, 3600));
            log.Add(new(time, LogName.Board, p, convoy, 0));
            if (random.Real() < 0.998)
            {
                log.Add(new(time + lengths[convoy] + random.Between(0, 600), LogName.Arrive, p, convoy, 0));
            }
        }

        for (var c = 0; c < convoys; c++)
        {
            if (lengths[c] > 11 * 3600 && random.Real() < 0.7)
            {
                log.Add(new(starts[c] + random.Between(3600, 10 * 3600), LogName.Cincident, c, 0, 0));
            }
        }

        foreach (var (name, count) in new[] { (LogName.Incident, incidents), (LogName.Suspend, suspensions), (LogName.Resume, suspensions) })
        {
            for (var i = 0; i < count; i++)
            {
                log.Add(new(random.Below(span), name, random.Below(crossings), 0, 0));
            }
        }

        for (var i = 0; i < departures; i++)
        {
            log.Add(new(random.Below(span), LogName.Depart, i, random.Below(2), random.Between(1, 60)));
        }

        return Written(log.OrderBy(e => e.Time));
    }

    /// <summary>Reads a log; events of one time-point in the order in which they stand.</summary>
    public static List<LogEvent> Read(ReadOnlySpan<byte> text)
    {
        var log = new List<LogEvent>(text.Length / 24);
        var (at, time) = (0, 0);
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)'@':
                    at++;
                    time = Number(text, ref at);
                    break;
                case (byte)' ' or (byte)';' or (byte)'\n':
                    at++;
                    break;
                default:
                    var open = at + text[at..].IndexOf((byte)'(');
                    var name = text[at] switch
                    {
                        (byte)'i' => LogName.Incident,
                        (byte)'s' => LogName.Suspend,
                        (byte)'r' => LogName.Resume,
                        (byte)'b' => LogName.Board,
                        (byte)'a' => LogName.Arrive,
                        (byte)'c' => LogName.Cincident,
                        (byte)'d' => LogName.Depart,
                        _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"An unknown event at byte {at}.")),
                    };
                    at = open;
                    while (at < text.Length && text[at] == (byte)'(')
                    {
                        at++;
                        var (first, second, third) = (Number(text, ref at), 0, 0);
                        if (text[at] == (byte)',')
                        {
                            at++;
                            second = Number(text, ref at);
                        }

                        if (text[at] == (byte)',')
                        {
                            at++;
                            third = Number(text, ref at);
                        }

                        at++;
                        log.Add(new(time, name, first, second, third));
                    }

                    break;
            }
        }

        return log;
    }

    /// <summary>An event as a report: crossings, convoys and persons at the three places of the key, numbered from 1; a departure's side is part of its name.</summary>
    public static Happening Happening(in LogEvent said, int id) => said.Name switch
    {
        LogName.Board or LogName.Arrive => Situation.Agreements.Monitor.Happening.At(id, (int)said.Name, new Key(0, said.Second + 1, said.First + 1), said.Time * 1000L),
        LogName.Cincident => Situation.Agreements.Monitor.Happening.At(id, (int)said.Name, new Key(0, said.First + 1, 0), said.Time * 1000L),
        LogName.Depart => Situation.Agreements.Monitor.Happening.At(id, (int)said.Name + said.Second, default, said.Time * 1000L, said.Third),
        _ => Situation.Agreements.Monitor.Happening.At(id, (int)said.Name, new Key(said.First + 1, 0, 0), said.Time * 1000L),
    };

    private static int Number(ReadOnlySpan<byte> text, ref int at)
    {
        var number = 0;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + text[at++] - '0';
        }

        return number;
    }

    private static byte[] Written(IEnumerable<LogEvent> log)
    {
        var text = new StringBuilder();
        var point = new List<LogEvent>();
        foreach (var said in log)
        {
            if (point.Count > 0 && point[0].Time != said.Time)
            {
                Write(text, point);
            }

            point.Add(said);
        }

        Write(text, point);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, List<LogEvent> point)
    {
        text.Append(CultureInfo.InvariantCulture, $"@{point[0].Time}");
        foreach (var same in point.GroupBy(e => e.Name))
        {
            text.Append(' ').Append(Words[(int)same.Key]);
            foreach (var said in same)
            {
                var arguments = said.Name switch
                {
                    LogName.Board or LogName.Arrive => string.Create(CultureInfo.InvariantCulture, $"({said.First},{said.Second})"),
                    LogName.Depart => string.Create(CultureInfo.InvariantCulture, $"({said.First},{said.Second},{said.Third})"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"({said.First})"),
                };
                text.Append(arguments);
            }
        }

        text.Append(";\n");
        point.Clear();
    }
}
