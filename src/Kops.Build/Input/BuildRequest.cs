using Kops.Api;
using Kops.Api.Documents;
using Kops.Build.Addons.Sources;
using Kops.Model;
using Kops.Model.Clouds;
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

    /// <summary>The password by which Cilium encrypts what goes between machines; null when there is none.</summary>
    public string? CiliumPassword { get; init; }

    /// <summary>What is known of the cluster's cloud.</summary>
    public ProviderFacts Facts { get; init; } = ProviderFacts.None;

    /// <summary>What the machines of a group run first, by group: addons that make machines hand it on.</summary>
    public IReadOnlyDictionary<string, string> BootScripts { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the manifests of addons are made from; null where those that are there are kept.</summary>
    public AddonSource? AddonSource { get; init; }

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
