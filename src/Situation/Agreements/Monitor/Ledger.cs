using System.Runtime.Intrinsics;

namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// Amounts by the moment from which they count, in an ordered tree with the sum of each subtree: the sum up to a moment, and the moment by which a sum is reached, each in logarithmic time. A late or withdrawn amount
/// shifts all later sums without touching them. A treap (Seidel and Aragon, 1996) whose priorities are a hash of the entry, so that equal entries give an equal tree in any order of arrival.
/// </summary>
internal sealed class Ledger
{
    private readonly Stack<int> _free = new();
    private Node[] _nodes = new Node[64];
    private int _root;
    private int _used = 1;

    /// <summary>Adds amounts that count from a moment on.</summary>
    /// <param name="tag">Which entry of that moment; unique with the moment.</param>
    public void Add(long time, long tag, Vector256<long> amounts)
    {
        if (!_free.TryPop(out var node))
        {
            node = _used++;
            if (node == _nodes.Length)
            {
                Array.Resize(ref _nodes, 2 * node);
            }
        }

        _nodes[node] = new Node { Time = time, Tag = tag, Own = amounts, Sum = amounts, Priority = Hash(time, tag) };
        Insert(ref _root, node);
    }

    public void Remove(long time, long tag) => Remove(ref _root, time, tag);

    /// <summary>The sum of all entries up to a moment, itself included.</summary>
    public Vector256<long> UpTo(long time)
    {
        var sum = Vector256<long>.Zero;
        for (var n = _root; n != 0;)
        {
            ref var node = ref _nodes[n];
            if (node.Time <= time)
            {
                sum += node.Own + _nodes[node.Left].Sum;
                n = node.Right;
            }
            else
            {
                n = node.Left;
            }
        }

        return sum;
    }

    /// <summary>The sum of all entries.</summary>
    public Vector256<long> All => _nodes[_root].Sum;

    /// <summary>The moment at which one of the sums, which never falls, reaches a number above zero; <see cref="AgreementMonitor.Ever"/>: it does not.</summary>
    public long Reaches(int column, long total)
    {
        if (All.GetElement(column) < total)
        {
            return AgreementMonitor.Ever;
        }

        for (var n = _root; ;)
        {
            ref var node = ref _nodes[n];
            var left = _nodes[node.Left].Sum.GetElement(column);
            if (left >= total)
            {
                n = node.Left;
                continue;
            }

            total -= left + node.Own.GetElement(column);
            if (total <= 0)
            {
                return node.Time;
            }

            n = node.Right;
        }
    }

    /// <summary>The entries between two moments, ends included, in order.</summary>
    public void Between(long from, long until, List<(long Time, Vector256<long> Amounts)> into) => Between(_root, from, until, into);

    private void Between(int n, long from, long until, List<(long, Vector256<long>)> into)
    {
        if (n == 0)
        {
            return;
        }

        var node = _nodes[n];
        if (node.Time >= from)
        {
            Between(node.Left, from, until, into);
            if (node.Time <= until)
            {
                into.Add((node.Time, node.Own));
            }
        }

        if (node.Time <= until)
        {
            Between(node.Right, from, until, into);
        }
    }

    private void Insert(ref int at, int node)
    {
        if (at == 0)
        {
            at = node;
            return;
        }

        ref var here = ref _nodes[at];
        if (_nodes[node].Priority > here.Priority)
        {
            Split(at, _nodes[node].Time, _nodes[node].Tag, out _nodes[node].Left, out _nodes[node].Right);
            at = node;
            Sum(at);
            return;
        }

        Insert(ref Before(here, _nodes[node].Time, _nodes[node].Tag) ? ref here.Right : ref here.Left, node);
        Sum(at);
    }

    private void Remove(ref int at, long time, long tag)
    {
        if (at == 0)
        {
            throw new InvalidOperationException("An entry that is not in the ledger was taken out.");
        }

        ref var here = ref _nodes[at];
        if (here.Time == time && here.Tag == tag)
        {
            _free.Push(at);
            at = Merge(here.Left, here.Right);
            return;
        }

        Remove(ref Before(here, time, tag) ? ref here.Right : ref here.Left, time, tag);
        Sum(at);
    }

    private void Split(int at, long time, long tag, out int left, out int right)
    {
        if (at == 0)
        {
            (left, right) = (0, 0);
            return;
        }

        ref var here = ref _nodes[at];
        if (Before(here, time, tag))
        {
            left = at;
            Split(here.Right, time, tag, out here.Right, out right);
        }
        else
        {
            right = at;
            Split(here.Left, time, tag, out left, out here.Left);
        }

        Sum(at);
    }

    private int Merge(int left, int right)
    {
        if (left == 0 || right == 0)
        {
            return left + right;
        }

        if (_nodes[left].Priority > _nodes[right].Priority)
        {
            _nodes[left].Right = Merge(_nodes[left].Right, right);
            Sum(left);
            return left;
        }

        _nodes[right].Left = Merge(left, _nodes[right].Left);
        Sum(right);
        return right;
    }

    private void Sum(int at)
    {
        ref var here = ref _nodes[at];
        here.Sum = _nodes[here.Left].Sum + here.Own + _nodes[here.Right].Sum;
    }

    private static bool Before(in Node node, long time, long tag) => node.Time < time || (node.Time == time && node.Tag < tag);

    private static ulong Hash(long time, long tag)
    {
        unchecked
        {
            var x = ((ulong)time * 0x9E3779B97F4A7C15) ^ (ulong)tag;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }

    private struct Node
    {
        public long Time;
        public long Tag;
        public ulong Priority;
        public int Left;
        public int Right;
        public Vector256<long> Own;
        public Vector256<long> Sum;
    }
}
