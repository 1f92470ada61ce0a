using Kops.Api;
using Kops.Api.Codec;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Clusters;

/// <summary>A cluster with everything that an update filled in.</summary>
public static class CompletedSpec
{
    /// <summary>Reads it.</summary>
    /// <exception cref="OperationException">The cluster was never updated.</exception>
    /// <exception cref="InvalidObjectException">It cannot be read.</exception>
    public static async Task<Cluster> ReadAsync(ClusterState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var file = await StoredFile.ReadAsync(state.Layout.CompletedSpec, cancellationToken).ConfigureAwait(false);
        return file.Exists
            ? KopsCodec.DecodeStored<Cluster>(file.Bytes, file.Path.ToString()).Value
            : throw OperationException.NotFound(
                $"cluster \"{state.Name}\" has no completed spec yet ({file.Path}): run 'kops update cluster {state.Name} --yes'"
            );
    }
}
