using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;

namespace Kops.Operations.SshKeys;

/// <summary>Adds an SSH public key that may log in.</summary>
public static class AddSshKey
{
    /// <summary>Plans it; the change is empty when the key is there already.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="publicKey">The key, in the one-line form of OpenSSH.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">It is no public key.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        ReadOnlyMemory<byte> publicKey,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        var planner = session.Change(state);
        return planner.AddSshKey(publicKey, await state.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false)).Build();
    }
}
