using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Identity;

/// <summary>What machines may do in the state store: read the cluster's files, and keep the backups of etcd.</summary>
internal static class StoreRights
{
    /// <summary>The right to read the cluster's files; those that lie below others need no word of their own.</summary>
    public static IEnumerable<Rights> Reading(AwsCluster cluster)
    {
        foreach (var place in Places(cluster).Order(StringComparer.Ordinal))
            yield return new() { Statements = [new(Terms.List("s3:Get*"), Terms.Of($"arn:{cluster.Partition}:s3:::{place}/*"))] };
    }

    public static IEnumerable<Rights> Backups(AwsCluster cluster) =>
        BackupPlaces(cluster)
            .Select(place => new Rights
            {
                Statements =
                [
                    new(
                        Terms.List("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:PutObject"),
                        Terms.Of($"arn:{cluster.Partition}:s3:::{place}/*")
                    ),
                ],
            });

    /// <summary>The right to ask about buckets and to list them.</summary>
    public static Rights Buckets(AwsCluster cluster, bool withBackups) =>
        new()
        {
            Statements =
            [
                .. Places(cluster)
                    .Concat(withBackups ? BackupPlaces(cluster) : [])
                    .Select(place => place.Split('/')[0])
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(bucket => new Statement(
                        Terms.Of("s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:ListBucket", "s3:ListBucketVersions"),
                        Terms.List($"arn:{cluster.Partition}:s3:::{bucket}")
                    )),
            ],
        };

    private static List<string> Places(AwsCluster cluster)
    {
        var all = new[] { cluster.Spec.KeyStore, cluster.Spec.SecretStore, cluster.Spec.ConfigBase }
            .Where(address => address is { Length: > 0 })
            .Select(address => Place(address!))
            .Distinct()
            .ToList();
        return all.FindAll(place => !all.Exists(other => place.StartsWith(other + "/", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> BackupPlaces(AwsCluster cluster) =>
        cluster
            .Spec.EtcdClusters.Select(etcd => etcd.Backups?.BackupStore)
            .Where(address => address is { Length: > 0 })
            .Select(address => Place(address!))
            .Distinct();

    // Machines on AWS have rights to buckets; to nothing else could they be given any.
    private static string Place(string address)
    {
        const string Scheme = "s3://";
        return address.StartsWith(Scheme, StringComparison.Ordinal)
            ? address[Scheme.Length..].TrimEnd('/')
            : throw new NotSupportedException($"machines on AWS read the state store from a bucket, and '{address}' is none; use s3://");
    }
}
