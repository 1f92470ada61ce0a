using System.Text.Json;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Review;

/// <summary>What was pulled into a directory, and from where: the conditions under which it may be pushed.</summary>
/// <param name="Store">The state store, as it was named.</param>
/// <param name="Clusters">The clusters that were asked for; empty for all.</param>
/// <param name="Files">The digest (SHA-256, hexadecimal) of each file as it was in the store, by its name in the directory.</param>
public sealed record PullRecord(string Store, IReadOnlyList<string> Clusters, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Its name in the directory.</summary>
    public const string FileName = ".kops-pull.json";

    private const int Format = 1;

    /// <summary>
    /// For each file of key material that is kept sealed, when it was written and how long it was. No digest of a secret is kept: a short
    /// one could be guessed by it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Sealed { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Digests of what a push was going to write. Where the store holds one of them, the push was made, though it has not come to say so.
    /// </summary>
    public IReadOnlyList<string> Pushing { get; init; } = [];

    /// <summary>For whom it is sealed.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The key of a key management service that opens it, too; null for none.</summary>
    public SealingKey? SealingKey { get; init; }

    /// <summary>The text: one line for each file, so that records of two branches can be merged.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("store", Store);
            Write(json, "clusters", Clusters);
            Write(json, "files", Files);
            if (Pushing.Count > 0)
                Write(json, "pushing", Pushing);
            if (Sealed.Count > 0)
                Write(json, "sealed", Sealed);
            if (Recipients.Count > 0)
                Write(json, "recipients", Recipients);
            if (SealingKey is { } key)
                Write(
                    json,
                    "kms",
                    new Dictionary<string, string>
                    {
                        ["key"] = key.Key,
                        ["recipient"] = key.Recipient,
                        ["sha256"] = key.Digest,
                    }
                );
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="StateStoreException">It is none.</exception>
    public static PullRecord Parse(ReadOnlyMemory<byte> text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement;
            if (json.GetProperty("format").GetInt32() != Format)
                throw new StateStoreException(StateErrorKind.Unknown, $"{source} was written by a newer program; use that one");
            return new PullRecord(json.GetProperty("store").GetString()!, List(json, "clusters"), Map(json, "files"))
            {
                Pushing = List(json, "pushing"),
                Sealed = Map(json, "sealed"),
                Recipients = List(json, "recipients"),
                SealingKey = Key(json),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} cannot be read ({error.Message}): it says what was pulled. Bring it back from git, or pull into an empty "
                    + $"directory and put your changes there",
                error
            );
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static SealingKey? Key(JsonElement json) =>
        json.TryGetProperty("kms", out var key)
            ? new(key.GetProperty("key").GetString()!, key.GetProperty("recipient").GetString()!, key.GetProperty("sha256").GetString()!)
            : null;

    private static List<string> List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];

    private static Dictionary<string, string> Map(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values)
            ? values.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal)
            : new(StringComparer.Ordinal);
}
