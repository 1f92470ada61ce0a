using Kops.Build;
using Kops.Build.Addons;
using Kops.Operations.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Clusters;

/// <summary>Lists the addons of a cluster, and where the manifest of each comes from: what an update would write.</summary>
public static class ListAddons
{
    /// <summary>Lists them. Nothing is written.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="options">What an update would be told.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The addons, in the order in which they are applied, and what an update would say of them.</returns>
    /// <exception cref="OperationException">Manifests cannot be made; all that fail are named.</exception>
    public static async Task<(IReadOnlyList<ListedAddon> Addons, UpdateAddons Update)> ReadAsync(
        ClusterSession session,
        ClusterState state,
        UpdateOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var inputs = await UpdateInputs.GatherAsync(session, state, options, nodeVersion: null, cancellationToken).ConfigureAwait(false);
        var update = new UpdateAddons(FilesOf(state, inputs), options);
        var stored = inputs
            .ReadAddons.Where(file => file.Exists)
            .ToDictionary(file => file.Path.ToString(), file => file.Bytes, StringComparer.Ordinal);
        return ([.. await FanOut.SelectAsync(update.All, ListAsync, cancellationToken).ConfigureAwait(false)], update);

        async ValueTask<ListedAddon> ListAsync(ClusterAddon addon, CancellationToken token)
        {
            var path = state.Layout.AddonManifest(addon.Manifest);
            // Manifests that follow from the cluster alone were not read.
            var isThere = stored.TryGetValue(path.ToString(), out var body);
            if (addon.Origin == AddonOrigin.Cluster)
            {
                var file = await StoredFile.ReadAsync(path, token).ConfigureAwait(false);
                (isThere, body) = (file.Exists, file.Bytes);
            }

            return new(
                addon,
                addon.Origin switch
                {
                    AddonOrigin.Source => options.AddonsSource?.Version,
                    AddonOrigin.Store => update.StoredVersion,
                    _ => null,
                },
                !isThere ? StoredAddon.Absent
                    : body.Span.SequenceEqual(addon.Body.Span) ? StoredAddon.Same
                    : StoredAddon.Other
            );
        }
    }

    private static ClusterFiles FilesOf(ClusterState state, UpdateInputs inputs)
    {
        try
        {
            return ClusterFiles.Of(inputs.Request);
        }
        catch (FormatException malformed)
        {
            throw OperationException.Failed($"cluster \"{state.Name}\": {malformed.Message}", malformed);
        }
    }
}
