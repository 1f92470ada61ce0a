using System.Text.Json;
using Kops.Api.Values;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves.Records;

/// <summary>
/// The form of a record of a move: JSON, one object, <c>format</c> 2, as strict as the records of changes. Directories are keys below the
/// state stores' roots.
/// </summary>
internal static class MoveRecordJson
{
    private const int Format = 2;
    private const int NameDigits = 32;
    private const int MaxItems = 1_000_000;

    public static byte[] Write(MoveRecord record) =>
        StrictJson.Write(json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("name", record.Name);
            json.WriteString("cluster", record.Cluster);
            json.WriteString("to", record.To);
            if (record.From is { } from)
                json.WriteString("from", from);
            json.WriteString("status", StrictJson.Text(record.Status));
            ChangeRecordJson.Write(json, record.Author);
            json.WriteString("started", StrictJson.Text(record.Started));
            json.WriteString("changed", StrictJson.Text(record.Changed));
            Write(json, "registrations", record.Registrations);
            Write(json, "configSha256", record.ConfigSha256);
            json.WriteStartArray("trees");
            foreach (var tree in record.Trees)
            {
                json.WriteStartObject();
                json.WriteString("key", tree.Key);
                Write(json, "files", [.. tree.Files.Select(file => $"{file.Value} {file.Key}")]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <param name="file">The file.</param>
    /// <param name="cluster">The cluster whose record it is, by the name of its file: it can speak of no other.</param>
    /// <param name="source">Its place, for messages.</param>
    /// <exception cref="StateStoreException">The file is not a record of a format that this program knows.</exception>
    public static MoveRecord Read(ReadOnlyMemory<byte> file, string cluster, string source) =>
        StrictJson.Read(file, source, "record of a move", Format, json => Read(json, cluster));

    private static MoveRecord Read(StrictJson json, string cluster)
    {
        if (json.Text("cluster") != cluster)
            throw new FormatException($"it speaks of another cluster than {PlainText.Of(cluster)}, whose file it is");
        var record = new MoveRecord
        {
            Name = json.Hexadecimal("name", NameDigits) ?? throw new FormatException("it has no field 'name'"),
            Cluster = cluster,
            To = json.Text("to"),
            From = json.Optional("from"),
            Status = json.Value<MoveStatus>("status"),
            Author = ChangeRecordJson.ReadAuthor(json),
            Started = json.Time("started"),
            Changed = json.Time("changed"),
            Registrations = json.Texts("registrations", MaxItems),
            ConfigSha256 = json.Texts("configSha256", MaxItems),
            Trees = json.List("trees", MaxItems, ReadTree),
        };
        if ((record.Status is MoveStatus.Arriving) != (record.From is not null))
            throw new FormatException("a cluster comes 'from' a store exactly while it is arriving");
        return record.Trees.DistinctBy(tree => tree.Key).Count() == record.Trees.Count
            ? record
            : throw new FormatException("it names a directory twice");
    }

    private static MovedTree ReadTree(StrictJson json)
    {
        var tree = new MovedTree(Key(json.Text("key")));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in json.Texts("files", MaxItems))
        {
            if (line.Split(' ', 2) is not [{ Length: > 0 } print, var key] || !files.TryAdd(Key(key), print))
                throw new FormatException("'files' does not name each file once, with what it was like");
        }

        return tree with
        {
            Files = files,
        };
    }

    private static string Key(string key) => ObjectKey.Validate(key) is { } problem ? throw new FormatException(problem) : key;

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
