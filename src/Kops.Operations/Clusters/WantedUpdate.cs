using Kops.Api;
using Kops.Model.Clouds;
using Kops.StateStore.Changes.Updates;

namespace Kops.Operations.Clusters;

/// <summary>What follows from a cluster.</summary>
/// <param name="Completed">The cluster, completed.</param>
/// <param name="Facts">What is known of the clouds by now.</param>
/// <param name="Content">What the state store holds besides what people edit.</param>
internal sealed record WantedUpdate(Cluster Completed, CloudFacts Facts, UpdateContent Content);
