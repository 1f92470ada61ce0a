using Kops.Resources.Aws.Core;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Machines;

/// <summary>The key that opens machines by SSH: the cluster's own, or one that AWS knows already.</summary>
internal static class SshKeyBuilder
{
    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        if (Key(cluster) is not { } key)
            yield break;
        var fingerprint = SshKeys.Fingerprint(key);
        var name = Name(cluster, fingerprint);
        yield return new(
            AwsKinds.KeyPair,
            name.Replace(":", string.Empty, StringComparison.Ordinal),
            new()
            {
                ["key_name"] = name,
                ["public_key"] = new DataFile("public_key", key),
                ["tags"] = cluster.TagMap(cluster.Name),
            }
        );
    }

    /// <summary>What launch templates say of it; null for machines without a key.</summary>
    public static Value? Ref(AwsCluster cluster) =>
        cluster.Spec.SshKeyName is { Length: > 0 } name ? new TextValue(name)
        : Key(cluster) is { } key
            ? AwsKinds.KeyPair.Of(Name(cluster, SshKeys.Fingerprint(key)).Replace(":", string.Empty, StringComparison.Ordinal))
        : null;

    // A name that is there, be it empty, says that the cluster's own key is not used.
    private static string? Key(AwsCluster cluster) =>
        cluster.Spec.SshKeyName is null && cluster.Request.SshKeys is [var first, ..] ? first : null;

    private static string Name(AwsCluster cluster, string fingerprint) => $"kubernetes.{cluster.Name}-{fingerprint}";
}
