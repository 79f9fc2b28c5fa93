using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Safeconduct.Bench.Figures;

/// <summary>
/// Invented operations: places, days, five leaf categories, with claims drawn around the true numbers.
/// tree: day = fighters + civilians and so on up to a grand total. table: all margins over place, day and category. mix: the table, with people remaining per place and under way per day.
/// Lines: <c>v NAME TRUE</c>, <c>e COEFFICIENT:QUANTITY ...</c> (adds up to 0), <c>c QUANTITY LOW HIGH SOURCE WRONG</c> with -1 for no high end.
/// </summary>
internal sealed class Generate(Instance instance)
{
    // Men, women, children, able fighters, wounded: how many there are of each beside the place's usual number.
    private static readonly double[] Leaves = [1, 1.2, 1.5, .8, .1];
    private static readonly double[] WrongBy = [.3, .5, 1.6, 2.5];

    private readonly Random _random = new(instance.Seed);
    private readonly List<long> _true = [];
    private readonly List<(int Coefficient, int Quantity)[]> _rules = [];

    public static void Run(string[] args)
    {
        var instance = Instance.Of(args, new Instance("tree", 1200, 100, 0, 1));
        using var file = new StreamWriter(args[5], append: false, new UTF8Encoding(false), 1 << 20);
        new Generate(instance).Write(file);
    }

    /// <summary>A file with the instance, made by a process of its own, so that what it needs does not count as ours. The caller deletes it.</summary>
    public static string File(Instance instance)
    {
        var path = Path.Combine(Path.GetTempPath(), "safeconduct-figures-" + Guid.NewGuid().ToString("N"));
        var program = Environment.ProcessPath!;
        string[] start = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        using var process = Process.Start(program, [.. start, "generate", .. instance.Arguments(), path]);
        process.WaitForExit();
        return process.ExitCode == 0 ? path : throw new InvalidOperationException("The network could not be generated.");
    }

    private void Write(StreamWriter file)
    {
        Quantities();
        for (var i = 0; i < _true.Count; i++)
        {
            file.Write(string.Create(CultureInfo.InvariantCulture, $"v q{i} {_true[i]}\n"));
        }

        foreach (var rule in _rules)
        {
            file.Write("e ");
            file.Write(string.Join(' ', rule.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Coefficient}:{t.Quantity}"))));
            file.Write('\n');
        }

        for (var i = 0; i < _true.Count; i++)
        {
            Claim(file);
        }
    }

    private void Quantities()
    {
        var (places, days) = (instance.Places, instance.Days);
        var leaf = new int[places, days, Leaves.Length];
        for (var p = 0; p < places; p++)
        {
            var usual = _random.Next(5, 400);
            for (var d = 0; d < days; d++)
            {
                for (var k = 0; k < Leaves.Length; k++)
                {
                    leaf[p, d, k] = New(Math.Max(0, (long)((usual + (usual / 3.0 * Normal())) * Leaves[k])));
                }
            }
        }

        var day = new int[places, days];
        for (var p = 0; p < places; p++)
        {
            for (var d = 0; d < days; d++)
            {
                var civilians = Sum([leaf[p, d, 0], leaf[p, d, 1], leaf[p, d, 2]]);
                var fighters = Sum([leaf[p, d, 3], leaf[p, d, 4]]);
                day[p, d] = Sum([civilians, fighters]);
            }
        }

        var byPlace = Each(places, p => Sum(Each(days, d => day[p, d])));
        if (instance.Kind == "tree")
        {
            Sum(byPlace);
            return;
        }

        var byDay = Each(days, d => Sum(Each(places, p => day[p, d])));
        Adds(Sum(byPlace), byDay);
        var placeLeaf = new int[places, Leaves.Length];
        var dayLeaf = new int[days, Leaves.Length];
        for (var k = 0; k < Leaves.Length; k++)
        {
            var leafNow = k;
            for (var p = 0; p < places; p++)
            {
                var place = p;
                placeLeaf[p, k] = Sum(Each(days, d => leaf[place, d, leafNow]));
            }

            for (var d = 0; d < days; d++)
            {
                var dayNow = d;
                dayLeaf[d, k] = Sum(Each(places, p => leaf[p, dayNow, leafNow]));
            }

            Adds(Sum(Each(places, p => placeLeaf[p, leafNow])), Each(days, d => dayLeaf[d, leafNow]));
        }

        for (var p = 0; p < places; p++)
        {
            Adds(byPlace[p], Each(Leaves.Length, k => placeLeaf[p, k]));
        }

        for (var d = 0; d < days; d++)
        {
            Adds(byDay[d], Each(Leaves.Length, k => dayLeaf[d, k]));
        }

        if (instance.Kind == "mix")
        {
            Flows(day, byDay);
        }
    }

    /// <summary>Remaining tomorrow = remaining - departed; under way tomorrow = under way + departed - arrived.</summary>
    private void Flows(int[,] day, int[] byDay)
    {
        for (var p = 0; p < instance.Places; p++)
        {
            var remaining = New(Each(instance.Days, d => day[p, d]).Sum(q => _true[q]) + _random.Next(0, 500));
            for (var d = 0; d < instance.Days; d++)
            {
                var next = New(_true[remaining] - _true[day[p, d]]);
                _rules.Add([(1, next), (-1, remaining), (1, day[p, d])]);
                remaining = next;
            }
        }

        var underWay = New(0);
        for (var d = 0; d < instance.Days; d++)
        {
            var arrived = New((long)((_true[underWay] + _true[byDay[d]]) * (.7 + (.3 * _random.NextDouble()))));
            var next = New(_true[underWay] + _true[byDay[d]] - _true[arrived]);
            _rules.Add([(1, next), (-1, underWay), (-1, byDay[d]), (1, arrived)]);
            underWay = next;
        }
    }

    /// <summary>30 per cent floors, 15 per cent ceilings, 35 per cent ten per cent either way, the rest exact.</summary>
    private void Claim(StreamWriter file)
    {
        var quantity = _random.Next(_true.Count);
        var wrong = _random.NextDouble() < instance.Wrong / 100;
        var x = wrong ? Math.Max(0, (long)(_true[quantity] * WrongBy[_random.Next(4)]) + (_random.Next(2) == 0 ? -40 : 60)) : _true[quantity];
        var (low, high) = _random.NextDouble() switch
        {
            < .3 => ((long)(x * .95), -1L),
            < .45 => (0L, (long)(x * 1.05) + 1),
            < .8 => ((long)(x * .9), (long)(x * 1.1) + 1),
            _ => (x, x),
        };
        file.Write(string.Create(CultureInfo.InvariantCulture, $"c {quantity} {low} {high} s{_random.Next(40)} {(wrong ? 1 : 0)}\n"));
    }

    private int New(long value)
    {
        _true.Add(value);
        return _true.Count - 1;
    }

    private int Sum(int[] parts)
    {
        var whole = New(parts.Sum(p => _true[p]));
        Adds(whole, parts);
        return whole;
    }

    private void Adds(int whole, int[] parts) => _rules.Add([(1, whole), .. parts.Select(p => (-1, p))]);

    private static int[] Each(int count, Func<int, int> of) => [.. Enumerable.Range(0, count).Select(of)];

    /// <summary>Box and Muller's pair, one of it.</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
