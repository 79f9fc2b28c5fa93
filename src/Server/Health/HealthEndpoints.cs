using System.Globalization;
using System.Text;
using Safeconduct.Server.Access;
using Safeconduct.Server.Operations;

namespace Safeconduct.Server.Health;

/// <summary>Whether the records are open.</summary>
public sealed class Readiness
{
    private volatile bool isOpen;

    public bool IsOpen
    {
        get => isOpen;
        set => isOpen = value;
    }
}

/// <summary>Counts since the start, of acts and never of people.</summary>
public sealed class Figures
{
    private long entriesTaken;
    private long entriesRefused;
    private long listeners;

    public void Took(int n) => Interlocked.Add(ref entriesTaken, n);

    public void Refused(int n) => Interlocked.Add(ref entriesRefused, n);

    public void Listens(int change) => Interlocked.Add(ref listeners, change);

    internal (long Taken, long Refused, long Listeners) Read() => (Interlocked.Read(ref entriesTaken), Interlocked.Read(ref entriesRefused), Interlocked.Read(ref listeners));
}

internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).OpenToAll("Whoever watches the process; it says nothing else.");
        app.MapGet("/health/ready", (Readiness readiness, HostedOperations operations) => readiness.IsOpen
            ? Results.Text(operations.Failed.IsEmpty ? "ready" : "ready, with operations that did not open")
            : Results.Text("opening", statusCode: StatusCodes.Status503ServiceUnavailable)).OpenToAll("Whoever watches the process; it says nothing else.");
        app.MapGet("/metrics", Metrics).Requires(Act.RunServer);
    }

    // Prometheus text exposition format 0.0.4: enough for counters, without a dependency.
    private static IResult Metrics(Figures figures, HostedOperations operations)
    {
        var (taken, refused, listeners) = figures.Read();
        var text = new StringBuilder();
        Line("safeconduct_entries_taken_total", "Entries taken in since the start.", "counter", taken);
        Line("safeconduct_entries_refused_total", "Entries refused since the start.", "counter", refused);
        Line("safeconduct_live_listeners", "Pages that listen now.", "gauge", listeners);
        Line("safeconduct_operations", "Operations open.", "gauge", operations.All.Count());
        Line("safeconduct_operations_not_open", "Operations that could not be opened.", "gauge", operations.Failed.Count);
        Line("safeconduct_memory_bytes", "Working set.", "gauge", Environment.WorkingSet);
        return Results.Text(text.ToString(), "text/plain; version=0.0.4");

        void Line(string name, string help, string type, long value) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");
    }
}
