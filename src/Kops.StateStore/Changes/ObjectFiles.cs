using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Vfs;

namespace Kops.StateStore.Changes;

/// <summary>Files whose fields can be compared: objects, and what is generated as YAML.</summary>
internal static class ObjectFiles
{
    /// <summary>The differences field by field; null when one of the two is neither an object nor one document of YAML.</summary>
    public static IReadOnlyList<FieldChange>? Compare(VfsPath path, ReadOnlyMemory<byte>? before, ReadOnlyMemory<byte>? after) =>
        before is { } left && after is { } right && Decode(path, left) is { } was && Decode(path, right) is { } now
            ? FieldDiff.Compare(was, now)
            : null;

    /// <summary>Whether a file holds a Cluster or an InstanceGroup that has a generation of its own.</summary>
    public static bool IsObject(VfsPath path) => path.Name is "config" || IsInstanceGroup(path);

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
