using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Views;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>Keeps <c>metadata.generation</c> rising when an old object is brought back.</summary>
internal static class Generations
{
    /// <summary>The old content with a generation after the one that stands now; other files as they are.</summary>
    public static ReadOnlyMemory<byte> Raise(VfsPath path, ReadOnlyMemory<byte> old, StoredFile now)
    {
        if (!now.Exists || !ObjectFiles.IsObject(path))
            return old;
        try
        {
            return ObjectFiles.IsInstanceGroup(path) ? Raise<InstanceGroup>(path, old, now) : Raise<Cluster>(path, old, now);
        }
        catch (InvalidObjectException)
        {
            return old;
        }
    }

    private static byte[] Raise<T>(VfsPath path, ReadOnlyMemory<byte> old, StoredFile now)
        where T : KopsObject, IApiView<T>
    {
        var (before, present) = (
            KopsCodec.DecodeStored<T>(old, path.ToString()).Value,
            KopsCodec.DecodeStored<T>(now.Bytes, path.ToString()).Value
        );
        var generation = present.Metadata.Generation;
        before.Metadata.Generation = Node.DeepEquals(before.Node["spec"], present.Node["spec"]) ? generation : (generation ?? 0) + 1;
        return KopsCodec.Encode(before);
    }
}
