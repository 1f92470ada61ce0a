using Kops.StateStore.Clusters;

namespace Kops.Operations.Validation;

/// <summary>Whether a cluster has ever been made real.</summary>
internal static class Deployment
{
    /// <summary>Whether kOps deployed the cluster: add-on manifests are written then, and by nothing else.</summary>
    public static async Task<bool> IsDeployedAsync(this ClusterState state, CancellationToken cancellationToken)
    {
        await foreach (var _ in state.Layout.Addons.ListAsync(cancellationToken).ConfigureAwait(false))
            return true;
        return false;
    }
}
