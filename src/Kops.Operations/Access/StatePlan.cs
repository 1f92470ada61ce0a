using Kops.StateStore.Layout;
using Kops.Vfs.Layers.Lock;

namespace Kops.Operations.Access;

/// <summary>Where a store, or one cluster of it, keeps what.</summary>
/// <param name="Root">The state store.</param>
/// <param name="Cluster">The cluster; null for all of the store.</param>
public sealed record StatePlan(AccessPlace Root, string? Cluster)
{
    /// <summary>
    /// Registry, config base, key store and secret store, where they are not all of the store or the cluster's directory in it.
    /// </summary>
    public IReadOnlyList<AccessPlace> Parts { get; init; } = [];

    /// <summary>The backups of etcd.</summary>
    public IReadOnlyList<AccessPlace> Backups { get; init; } = [];

    /// <summary>The documents of the service account issuer; null for none.</summary>
    public AccessPlace? Discovery { get; init; }

    /// <summary>
    /// Whether it is tried out with a small file that the server honours conditions, as with services other than AWS itself.
    /// </summary>
    public bool IsProbed { get; init; }

    /// <summary>Whether it is asked whether the buckets encrypt by themselves. Some services refuse policies that speak of that.</summary>
    public bool AsksEncryption { get; init; } = true;

    /// <summary>Whether writers take a lock, at the top of the bucket.</summary>
    public bool IsLocked { get; init; }

    /// <summary>The same for a cluster whose places are known.</summary>
    public StatePlan At(ClusterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var places = layout
            .Places.Where(place => place.Role is not ClusterPlaceRole.Registry)
            .ToLookup(place => ClusterAreas.AreaOf(place.Role), place => AccessPlace.Of(place.Path.ToString()));
        return this with
        {
            Parts = [.. places[AccessArea.Cluster]],
            Backups = [.. places[AccessArea.Backups]],
            Discovery = places[AccessArea.Discovery].FirstOrDefault(),
        };
    }

    /// <summary>The places of an area.</summary>
    public IReadOnlyList<AccessPlace> Of(AccessArea area) =>
        area switch
        {
            AccessArea.Cluster => [Cluster is null ? Root : Root.Below(Cluster), .. Parts],
            AccessArea.Records when Cluster is null => [Root.Below(KopsDirectory.Name)],
            AccessArea.Records => [.. KopsDirectory.PartsOf(Cluster).Select(part => Root.Below(part.Key, part.IsFile))],
            AccessArea.Backups => Backups,
            AccessArea.Lock when IsLocked => [Root with { Key = LockLayer.Key, IsFile = true }],
            AccessArea.Probe when IsProbed =>
            [
                .. new[] { Root, Discovery }
                    .Concat(Parts)
                    .Concat(Backups)
                    .OfType<AccessPlace>()
                    .Select(place => place with { Key = KopsDirectory.ProbePrefix.TrimEnd('/'), IsFile = false })
                    .Distinct(),
            ],
            AccessArea.Discovery when Discovery is { } place => [place],
            _ => [],
        };
}
