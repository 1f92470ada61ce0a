using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.StateStore.Keysets;
using Kops.Vfs;

namespace Kops.StateStore.Changes;

/// <summary>
/// Files whose fields can be compared: objects, and what is generated as YAML. This is the one place that says what of a file's content may
/// be told: of a keyset, its ids; of any other file with a secret inside, nothing.
/// </summary>
internal static class ObjectFiles
{
    /// <summary>
    /// The differences field by field; null when one of the two is neither an object nor one document of YAML, or holds a secret.
    /// </summary>
    public static IReadOnlyList<FieldChange>? Compare(VfsPath path, ReadOnlyMemory<byte>? before, ReadOnlyMemory<byte>? after) =>
        before is { } left && after is { } right && Told(path, left) is { } was && Told(path, right) is { } now
            ? FieldDiff.Compare(was, now)
            : null;

    /// <summary>Whether a file holds a keyset, with its private keys.</summary>
    public static bool IsKeyset(VfsPath path) => path.Name is "keyset.yaml";

    /// <summary>Whether a file holds a Cluster or an InstanceGroup that has a generation of its own.</summary>
    public static bool IsObject(VfsPath path) => path.Name is "config" || IsInstanceGroup(path);

    private static MappingNode? Told(VfsPath path, ReadOnlyMemory<byte> content) =>
        IsKeyset(path)
            ? Decode(path, content) is { } keyset
                ? KeysetFile.Ids(keyset)
                : null
            : SecretContent.IsIn(content)
                ? null
                : Decode(path, content);

    private static MappingNode? Decode(VfsPath path, ReadOnlyMemory<byte> content)
    {
        try
        {
            return IsInstanceGroup(path) ? KopsCodec.DecodeStored<InstanceGroup>(content, path.ToString()).Value.Node
                : path.Name is "config" or "cluster-completed.spec" ? KopsCodec.DecodeStored<Cluster>(content, path.ToString()).Value.Node
                : path.Name.EndsWith(".yaml", StringComparison.Ordinal)
                    ? YamlReader.Read(content, path.ToString()) is [var only] ? only.Root as MappingNode
                        : null
                : null;
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }

    /// <summary>Whether a file holds an InstanceGroup, whatever its name.</summary>
    public static bool IsInstanceGroup(VfsPath path) => path.ToString().Split('/') is [.., "instancegroup", _];
}
