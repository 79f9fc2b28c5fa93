using System.Globalization;

namespace Safeconduct.Bench.Figures;

/// <summary>Which invented network: its kind and size, how many of a hundred claims are wrong, and the seed.</summary>
internal sealed record Instance(string Kind, int Places, int Days, double Wrong, int Seed)
{
    /// <summary>From the command's arguments; what is left out is taken from the default.</summary>
    public static Instance Of(IReadOnlyList<string> args, Instance other) => new(
        args.Count > 0 ? args[0] : other.Kind,
        args.Count > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : other.Places,
        args.Count > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : other.Days,
        args.Count > 3 ? double.Parse(args[3], CultureInfo.InvariantCulture) : other.Wrong,
        args.Count > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : other.Seed);

    public string[] Arguments() =>
        [Kind, Places.ToString(CultureInfo.InvariantCulture), Days.ToString(CultureInfo.InvariantCulture), Wrong.ToString(CultureInfo.InvariantCulture), Seed.ToString(CultureInfo.InvariantCulture)];

    public override string ToString() => string.Join(' ', Arguments());
}
