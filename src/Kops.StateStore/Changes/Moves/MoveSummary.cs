using Kops.StateStore.Changes.History;

namespace Kops.StateStore.Changes.Moves;

/// <summary>What the move of a cluster did.</summary>
/// <param name="Plan">The plan that was carried out last.</param>
/// <param name="Copied">Files that were copied.</param>
/// <param name="Verified">Files that agree with those at the old place, by content.</param>
/// <param name="History">What came along of its history.</param>
public sealed record MoveSummary(MovePlan Plan, long Copied, long Verified, ArrivedHistory History);
