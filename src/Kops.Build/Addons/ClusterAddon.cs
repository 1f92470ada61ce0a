namespace Kops.Build.Addons;

/// <summary>An addon that a cluster has, with its manifest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Manifest">The manifest's place below <c>addons/</c>.</param>
/// <param name="Origin">Where the manifest comes from.</param>
/// <param name="Body">The manifest; empty where it is missing.</param>
public sealed record ClusterAddon(string Name, string Manifest, AddonOrigin Origin, ReadOnlyMemory<byte> Body)
{
    /// <summary>The SHA-256 of the manifest, as the list of addons has it: white space at its ends does not count.</summary>
    public string Sha256 => AddonBodies.HashOf(Body);

    /// <summary>The version of kOps whose images an addon of kOps' own runs; null for other addons, and where none can be told.</summary>
    public string? KopsVersion => Name == ClusterAddons.Controller ? AddonBodies.TagOf(Body, "kops-controller") : null;
}
