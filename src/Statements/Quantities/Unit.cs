using System.Globalization;

namespace Safeconduct.Statements.Quantities;

/// <summary>What is counted. People, movements of people, vehicles and vehicle trips are different units and are never mixed.</summary>
public enum Unit
{
    People,
    Bodies,
    Vehicles,

    /// <summary>One vehicle making the way twice is two trips.</summary>
    Trips,

    /// <summary>One person crossing twice is two movements.</summary>
    Movements,
    Violations,
    Tonnes,
}

/// <summary>A number in a unit that ties into no network: per cent, km, days, shells. Kept and shown; never added to anything.</summary>
public sealed record Measured
{
    public Measured(decimal? low, decimal? high, bool approximate, string unit)
    {
        if (low is null && high is null)
        {
            throw new RefusedException("bound.empty", "A measured number needs a low or a high end.");
        }

        if (low > high)
        {
            throw new RefusedException("bound.low-above-high", $"The low end ({low?.ToString(CultureInfo.InvariantCulture)}) is above the high end ({high?.ToString(CultureInfo.InvariantCulture)}); swap them or leave one out.");
        }

        if (string.IsNullOrWhiteSpace(unit) || unit.Length > 60)
        {
            throw new RefusedException("unit.missing", "A number needs a unit of 1 to 60 characters.");
        }

        (Low, High, IsApproximate, Unit) = (low, high, approximate, unit);
    }

    public decimal? Low { get; }

    public decimal? High { get; }

    public bool IsApproximate { get; }

    public string Unit { get; }

    public override string ToString() => (Low, High) switch
    {
        ({ } a, { } b) when a == b => $"{(IsApproximate ? "about " : "")}{Said(a)} {Unit}",
        ({ } a, { } b) => $"{(IsApproximate ? "about " : "")}{Said(a)} to {Said(b)} {Unit}",
        ({ } a, null) => $"at least {Said(a)} {Unit}",
        (_, { } b) => $"up to {Said(b)} {Unit}",
        _ => Unit,
    };

    private static string Said(decimal n) => n.ToString("#,0.###", CultureInfo.InvariantCulture);
}
