namespace Safeconduct.Situation.Agreements;

/// <summary>The reports that stand, by slot; a slot is free for another report once its report is withdrawn or folded.</summary>
internal sealed class Reports
{
    private readonly Dictionary<int, int> _slotOf = [];
    private readonly Stack<int> _free = new();
    private Happening[] _at = new Happening[1024];
    private int _used;

    /// <summary>Slots ever handed out; parallel arrays have this length.</summary>
    public int Capacity => _at.Length;

    /// <summary>Reports that stand.</summary>
    public int Count => _slotOf.Count;

    /// <summary>Every slot in use.</summary>
    public IEnumerable<int> Slots => _slotOf.Values;

    public ref readonly Happening this[int slot] => ref _at[slot];

    /// <summary>Keeps a report; -1: one with its number stands already.</summary>
    public int Add(in Happening happening)
    {
        ref var slot = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_slotOf, happening.Id, out var stands);
        if (stands)
        {
            return -1;
        }

        if (!_free.TryPop(out slot))
        {
            slot = _used++;
            if (slot == _at.Length)
            {
                Array.Resize(ref _at, 2 * slot);
            }
        }

        _at[slot] = happening;
        return slot;
    }

    /// <summary>The slot of a report; -1: none with that number stands.</summary>
    public int SlotOf(int id) => _slotOf.GetValueOrDefault(id, -1);

    public void Free(int slot)
    {
        _slotOf.Remove(_at[slot].Id);
        _at[slot] = default;
        _free.Push(slot);
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
