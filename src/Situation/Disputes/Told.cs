using System.Globalization;
using Safeconduct.Situation.Figures;
using Safeconduct.Statements;

namespace Safeconduct.Situation.Disputes;

/// <summary>How the sentences of disputes and tensions name statements: the same few words everywhere, and never a list too long to read.</summary>
internal static class Told
{
    /// <summary>More names than this are counted, not printed.</summary>
    private const int MostNames = 6;

    public static string Names(IEnumerable<Statement> statements)
    {
        var names = statements.Select(s => s.SaidBy.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return names.Count <= MostNames
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MostNames))} and {Shown.Number(names.Count - MostNames)} others";
    }

    public static string Count(CountSaid claim, bool withCategory = false) => $"{claim.Bound}{(withCategory ? " " + claim.Quantity.Category : "")} ({claim.Statement.SaidBy.Name})";

    public static string Sentence(string words) => string.Concat(words[..1].ToUpper(CultureInfo.InvariantCulture), words[1..]);

    public static IReadOnlyList<StatementId> Ids(IEnumerable<Statement> statements) => [.. statements.Select(s => s.Id).Distinct().Order()];

    public static IReadOnlyList<StatementId> Ids(IEnumerable<CountSaid> claims) => Ids(claims.Select(c => c.Statement));
}

/// <summary>Numbers as a plain reader takes them: a floor or a ceiling as the number it names, nothing allowed for "about".</summary>
internal static class Plain
{
    public static long Low(CountSaid claim) => claim.Bound.Low ?? claim.Bound.High ?? 0;

    public static long High(CountSaid claim) => claim.Bound.High ?? claim.Bound.Low ?? 0;

    public static bool IsBelow(CountSaid one, CountSaid other) => High(one) < Low(other);

    public static bool Differ(CountSaid one, CountSaid other) => IsBelow(one, other) || IsBelow(other, one);

    /// <summary>One number meets both, once floors are floors and "about" reaches as far as the operation says.</summary>
    public static bool MayBeOne(CountSaid one, CountSaid other, int tolerancePercent) =>
        !(Positions.Most(one, tolerancePercent) < Positions.Least(other, tolerancePercent)) && !(Positions.Most(other, tolerancePercent) < Positions.Least(one, tolerancePercent));
}

/// <summary>Whose words can be held against each other as one speaker's. An office may have several speakers, and an unnamed official is not every unnamed official.</summary>
internal static class Voices
{
    /// <summary>One source, as far as its names tell.</summary>
    public static bool AreOne(Statement one, Statement other) => one.Id == other.Id || (one.SaidBy.Id == other.SaidBy.Id
        && !IsUnnamed(one) && !IsUnnamed(other)
        && (one.SaidBy.Speaker is null || other.SaidBy.Speaker is null || one.SaidBy.Speaker == other.SaidBy.Speaker));

    /// <summary>All speak for one body, and none is an official without a name.</summary>
    public static bool AreOneBody(IEnumerable<Statement> statements)
    {
        var all = statements.ToList();
        return all.TrueForAll(s => !IsUnnamed(s)) && all.Select(s => s.SaidBy.Id.Body).Distinct(StringComparer.Ordinal).Count() == 1;
    }

    public static bool IsUnnamed(Statement statement) => statement.SaidBy.Speaker is null && statement.SaidBy.Name.Contains("unnamed", StringComparison.OrdinalIgnoreCase);
}
