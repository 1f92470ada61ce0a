using Kops.StateStore.Clusters;

namespace Kops.Operations.Validation;

/// <summary>Whether machines of a cluster may exist.</summary>
internal static class Deployment
{
    // What updates write, those of kOps and of this program, and nothing else does. Machines boot from it: with kOps they are made by the
    // same command, with Terraform by the next one. An update that was stopped has written some of it at least.
    // Backups of etcd are written by machines themselves.
    private static readonly string[] Written =
    [
        "addons",
        "backups",
        "cluster-completed.spec",
        "cluster.spec",
        "igconfig",
        "kops-version.txt",
        "manifests",
    ];

    /// <summary>Whether machines of the cluster may exist: it was updated. One listing of one directory.</summary>
    public static async Task<bool> MayHaveMachinesAsync(this ClusterState state, CancellationToken cancellationToken)
    {
        await foreach (var entry in state.Layout.ConfigBase.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Written.Contains(entry.Path.Name, StringComparer.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Refuses to delete what describes machines that may be running: nobody would know of them any more.</summary>
    /// <param name="state">The cluster.</param>
    /// <param name="what">What would be deleted alone.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">The cluster was updated.</exception>
    public static async Task CheckHasNoMachinesAsync(this ClusterState state, string what, CancellationToken cancellationToken)
    {
        if (await state.MayHaveMachinesAsync(cancellationToken).ConfigureAwait(false))
            throw OperationException.Failed(
                $"cluster \"{state.Name}\" was updated, so machines of it may exist, and this program does not delete cloud resources "
                    + $"yet. Delete those with Terraform or kOps, or use --unregister to delete {what} alone"
            );
    }
}
