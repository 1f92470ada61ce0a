using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Changes.Moves;

/// <summary>The form of a record of a move: JSON, one object, <c>format</c> 1, in the manner of the records of changes.</summary>
internal static class MoveRecordJson
{
    private const int Format = 1;

    public static byte[] Write(MoveRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("cluster", record.Cluster);
            json.WriteString("to", record.To);
            json.WriteString("status", Enum.GetName(record.Status)!.ToLowerInvariant());
            json.WriteString("user", record.Author.User);
            json.WriteString("host", record.Author.Host);
            json.WriteString("command", record.Author.Command);
            json.WriteString("program", record.Author.Program);
            json.WriteString("started", Text(record.Started));
            json.WriteString("changed", Text(record.Changed));
            json.WriteStartArray("configSha256");
            foreach (var config in record.ConfigSha256)
                json.WriteStringValue(config);
            json.WriteEndArray();
            if (record.SourceSha256 is { } source)
                json.WriteString("sourceSha256", source);
            json.WriteStartArray("trees");
            foreach (var (from, to) in record.Trees)
            {
                json.WriteStartObject();
                json.WriteString("from", from);
                json.WriteString("to", to);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="StateStoreException">The file is not a record of a format that this program knows.</exception>
    public static MoveRecord Read(ReadOnlyMemory<byte> file, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            var json = document.RootElement;
            if (json.GetProperty("format").GetInt32() is var format and not Format)
            {
                throw new StateStoreException(
                    StateErrorKind.Unknown,
                    $"{source} has format {format}, and this program knows {Format}: a newer program wrote it; use that one"
                );
            }

            return new MoveRecord
            {
                Cluster = Required(json, "cluster"),
                To = Required(json, "to"),
                Status = Enum.TryParse<MoveStatus>(Required(json, "status"), ignoreCase: true, out var status)
                    ? status
                    : throw new FormatException("the status is unknown"),
                Author = new ChangeAuthor(
                    Required(json, "user"),
                    Required(json, "host"),
                    Required(json, "command"),
                    Required(json, "program")
                ),
                Started = Time(Required(json, "started")),
                Changed = Time(Required(json, "changed")),
                ConfigSha256 = [.. json.GetProperty("configSha256").EnumerateArray().Select(config => config.GetString() ?? string.Empty)],
                SourceSha256 = Optional(json, "sourceSha256"),
                Trees = [.. json.GetProperty("trees").EnumerateArray().Select(tree => (Required(tree, "from"), Required(tree, "to")))],
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} is not a record of a move ({error.Message}); move it out of the store to go on without it",
                error
            );
        }
    }

    private static string Required(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
