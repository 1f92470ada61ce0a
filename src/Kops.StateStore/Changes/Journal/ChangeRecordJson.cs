using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// The form of a record: JSON, one object. <c>format</c> is 1; a reader that finds a higher one leaves the record alone. Times are RFC
/// 3339 in UTC, digests SHA-256 in lower-case hexadecimal digits. Absent values are left out.
/// </summary>
internal static class ChangeRecordJson
{
    private const int Format = 1;

    public static byte[] Write(ChangeRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("id", record.Id);
            json.WriteString("cluster", record.Cluster);
            json.WriteString("title", record.Title);
            json.WriteString("user", record.Author.User);
            json.WriteString("host", record.Author.Host);
            json.WriteString("command", record.Author.Command);
            json.WriteString("program", record.Author.Program);
            json.WriteString("started", Text(record.Started));
            if (record.Finished is { } finished)
                json.WriteString("finished", Text(finished));
            json.WriteString("outcome", Text(record.Outcome));
            Optional(json, "undoes", record.Undoes);
            Optional(json, "recoveredBy", record.RecoveredBy);
            if (record.Decision is { } decision)
                json.WriteString("decision", Text(decision));
            if (record.Lease is { } lease)
                Write(json, lease);
            json.WriteStartArray("files");
            foreach (var file in record.Files)
                Write(json, file);
            json.WriteEndArray();
            if (record.Remaining.Count > 0)
            {
                json.WriteStartArray("remaining");
                foreach (var path in record.Remaining)
                    json.WriteStringValue(path);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="StateStoreException">The file is not a record of a format that this program knows.</exception>
    public static ChangeRecord Read(ReadOnlyMemory<byte> file, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            var json = document.RootElement;
            var format = json.GetProperty("format").GetInt32();
            if (format != Format)
            {
                throw new StateStoreException(
                    StateErrorKind.Unknown,
                    $"{source} has format {format}, and this program knows {Format}: a newer program wrote it; use that one"
                );
            }

            return Read(json);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} is not a record of a change ({error.Message}); move it out of the store to go on without it",
                error
            );
        }
    }

    private static ChangeRecord Read(JsonElement json) =>
        new()
        {
            Id = Required(json, "id"),
            Cluster = Required(json, "cluster"),
            Title = Required(json, "title"),
            Author = new ChangeAuthor(Required(json, "user"), Required(json, "host"), Required(json, "command"), Required(json, "program")),
            Started = Time(Required(json, "started")),
            Finished = Optional(json, "finished") is { } finished ? Time(finished) : null,
            Outcome = Value<ChangeOutcome>(Required(json, "outcome")),
            Undoes = Optional(json, "undoes"),
            RecoveredBy = Optional(json, "recoveredBy"),
            Decision = Optional(json, "decision") is { } decision ? Value<Decision>(decision) : null,
            Lease = json.TryGetProperty("lease", out var lease) ? ReadLease(lease) : null,
            Files = [.. json.GetProperty("files").EnumerateArray().Select(ReadFile)],
            Remaining = json.TryGetProperty("remaining", out var paths)
                ? [.. paths.EnumerateArray().Select(path => path.GetString()!)]
                : [],
        };

    private static void Write(Utf8JsonWriter json, Lease lease)
    {
        json.WriteStartObject("lease");
        json.WriteString("holder", lease.Holder);
        json.WriteString("machine", lease.Process.Machine);
        json.WriteNumber("processId", lease.Process.ProcessId);
        json.WriteString("processStarted", lease.Process.Started);
        json.WriteString("expires", Text(lease.Expires));
        json.WriteString("token", lease.Token);
        json.WriteEndObject();
    }

    private static Lease ReadLease(JsonElement json) =>
        new(
            Required(json, "holder"),
            new ProcessIdentity(Required(json, "machine"), json.GetProperty("processId").GetInt32(), Required(json, "processStarted")),
            Time(Required(json, "expires")),
            Required(json, "token")
        );

    private static void Write(Utf8JsonWriter json, RecordedFile file)
    {
        json.WriteStartObject();
        json.WriteString("change", Text(file.Kind));
        Optional(json, "store", file.Address.Store);
        json.WriteString("path", file.Address.Key);
        json.WriteString("secrecy", Text(file.Secrecy));
        Optional(json, "beforeVersion", file.BeforeVersion);
        Optional(json, "beforeSha256", file.BeforeSha256);
        Optional(json, "afterSha256", file.AfterSha256);
        json.WriteEndObject();
    }

    private static RecordedFile ReadFile(JsonElement json) =>
        new()
        {
            Kind = Value<FileChangeKind>(Required(json, "change")),
            Address = new FileAddress(Optional(json, "store"), Required(json, "path")),
            Secrecy = Value<FileSecrecy>(Required(json, "secrecy")),
            BeforeVersion = Optional(json, "beforeVersion"),
            BeforeSha256 = Optional(json, "beforeSha256"),
            AfterSha256 = Optional(json, "afterSha256"),
        };

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Required(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static string Text<T>(T value)
        where T : struct, Enum => Enum.GetName(value)!.ToLowerInvariant();

    private static T Value<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : throw new FormatException($"'{text}' is no {typeof(T).Name}");

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
