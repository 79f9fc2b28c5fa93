using System.Text;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Kinds.Headcount;
using Safeconduct.Statements.Kinds.Undertaking;

namespace Safeconduct.Intake.List;

/// <summary>Why one slot of a statement has its value: a field of the row, a rule of the lexicon with the words it stood on, or a default.</summary>
/// <param name="Slot">unit, category, measure, bound, modality, batch, time, author, source, part of ...</param>
/// <param name="Value">What was read.</param>
/// <param name="By"><c>field</c>, <c>default</c>, <c>list</c> (learnt from other rows) or the id of a rule.</param>
public sealed record Reason(string Slot, string Value, string By)
{
    private readonly string _text = "";
    private readonly int _from;
    private readonly int _to;

    /// <summary>A reason that stands on words of the row; the place is kept, and the words are cut out when somebody asks.</summary>
    internal Reason(string slot, string value, string by, Wording text, int from, int to)
        : this(slot, value, by)
    {
        _text = text.Text;
        (_from, _to) = from < to ? (text[from].Start, text[to - 1].End) : (0, 0);
    }

    internal Reason(string slot, string value, Hit hit)
        : this(slot, value, hit.RuleId, hit.In, hit.Match.From, hit.Match.To)
    {
    }

    /// <summary>The words of the row it stands on; empty for a field or a default.</summary>
    public string Words => _text[_from.._to];

    public override string ToString() => By switch
    {
        "field" => $"{Slot}: field",
        "default" => $"{Slot}: {Value} (default)",
        "list" => $"{Slot}: {Value} (from other rows)",
        _ => $"{Slot}: {(Value.Length is > 0 and <= 40 ? Value + " by " : "")}rule {By}{(Words.Length > 0 ? $" '{Shown.Short(Words)}'" : "")}",
    };
}

/// <summary>How one row was read. The statement says what; this says why.</summary>
/// <param name="Line">The row's line, from 1.</param>
public sealed record HowRead(int Line, ListKind ListKind, Statement Statement, IReadOnlyList<Reason> Reasons)
{
    public bool IsUnmapped => Statement.Imported is { IsUnmapped: true };

    /// <summary>One line for a person: "X-0111 movement -> headcount left people all = more than 9,500 · asserted · unit: field · ...".</summary>
    public override string ToString()
    {
        var line = new StringBuilder()
            .Append(Statement.Id.Value).Append(' ').Append(Token.Of(ListKind)).Append(" -> ")
            .Append(IsUnmapped ? "unmapped, kept as a comment" : What()).Append(" · ").Append(Token.Of(Statement.Modality));
        foreach (var reason in Reasons)
        {
            line.Append(" · ").Append(reason);
        }

        return line.ToString();
    }

    private string What() => Statement.Said switch
    {
        Headcount h => $"headcount {Token.Of(h.Measure)} {Token.Of(h.Counted.Unit)} {h.Counted.Category.Slug} = {h.Counted.Bound}{(h.Counted.Group is { } group ? $" ({group})" : "")}"
            + (h.Parts.Count == 0 ? "" : $", including {string.Join(" and ", h.Parts.Select(p => $"{p}{(p.Group is { } g ? $" ({g})" : "")}"))}")
            + (h.IsRunningTotal ? ", running total" : ""),
        Undertaking { HowMany: { } many } u => $"undertaking {u.What}: {(u.Measure is { } m ? Token.Of(m) + " " : "")}{Token.Of(many.Unit)} {many.Category.Slug} = {many.Bound}",
        var said => $"{said.Kind} {said}",
    };
}

/// <summary>What a list says, read whole or not at all: with a single problem there are no statements.</summary>
/// <param name="Statements">In the order of the rows.</param>
/// <param name="How">One for each statement, in the same order.</param>
/// <param name="Problems">By line; at most <see cref="MostProblems"/>.</param>
public sealed record ListReading(IReadOnlyList<Statement> Statements, IReadOnlyList<HowRead> How, IReadOnlyList<Problem> Problems)
{
    /// <summary>Reading stops after so many: a file with more is not a list with slips in it.</summary>
    public const int MostProblems = 100;

    public bool Understood => Problems.Count == 0;

    /// <summary>Rows kept as comments because their kind of statement could not be told.</summary>
    public IEnumerable<StatementId> Unmapped => How.Where(h => h.IsUnmapped).Select(h => h.Statement.Id);

    /// <summary>The explanation of the whole list, a line a row, under the version of the lexicon.</summary>
    public string Explained()
    {
        var text = new StringBuilder().Append("Read with lexicon ").Append(Lexicon.English.Version).Append(": ")
            .Append(Shown.Grouped(Statements.Count)).Append(" statements, ").Append(Shown.Grouped(Unmapped.Count())).Append(" unmapped\n");
        foreach (var how in How)
        {
            text.Append(how).Append('\n');
        }

        return text.ToString();
    }

    internal static ListReading Refused(IReadOnlyList<Problem> problems) => new([], [], problems);
}
