using Kops.Api.Values;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Clusters;

/// <summary>
/// What the flags of <c>create cluster</c> said the last time, kept beside the history of their cluster and changed with it. JSON, one
/// object, <c>format</c> 1, read as strictly as the records of changes.
/// </summary>
/// <param name="Created">
/// The cluster's creation timestamp: what was said of an earlier cluster of that name says nothing of this one.
/// </param>
/// <param name="Flags">The values of each flag, by its name, as they would be typed.</param>
/// <param name="Groups">
/// The instance groups that flags made, each with the number of machines that a flag dealt to it, or null where none did; null where that is
/// not on record.
/// </param>
public sealed record FlagRecord(
    string Created,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Flags,
    IReadOnlyDictionary<string, int?>? Groups = null
)
{
    private const int Format = 1;
    private const int MaxItems = 100_000;

    /// <summary>Reads the file, absence included.</summary>
    /// <exception cref="StateStoreException">It is larger than any record.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<StoredFile> ReadAsync(ClusterLayout layout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var path = layout.SaidFlags;
        return await RecordFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } found
            ? new StoredFile(path, found.Version, found.Bytes) { Mark = found.Info.Mark }
            : StoredFile.Absent(path);
    }

    /// <summary>What a file says; null when there is none.</summary>
    /// <exception cref="StateStoreException">It is no record of flags, or a newer program wrote it.</exception>
    public static FlagRecord? Decode(StoredFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Exists ? StrictJson.Read(file.Bytes, file.Path.ToString(), "record of flags", Format, Read) : null;
    }

    /// <summary>The file: the same record always gives the same bytes.</summary>
    public byte[] Encode() =>
        StrictJson.Write(json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("created", PlainText.Of(Created));
            json.WriteStartArray("flags");
            foreach (var (name, values) in Flags.OrderBy(flag => flag.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("name", PlainText.Of(name));
                json.WriteStartArray("values");
                foreach (var value in values)
                    json.WriteStringValue(PlainText.Of(value));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (Groups is null)
                return;
            json.WriteStartArray("groups");
            foreach (var (name, machines) in Groups.OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("name", PlainText.Of(name));
                if (machines is { } number)
                    json.WriteNumber("machines", number);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static FlagRecord Read(StrictJson json)
    {
        var created = json.Text("created");
        var flags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in json.List("flags", MaxItems, flag => (flag.Text("name"), flag.Texts("values", MaxItems))))
        {
            if (!flags.TryAdd(name, values))
                throw new FormatException($"it names the flag '{name}' twice");
        }

        Dictionary<string, int?>? groups = null;
        if (json.IsThere("groups"))
        {
            groups = new Dictionary<string, int?>(StringComparer.Ordinal);
            foreach (
                var (name, machines) in json.List(
                    "groups",
                    MaxItems,
                    group => (group.Text("name"), group.OptionalNumber("machines", 0, int.MaxValue))
                )
            )
            {
                if (!groups.TryAdd(name, machines))
                    throw new FormatException($"it names the group '{name}' twice");
            }
        }

        return new FlagRecord(created, flags, groups);
    }
}
