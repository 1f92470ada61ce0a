using Kops.Api;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Resources.Requests;

/// <summary>What the resources of a cluster follow from: all of it, so that the same request always gives the same resources.</summary>
/// <param name="Cluster">The completed cluster.</param>
/// <param name="Groups">Its completed instance groups, by name.</param>
/// <param name="Facts">What is known of its cloud. What is not known, and needed, ends in an error that names it.</param>
public sealed record ResourceRequest(Cluster Cluster, IReadOnlyList<InstanceGroup> Groups, ProviderFacts Facts)
{
    /// <summary>The files of the state store that are managed as resources; empty when they are written to the store itself.</summary>
    public IReadOnlyList<ManagedFile> Files { get; init; } = [];

    /// <summary>The bucket that those files lie in.</summary>
    public BucketFact Bucket { get; init; } = new(null, EncryptsByItself: false);

    /// <summary>The public keys that open machines by SSH, as they are stored.</summary>
    public IReadOnlyList<string> SshKeys { get; init; } = [];

    /// <summary>The features of kOps that are switched on.</summary>
    public FeatureFlags Features { get; init; } = FeatureFlags.Default;

    /// <summary>The script that makes a machine part of the cluster, by instance group. Bastions have none.</summary>
    public IReadOnlyDictionary<string, string> BootScripts { get; init; } = new Dictionary<string, string>();
}
