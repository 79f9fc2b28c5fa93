using System.Collections;

namespace Safeconduct.Situation.Networks;

/// <summary>
/// The claims that are taken up, and for each end of each quantity the best of them: the highest low end, the lowest high end, the earliest claim where several say the same.
/// A quantity with few claims is simply looked through; one with many gets a heap of its claims the first time it is asked for, so that a million claims on one quantity stay quick to withdraw.
/// </summary>
internal sealed class ClaimHeaps
{
    private const int Few = 32;

    private readonly Network _network;
    private readonly Dictionary<int, PriorityQueue<int, (long, int)>> _heaps = [];
    private readonly BitArray _active;

    public ClaimHeaps(Network network, BitArray? active)
    {
        _network = network;
        _active = active is null ? new BitArray(network.ClaimCount, true) : new BitArray(active) { Length = Math.Max(network.ClaimCount, active.Length) };
    }

    public bool Contains(int claim) => claim < _active.Length && _active[claim];

    public BitArray ToBits() => new(_active);

    /// <summary>False: it is taken up already.</summary>
    public bool Add(int claim)
    {
        if (Contains(claim))
        {
            return false;
        }

        if (claim >= _active.Length)
        {
            _active.Length = Math.Max(claim + 1, _network.ClaimCount);
        }

        _active[claim] = true;
        var slot = 2 * _network.ClaimQuantity[claim];
        Push(slot, claim);
        Push(slot + 1, claim);
        return true;
    }

    /// <summary>False: it is not taken up. A heap drops the claim when it comes to its top.</summary>
    public bool Withdraw(int claim)
    {
        var stood = Contains(claim);
        if (stood)
        {
            _active[claim] = false;
        }

        return stood;
    }

    /// <summary>The best claim at an end, or -1.</summary>
    public int Of(int slot)
    {
        if (_heaps.TryGetValue(slot, out var heap))
        {
            return Top(heap);
        }

        var (best, looked) = (-1, 0);
        for (var c = _network.FirstClaim[slot >> 1]; c >= 0; c = _network.NextClaim[c])
        {
            // The chain runs from the newest to the earliest, so of equals the earliest is kept.
            looked++;
            if (Contains(c) && Speaks(c, slot) && (best < 0 || !IsBetter(best, c, slot)))
            {
                best = c;
            }
        }

        if (looked > Few)
        {
            Heap(slot);
        }

        return best;
    }

    public long EndOf(int claim, int slot) => (slot & 1) == 0 ? _network.ClaimLow[claim] : _network.ClaimHigh[claim];

    private bool Speaks(int claim, int slot) => (slot & 1) == 0 ? _network.ClaimLow[claim] != Network.NoLow : _network.ClaimHigh[claim] != Network.NoHigh;

    private bool IsBetter(int one, int other, int slot) =>
        (slot & 1) == 0 ? _network.ClaimLow[one] > _network.ClaimLow[other] : _network.ClaimHigh[one] < _network.ClaimHigh[other];

    private (long, int) Key(int claim, int slot) => ((slot & 1) == 0 ? -_network.ClaimLow[claim] : _network.ClaimHigh[claim], claim);

    private void Push(int slot, int claim)
    {
        if (Speaks(claim, slot) && _heaps.TryGetValue(slot, out var heap))
        {
            heap.Enqueue(claim, Key(claim, slot));
        }
    }

    private int Top(PriorityQueue<int, (long, int)> heap)
    {
        while (heap.TryPeek(out var claim, out _))
        {
            if (Contains(claim))
            {
                return claim;
            }

            heap.Dequeue();
        }

        return -1;
    }

    private void Heap(int slot) =>
        _heaps[slot] = new PriorityQueue<int, (long, int)>(_network.ClaimsOn(slot >> 1).Where(c => Contains(c) && Speaks(c, slot)).Select(c => (c, Key(c, slot))));
}
