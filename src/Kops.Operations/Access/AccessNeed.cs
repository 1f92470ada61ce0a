using Kops.Vfs.Setup;

namespace Kops.Operations.Access;

/// <summary>A thing that commands, or nodes, do with a store; it becomes one statement of a policy.</summary>
/// <param name="Name">The statement's name: letters only, as IAM wants it.</param>
/// <param name="Modes">Who does it.</param>
/// <param name="Area">Where.</param>
/// <param name="Rights">What it takes.</param>
/// <param name="Reason">Why, for the documentation.</param>
public sealed record AccessNeed(
    string Name,
    IReadOnlyList<AccessMode> Modes,
    AccessArea Area,
    IReadOnlyList<StoreRight> Rights,
    string Reason
)
{
    /// <summary>For <see cref="AccessArea.Buckets"/>: only those in which this is allowed elsewhere; null for all.</summary>
    public StoreRight? BucketsWith { get; init; }

    /// <summary>The need of a mode that takes a right in an area; where that mode has none, of whoever has.</summary>
    /// <exception cref="InvalidOperationException">Nobody needs such a right there.</exception>
    public static AccessNeed For(AccessMode mode, AccessArea area, StoreRight right)
    {
        var all = All.Where(need => need.Area == area && need.Rights.Contains(right)).ToList();
        return all.Find(need => need.Modes.Contains(mode)) ?? all.First();
    }

    /// <summary>Whether somebody in a mode does anything in an area.</summary>
    public static bool IsUsed(AccessMode mode, AccessArea area) => All.Any(need => need.Area == area && need.Modes.Contains(mode));

    /// <summary>
    /// What is done with a store. This table is the one place that says it; policies and docs/accounts.md are made from it.
    /// </summary>
    public static IReadOnlyList<AccessNeed> All { get; } =
    [
        new(
            "FindBucket",
            [AccessMode.Read, AccessMode.Write, AccessMode.Node],
            AccessArea.Buckets,
            [StoreRight.Locate],
            "The region of a bucket is asked for once per command. Refused, it is taken from the answer to another request where that "
                + "tells. Of a namespace of Kubernetes it is asked whether it is there, for its listing would just be empty."
        ),
        new(
            "ListFiles",
            [AccessMode.Read, AccessMode.Write, AccessMode.Node],
            AccessArea.Buckets,
            [StoreRight.List],
            "Clusters and instance groups are found by listing. It is on the whole bucket since it also decides whether a file that is "
                + "not there is \"not there\" or \"denied\". It shows names, not contents."
        ),
        new(
            "AskEncryption",
            [AccessMode.Write, AccessMode.Node],
            AccessArea.Buckets,
            [StoreRight.AskEncryption],
            "Before the first write it is asked whether the bucket encrypts by itself; otherwise encryption is asked for with each file."
        )
        {
            BucketsWith = StoreRight.Write,
        },
        new(
            "ListVersions",
            [AccessMode.Node],
            AccessArea.Buckets,
            [StoreRight.ListVersions],
            "etcd-manager finds the versions of the backups that it removes."
        )
        {
            BucketsWith = StoreRight.DeleteVersions,
        },
        new(
            "ReadCluster",
            [AccessMode.Read, AccessMode.Node],
            AccessArea.Cluster,
            [StoreRight.Read],
            "Objects, generated files, keys and secrets. The control plane reads all of them; workers are served by it and need nothing "
                + "here."
        ),
        new(
            "ChangeCluster",
            [AccessMode.Write],
            AccessArea.Cluster,
            [StoreRight.Read, StoreRight.Write, StoreRight.Delete],
            "Objects, generated files, keys and secrets are written under the condition that they are as they were read."
        ),
        new(
            "ReadRecords",
            [AccessMode.Read],
            AccessArea.Records,
            [StoreRight.Read],
            "Changes that are going on, history, and the contents that it keeps, of which none are private keys or secrets."
        ),
        new(
            "WriteRecords",
            [AccessMode.Write],
            AccessArea.Records,
            [StoreRight.Read, StoreRight.Write, StoreRight.Delete],
            "Each change is recorded before it is made, so that it can be undone, and finished by somebody else when a command dies."
        ),
        new(
            "TryConditions",
            [AccessMode.Write],
            AccessArea.Probe,
            [StoreRight.Read, StoreRight.Write, StoreRight.Delete],
            "Only with services other than AWS that speak as S3 does: before the first write to a bucket it is tried out there, in "
                + "`.kops/probe/` at its top, that the service honours conditions."
        ),
        new(
            "HoldLock",
            [AccessMode.Write],
            AccessArea.Lock,
            [StoreRight.Read, StoreRight.Write, StoreRight.Delete],
            "Only where the server cannot check that a file is unchanged (OSS): one writer at a time holds this file, `.kops-lock`, at "
                + "the bucket's top, and those who wait leave tickets in `.kops-lock-queue/`."
        ),
        new(
            "ReadBackups",
            [AccessMode.Read],
            AccessArea.Backups,
            [StoreRight.Read],
            "Only where backups of etcd stand elsewhere: `state copy` and `state export --backups`."
        ),
        new(
            "ChangeBackups",
            [AccessMode.Write],
            AccessArea.Backups,
            [StoreRight.Read, StoreRight.Write, StoreRight.Delete],
            "Only where backups of etcd stand elsewhere: what etcd-manager is told stands beside them, and `delete cluster` removes them."
        ),
        new(
            "KeepBackups",
            [AccessMode.Node],
            AccessArea.Backups,
            [StoreRight.Read, StoreRight.Write, StoreRight.Delete, StoreRight.DeleteVersions],
            "etcd-manager writes backups, reads them to restore, and removes old ones."
        ),
        new(
            "PublishDiscovery",
            [AccessMode.Write],
            AccessArea.Discovery,
            [StoreRight.Read, StoreRight.Write, StoreRight.Delete],
            "Only with `serviceAccountIssuerDiscovery.discoveryStore`: the documents that let clouds check tokens of service accounts."
        ),
    ];
}
