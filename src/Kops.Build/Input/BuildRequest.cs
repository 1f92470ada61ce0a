using Kops.Api;
using Kops.Api.Documents;
using Kops.Model;
using Kops.Model.Flags;

namespace Kops.Build.Input;

/// <summary>What the files of a cluster follow from: all of it, so that the same request always gives the same files.</summary>
/// <param name="Cluster">The cluster, completed.</param>
public sealed record BuildRequest(Cluster Cluster)
{
    /// <summary>The cluster as its user describes it; what is completed where there is no such.</summary>
    public Cluster? Described { get; init; }

    /// <summary>Its instance groups, completed, by name.</summary>
    public IReadOnlyList<InstanceGroup> Groups { get; init; } = [];

    /// <summary>Its keysets, by name.</summary>
    public IReadOnlyDictionary<string, KeysetFact> Keysets { get; init; } = new Dictionary<string, KeysetFact>();

    /// <summary>The objects that the user wants applied as they are.</summary>
    public IReadOnlyList<MappingNode> Objects { get; init; } = [];

    /// <summary>The secret by which the API server encrypts what it stores; null when there is none.</summary>
    public ReadOnlyMemory<byte>? EncryptionConfig { get; init; }

    /// <summary>The manifests of addons, by their place below <c>addons/</c>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Addons { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The SHA-256 of files that the table inside does not know, by address.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The Kubernetes version that the running control plane still has while it is upgraded: nodes boot with it. Null when nodes boot with
    /// the cluster's.
    /// </summary>
    public string? NodeVersion { get; init; }

    /// <summary>The addresses of the API's load balancer; none where another tool makes it.</summary>
    public IReadOnlyList<string> ApiAddresses { get; init; } = [];

    /// <summary>The version of kOps whose programs and images are used.</summary>
    public string Release { get; init; } = Versions.Kops;

    /// <summary>The environment variables that matter.</summary>
    public BuildVariables Variables { get; init; } = BuildVariables.None;

    /// <summary>The features of kOps that are switched on.</summary>
    public FeatureFlags Features { get; init; } = FeatureFlags.Default;
}
