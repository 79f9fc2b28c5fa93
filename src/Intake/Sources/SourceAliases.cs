using System.Text.Json;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Intake.Sources;

/// <summary>What a <c>sources.json</c> beside a list declares of one source: other spellings, kind, office, body, roles.</summary>
public sealed record DeclaredSource(string Name, IReadOnlyList<string> Aliases, SourceKind? Kind = null, string? Speaker = null, string? Office = null, string? Body = null, IReadOnlyList<string>? Roles = null);

/// <summary>
/// The optional <c>sources.json</c>: spellings that are one source, and the roles that sources declare in the agreements. It never says how far to trust anybody.
/// The page is <c>formats/statement-list.md</c>, section "sources.json".
/// </summary>
public sealed class SourceAliases
{
    private const int LargestBytes = 1 << 20;
    private const int MostSources = 5_000;

    private readonly Dictionary<string, DeclaredSource> _byName;

    private SourceAliases(IReadOnlyList<DeclaredSource> sources, Dictionary<string, DeclaredSource> byName) => (Sources, _byName) = (sources, byName);

    public static SourceAliases None { get; } = new([], []);

    public IReadOnlyList<DeclaredSource> Sources { get; }

    /// <summary>By name or alias, whatever the case and punctuation.</summary>
    public DeclaredSource? Find(string name) => _byName.GetValueOrDefault(Token.Slug(name));

    /// <summary>Reads <c>{"sources":[{"name":..., "aliases":[...], "kind":..., "speaker":..., "office":..., "body":..., "roles":[...]}]}</c>.</summary>
    public static Parsed<SourceAliases> Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > LargestBytes)
        {
            return Parsed<SourceAliases>.Not(new Problem("sources.too-large", $"A sources file has at most {Shown.Grouped(LargestBytes)} bytes; this has {Shown.Grouped(utf8.Length)}.", "sources"));
        }

        try
        {
            var text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            var fields = new Fields(document.RootElement, "sources.json");
            fields.Only("sources");
            return Parsed<SourceAliases>.Of(Of([.. fields.Objects("sources", MostSources).Select(Source)]));
        }
        catch (JsonException broken)
        {
            return Parsed<SourceAliases>.Not(new Problem("sources.not-json", $"The file is not JSON: see line {Shown.Number((broken.LineNumber ?? 0) + 1)}, byte {Shown.Number((broken.BytePositionInLine ?? 0) + 1)}.", "sources.json"));
        }
        catch (RefusedException refused)
        {
            return Parsed<SourceAliases>.Not(refused.Problem);
        }
    }

    private static DeclaredSource Source(Fields f)
    {
        f.Only("name", "aliases", "kind", "speaker", "office", "body", "roles");
        var kind = f.MaybeEnum<SourceKind>("kind");
        if (kind is SourceKind.OwnObservers)
        {
            throw new RefusedException("sources.own-observers", "A list can't make a source this mission's own observer; only the mission's own devices are.", $"{f.Path}.kind");
        }

        return new(f.Text("name", 200), f.MaybeTexts("aliases", 100) ?? [], kind, f.MaybeText("speaker", 200), f.MaybeText("office", 200), f.MaybeText("body", 200), f.MaybeTexts("roles", 20));
    }

    private static SourceAliases Of(IReadOnlyList<DeclaredSource> sources)
    {
        var byName = new Dictionary<string, DeclaredSource>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var name in source.Aliases.Prepend(source.Name))
            {
                if (!byName.TryAdd(Token.Slug(name), source) && byName[Token.Slug(name)] != source)
                {
                    throw new RefusedException("sources.same-name-twice", $"'{Shown.Short(name)}' is given to two sources; a name leads to one.", "sources.json");
                }
            }
        }

        return new(sources, byName);
    }
}
