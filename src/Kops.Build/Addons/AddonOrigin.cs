namespace Kops.Build.Addons;

/// <summary>Where the manifest of an addon comes from.</summary>
public enum AddonOrigin
{
    /// <summary>Nobody has it.</summary>
    Missing,

    /// <summary>It is made from a source of kOps.</summary>
    Source,

    /// <summary>It is kept as it lies in the store.</summary>
    Store,

    /// <summary>It follows from the cluster alone: the objects that its user adds, or nothing at all.</summary>
    Cluster,
}
