using NodaTime;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Situation.Disputes;

/// <summary>How many are to leave, in numbers: promises, plans, terms, and those said to wish to leave. Never held against a count of what happened.</summary>
internal static class Plans
{
    /// <summary>A number planned or promised, in the form of a count so that the same comparison serves; it binds no figure.</summary>
    public static IReadOnlyList<CountSaid> Numbers(IReadOnlyList<Statement> statements) =>
    [
        .. statements.SelectMany(s => s.Claims().OfType<Claim.Owes>()
            .Where(o => o is { HowMany: not null, Measure: not null, Modality: not (Modality.Denied or Modality.Demanded) })
            .Select(o => new CountSaid(
                s,
                new Quantity(o.Measure!.Value, o.HowMany!.Unit, o.HowMany.Category, s.Where, new Cut(CutKind.During, o.When), o.HowMany.Group),
                o.HowMany.Bound,
                IsPart: false,
                Binds: true,
                Parts: []))
            .Where(c => c.HasNumber)),
    ];

    public static LocalDate Day(CountSaid plan, Operation operation) => plan.Quantity.Cut.Time.End.DayIn(operation.Zone);

    public static PlaceId? Area(CountSaid plan) => plan.Quantity.Scope.From ?? plan.Quantity.Scope.Via ?? plan.Quantity.Scope.To;

    /// <summary>Only a step, a batch, a day of it, or those whom somebody would let go.</summary>
    public static bool IsOfAShare(CountSaid plan) => TermWords.Of(plan.Statement) is var words && (TermWords.SpeaksOfAShare(words) || TermWords.SpeaksOfPermission(words));

    /// <summary>Runs of plans in which no more than so many days lie between one and the next.</summary>
    public static IEnumerable<List<T>> Runs<T>(IEnumerable<T> items, Func<T, LocalDate> day, int days)
    {
        var run = new List<T>();
        foreach (var item in items.OrderBy(day))
        {
            if (run.Count > 0 && Period.DaysBetween(day(run[^1]), day(item)) > days)
            {
                yield return run;
                run = [];
            }

            run.Add(item);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
