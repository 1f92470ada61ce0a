using System.Security.Cryptography;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Machines;

/// <summary>The key that opens machines by SSH: the cluster's own, or one that AWS knows already.</summary>
internal static class SshKeyBuilder
{
    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        if (Key(cluster) is not { } key)
            yield break;
        var fingerprint = Fingerprint(key);
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
            ? AwsKinds.KeyPair.Of(Name(cluster, Fingerprint(key)).Replace(":", string.Empty, StringComparison.Ordinal))
        : null;

    // A name that is there, be it empty, says that the cluster's own key is not used.
    private static string? Key(AwsCluster cluster) =>
        cluster.Spec.SshKeyName is null && cluster.Request.SshKeys is [var first, ..] ? first : null;

    private static string Name(AwsCluster cluster, string fingerprint) => $"kubernetes.{cluster.Name}-{fingerprint}";

#pragma warning disable CA5351 // A name, not a protection.
    private static string Fingerprint(string key)
    {
        if (key.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not [_, var blob, ..])
            throw new FormatException("the SSH public key is none: it needs a type and a text in base 64");
        return Convert
            .ToHexStringLower(MD5.HashData(Convert.FromBase64String(blob)))
            .Chunk(2)
            .Select(pair => new string(pair))
            .Aggregate((left, right) => $"{left}:{right}");
    }
#pragma warning restore CA5351
}
