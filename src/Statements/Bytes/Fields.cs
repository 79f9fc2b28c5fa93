using System.Text.Json;

namespace Safeconduct.Statements.Bytes;

/// <summary>One JSON object read strictly: every refusal names its path, an unknown field is refused, and every text has a greatest length.</summary>
public readonly struct Fields
{
    public const int LongestText = 20_000;

    private readonly JsonElement _object;

    public Fields(JsonElement element, string path)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            throw new RefusedException("body.not-an-object", "Expected an object.", path);
        }

        _object = element;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Refuses fields beyond those listed, and fields given twice.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in _object.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                throw new RefusedException("body.field-twice", $"'{Shown.Short(property.Name)}' is given twice.", Path);
            }

            if (!names.Contains(property.Name))
            {
                throw new RefusedException("body.unknown-field", $"'{Shown.Short(property.Name)}' is not a field here; the fields are {string.Join(", ", names.ToArray())}.", Path);
            }
        }
    }

    public bool Has(string name) => _object.TryGetProperty(name, out var v) && v.ValueKind is not JsonValueKind.Null;

    public bool IsText(string name) => _object.TryGetProperty(name, out var v) && v.ValueKind is JsonValueKind.String;

    public string Text(string name, int longest = LongestText) =>
        MaybeText(name, longest) ?? throw new RefusedException("body.missing", $"'{name}' is missing.", Path);

    public string? MaybeText(string name, int longest = LongestText)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.String)
        {
            throw new RefusedException("body.not-text", $"'{name}' must be text.", Path);
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedException("body.broken-text", $"'{name}' holds half a character (an unpaired surrogate).", Path);
        }

        return text.Length <= longest && text.Length > 0
            ? text
            : throw new RefusedException("body.text-length", $"'{name}' must be 1 to {Shown.Number(longest)} characters; it has {Shown.Number(text.Length)}.", Path);
    }

    public bool Flag(string name)
    {
        if (!_object.TryGetProperty(name, out var value))
        {
            return false;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new RefusedException("body.not-a-flag", $"'{name}' must be true or false.", Path),
        };
    }

    public long? MaybeWhole(string name)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var n)
            ? n
            : throw new RefusedException("body.not-a-whole-number", $"'{name}' must be a whole number.", Path);
    }

    public decimal? MaybeDecimal(string name)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var n)
            ? n
            : throw new RefusedException("body.not-a-number", $"'{name}' must be a number.", Path);
    }

    public T Enum<T>(string name)
        where T : struct, Enum => MaybeEnum<T>(name) ?? throw new RefusedException("body.missing", $"'{name}' is missing.", Path);

    public T? MaybeEnum<T>(string name)
        where T : struct, Enum
    {
        if (MaybeText(name, 80) is not { } token)
        {
            return null;
        }

        return Token.TryRead<T>(token, out var value)
            ? value
            : throw new RefusedException("body.unknown-word", $"'{Shown.Short(token)}' is not one of: {string.Join(", ", Token.All<T>())}.", $"{Path}.{name}");
    }

    public Fields Object(string name) =>
        Maybe(name) ?? throw new RefusedException("body.missing", $"'{name}' is missing.", Path);

    public Fields? Maybe(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? new Fields(value, $"{Path}.{name}") : null;

    public IReadOnlyList<Fields> Objects(string name, int most = 1000)
    {
        var path = Path;
        return [.. Items(name, most).Select((e, i) => new Fields(e, $"{path}.{name}[{Shown.Number(i)}]"))];
    }

    public IReadOnlyList<string>? MaybeTexts(string name, int most = 1000)
    {
        var path = Path;
        return Has(name)
            ? [.. Items(name, most).Select(e => e.ValueKind is JsonValueKind.String && e.GetString() is { Length: > 0 and <= LongestText } text
                ? text
                : throw new RefusedException("body.not-text", $"'{name}' must hold texts.", path))]
            : null;
    }

    public IReadOnlyList<T>? MaybeEnums<T>(string name)
        where T : struct, Enum
    {
        var path = Path;
        return MaybeTexts(name)?.Select(token => Token.TryRead<T>(token, out var value)
            ? value
            : throw new RefusedException("body.unknown-word", $"'{Shown.Short(token)}' is not one of: {string.Join(", ", Token.All<T>())}.", $"{path}.{name}")).ToList();
    }

    /// <summary>Reads a nested value, so that a refusal of its constructor names this field.</summary>
    public T Read<T>(string name, Func<Fields, T> read)
    {
        var inner = Object(name);
        try
        {
            return read(inner);
        }
        catch (RefusedException refused) when (refused.Problem.Place.Length == 0)
        {
            throw refused.Within(inner.Path);
        }
    }

    /// <summary>Reads each object of a list, so that a refusal of its constructor names the item.</summary>
    public IReadOnlyList<T> ReadAll<T>(string name, Func<Fields, T> read, int most = 1000)
    {
        var all = new List<T>();
        foreach (var item in Objects(name, most))
        {
            try
            {
                all.Add(read(item));
            }
            catch (RefusedException refused) when (refused.Problem.Place.Length == 0)
            {
                throw refused.Within(item.Path);
            }
        }

        return all;
    }

    private IEnumerable<JsonElement> Items(string name, int most)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > most)
        {
            throw new RefusedException("body.not-a-list", $"'{name}' must be a list of at most {Shown.Number(most)}.", Path);
        }

        return value.EnumerateArray();
    }
}
