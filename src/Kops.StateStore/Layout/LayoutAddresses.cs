using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Layout;

/// <summary>Between paths and the addresses that records hold.</summary>
internal static class LayoutAddresses
{
    /// <summary>The address of a file; null when it lies in no place of the cluster.</summary>
    public static FileAddress? AddressOf(this ClusterLayout layout, VfsPath path)
    {
        foreach (var (name, place) in layout.PlacesThatOpen())
        {
            if (path.RelativeTo(place) is { } key)
                return new FileAddress(name, key);
        }

        return null;
    }

    /// <summary>
    /// The places that a record of the cluster may reach, by their names. Not among them are other clusters' parts of the state store, the
    /// local file system when the state store is elsewhere, and places whose path does not say that they are this cluster's.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, VfsPath>> ReachAsync(
        this ClusterLayout layout,
        CancellationToken cancellationToken
    )
    {
        var reached = new Dictionary<string, VfsPath>(StringComparer.Ordinal);
        foreach (var (name, place) in layout.PlacesThatOpen())
        {
            if (await IsOwnAsync(layout, place, cancellationToken).ConfigureAwait(false))
                reached[name] = place;
        }

        return reached;
    }

    private static async Task<bool> IsOwnAsync(ClusterLayout layout, VfsPath place, CancellationToken cancellationToken)
    {
        if (place.IsSamePlace(layout.Applied) || place.IsSamePlace(layout.Registry) || place.RelativeTo(layout.Registry) is not null)
            return true;
        if (
            (place.Store.IsLocal && !layout.Root.Store.IsLocal)
            || !place.ToString().Split('/').Contains(layout.Cluster, StringComparer.Ordinal)
        )
            return false;
        if (place.RelativeTo(layout.Root) is not { } below)
            return !place.Overlaps(layout.Root);
        var directory = below.Split('/')[0];
        return !directory.StartsWith('.')
            && await layout.Root.Join(directory, layout.Config.Name).StatAsync(cancellationToken).ConfigureAwait(false) is null;
    }
}
