using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Values;
using Kops.Api.Views;
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
/// <param name="Cluster">The cluster as flags made it, before anybody edited it.</param>
/// <param name="InstanceGroups">The groups as flags made them; those that were made by other means are not among them.</param>
public sealed record FlagRecord(
    string Created,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Flags,
    Cluster Cluster,
    IReadOnlyList<InstanceGroup> InstanceGroups
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
            json.WriteStartArray("made");
            foreach (var made in (KopsObject[])[Cluster, .. InstanceGroups])
                json.WriteStringValue(KopsCodec.Encode(made));
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

        return json.Documents("made", MaxItems) is [var cluster, .. var groups]
            ? new FlagRecord(created, flags, Made<Cluster>(cluster), [.. groups.Select(Made<InstanceGroup>)])
            : throw new FormatException("it does not say what the flags made");
    }

    private static T Made<T>(string text)
        where T : KopsObject, IApiView<T>
    {
        try
        {
            return KopsCodec.DecodeStored<T>(Encoding.UTF8.GetBytes(text), "made").Value;
        }
        catch (InvalidObjectException error)
        {
            throw new FormatException(error.Message, error);
        }
    }
}
