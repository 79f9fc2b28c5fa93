using System.Collections.Concurrent;
using Safeconduct.Server.Operations;
using Safeconduct.Situation;
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
    public async Task<(Assessed Assessed, long Size)> Of(HostedOperation operation, Asked asked)
    {
        var own = kept.GetOrAdd(operation.Slug, _ => new Kept());
        var page = operation.Page;
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{asked.View.Lens}\n{asked.View.AsOf?.ToUnixTimeTicks()}\n{asked.View.Known}\n{asked.Audience}");
        await own.Gate.WaitAsync();
        try
        {
            if (own.Size != page.Size)
            {
                own.Views.Clear();
                own.Size = page.Size;
            }

            if (own.Views.TryGetValue(key, out var found))
            {
                return (found, page.Size);
            }

            if (own.Views.Count >= MostKept)
            {
                own.Views.Clear();
            }

            var assessed = await Task.Run(() => Assess.Of([.. asked.Shown(page, operation, clock.GetUtcNow())], page.Operation, asked.View, page.Agreement));
            own.Views[key] = assessed;
            return (assessed, page.Size);
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
    }
}
