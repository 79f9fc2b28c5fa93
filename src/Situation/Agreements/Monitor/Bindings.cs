namespace Safeconduct.Situation.Agreements;

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
    private Binding[] _at = new Binding[16];

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
            place = _index.Count - 1;
            if (place == _at.Length)
            {
                Array.Resize(ref _at, 2 * place);
            }
        }

        return place;
    }
}
