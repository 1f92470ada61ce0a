using Kops.Api;

namespace Kops.Model.Upgrades;

/// <summary>A planned upgrade.</summary>
/// <param name="Cluster">The cluster as it would be.</param>
/// <param name="InstanceGroups">Its groups as they would be, in the order in which they were given.</param>
/// <param name="Actions">What changes; empty when nothing does.</param>
/// <param name="Notes">What is left alone and why, a sentence each.</param>
public sealed record UpgradePlan(
    Cluster Cluster,
    IReadOnlyList<InstanceGroup> InstanceGroups,
    IReadOnlyList<UpgradeAction> Actions,
    IReadOnlyList<string> Notes
);
