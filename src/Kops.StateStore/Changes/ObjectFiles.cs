using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Vfs;

namespace Kops.StateStore.Changes;

/// <summary>Which files hold an object whose fields can be compared.</summary>
internal static class ObjectFiles
{
    /// <summary>The differences field by field; null when one of the two is no Cluster or InstanceGroup.</summary>
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
