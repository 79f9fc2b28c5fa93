using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Sources;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Intake.Texts.Confirming;

/// <summary>Whom a name in a text may stand for among the sources of a book.</summary>
/// <param name="Same">The one source that bears exactly this name; null where none or several do.</param>
/// <param name="Candidates">All that may be meant, nearest first. With a candidate and without <paramref name="Same"/> a person chooses.</param>
/// <param name="LikelyKind">What kind of source the words of the name suggest, for one that is new; null where they suggest none.</param>
public sealed record NamedInText(string Name, Source? Same, IReadOnlyList<Source> Candidates, SourceKind? LikelyKind);

/// <summary>What a person says of a name: it is this source of the book, or a new one of this kind.</summary>
public sealed record SourceChoice(SourceId? Known, SourceKind? NewKind);

/// <summary>
/// The sources of a book by the names they are known by. A name that is one source's own leads to it; whatever is only alike is shown for a person to choose,
/// and nobody is merged in silence.
/// </summary>
public sealed class KnownSources
{
    private static readonly HashSet<string> Small = new(StringComparer.Ordinal) { "the", "of", "for", "and", "in", "on", "to", "a" };

    private readonly List<Source> _all;
    private readonly Dictionary<SourceId, Source> _byId;
    private readonly HashSet<SourceId> _taken = [Source.Room.Id];
    private readonly Dictionary<string, List<Source>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Source>> _byWord = new(StringComparer.Ordinal);
    private readonly SourceAliases _declared;

    public KnownSources(IEnumerable<Statement> book, SourceAliases? declared = null)
    {
        _declared = declared ?? SourceAliases.None;
        _byId = [];
        foreach (var source in book.SelectMany(s => s.Chain.RelayedBy.Append(s.SaidBy)))
        {
            // No text speaks for this mission's own people, whatever names stand in it: their ids are taken, and nobody is led to them.
            _taken.Add(source.Id);
            if (source.Kind is not SourceKind.OwnObservers)
            {
                // The latest words for one identity are the ones shown.
                _byId[source.Id] = source;
            }
        }

        _all = [.. _byId.Values.OrderBy(s => s.Id)];
        foreach (var source in _all)
        {
            foreach (var name in NamesOf(source).Select(Token.Slug).Where(n => n.Length > 0).Distinct())
            {
                Listed(_byName, name).Add(source);
            }

            foreach (var word in NamesOf(source).SelectMany(WordsOf).Distinct())
            {
                Listed(_byWord, word).Add(source);
            }
        }
    }

    public IReadOnlyList<Source> All => _all;

    public NamedInText Find(string name)
    {
        var same = _byName.GetValueOrDefault(Token.Slug(name)) ?? [];
        if (_declared.Find(name) is { } declared)
        {
            same = [.. same.Concat(_byName.GetValueOrDefault(Token.Slug(declared.Name)) ?? []).Distinct()];
        }

        var alike = same.Concat(Alike(name)).DistinctBy(s => s.Id).Take(12).ToList();
        return new(name, same is [var only] ? only : null, alike, SourceDirectory.KindByWords(name, Lexicon.English));
    }

    /// <summary>The source that a name stands for, as a person chose or as it is plain.</summary>
    /// <exception cref="RefusedException"><c>source.unknown</c>, <c>source.own-observers</c>, <c>source.ambiguous</c>, <c>source.kind</c>.</exception>
    public Source Choose(string name, SourceChoice? choice)
    {
        if (choice?.Known is { } id)
        {
            return _byId.GetValueOrDefault(id) ?? throw new RefusedException("source.unknown", $"'{Shown.Short(id.Value)}' is not a source of this book; choose one that is, or say what kind of source is new.", "sources");
        }

        if (choice?.NewKind is { } kind)
        {
            return kind is not SourceKind.OwnObservers ? New(name, kind)
                : throw new RefusedException("source.own-observers", "A text can't make a source this mission's own observer; only the mission's own devices are.", "sources");
        }

        var found = Find(name);
        return found.Same ?? (found.Candidates.Count > 0
            ? throw new RefusedException("source.ambiguous", $"'{Shown.Short(name)}' may be {string.Join(" or ", found.Candidates.Take(4).Select(c => c.Name))}: choose which, or say that it is a new source.", "sources")
            : throw new RefusedException("source.kind", $"'{Shown.Short(name)}' is not in this book yet: say what kind of source it is ({string.Join(", ", Token.All<SourceKind>().Skip(1))}).", "sources"));
    }

    private Source New(string name, SourceKind kind)
    {
        var made = new SourceDirectory([(name, "observer")], [], _declared, Lexicon.English).ChainOf(name, null).SaidBy with { Kind = kind, Name = name };
        var id = made.Id;
        for (var n = 2; _taken.Contains(id); n++)
        {
            // Somebody else has the id already, and the person said that this is another.
            id = new($"{made.Id}~{Shown.Number(n)}");
        }

        return made with { Id = id };
    }

    private static IEnumerable<string> NamesOf(Source source)
    {
        yield return source.Name;
        yield return source.Name.Split(" (")[0];
        if (source.Speaker is { } speaker)
        {
            yield return speaker;
            yield return NamedSource.WithoutTitle(speaker, Lexicon.English);
        }

        if (source is { Office: null, Speaker: null, Body: { } body })
        {
            yield return body;
        }
    }

    /// <summary>Sources that share every telling word of the shorter of two names.</summary>
    private IEnumerable<Source> Alike(string name)
    {
        var words = WordsOf(name).ToHashSet(StringComparer.Ordinal);
        return words.SelectMany(w => _byWord.GetValueOrDefault(w) ?? []).GroupBy(s => s.Id)
            .Select(g => (Source: g.First(), Shared: g.Count()))
            .Where(m => m.Shared == Math.Min(words.Count, NamesOf(m.Source).Min(n => Math.Max(1, WordsOf(n).Distinct().Count()))))
            .OrderByDescending(m => m.Shared).ThenBy(m => m.Source.Id).Select(m => m.Source);
    }

    private static IEnumerable<string> WordsOf(string name) => Token.Slug(name).Split('-').Where(w => w.Length > 1 && !Small.Contains(w)).Distinct();

    private static List<Source> Listed(Dictionary<string, List<Source>> by, string key)
    {
        if (!by.TryGetValue(key, out var list))
        {
            by[key] = list = [];
        }

        return list;
    }
}
