using Safeconduct.Statements;

namespace Safeconduct.Situation.Views;

/// <summary>Which statements count. A lens never changes a statement; it only leaves some out, and says so wherever it is used.</summary>
public sealed record Lens
{
    private readonly Func<Statement, Grades, bool> _counts;

    internal Lens(string text, Func<Statement, Grades, bool> counts) => (Text, _counts) = (text, counts);

    public static Lens All { get; } = new("all", (_, _) => true);

    /// <summary>The lens as written, and as named in every heading and export.</summary>
    public string Text { get; }

    public bool IsAll => Text == All.Text;

    /// <summary>Reads the words of a lens; see <see cref="LensGrammar"/> for what may be written.</summary>
    public static Parsed<Lens> Parse(string text) => LensGrammar.Parse(text);

    /// <summary>True where the statement counts, given the grades that statements have.</summary>
    public bool Counts(Statement statement, Grades grades) => _counts(statement, grades);

    public bool Equals(Lens? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;
}
