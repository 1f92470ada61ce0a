using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.Completion;

/// <summary>What a completed instance group is made from.</summary>
/// <param name="Cluster">Its cluster, completed; it is not changed.</param>
/// <param name="Group">The group as it is stored; it is not changed.</param>
/// <param name="Channel">Where images are chosen from.</param>
/// <param name="Facts">What is known of the clouds: machine types.</param>
/// <param name="Features">kOps' feature flags: with <c>APIServerNodes</c>, control planes are labelled as API servers too.</param>
public sealed record GroupCompletionRequest(Cluster Cluster, InstanceGroup Group, Channel Channel, CloudFacts Facts, FeatureFlags Features);
