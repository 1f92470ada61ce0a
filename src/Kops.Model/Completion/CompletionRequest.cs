using Kops.Api;
using Kops.Model.Clouds;

namespace Kops.Model.Completion;

/// <summary>What a completed spec is made from.</summary>
/// <param name="Cluster">The cluster as it is stored; it is not changed.</param>
/// <param name="Groups">Its instance groups: how the API is reached, where the cluster does not say, follows from theirs.</param>
/// <param name="Facts">What is known of the clouds: DNS zones, networks.</param>
public sealed record CompletionRequest(Cluster Cluster, IReadOnlyList<InstanceGroup> Groups, CloudFacts Facts);
