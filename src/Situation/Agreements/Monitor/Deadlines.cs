namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>
/// Instances by their deadlines, the earliest first. Reports in order bring deadlines in order: those wait in a line that costs nothing to keep; the others in a heap.
/// </summary>
internal sealed class Deadlines
{
    private readonly Queue<(int Instance, long Deadline)> _line = new();
    private readonly PriorityQueue<int, long> _heap = new();
    private long _last = long.MinValue;

    public void Add(int instance, long deadline)
    {
        if (deadline >= _last)
        {
            _line.Enqueue((instance, deadline));
            _last = deadline;
        }
        else
        {
            _heap.Enqueue(instance, deadline);
        }
    }

    /// <summary>Takes one whose deadline lies before a moment.</summary>
    public bool TryTake(long now, out int instance)
    {
        if (_line.TryPeek(out var first) && first.Deadline < now)
        {
            instance = _line.Dequeue().Instance;
            return true;
        }

        return _heap.TryPeek(out instance, out var deadline) && deadline < now && _heap.TryDequeue(out instance, out _);
    }
}
