using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Clusters;

/// <summary>The objects of a cluster that are none of kOps' own: addons that the user brings.</summary>
internal static class AdditionalObjects
{
    public static async Task<IReadOnlyList<MappingNode>> ReadAsync(ClusterState state, CancellationToken cancellationToken)
    {
        var file = await state.ReadAdditionalObjectsAsync(cancellationToken);
        return file.Bytes.IsEmpty ? [] : [.. KopsCodec.Decode(file.Bytes, file.Path.ToString()).Select(document => document.Root)];
    }
}
