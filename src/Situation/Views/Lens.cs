using Safeconduct.Statements;

namespace Safeconduct.Situation.Views;

/// <summary>Which statements count. A lens never changes a statement; it only leaves some out, and says so wherever it is used.</summary>
public sealed record Lens
{
    private readonly Func<Statement, bool> _counts;

    internal Lens(string text, Func<Statement, bool> counts) => (Text, _counts) = (text, counts);

    public static Lens All { get; } = new("all", _ => true);

    /// <summary>The lens as written, and as named in every heading and export.</summary>
    public string Text { get; }

    public bool IsAll => Text == All.Text;

    public bool Counts(Statement statement) => _counts(statement);

    public bool Equals(Lens? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;
}
