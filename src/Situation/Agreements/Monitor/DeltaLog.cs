namespace Safeconduct.Situation.Agreements;

/// <summary>Every report that was taken up or taken back, in the order it became known; only ever appended to.</summary>
internal sealed class DeltaLog
{
    private const int Page = 4096;

    // Pages, because one array of a million deltas would be copied each time it grows.
    private readonly List<(long KnownAt, Happening Happening, bool Stands)[]> _pages = [];
    private int _count;

    public void Add(long knownAt, in Happening happening, bool stands)
    {
        if (_count % Page == 0)
        {
            _pages.Add(new (long, Happening, bool)[Page]);
        }

        _pages[^1][_count % Page] = (knownAt, happening, stands);
        _count++;
    }

    public IEnumerable<(long KnownAt, Happening Happening, bool Stands)> Until(long knownAt)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_pages[i / Page][i % Page] is var delta && delta.KnownAt <= knownAt)
            {
                yield return delta;
            }
        }
    }
}
