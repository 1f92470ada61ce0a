using Kops.Build.Addons.Sources;

namespace Kops.Operations.Addons;

/// <summary>What is read of a source of kOps.</summary>
/// <param name="Addons">Its addons.</param>
/// <param name="Version">The version of kOps that it is the source of; null where it does not say.</param>
public sealed record SourceContent(AddonSource Addons, string? Version);
