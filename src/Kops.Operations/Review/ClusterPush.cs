using Kops.StateStore.Changes;
using Kops.StateStore.Review;

namespace Kops.Operations.Review;

/// <summary>What pushing does to one cluster.</summary>
/// <param name="Name">The cluster.</param>
/// <param name="Changes">What is changed, as one change.</param>
/// <param name="Edited">The files that were edited.</param>
public sealed record ClusterPush(string Name, ChangeSet Changes, IReadOnlyList<ReviewItem> Edited);
