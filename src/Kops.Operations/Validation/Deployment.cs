using Kops.StateStore.Clusters;

namespace Kops.Operations.Validation;

/// <summary>Whether a cluster has ever been made real.</summary>
internal static class Deployment
{
    // What this program writes there by itself.
    private static readonly string[] OwnAddons = ["cluster-addons.kops.k8s.io", "dns-controller.addons.k8s.io"];

    /// <summary>Whether kOps deployed the cluster: manifests of its own addons are written then, and by nothing else.</summary>
    public static async Task<bool> IsDeployedAsync(this ClusterState state, CancellationToken cancellationToken)
    {
        await foreach (var entry in state.Layout.Addons.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsPrefix && !OwnAddons.Contains(entry.Path.Name))
                return true;
        }

        return false;
    }

    /// <summary>Refuses to delete what describes machines that may be running: nobody would know of them any more.</summary>
    /// <param name="state">The cluster.</param>
    /// <param name="what">What would be deleted alone.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">The cluster was deployed.</exception>
    public static async Task CheckHasNoMachinesAsync(this ClusterState state, string what, CancellationToken cancellationToken)
    {
        if (await state.IsDeployedAsync(cancellationToken).ConfigureAwait(false))
            throw OperationException.Failed(
                $"cluster \"{state.Name}\" was deployed, and this program does not delete cloud resources yet. Delete those with kOps, "
                    + $"or use --unregister to delete {what} alone"
            );
    }
}
