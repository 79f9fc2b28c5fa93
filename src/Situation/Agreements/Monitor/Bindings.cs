namespace Safeconduct.Situation.Agreements.Monitor;

/// <summary>What one role of a rule sees under one key: its own reports and the triggers that they may bear on.</summary>
internal struct Binding
{
    public Series Members;
    public Series Triggers;
}

/// <summary>The reports of one role of a rule, such as the responses, by the attributes at which they must agree with the trigger.</summary>
internal sealed class Bindings(Part part)
{
    private readonly Dictionary<Key, int> _index = [];
    private readonly Stack<int> _free = new();
    private Binding[] _at = new Binding[16];
    private int _used;

    public Part Part { get; } = part;

    /// <summary>The binding a report or a trigger belongs to.</summary>
    public ref Binding Of(in Happening happening)
    {
        // First the place: finding it may make the array larger.
        var place = Place(happening);
        return ref _at[place];
    }

    /// <summary>The binding at a place.</summary>
    public ref Binding At(int place) => ref _at[place];

    /// <summary>The place of the binding a report or a trigger belongs to.</summary>
    public int Place(in Happening happening)
    {
        ref var place = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_index, happening.Key.Only(Part.Same), out var known);
        if (!known)
        {
            if (!_free.TryPop(out place))
            {
                place = _used++;
                if (place == _at.Length)
                {
                    Array.Resize(ref _at, 2 * place);
                }
            }
        }

        return place;
    }

    /// <summary>Drops members that nothing can need any longer, and bindings that are empty.</summary>
    /// <param name="before">Members that end before this moment may go, unless a trigger that may have come before their end still stands.</param>
    /// <param name="dropped">Told of each member that goes.</param>
    public void Fold(Reports reports, long before, Action<int> dropped)
    {
        foreach (var (key, place) in _index)
        {
            ref var binding = ref _at[place];
            var waits = binding.Triggers.Count == 0 ? long.MaxValue : reports[binding.Triggers.All[0]].Early;
            for (var i = 0; i < binding.Members.Count;)
            {
                var slot = binding.Members.All[i];
                var late = reports[slot].Late;
                if (reports[slot].Early >= before)
                {
                    break;
                }

                if (late < before && late < waits)
                {
                    binding.Members.Remove(reports, slot);
                    dropped(slot);
                }
                else
                {
                    i++;
                }
            }

            if (binding.Members.Count == 0 && binding.Triggers.Count == 0)
            {
                binding = default;
                _index.Remove(key);
                _free.Push(place);
            }
        }
    }
}
