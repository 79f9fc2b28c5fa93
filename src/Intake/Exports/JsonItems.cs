using System.Text.Json;
using Safeconduct.Statements;

namespace Safeconduct.Intake.Exports;

/// <summary>The items of one long list in a JSON document, one by one: the list that the document is, or that stands in it under a name. Only the item that is being read is in memory.</summary>
public static class JsonItems
{
    /// <summary>Longer items are none of ours.</summary>
    private const int LongestItem = 4 * 1024 * 1024;

    /// <exception cref="RefusedException"><c>export.not-json</c>, <c>export.no-list</c>, <c>export.item-too-long</c>.</exception>
    public static IEnumerable<JsonElement> Of(Stream from, string? list)
    {
        ArgumentNullException.ThrowIfNull(from);
        var reading = new Reading(from, list);
        while (reading.Next() is { } item)
        {
            using (item)
            {
                yield return item.RootElement;
            }
        }
    }

    private sealed class Reading(Stream from, string? list)
    {
        private byte[] _held = new byte[64 * 1024];
        private int _at;
        private int _end;
        private bool _isLast;
        private bool _began;
        private bool _inList;
        private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });

        public JsonDocument? Next()
        {
            try
            {
                while (true)
                {
                    var (item, isOver) = TryNext();
                    if (item is not null || isOver)
                    {
                        return item;
                    }

                    More();
                }
            }
            catch (JsonException broken)
            {
                throw new RefusedException("export.not-json", $"The file is not JSON from line {Shown.Number((broken.LineNumber ?? 0) + 1)} on; take the export again.");
            }
        }

        /// <summary>One step with what is held: an item; or that there is no more; or neither, where more has to be read first.</summary>
        private (JsonDocument? Item, bool IsOver) TryNext()
        {
            var reader = new Utf8JsonReader(_held.AsSpan(_at, _end - _at), _isLast, _state);
            while (true)
            {
                var (before, state) = ((int)reader.BytesConsumed, reader.CurrentState);
                if (!reader.Read())
                {
                    Keep(before, state);
                    return _isLast ? throw new RefusedException("export.no-list", NoList) : (null, false);
                }

                if (_inList)
                {
                    if (reader.TokenType is JsonTokenType.EndArray)
                    {
                        return (null, true);
                    }

                    // Values are read whole: the reader stands on the first token of one.
                    if (!JsonDocument.TryParseValue(ref reader, out var item))
                    {
                        Keep(before, state);
                        return (null, false);
                    }

                    Keep((int)reader.BytesConsumed, reader.CurrentState);
                    return (item, false);
                }

                if (!_began)
                {
                    _began = true;
                    _inList = list is null && reader.TokenType is JsonTokenType.StartArray;
                    if (!_inList && (list is null || reader.TokenType is not JsonTokenType.StartObject))
                    {
                        throw new RefusedException("export.no-list", NoList);
                    }
                }
                else if (reader.TokenType is JsonTokenType.EndObject)
                {
                    throw new RefusedException("export.no-list", NoList);
                }
                else
                {
                    // A name of the outer object, and its value: the list, or something passed over.
                    var isIt = reader.ValueTextEquals(list);
                    var value = reader;
                    if (!value.Read())
                    {
                        Keep(before, state);
                        return (null, false);
                    }

                    if (isIt && value.TokenType is JsonTokenType.StartArray)
                    {
                        reader = value;
                        _inList = true;
                    }
                    else if (reader.TrySkip())
                    {
                    }
                    else
                    {
                        Keep(before, state);
                        return (null, false);
                    }
                }
            }
        }

        private string NoList => list is null ? "The file is no list of rows; take the export again." : $"The file has no list \"{list}\"; take the export again.";

        private void Keep(int consumed, JsonReaderState state)
        {
            _at += consumed;
            _state = state;
        }

        private void More()
        {
            if (_at > 0)
            {
                _held.AsSpan(_at, _end - _at).CopyTo(_held);
                (_at, _end) = (0, _end - _at);
            }

            if (_end == _held.Length)
            {
                if (_held.Length >= LongestItem)
                {
                    throw new RefusedException("export.item-too-long", $"An item of more than {Shown.Grouped(LongestItem)} bytes is no statement.");
                }

                Array.Resize(ref _held, _held.Length * 2);
            }

            var read = from.Read(_held, _end, _held.Length - _end);
            _end += read;
            _isLast = read == 0;
            if (!_began && _held.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            {
                _at = 3;
            }
        }
    }
}
