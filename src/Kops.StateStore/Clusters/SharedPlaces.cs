using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Clusters;

/// <summary>
/// Finds places that clusters have in common. A spec can name any place, also that of another cluster: who deletes the one would delete
/// what is the other's.
/// </summary>
public static class SharedPlaces
{
    /// <summary>
    /// The places of a cluster that lie in the directory of another cluster of the store, or hold the whole store. One look for each place
    /// that lies elsewhere in the store; none where all are below the cluster's own directory, or in other stores.
    /// </summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<IReadOnlyList<SharedPlace>> FindNamedAsync(ClusterLayout layout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var shared = new List<SharedPlace>();
        foreach (var place in layout.Places.Where(place => place.Role is not ClusterPlaceRole.Registry))
        {
            if (IsWholeStore(layout, place))
                shared.Add(new SharedPlace(place, null, null));
            else if (
                place.Path.RelativeTo(layout.Root)?.Split('/')[0] is { } name
                && name != layout.Cluster
                && await layout.Root.Join(name, "config").StatAsync(cancellationToken).ConfigureAwait(false) is not null
            )
                shared.Add(new SharedPlace(place, name, new ClusterPlace(ClusterPlaceRole.Registry, layout.Root.Join(name))));
        }

        return shared;
    }

    /// <summary>All places of a cluster that others use, or in which others keep something.</summary>
    /// <param name="layout">The cluster's.</param>
    /// <param name="others">Those of the other clusters.</param>
    public static IReadOnlyList<SharedPlace> Find(ClusterLayout layout, IEnumerable<ClusterLayout> others)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var theirs = others.SelectMany(other => other.Places.Select(place => (other.Cluster, Place: place))).ToList();
        return
        [
            .. from mine in layout.Places
            where mine.Role is not ClusterPlaceRole.Registry && IsWholeStore(layout, mine)
            select new SharedPlace(mine, null, null),
            .. from mine in layout.Places
            where !IsWholeStore(layout, mine)
            from other in theirs
            where mine.Path.Overlaps(other.Place.Path)
            select new SharedPlace(mine, other.Cluster, other.Place),
        ];
    }

    private static bool IsWholeStore(ClusterLayout layout, ClusterPlace place) =>
        place.Path.IsSamePlace(layout.Root)
        || layout.Root.RelativeTo(place.Path) is not null
        || place.Path.RelativeTo(layout.Root)?.Split('/')[0] is KopsDirectory.Name;
}
