using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements;

namespace Safeconduct.Intake.List;

/// <summary>What no single row shows: an id given twice, a reference that leads nowhere or in a circle, a part of a person.</summary>
internal static class ListChecks
{
    /// <param name="placeOf">The place of a field of a row, in the words of the file that the rows came in.</param>
    public static void Check(List<ListRow> rows, Func<ListRow, string, string> placeOf, Action<ListRow, Problem> problems)
    {
        var byId = new Dictionary<StatementId, int>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!byId.TryAdd(rows[i].Id, i))
            {
                problems(rows[i], new("list.same-id-twice", $"{rows[i].Id} is the id of {placeOf(rows[byId[rows[i].Id]], "").TrimEnd(',', ' ')} too; an id names one row.", placeOf(rows[i], "id")));
            }

            Whole(rows[i], placeOf, problems);
        }

        Lead(rows, byId, "part_of", r => r.PartOf, placeOf, problems);
        Lead(rows, byId, "supersedes", r => r.Supersedes, placeOf, problems);
    }

    /// <summary>People, bodies, vehicles and trips come whole; kilometres and tonnes need not.</summary>
    private static void Whole(ListRow row, Func<ListRow, string, string> placeOf, Action<ListRow, Problem> problems)
    {
        if (row.Quantity is { } q && (Broken(q.Low) ?? Broken(q.High)) is { } broken && IsCounted(row.Unit))
        {
            problems(row, new("list.not-whole", $"{broken.ToString(System.Globalization.CultureInfo.InvariantCulture)} {row.Unit ?? "people"} can't be counted: give a whole number, or the unit that is measured.", placeOf(row, "quantity")));
        }
    }

    private static decimal? Broken(decimal? number) => number is { } n && decimal.Truncate(n) != n ? n : null;

    private static bool IsCounted(string? unit)
    {
        if (unit is null)
        {
            return false;
        }

        var wording = new Wording().Read(unit, Lexicon.English);
        return Lexicon.English.TryMatch(Slot.Who, wording, 0, out _) || Lexicon.English.TryMatch(Slot.Vehicle, wording, 0, out _);
    }

    private static void Lead(List<ListRow> rows, Dictionary<StatementId, int> byId, string field, Func<ListRow, StatementId?> to, Func<ListRow, string, string> placeOf, Action<ListRow, Problem> problems)
    {
        // 0 not seen, otherwise the walk that saw it; each row is walked over once.
        var seen = new int[rows.Count];
        for (var start = 0; start < rows.Count; start++)
        {
            var at = start;
            while (seen[at] == 0)
            {
                seen[at] = start + 1;
                if (to(rows[at]) is not { } next)
                {
                    break;
                }

                if (!byId.TryGetValue(next, out var there))
                {
                    problems(rows[at], new("list.unknown-id", $"'{Shown.Short(next.Value)}' is not an id of this list; correct it, or add its row.", placeOf(rows[at], field)));
                    break;
                }

                if (seen[there] == start + 1)
                {
                    problems(rows[at], new("list.cycle", $"{rows[at].Id} leads back to itself by '{field}', by way of {rows[there].Id}; take one of the references out.", placeOf(rows[at], field)));
                    break;
                }

                at = there;
            }
        }
    }
}
