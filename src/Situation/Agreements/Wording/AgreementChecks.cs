using Safeconduct.Statements;

namespace Safeconduct.Situation.Agreements.Wording;

/// <summary>What must fit together across lines: who and what is named, which version follows which, which term ends which.</summary>
internal sealed class AgreementChecks(Operation operation, Action<WordingProblem> say)
{
    private readonly HashSet<string> _signatories = new(StringComparer.Ordinal);
    private readonly Dictionary<int, At> _versions = [];
    private readonly Dictionary<string, At> _terms = new(StringComparer.Ordinal);
    private readonly HashSet<int> _steps = [];
    private readonly List<(string What, int Number, At At)> _uses = [];
    private readonly List<(string What, string Term, Piece Named)> _termUses = [];

    public void Names(IEnumerable<Signatory> parties, IEnumerable<Signatory> guarantors) => _signatories.UnionWith(parties.Concat(guarantors).Select(s => s.Name));

    public void Uses(string what, int number, At at) => _uses.Add((what, number, at));

    public void UsesTerm(string what, string term, Piece named) => _termUses.Add((what, term, named));

    public void DeclaresStep(int step) => _steps.Add(step);

    public void Declares(int version, Piece at)
    {
        if (!_versions.TryAdd(version, at.At))
        {
            Say("agreement.version-twice", $"Version {Shown.Number(version)} stands at line {Shown.Number(_versions[version].Line)} already.", at.At, at.Length, "a number of its own");
        }
    }

    public void DeclaresTerm(Piece number)
    {
        if (!_terms.TryAdd(number.Text, number.At))
        {
            Say("agreement.term-twice", $"Term {Shown.Short(number.Text)} stands at line {Shown.Number(_terms[number.Text].Line)} already.", number.At, number.Length, "a number of its own");
        }
    }

    public void UsesSignatory(Piece name, ClauseReader r)
    {
        if (!_signatories.Contains(name.Text))
        {
            r.Say("agreement.unknown-party", $"'{Shown.Short(name.Text)}' is no party or guarantor of the agreement.", name, _signatories.Count == 0 ? "a name from the line 'parties'" : string.Join(", ", _signatories.Order(StringComparer.Ordinal).Take(12)), Vocabulary.Near(name.Text, _signatories));
        }
    }

    public void Check(Agreement agreement)
    {
        foreach (var (what, number, at) in _uses)
        {
            if (what == "version" ? !_versions.ContainsKey(number) : !_steps.Contains(number))
            {
                var known = what == "version" ? _versions.Keys.Order() : _steps.Order();
                var expected = known.Any() ? string.Join(", ", known.Take(12).Select(n => Shown.Number(n))) : what == "version" ? "a line 'version N \"TITLE\" from WHEN'" : "a term with the line 'step N'";
                Say($"agreement.unknown-{what}", $"There is no {what} {Shown.Number(number)}.", at, Shown.Number(number).Length, expected);
            }
        }

        var terms = new Dictionary<string, Term>(StringComparer.Ordinal);
        foreach (var term in agreement.Terms)
        {
            terms.TryAdd(term.Number, term);
        }

        foreach (var (what, from, named) in _termUses)
        {
            CheckReference(what, from, named, terms);
        }

        CheckAmends(agreement);
        CheckQuotas(agreement);
        if (agreement.Terms.Count == 0)
        {
            say(new WordingProblem("agreement.no-terms", "The agreement has no term yet.", new At(1, 1), 1, Severity.Warning, "term 1 \"TITLE\""));
        }
    }

    private void CheckReference(string what, string from, Piece named, Dictionary<string, Term> terms)
    {
        if (named.Text == from)
        {
            Say("agreement.itself", what == "replaces" ? $"Term {Shown.Short(from)} can't replace itself." : $"Term {Shown.Short(from)} can't be a rival of itself.", named.At, named.Length, "another term");
        }
        else if (!terms.TryGetValue(named.Text, out var other))
        {
            Say("agreement.unknown-term", $"There is no term {Shown.Short(named.Text)}.", named.At, named.Length, "the number of a term", named.Text.Length > 2 ? Vocabulary.Near(named.Text, terms.Keys) : null);
        }
        else if (what == "replaces" && terms.TryGetValue(from, out var term) && (term.Version ?? 0) <= (other.Version ?? 0))
        {
            Say("agreement.replaces-later", $"Term {Shown.Short(from)} ({VersionOf(term)}) can only replace a term of an earlier version; term {Shown.Short(named.Text)} is of {VersionOf(other)}.", named.At, named.Length, "'version N' of a later version, or no 'replaces'");
        }
    }

    private static string VersionOf(Term term) => term.Version is { } v ? $"version {Shown.Number(v)}" : "no version";

    private void CheckAmends(Agreement agreement)
    {
        var versions = new Dictionary<int, AgreementVersion>();
        foreach (var version in agreement.Versions)
        {
            versions.TryAdd(version.Number, version);
        }

        // Every version amends at most one, so that a walk from each, ending where an earlier walk has been, costs their number.
        var clear = new HashSet<int>();
        foreach (var version in versions.Values)
        {
            var path = new HashSet<int>();
            for (int? at = version.Number; at is { } here && !clear.Contains(here); at = versions.GetValueOrDefault(here)?.Amends)
            {
                if (!path.Add(here))
                {
                    Say("agreement.version-cycle", $"Version {Shown.Number(here)} amends itself, by way of what it amends.", _versions[here], Shown.Number(here).Length, "a version amends an earlier one");
                    break;
                }
            }

            clear.UnionWith(path);
        }

        foreach (var version in agreement.Versions)
        {
            if (version.Amends is { } n && n != version.Number && versions.TryGetValue(n, out var amended) && version.From is When.Time later && amended.From is When.Time earlier
                && ClauseReader.IsBefore(later.Moment, earlier.Moment, operation.Zone))
            {
                Say("agreement.amends-later", $"Version {Shown.Number(version.Number)} begins before version {Shown.Number(n)}, which it amends.", _versions[version.Number], Shown.Number(version.Number).Length, "a version amends an earlier one");
            }
        }
    }

    /// <summary>A reciprocity whose step is more than another term allows in all can never ask for anything.</summary>
    private void CheckQuotas(Agreement agreement)
    {
        var most = new Dictionary<string, (long Number, string Term)>(StringComparer.Ordinal);
        foreach (var term in agreement.Terms)
        {
            foreach (var clause in term.Clauses.OfType<Clause.AtMost>())
            {
                if (clause.Total.Number is { } n)
                {
                    most.TryAdd(KeyOf(clause.Total), (n, term.Number));
                }
            }
        }

        foreach (var clause in agreement.Terms.SelectMany(t => t.Clauses).OfType<Clause.ForEach>())
        {
            if (clause.Of.Number is { } step && most.TryGetValue(KeyOf(clause.Of), out var limit) && step > limit.Number)
            {
                say(new WordingProblem("agreement.reciprocity-beyond", $"For each {Shown.Grouped(step)} can't come about: term {limit.Term} allows at most {Shown.Grouped(limit.Number)}.", clause.Of.At, 1, Severity.Warning, "a smaller number"));
            }
        }
    }

    private static string KeyOf(Total total) =>
        $"{total.Category}|{total.Counting}|{string.Join(',', total.Places)}|{string.Join(',', total.Via)}|{string.Join(',', total.To)}";

    private void Say(string code, string message, At at, int length, string? expected, string? suggestion = null) =>
        say(new WordingProblem(code, message, at, Math.Max(1, length), Severity.Error, expected, suggestion));
}
