using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Kops.Api.Values;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Files;

/// <summary>
/// Reads records strictly: each field has the type and the form that this program writes, there is no other field and none twice. What
/// lies in a store may have been written by anybody.
/// </summary>
internal sealed class StrictJson
{
    private const int MaxText = 64 << 10;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private readonly Dictionary<string, JsonElement> _fields;

    private StrictJson(JsonElement json, string what)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            throw new FormatException($"{what} is no object");
        _fields = new(StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value))
                throw new FormatException($"the field '{PlainText.Of(field.Name)}' stands there twice");
        }
    }

    /// <summary>Reads a file that holds one object with a <c>format</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="source">Its place, for messages.</param>
    /// <param name="what">What it should be, for messages: <c>record of a change</c>.</param>
    /// <param name="format">The format that this program knows.</param>
    /// <param name="read">Takes the fields, and leaves none.</param>
    /// <exception cref="StateStoreException">It is none of that format; the message is one line and holds nothing that steers a
    /// terminal.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> file, string source, string what, int format, Func<StrictJson, T> read)
    {
        source = PlainText.Of(source);
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 8 });
            var json = new StrictJson(document.RootElement, $"the {what}");
            if (json.Number("format", 1) is var found && found != format)
                throw new StateStoreException(
                    StateErrorKind.Unknown,
                    found > format
                        ? $"{source} has format {found}, and this program knows {format}: a newer program wrote it; use that one"
                        : $"{source} has format {found}, which programs before 0.2 wrote; move it out of the store to go on without it"
                );
            var value = read(json);
            json.End();
            return value;
        }
        catch (Exception error)
            when (error is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} is not a {what} ({PlainText.Of(error.Message)}); move it out of the store to go on without it",
                error
            );
        }
    }

    /// <summary>Writes an object in the form of all records: indented, lines end with a line feed.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A time as records write it: RFC 3339 in UTC, to the millisecond.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A value of a list as records write it.</summary>
    public static string Text<T>(T value)
        where T : struct, Enum => Enum.GetName(value)!.ToLowerInvariant();

    /// <summary>Ends the reading of the object.</summary>
    /// <exception cref="FormatException">There are other fields.</exception>
    public void End()
    {
        foreach (var name in _fields.Keys)
            throw new FormatException($"it has an unknown field '{PlainText.Of(name)}'");
    }

    /// <summary>An object in a field; the reader takes all of its fields.</summary>
    public T? Optional<T>(string name, Func<StrictJson, T> read)
        where T : class
    {
        if (!_fields.Remove(name, out var value))
            return null;
        var json = new StrictJson(value, name);
        var result = read(json);
        json.End();
        return result;
    }

    /// <summary>A list of objects.</summary>
    public T[] List<T>(string name, int max, Func<StrictJson, T> read)
    {
        var list = new List<T>();
        foreach (var item in Items(name, max))
        {
            var json = new StrictJson(item, $"an item of {name}");
            list.Add(read(json));
            json.End();
        }

        return [.. list];
    }

    /// <summary>A list of texts; empty when the field is not there.</summary>
    public string[] Texts(string name, int max) => _fields.ContainsKey(name) ? [.. Items(name, max).Select(item => Check(item, name))] : [];

    public string Text(string name) => Optional(name) ?? throw new FormatException($"it has no field '{name}'");

    public string? Optional(string name) => _fields.Remove(name, out var value) ? Check(value, name) : null;

    /// <summary>A SHA-256 in lower-case hexadecimal digits.</summary>
    public string? Digest(string name) => Hexadecimal(name, Sha256.DigestBytes * 2);

    /// <summary>So many hexadecimal digits, lower-case.</summary>
    public string? Hexadecimal(string name, int length)
    {
        var text = Optional(name);
        return text is null || (text.Length == length && text.All(char.IsAsciiHexDigitLower))
            ? text
            : throw new FormatException($"'{name}' is not {length} hexadecimal digits");
    }

    public int Number(string name, int min) =>
        OptionalNumber(name, min, int.MaxValue) ?? throw new FormatException($"it has no field '{name}'");

    public int? OptionalNumber(string name, int min, int max)
    {
        if (!_fields.Remove(name, out var value))
            return null;
        return value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"'{name}' is no whole number from {min} to {max}");
    }

    /// <summary>True; false when the field is not there.</summary>
    public bool Flag(string name) =>
        _fields.Remove(name, out var value)
        && (value.ValueKind is JsonValueKind.True ? true : throw new FormatException($"'{name}' is not true"));

    public DateTimeOffset Time(string name) => OptionalTime(name) ?? throw new FormatException($"it has no field '{name}'");

    public DateTimeOffset? OptionalTime(string name) =>
        Optional(name) is not { } text ? null
        : DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new FormatException($"'{name}' is no time such as 2026-11-22T12:00:00.000Z");

    public T Value<T>(string name)
        where T : struct, Enum => OptionalValue<T>(name) ?? throw new FormatException($"it has no field '{name}'");

    public T? OptionalValue<T>(string name)
        where T : struct, Enum
    {
        if (Optional(name) is not { } text)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (Text(value) == text)
                return value;
        }

        throw new FormatException($"'{name}' is none of {string.Join(", ", Enum.GetValues<T>().Select(Text))}");
    }

    /// <summary>A list of whole documents, which have lines and may be long.</summary>
    public string[] Documents(string name, int max) =>
        [
            .. Items(name, max)
                .Select(item =>
                    item.ValueKind is JsonValueKind.String
                        ? item.GetString()!
                        : throw new FormatException($"'{name}' holds what is no text")
                ),
        ];

    private static string Check(JsonElement value, string name) =>
        value.ValueKind is not JsonValueKind.String || value.GetString() is not { } text ? throw new FormatException($"'{name}' is no text")
        : text.Length > MaxText ? throw new FormatException($"'{name}' is longer than {MaxText} characters")
        : !PlainText.Is(text) ? throw new FormatException($"'{name}' holds a control character")
        : text;

    private List<JsonElement> Items(string name, int max)
    {
        if (!_fields.Remove(name, out var value) || value.ValueKind is not JsonValueKind.Array)
            throw new FormatException($"it has no list '{name}'");
        return value.GetArrayLength() <= max
            ? [.. value.EnumerateArray()]
            : throw new FormatException($"'{name}' has more than {max} items");
    }
}
