using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Strict;

/// <summary>The kinds of object and the versions that kOps has.</summary>
internal static class KopsKinds
{
    /// <summary>The version that is stored and that all views show.</summary>
    public const string StoredVersion = "kops.k8s.io/v1alpha2";

    /// <summary>The kinds, in the order in which the documentation names them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Cluster", "InstanceGroup", "Keyset", "SSHCredential", "Host"];

    /// <summary>The versions that can be read.</summary>
    public static IReadOnlyList<string> Versions { get; } = [StoredVersion, "kops.k8s.io/v1alpha3", "kops/v1alpha2"];

    /// <summary>Whether objects of a group are ours.</summary>
    public static bool IsOurs(string apiVersion) =>
        apiVersion.StartsWith("kops.k8s.io/", StringComparison.Ordinal) || apiVersion.StartsWith("kops/", StringComparison.Ordinal);

    /// <summary>The schema of a version; null when it cannot be read.</summary>
    public static ApiSchema? SchemaOf(string apiVersion) =>
        apiVersion switch
        {
            StoredVersion or "kops/v1alpha2" => ApiSchema.V1Alpha2,
            "kops.k8s.io/v1alpha3" => ApiSchema.V1Alpha3,
            _ => null,
        };

    /// <summary>The view of an object of the stored version.</summary>
    public static KopsObject View(MappingNode root, string kind) =>
        kind switch
        {
            "Cluster" => new Cluster(root),
            "InstanceGroup" => new InstanceGroup(root),
            "Keyset" => new Keyset(root),
            "SSHCredential" => new SSHCredential(root),
            "Host" => new Host(root),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of kOps"),
        };
}
