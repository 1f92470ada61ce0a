using Kops.Operations.Events;
using Kops.StateStore.Errors;
using Kops.StateStore.Layout;
using Kops.Vfs;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Profiles;

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

    /// <summary>Finds out where a cluster keeps what: as it says itself, or, where it cannot be read, as most do, which is told.</summary>
    /// <param name="session">The work.</param>
    /// <param name="root">The state store.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">The name cannot be a cluster's.</exception>
    public static async Task<StatePlan> ReadAsync(
        ClusterSession session,
        AccessPlace root,
        string cluster,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(root);
        var usual = new StatePlan(root, cluster) { Backups = [root.Below($"{cluster}/backups")] };
        string why;
        try
        {
            if (await session.State.ReadAsync(cluster, cancellationToken).ConfigureAwait(false) is { } state)
                return usual.At(state.Layout);
            why = "is not there";
        }
        catch (Exception e) when (e is StoreException or StateStoreException { Kind: not StateErrorKind.Invalid })
        {
            why = $"cannot be read ({e.Message})";
        }

        session.Tell(new Advice(EventLevel.Note, $"cluster \"{cluster}\" {why}; its parts are taken to stand in its directory."));
        return usual;
    }

    /// <summary>The same with what the user says of the store: services that speak as S3 does, but are not AWS, take others.</summary>
    public StatePlan With(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isElsewhere = Root.Scheme is "s3"
            ? settings.Get(new StoreSetting("endpoint", string.Empty, "S3_ENDPOINT")) is not null
            : Root.Scheme is "do" or "hos" or "linode" or "scw";
        return this with { IsProbed = isElsewhere, AsksEncryption = !isElsewhere || AsksOf(settings) };
    }

    /// <summary>Services with presets of their own, and those of which it is said, are not asked whether they encrypt.</summary>
    private bool AsksOf(StoreSettings settings) =>
        Root.Scheme is "s3"
        && settings.Get(new StoreSetting("encryption", string.Empty, "KOPS_S3_ENCRYPTION")) is not "none"
        && settings.Get(new StoreSetting("service", string.Empty, "KOPS_S3_SERVICE")) is null or "aws" or "other";

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
            AccessArea.Lock when IsLocked =>
            [
                Root with
                {
                    Key = LockLayer.Key,
                    IsFile = true,
                },
                Root with
                {
                    Key = LockLayer.QueuePrefix.TrimEnd('/'),
                    IsFile = false,
                },
            ],
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
