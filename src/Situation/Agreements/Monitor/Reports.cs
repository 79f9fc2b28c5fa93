namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// Every report that was taken up, by slot. Where all is remembered, a slot is never used again and the log of what became known names slots; else a slot is free once its report is withdrawn or folded, and no log is kept.
/// </summary>
internal sealed class Reports(bool remembers)
{
    private const int PageBits = 12;
    private const int PageMask = (1 << PageBits) - 1;

    // Pages, because one array of a million reports would be copied each time it grows.
    private readonly Dictionary<int, int> _slotOf = [];
    private readonly Stack<int> _free = new();
    private readonly List<(long KnownAt, int Slot, bool Stands)[]> _log = [];
    private Happening[][] _pages = [new Happening[1 << PageBits]];
    private int[] _holders = [];
    private int _used;
    private int _logged;

    /// <summary>Slots that parallel arrays need room for.</summary>
    public int Capacity => _pages.Length << PageBits;

    /// <summary>Reports that stand.</summary>
    public int Count => _slotOf.Count;

    /// <summary>Every slot in use.</summary>
    public IEnumerable<int> Slots => _slotOf.Values;

    public ref readonly Happening this[int slot] => ref _pages[slot >> PageBits][slot & PageMask];

    /// <summary>Keeps a report; -1: one with its number stands already.</summary>
    public int Add(in Happening happening, long knownAt)
    {
        ref var slot = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_slotOf, happening.Id, out var stands);
        if (stands)
        {
            return -1;
        }

        if (!_free.TryPop(out slot))
        {
            slot = _used++;
            if (slot == Capacity)
            {
                var had = _pages.Length;
                Array.Resize(ref _pages, 2 * had);
                for (var p = had; p < _pages.Length; p++)
                {
                    _pages[p] = [];
                }
            }

            if (_pages[slot >> PageBits].Length == 0)
            {
                _pages[slot >> PageBits] = new Happening[1 << PageBits];
            }
        }

        _pages[slot >> PageBits][slot & PageMask] = happening;
        Log(knownAt, slot, stands: true);
        return slot;
    }

    /// <summary>The slot of a report; -1: none with that number stands.</summary>
    public int SlotOf(int id) => _slotOf.TryGetValue(id, out var slot) ? slot : -1;

    /// <summary>Lets a report go that no rule holds any longer.</summary>
    public void Remove(int slot, long knownAt)
    {
        _slotOf.Remove(this[slot].Id);
        Log(knownAt, slot, stands: false);
        if (!remembers)
        {
            _holders[slot] = 0;
            _free.Push(slot);
        }
    }

    /// <summary>A rule took a report up.</summary>
    public void Hold(int slot)
    {
        if (!remembers)
        {
            if (_holders.Length < Capacity)
            {
                Array.Resize(ref _holders, Capacity);
            }

            _holders[slot]++;
        }
    }

    /// <summary>A rule has no more use for a report; the last one lets it go.</summary>
    public void Release(int slot)
    {
        if (--_holders[slot] == 0)
        {
            Remove(slot, 0);
        }
    }

    /// <summary>What came and went, as far as it was known at a time, in the order in which it became known.</summary>
    public IEnumerable<(Happening Happening, bool Stands)> Known(long at)
    {
        for (var i = 0; i < _logged; i++)
        {
            if (_log[i >> PageBits][i & PageMask] is var delta && delta.KnownAt <= at)
            {
                yield return (this[delta.Slot], delta.Stands);
            }
        }
    }

    private void Log(long knownAt, int slot, bool stands)
    {
        if (!remembers)
        {
            return;
        }

        if ((_logged & PageMask) == 0)
        {
            _log.Add(new (long, int, bool)[1 << PageBits]);
        }

        _log[^1][_logged & PageMask] = (knownAt, slot, stands);
        _logged++;
    }
}

/// <summary>Slots in the order of the earliest time of their reports, then of their numbers. One slot takes no array: most bindings have one report.</summary>
internal struct Series
{
    private int _one;
    private int[]? _many;

    public int Count { get; private set; }

    /// <summary>The widest that the time of any report was that was ever in it, in milliseconds: how far before a moment a report may begin that reaches it.</summary>
    public long Widest { get; private set; }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<int> All => _many is null ? System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(in _one, Count) : _many.AsSpan(0, Count);

    /// <summary>Those that may have happened between two moments, and perhaps some more.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<int> Between(Reports reports, long from, long until)
    {
        var all = All;
        if (all.Length < 8)
        {
            return all;
        }

        var start = Place(reports, from < long.MinValue + Widest ? long.MinValue : from - Widest, int.MinValue);
        var end = until == long.MaxValue ? all.Length : Place(reports, until + 1, int.MinValue);
        return start >= end ? [] : all[start..end];
    }

    public void Add(Reports reports, int slot)
    {
        ref readonly var happening = ref reports[slot];
        Widest = Math.Max(Widest, happening.Late - happening.Early);
        if (Count == 0)
        {
            (_one, _many, Count) = (slot, null, 1);
            return;
        }

        var place = Place(reports, happening.Early, happening.Id);
        if (_many is null || Count == _many.Length)
        {
            var larger = new int[Math.Max(4, 2 * Count)];
            All.CopyTo(larger);
            _many = larger;
        }

        Array.Copy(_many, place, _many, place + 1, Count - place);
        _many[place] = slot;
        Count++;
    }

    public void Remove(Reports reports, int slot)
    {
        ref readonly var happening = ref reports[slot];
        var place = Place(reports, happening.Early, happening.Id);
        if (place == Count || All[place] != slot)
        {
            // Folded before.
            return;
        }

        Count--;
        if (_many is not null)
        {
            Array.Copy(_many, place + 1, _many, place, Count - place);
        }

        if (Count == 0)
        {
            _many = null;
        }
    }

    private readonly int Place(Reports reports, long early, int id)
    {
        var all = All;
        var (low, high) = (0, all.Length);

        // In order, the place is the end.
        if (high > 0 && Before(reports[all[high - 1]], early, id))
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Before(reports[all[middle]], early, id) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static bool Before(in Happening happening, long early, int id) => happening.Early < early || (happening.Early == early && happening.Id < id);
}
