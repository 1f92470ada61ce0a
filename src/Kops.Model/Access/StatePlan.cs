namespace Kops.Model.Access;

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

    /// <summary>The places of an area.</summary>
    public IReadOnlyList<AccessPlace> Of(AccessArea area) =>
        area switch
        {
            AccessArea.Cluster => [Cluster is null ? Root : Root.Below(Cluster), .. Parts],
            AccessArea.Records when Cluster is null => [Root.Below(".kops")],
            AccessArea.Records =>
            [
                Root.Below($".kops/pending/{Cluster}.json", isFile: true),
                Root.Below($".kops/history/{Cluster}"),
                Root.Below(".kops/objects"),
                Root.Below($".kops/moves/{Cluster}.json", isFile: true),
                Root.Below(".kops/check"),
            ],
            AccessArea.Backups => Backups,
            AccessArea.Lock when IsLocked => [Root with { Key = ".kops-lock", IsFile = true }],
            AccessArea.Probe when IsProbed =>
            [
                .. new[] { Root, Discovery }
                    .Concat(Parts)
                    .Concat(Backups)
                    .OfType<AccessPlace>()
                    .Select(place => place with { Key = ".kops/probe", IsFile = false })
                    .Distinct(),
            ],
            AccessArea.Discovery when Discovery is { } place => [place],
            _ => [],
        };
}
