using Kops.Api;
using Kops.Build;
using Kops.Model.Completion;
using Kops.Operations.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Assets;

/// <summary>Lists what the machines of a cluster get from elsewhere: images and files.</summary>
public static class ListAssets
{
    /// <summary>The images and files that machines would get after an update. Nothing is written, no key made.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="options">As what the update would be done.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">A hash is missing that nobody knows, or instance groups cannot be read.</exception>
    /// <exception cref="InvalidObjectException">The cluster may not be like that; all that is wrong is named.</exception>
    public static async Task<ClusterAssets> RunAsync(
        ClusterSession session,
        ClusterState state,
        UpdateOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Unreadable.Count > 0)
            throw OperationException.Failed($"what cluster \"{state.Name}\" needs is not known while instance groups of it cannot be read");
        try
        {
            options ??= new UpdateOptions();
            // Nodes that wait for the control plane need what they have by now.
            var read = await FanOut
                .SelectAsync([state.Layout.CompletedSpec, .. BootedVersions.Places(state)], StoredFile.ReadAsync, cancellationToken)
                .ConfigureAwait(false);
            var nodeVersion = UpdateGuards.NodeVersion(state, BootedVersions.Of(read.Skip(1), UpdateGuards.Applied(read[0])), options);
            var inputs = await UpdateInputs.GatherAsync(session, state, options, nodeVersion, cancellationToken).ConfigureAwait(false);
            var direct = state.Cluster.Copy();
            direct.Spec.Node.Remove("assets");
            var completed = ClusterCompleter.Complete(new(direct, [.. state.InstanceGroups.Select(group => group.Value)], inputs.Facts));
            return ClusterAssets.Of(inputs.Request, inputs.Request with { Cluster = completed });
        }
        catch (FormatException malformed)
        {
            throw OperationException.Failed($"cluster \"{state.Name}\": {malformed.Message}", malformed);
        }
    }
}
