namespace Kops.Resources.Values;

/// <summary>All that a cluster needs in its cloud, as values.</summary>
/// <param name="Providers">How the cloud, and that of the managed files, are spoken to.</param>
/// <param name="Resources">The resources. Two of the same kind have different names.</param>
/// <param name="Outputs">What is told of them.</param>
public sealed record CloudResources(IReadOnlyList<Provider> Providers, IReadOnlyList<Resource> Resources, IReadOnlyList<Output> Outputs);
