using Kops.Build.Addons;

namespace Kops.Operations.Clusters;

/// <summary>An addon of a cluster as people look at it.</summary>
/// <param name="Addon">The addon.</param>
/// <param name="KopsVersion">The version of kOps that its manifest is of; null where that is not known, or means nothing.</param>
/// <param name="InStore">How it stands in the store.</param>
public sealed record ListedAddon(ClusterAddon Addon, string? KopsVersion, StoredAddon InStore);
