using NodaTime;
using Safeconduct.Situation.Disputes;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Situation.Origins;

/// <summary>
/// Statements that go back to one act of saying or counting. Copies corroborate nothing: one text, one act of saying in several outlets, one number passed on,
/// one body's running total, the parts of one whole.
/// </summary>
internal static class SameOrigins
{
    public static IReadOnlyList<OriginGroup> Of(IReadOnlyList<Statement> statements, IReadOnlyList<(FigureKey Key, CountSaid Count)> counts, Operation operation)
    {
        var bodies = new Bodies(statements.Select(s => s.SaidBy.Id));
        var groups = OneText(statements)
            .Concat(OneActOfSaying(statements))
            .Concat(OneSpeaker(statements))
            .Concat(PassedOn(counts, bodies))
            .Concat(RunningTotals(counts, bodies))
            .Concat(Wholes(statements, bodies))
            .Concat(Relays(statements))
            .Concat(OneDay(statements))
            .Concat(TermsOfOneText(statements))
            .Concat(PrintedAndPassedOn(statements))
            .Concat(OneMessage(counts, bodies))
            .Concat(OneFamily(counts))
            .Concat(KnownToPassOn(statements, counts))
            .Concat(BatchesOfOneList(counts))
            .Concat(FromAList(counts, operation))
            .Concat(OnePlan(statements, operation))
            .Concat(BareCountries(statements))
            .Where(g => g.Ids.Count > 1)
            .ToList();
        return [.. WithoutInner(groups).OrderBy(g => g.Ids[0]).ThenBy(g => g.Ids.Count).ThenBy(g => g.Why, StringComparer.Ordinal)];
    }

    private static IEnumerable<OriginGroup> OneText(IReadOnlyList<Statement> statements) =>
        statements.Where(s => s.Citation is not null)
            .GroupBy(s => (s.SaidBy.Id, s.Citation, s.SaidAt.Date))
            .Select(g => Group(g, $"One text of {g.First().SaidBy.Name}."));

    private static IEnumerable<OriginGroup> OneActOfSaying(IReadOnlyList<Statement> statements) =>
        statements.GroupBy(s => (s.SaidBy.Id, s.SaidAt.Date, About: s.About.ToString(), s.Where.From, s.Said.Kind))
            .Where(g => g.Select(s => string.Join('>', s.Chain.RelayedBy.Select(r => r.Id.Value))).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(g => Group(g, $"{g.First().SaidBy.Name} on one day and one matter, by way of different outlets."));

    private static IEnumerable<OriginGroup> OneSpeaker(IReadOnlyList<Statement> statements) =>
        statements.Where(s => s.SaidBy.Speaker is not null)
            .GroupBy(s => (s.SaidBy.Id, s.SaidBy.Speaker, s.SaidAt.Date))
            .Select(g => Group(g, $"One speaker on one day: {g.First().SaidBy.Name}."));

    /// <summary>The same number of the same figure from one body, or passed on by somebody who names it.</summary>
    private static IEnumerable<OriginGroup> PassedOn(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts, Bodies bodies) =>
        counts.Where(c => c.Count.HasNumber)
            .SelectMany(c => bodies.Of(c.Count.Statement.SaidBy.Id).Select(body => (Body: body, c.Key, c.Count)))
            .GroupBy(c => (c.Body, c.Key, c.Count.Bound.Low, c.Count.Bound.High ?? c.Count.Bound.Low))
            .Select(g => Group(g.Select(c => c.Count.Statement), $"One number of one body: {g.First().Count.Bound} ({NameOf(g.First().Count.Statement.SaidBy)})."));

    private static IEnumerable<OriginGroup> RunningTotals(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts, Bodies bodies) =>
        counts.Where(c => c.Key.Form is CutForm.Total && c.Count.HasNumber)
            .SelectMany(c => bodies.Of(c.Count.Statement.SaidBy.Id).Select(body => (Body: body, c.Key.Series, c.Key.Start, c.Count)))
            .GroupBy(c => (c.Body, c.Series, c.Start))
            .Select(g => Group(g.Select(c => c.Count.Statement), $"One body's running total: {NameOf(g.First().Count.Statement.SaidBy)}."));

    private static IEnumerable<OriginGroup> Wholes(IReadOnlyList<Statement> statements, Bodies bodies)
    {
        var byId = statements.ToDictionary(s => s.Id);
        return statements.SelectMany(s => s.Linked(Relation.PartOf).Where(byId.ContainsKey).Select(w => (Whole: byId[w], Part: s)))
            .Where(p => Hands(p.Whole).Any(w => Hands(p.Part).Any(h => bodies.ShareOne(w, h))))
            .GroupBy(p => p.Whole.Id)
            .Select(g => Group(g.Select(p => p.Part).Append(g.First().Whole), $"One count of {g.First().Whole.SaidBy.Name} and its parts."));
    }

    /// <summary>Whose words they are, and through whose hands they came.</summary>
    private static IEnumerable<SourceId> Hands(Statement statement) => statement.Chain.RelayedBy.Select(r => r.Id).Prepend(statement.SaidBy.Id);

    private static IEnumerable<OriginGroup> Relays(IReadOnlyList<Statement> statements)
    {
        var byId = statements.ToDictionary(s => s.Id);
        return statements.SelectMany(s => s.Linked(Relation.Relays).Where(byId.ContainsKey).Select(o => (Original: byId[o], Copy: s)))
            .GroupBy(p => p.Original.Id)
            .Select(g => Group(g.Select(p => p.Copy).Append(g.First().Original), $"Words of {g.First().Original.SaidBy.Name}, passed on."));
    }

    /// <summary>One source on one day about one time, in whatever words and through whatever outlets: it does not corroborate itself.</summary>
    private static IEnumerable<OriginGroup> OneDay(IReadOnlyList<Statement> statements) =>
        statements.GroupBy(s => (s.SaidBy.Id, s.SaidAt.Date, About: s.About.ToString()))
            .Select(g => Group(g, $"{g.First().SaidBy.Name} on one day about one time."));

    /// <summary>What a source printed itself and what others passed on for it, of one time, place and kind: one act, whenever the copies appeared.</summary>
    private static IEnumerable<OriginGroup> PrintedAndPassedOn(IReadOnlyList<Statement> statements) =>
        statements.GroupBy(s => (s.SaidBy.Id, About: s.About.ToString(), s.Where.From, s.Said.Kind))
            .Where(g => g.Any(s => s.Chain.RelayedBy.Count == 0) && g.Any(s => s.Chain.RelayedBy.Count > 0))
            .Select(g => Group(g, $"Printed by {g.First().SaidBy.Name}, and passed on."));

    /// <summary>Terms and their adoption published by one source on one day are of one text.</summary>
    private static IEnumerable<OriginGroup> TermsOfOneText(IReadOnlyList<Statement> statements) =>
        statements.Where(s => s.Said is Statements.Kinds.Undertaking.Undertaking or Statements.Kinds.Agreement.Agreement or Statements.Kinds.Diplomacy.Diplomacy)
            .GroupBy(s => (s.SaidBy.Id, s.SaidAt.Date))
            .Select(g => Group(g, $"Terms by {g.First().SaidBy.Name} on one day."));

    /// <summary>One body gives one number of one group of people on one day; two readings of what it covers are one count.</summary>
    private static IEnumerable<OriginGroup> OneMessage(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts, Bodies bodies) =>
        counts.Where(c => c.Count is { HasNumber: true, IsPart: false } or { HasNumber: true, Statement.Links.Count: > 0 } && Plain.Low(c.Count) >= LeastTold)
            .SelectMany(c => bodies.Of(c.Count.Statement.SaidBy.Id).Select(body => (Body: body, c.Key, c.Count)))
            .GroupBy(c => (c.Body, c.Count.Statement.SaidAt.Date, c.Key.Series.Area, c.Key.Series.Unit, c.Key.Series.Category, Number: Plain.Low(c.Count)))
            .Select(g => Group(g.Select(c => c.Count.Statement), $"One number of {NameOf(g.First().Count.Statement.SaidBy)} on one day."));

    /// <summary>United Nations bodies print one family of figures: totals of one area that are the same to two digits are one count, refined.</summary>
    private static IEnumerable<OriginGroup> OneFamily(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts) =>
        counts.Where(c => c.Key.Form is CutForm.Total && c.Count.HasNumber && c.Count.Statement.SaidBy.Kind is SourceKind.Un && Plain.Low(c.Count) >= LeastOfFamily)
            .GroupBy(c => (c.Key.Series.Area, c.Key.Series.Unit, c.Key.Series.Category, Number: TwoDigits(Plain.Low(c.Count))))
            .Select(g => Group(g.Select(c => c.Count.Statement), "One figure of United Nations bodies, rounded or refined."));

    /// <summary>Who passes on a body's figures somewhere in the record, and gives the same number of the same figure in its own voice, is taken to pass it on there too; United Nations bodies are one family in this.</summary>
    private static IEnumerable<OriginGroup> KnownToPassOn(IReadOnlyList<Statement> statements, IReadOnlyList<(FigureKey Key, CountSaid Count)> counts)
    {
        var passes = statements.SelectMany(s => s.Chain.RelayedBy.Where(r => r.Kind is not SourceKind.Media).Select(r => (By: Family(r), Of: Family(s.SaidBy))))
            .Where(p => p.By != p.Of).ToHashSet();
        return counts.Where(c => c.Count.HasNumber && !c.Count.IsPart && Plain.Low(c.Count) >= LeastTold)
            .GroupBy(c => (c.Key, Number: Plain.Low(c.Count)), c => c.Count)
            .SelectMany(g => g.GroupBy(c => Family(c.Statement.SaidBy)).ToList() is var voices
                ? voices.SelectMany(of => voices.Where(by => passes.Contains((by.Key, of.Key)))
                    .Select(by => Group(of.Concat(by).Select(c => c.Statement), $"The number of {NameOf(of.First().Statement.SaidBy)}, given by {NameOf(by.First().Statement.SaidBy)}, which passes on its figures elsewhere.")))
                : []);
    }

    private static string Family(Source source) => source.Kind is SourceKind.Un ? "un" : source.Id.Body.Split("-and-")[0];

    /// <summary>The exact number of one batch stands again among the batches that another count lists: one list of batches.</summary>
    private static IEnumerable<OriginGroup> BatchesOfOneList(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts)
    {
        var batches = counts.Where(c => c.Count is { IsPart: false, HasNumber: true, Quantity.Scope.Batch: not null } && IsTelling(c.Count.Bound))
            .ToLookup(c => (c.Key.Series.Area, c.Key.Series.Measure, c.Key.Series.Unit, Plain.Low(c.Count)), c => c.Count.Statement);
        return from whole in counts
               where whole.Count is { HasNumber: true, Parts.Count: > 0 }
               from part in whole.Count.Parts
               where IsTelling(part.Bound)
               let same = batches[(whole.Key.Series.Area, whole.Key.Series.Measure, whole.Key.Series.Unit, part.Bound.Low!.Value)].Where(s => s.Id != whole.Count.Statement.Id && s.Id != part.Id).ToList()
               where same.Count > 0
               select Group(same.Append(whole.Count.Statement), $"One list of batches: {part.Bound} stands in both.");
    }

    /// <summary>A number that somebody gives from a list, and the same number of those inside or wishing to leave given by others within two days: probably that list.</summary>
    private static IEnumerable<OriginGroup> FromAList(IReadOnlyList<(FigureKey Key, CountSaid Count)> counts, Operation operation)
    {
        var inside = counts.Where(c => c.Key.Series is { Measure: Measure.Remaining or Measure.WishedToLeave, Group: null } && c.Count is { HasNumber: true, IsPart: false } && Plain.Low(c.Count) >= LeastTold)
            .ToLookup(c => (c.Key.Series.Area, c.Key.Series.Unit, c.Key.Series.Category, Plain.Low(c.Count), c.Key.End), c => c.Count.Statement);
        return from list in counts
               where list.Key.Series.Measure is Measure.WishedToLeave && list.Count is { HasNumber: true, IsPart: false } && TermWords.SpeaksOfAList(TermWords.Of(list.Count.Statement))
               let same = Enumerable.Range(-2, 5).SelectMany(d => inside[(list.Key.Series.Area, list.Key.Series.Unit, list.Key.Series.Category, Plain.Low(list.Count), list.Key.End.PlusDays(d))])
                   .OrderBy(s => s.Id).Take(Positions.Cap).ToList()
               where same.Count > 1
               select Group(same.Append(list.Count.Statement), $"One number, {list.Count.Bound}, said to be of a list.");
    }

    /// <summary>A plan told in steps, one of which stands twice in the whole that another office gives: one plan.</summary>
    private static IEnumerable<OriginGroup> OnePlan(IReadOnlyList<Statement> statements, Operation operation) =>
        Tensions.PlanTensions.Sums(Plans.Numbers(statements), operation).Where(s => s.Shares.Count == 1)
            .Select(s => Group([s.Whole.Statement, s.Shares[0].Statement], $"One plan: two steps of {s.Shares[0].Bound} make {s.Whole.Bound}."));

    /// <summary>A claim ascribed to a country as such, and the same matter by an office named after it, on one day by way of one outlet.</summary>
    private static IEnumerable<OriginGroup> BareCountries(IReadOnlyList<Statement> statements)
    {
        foreach (var text in statements.Where(s => s.Chain.RelayedBy.Count > 0).GroupBy(s => (Outlet: s.Chain.RelayedBy[0].Id, s.SaidAt.Date, s.Said.Kind, s.Where.From, About: s.About.ToString())))
        {
            foreach (var country in text.Where(s => s.SaidBy is { Office: null, Speaker: null } && !s.SaidBy.Id.Value.Contains('-', StringComparison.Ordinal) && !s.SaidBy.Id.Value.Contains('/', StringComparison.Ordinal)).GroupBy(s => s.SaidBy.Id))
            {
                var offices = text.Where(s => s.SaidBy.Id.Body.StartsWith(country.Key.Value, StringComparison.Ordinal) && s.SaidBy.Id.Body.Split('-')[0].Length <= country.Key.Value.Length + 2).ToList();
                yield return Group(country.Concat(offices), $"What is ascribed to {country.First().SaidBy.Name}, and its office, in one outlet on one day.");
            }
        }
    }

    /// <summary>Smaller numbers are the same by chance.</summary>
    private const long LeastTold = 100;

    private const long LeastOfFamily = 1000;

    private static bool IsTelling(Bound bound) => bound is { HasNumber: true, IsApproximate: false, VagueWord: null, Low: >= LeastTold } && bound.Low == bound.High && bound.Low % 10 != 0;

    private static (long Digits, int Length) TwoDigits(long number)
    {
        var length = Shown.Number(number).Length;
        var digits = number;
        while (digits >= 100)
        {
            digits /= 10;
        }

        return (digits, length);
    }

    private static string NameOf(Source source) => source.Body ?? source.Name;

    private static OriginGroup Group(IEnumerable<Statement> statements, string why) => new([.. statements.Select(s => s.Id).Distinct().Order()], why);

    /// <summary>A group that lies within another says nothing more.</summary>
    private static IEnumerable<OriginGroup> WithoutInner(IReadOnlyList<OriginGroup> groups)
    {
        var largest = groups.OrderByDescending(g => g.Ids.Count).ThenBy(g => g.Why, StringComparer.Ordinal).ToList();
        var of = new Dictionary<StatementId, List<HashSet<StatementId>>>();
        foreach (var group in largest)
        {
            var around = of.GetValueOrDefault(group.Ids[0]) ?? [];
            if (around.Exists(g => group.Ids.All(g.Contains)))
            {
                continue;
            }

            var ids = group.Ids.ToHashSet();
            foreach (var id in group.Ids)
            {
                (of.TryGetValue(id, out var sets) ? sets : of[id] = []).Add(ids);
            }

            yield return group;
        }
    }
}
