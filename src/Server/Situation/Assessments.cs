using System.Collections.Concurrent;
using Safeconduct.Server.Operations;
using Safeconduct.Situation;
using Safeconduct.Situation.Agreements.Readings;
using Safeconduct.Situation.Views;
using Safeconduct.Statements;

namespace Safeconduct.Server.Situation;

/// <summary>
/// Conclusions of an operation, kept for as long as the book does not turn its page. A view is concluded once however many pages ask for it, and one view at a time:
/// concluding takes a whole core.
/// </summary>
internal sealed class Assessments(TimeProvider clock)
{
    private const int MostKept = 24;
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>The conclusions of a view, and the size of the record they rest on.</summary>
    public Task<(Assessed Assessed, long Size)> Of(HostedOperation operation, Asked asked) =>
        Once(operation, asked, own => own.Views, (statements, page) => Assess.Of(statements, page.Operation, asked.View, page.Agreement, Slot(page, asked)));

    /// <summary>How the readings of terms changed as statements became known, up to the view's instant. Empty where no agreement is entered.</summary>
    public async Task<IReadOnlyList<VerdictChange>> History(HostedOperation operation, Asked asked) =>
        (await Once(operation, asked, own => own.Histories, (statements, page) => page.Agreement is { } agreement ? TermHistory.Of(agreement, statements, page.Operation, asked.View, Slot(page, asked)) : [])).Made;

    /// <summary>Deadlines pass in silence too, so what stands now is read again every ten minutes where there is an agreement. A view of the past stays as it is.</summary>
    private NodaTime.Instant? Slot(BookPage page, Asked asked) => page.Agreement is null || asked.View.AsOf is not null
        ? null
        : NodaTime.Instant.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds() / 600 * 600);

    private async Task<(T Made, long Size)> Once<T>(HostedOperation operation, Asked asked, Func<Kept, Dictionary<string, T>> shelf, Func<IReadOnlyCollection<Statement>, BookPage, T> make)
    {
        var own = kept.GetOrAdd(operation.Slug, _ => new Kept());
        var page = operation.Page;
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{asked.View.Lens}\n{asked.View.AsOf?.ToUnixTimeTicks()}\n{asked.View.Known}\n{asked.Audience}\n{Slot(page, asked)?.ToUnixTimeTicks()}");
        await own.Gate.WaitAsync();
        try
        {
            if (own.Size != page.Size)
            {
                own.Views.Clear();
                own.Histories.Clear();
                own.Size = page.Size;
            }

            var made = shelf(own);
            if (made.TryGetValue(key, out var found))
            {
                return (found, page.Size);
            }

            if (made.Count >= MostKept)
            {
                made.Clear();
            }

            var fresh = await Task.Run(() => make([.. asked.Shown(page, operation, clock.GetUtcNow())], page));
            made[key] = fresh;
            return (fresh, page.Size);
        }
        finally
        {
            own.Gate.Release();
        }
    }

    private sealed class Kept
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public long Size { get; set; } = -1;

        public Dictionary<string, Assessed> Views { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, IReadOnlyList<VerdictChange>> Histories { get; } = new(StringComparer.Ordinal);
    }
}
