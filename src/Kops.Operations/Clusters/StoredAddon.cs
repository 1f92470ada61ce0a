namespace Kops.Operations.Clusters;

/// <summary>How the manifest of an addon stands in the store.</summary>
public enum StoredAddon
{
    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>Another one is there, which an update replaces.</summary>
    Other,

    /// <summary>It is there.</summary>
    Same,
}
