namespace Kops.Model.Upgrades;

/// <summary>One change of an upgrade, as a row of the table that kOps prints.</summary>
/// <param name="Item"><c>Cluster</c>, or <c>InstanceGroup/NAME</c>.</param>
/// <param name="Property">What changes: <c>Channel</c>, <c>KubernetesVersion</c>, <c>Image</c>.</param>
/// <param name="Old">What it is; empty when it is not set.</param>
/// <param name="New">What it becomes.</param>
public sealed record UpgradeAction(string Item, string Property, string Old, string New);
