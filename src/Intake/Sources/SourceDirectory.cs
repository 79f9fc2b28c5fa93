using Safeconduct.Intake.Lexicons;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Intake.Sources;

/// <summary>
/// Who the sources of one list are. Learnt from the whole list before any row is read, so that the order of rows changes nothing: which names are bodies, which
/// acronym stands for which body, which office a person speaks for. Identity is office and body; a person speaks for an office and does not split it.
/// </summary>
public sealed class SourceDirectory
{
    private readonly Lexicon _lexicon;
    private readonly SourceAliases _declared;
    private readonly HashSet<string> _bodies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _acronyms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _otherNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedSource> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceId, Source> _sources = [];
    private readonly Dictionary<string, Source> _spoken = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string?), SourceChain> _chains = [];

    /// <param name="rows">Each row's source and source type, as they stand.</param>
    /// <param name="outlets">Each row's <c>relayed_by</c>.</param>
    public SourceDirectory(IEnumerable<(string Source, string Type)> rows, IEnumerable<string> outlets, SourceAliases declared, Lexicon lexicon)
    {
        (_lexicon, _declared) = (lexicon, declared);
        var said = rows.GroupBy(r => r).Select(g => (g.Key.Source, g.Key.Type, Times: g.Count())).OrderBy(r => r.Source, StringComparer.Ordinal).ThenBy(r => r.Type, StringComparer.Ordinal).ToList();
        var speakers = said.SelectMany(r => Speakers(r.Source)).Distinct().Order(StringComparer.Ordinal).ToList();
        Learn([.. speakers.Select(s => NamedSource.Of(s, lexicon))]);
        Make(speakers, said, [.. outlets.SelectMany(Outlets).Distinct().Order(StringComparer.Ordinal)]);
    }

    public IEnumerable<Source> Sources => _sources.Values.OrderBy(s => s.Id);

    /// <summary>Who said a row, and through whom it came: the outlets first, outermost first, then those who quote the speaker.</summary>
    public SourceChain ChainOf(string source, string? relayedBy)
    {
        if (_chains.TryGetValue((source, relayedBy), out var known))
        {
            return known;
        }

        var spoken = SpokenBy.Of(source);
        var saidBy = Of(spoken.SaidBy);
        var relays = new List<Source>();
        foreach (var relay in (relayedBy is null ? [] : Outlets(relayedBy)).Concat(spoken.RelayedBy).Select(Of))
        {
            // An outlet that relays itself, or is named twice, is one station.
            if (relay.Id != saidBy.Id && relays.TrueForAll(r => r.Id != relay.Id))
            {
                relays.Add(relay);
            }
        }

        return _chains[(source, relayedBy)] = new(saidBy, relays);
    }

    /// <summary>"agency / paper": the agency's words as the paper printed them, so the paper is outermost. "UN via a library" likewise.</summary>
    private static IEnumerable<string> Outlets(string relayedBy) =>
        relayedBy.Replace(" via ", " / ", StringComparison.Ordinal).Split(" / ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Reverse();

    private static IEnumerable<string> Speakers(string source) => SpokenBy.Of(source) is var spoken ? spoken.RelayedBy.Append(spoken.SaidBy) : [];

    private Source Of(string words) => _spoken[words];

    private void Learn(IReadOnlyList<NamedSource> named)
    {
        foreach (var n in named)
        {
            if (n is { IsPerson: true, Bracket: { } of, IsManner: false })
            {
                _people[Token.Slug(NamedSource.WithoutTitle(n.Name, _lexicon))] = n;
                AddBody(IsRole(of) || IsProfession(of) ? null : of);
            }
            else if (!n.IsPerson && (n.Bracket is null || n.IsManner))
            {
                AddBody(n.Name);
            }
        }

        LearnAcronyms();
        foreach (var n in named.Where(n => n is { IsPerson: false, Bracket: not null, IsManner: false } && IsBody(n.Name) && char.IsUpper(n.Bracket[0])))
        {
            // "Arlen Civil Defence (Blue Coats)", where the first is a body of its own elsewhere: the second is its other name.
            _otherNames[Token.Slug(n.Bracket!)] = Token.Slug(n.Name);
        }
    }

    private void AddBody(string? name)
    {
        if (name is not null)
        {
            _bodies.Add(Token.Slug(name));
        }
    }

    /// <summary>"International Committee of the Red Cross" is ICRC where the list uses both.</summary>
    private void LearnAcronyms()
    {
        foreach (var body in _bodies.Order(StringComparer.Ordinal).ToList())
        {
            var parts = body.Split('-').Where(p => p is not ("of" or "the" or "for" or "and" or "on" or "in")).ToList();
            var initials = string.Concat(parts.Select(p => p[..Math.Min(1, p.Length)]));
            if (parts.Count >= 2 && initials.Length >= 2)
            {
                _acronyms.TryAdd(initials, body);
            }
        }
    }

    private void Make(IReadOnlyList<string> speakers, IReadOnlyList<(string Source, string Type, int Times)> rows, IReadOnlyList<string> outlets)
    {
        var kinds = rows.Select(r => (SpokenBy.Of(r.Source).Teller, r.Type, r.Times)).ToLookup(r => r.Teller);
        var quoting = rows.SelectMany(r => SpokenBy.Of(r.Source) is var s && s.Teller == s.SaidBy ? s.RelayedBy : []).ToHashSet(StringComparer.Ordinal);
        var tellers = rows.Select(r => SpokenBy.Of(r.Source).Teller).ToHashSet(StringComparer.Ordinal);
        var made = speakers.Concat(outlets).Distinct()
            .Select(words => (Words: words, Source: Described(words, IsOutlet(words, kinds[words].Select(k => k.Type).FirstOrDefault(), speakers) || (quoting.Contains(words) && !tellers.Contains(words))))).ToList();
        foreach (var same in made.GroupBy(m => m.Source.Id).OrderBy(g => g.Key))
        {
            var types = same.SelectMany(m => kinds[m.Words]).GroupBy(k => k.Type).OrderByDescending(g => g.Sum(k => k.Times)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault();
            var onlyOutlet = same.All(m => !speakers.Contains(m.Words) || (quoting.Contains(m.Words) && !tellers.Contains(m.Words)));
            var fullest = same.Select(m => m.Source).OrderByDescending(s => s.Name.Length).ThenBy(s => s.Name, StringComparer.Ordinal).First();
            var declared = same.Select(m => _declared.Find(m.Words) ?? _declared.Find(m.Source.Name)).FirstOrDefault(d => d is not null);
            _sources[same.Key] = fullest with
            {
                Kind = declared?.Kind ?? KindOf(types, onlyOutlet, fullest.Name, rows),
                Speaker = declared?.Speaker ?? fullest.Speaker,
                Office = declared?.Office ?? fullest.Office,
                Body = declared?.Body ?? fullest.Body,
                Name = declared?.Name ?? fullest.Name,
                Roles = declared?.Roles,
            };
            // Two persons may hold one office: each keeps the name under which it spoke, and nobody is printed under another's.
            var persons = same.Select(m => m.Source.Speaker).OfType<string>().Select(n => Token.Slug(NamedSource.WithoutTitle(n, _lexicon))).Distinct(StringComparer.Ordinal).Count();
            foreach (var (words, source) in same)
            {
                _spoken[words] = persons > 1 && source.Speaker is not null && declared is null ? _sources[same.Key] with { Name = source.Name, Speaker = source.Speaker } : _sources[same.Key];
            }
        }
    }

    /// <summary>As the list says; the list's "observer" is a responder or a witness, never this mission's own. Of those only quoted, what their words show.</summary>
    private SourceKind KindOf(string? type, bool onlyOutlet, string name, IReadOnlyList<(string Source, string Type, int Times)> rows) => type switch
    {
        null when onlyOutlet => SourceKind.Media,
        null => Guessed(name) ?? Kindred(name, rows) ?? SourceKind.Witness,
        // An acronym is an organisation's, and an organisation is no eyewitness.
        "observer" => Guessed(name) is SourceKind.Responder || NamedSource.IsAcronym(name) ? SourceKind.Responder : SourceKind.Witness,
        _ when Token.TryRead<SourceKind>(type, out var kind) => kind,
        _ => SourceKind.Witness,
    };

    /// <summary>"Ruritania" where the list has Ruritanian offices: the type that most of those have who bear the name.</summary>
    private static SourceKind? Kindred(string name, IReadOnlyList<(string Source, string Type, int Times)> rows)
    {
        var type = rows.Where(r => name.Length >= 4 && r.Type is not ("media" or "observer") && r.Source.Contains(name, StringComparison.Ordinal))
            .GroupBy(r => r.Type).OrderByDescending(g => g.Sum(r => r.Times)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault();
        return type is not null && Token.TryRead<SourceKind>(type, out var kind) ? kind : null;
    }

    /// <summary>An outlet's name is kept whole: "Coast 24" and "The Sentinel" are neither persons nor offices of anybody.</summary>
    private static bool IsOutlet(string words, string? type, IReadOnlyList<string> speakers) => type is "media" || (type is null && !speakers.Contains(words));

    private SourceKind? Guessed(string name) => KindByWords(name, _lexicon);

    /// <summary>What kind of source the words of a name show, or null where they show none.</summary>
    internal static SourceKind? KindByWords(string name, Lexicon lexicon)
    {
        var wording = new Wording().Read(name, lexicon);
        Match? best = null;
        for (var at = 0; at < wording.Count; at++)
        {
            if (lexicon.TryMatch(Slot.SourceKind, wording, at, out var match) && (best is null || match.Rule.Order < best.Value.Rule.Order))
            {
                best = match;
            }
        }

        return best is { } b && Token.TryRead<SourceKind>(b.Rule.Value, out var kind) ? kind : null;
    }

    private Source Described(string words, bool isOutlet)
    {
        if (_declared.Find(words) is { } declared)
        {
            return new(new(IdOf(declared)), declared.Name, declared.Kind ?? SourceKind.Witness, declared.Speaker, declared.Office, declared.Body, declared.Roles);
        }

        var n = NamedSource.Of(words, _lexicon);
        if (isOutlet)
        {
            var (outlet, _, part, of) = Office(n.Name, lowerOnly: true);
            return new(new(outlet.Length == 0 ? "source" : outlet), n.Name, SourceKind.Media, null, part, of);
        }

        var name = n is { IsManner: true, IsUnnamed: false } ? n.Name : n.Bracket is null ? n.Name : $"{n.Name} ({n.Bracket})";
        var (id, speaker, office, body) = n switch
        {
            { IsPerson: true, Bracket: null } or { IsPerson: true, IsManner: true } when _people.TryGetValue(Token.Slug(NamedSource.WithoutTitle(n.Name, _lexicon)), out var known) && known != n => Person(known),
            { IsPerson: true, Bracket: not null, IsManner: false } => Person(n),
            // A bare name that no bracket explains is taken for a body: "Free Arlen" reads like a person.
            { Bracket: null } or { IsManner: true } => Office(n.Name),
            _ when IsBody(n.Name) || NamedSource.IsAcronym(n.Name) || !char.IsUpper(n.Bracket![0]) => char.IsUpper(n.Bracket![0])
                ? (Body(n.Name), null, null, n.Name)
                : ($"{Body(n.Name)}/{Token.Slug(n.Bracket)}", null, n.Bracket, n.Name),
            _ => ($"{Body(n.Bracket)}/{Token.Slug(n.Name)}", (string?)null, (string?)n.Name, (string?)n.Bracket),
        };
        var full = n is { IsPerson: true, Bracket: null } && speaker is not null && office is not null ? $"{speaker} ({office})"
            : n is { IsPerson: true, Bracket: null } && speaker is not null && body is not null ? $"{speaker} ({body})" : name;
        return new(new(id.Length == 0 ? "source" : id), full, SourceKind.Witness, speaker, office, body);
    }

    private static string IdOf(DeclaredSource d) => (d.Body, d.Office ?? d.Speaker) switch
    {
        ({ } body, { } part) => $"{Token.Slug(body)}/{Token.Slug(part)}",
        _ => Token.Slug(d.Name),
    };

    private (string Id, string? Speaker, string? Office, string? Body) Person(NamedSource n)
    {
        var slug = Token.Slug(NamedSource.WithoutTitle(n.Name, _lexicon));
        var of = n.Bracket!;
        if (IsProfession(of) && !IsRole(of))
        {
            return (slug, n.Name, of, null);
        }

        return IsRole(of)
            ? Office(of) is var office ? (office.Id, n.Name, office.Office ?? of, office.Body) : default
            : ($"{Body(of)}/{slug}", n.Name, null, of);
    }

    /// <summary>"UN Secretary-General" and "Harbour Authority official": an office of the body that the first words name, where the list shows that they name one.</summary>
    private (string Id, string? Speaker, string? Office, string? Body) Office(string name, bool lowerOnly = false)
    {
        var slug = Token.Slug(name);
        if (IsBodyItself(slug))
        {
            return (Body(name), null, null, name);
        }

        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var take = words.Length - 1; take > 0; take--)
        {
            var front = string.Join(' ', words[..take]);
            var rest = words[take..];
            if (rest[0] is not ("and" or "or" or "with" or "at" or "of" or "on" or "in" or "for" or "to" or "close" or "from" or "inside") && !front.EndsWith(',') && !(lowerOnly && char.IsUpper(rest[0][0])) && (_bodies.Contains(Token.Slug(front)) || (take == 1 && NamedSource.IsAcronym(front))))
            {
                return ($"{Body(front)}/{Token.Slug(string.Join(' ', rest))}", null, string.Join(' ', rest), front);
            }
        }

        return (Body(name), null, null, name);
    }

    /// <summary>A name that stands as a body and is not itself an office of another body in the list.</summary>
    private bool IsBodyItself(string slug) => _acronyms.ContainsKey(slug) && !slug.Contains('-', StringComparison.Ordinal);

    private string Body(string name)
    {
        var slug = Token.Slug(name);
        slug = _otherNames.GetValueOrDefault(slug, slug);
        return _acronyms.TryGetValue(slug, out var full) ? full : slug;
    }

    private bool IsBody(string name) => _bodies.Contains(Token.Slug(name));

    private bool IsRole(string words) => Any(Slot.Standing, words);

    private bool IsProfession(string words) => Any(Slot.Profession, words);

    private bool Any(Slot slot, string words)
    {
        var wording = new Wording().Read(words, _lexicon);
        return Enumerable.Range(0, wording.Count).Any(at => _lexicon.TryMatch(slot, wording, at, out _));
    }
}
