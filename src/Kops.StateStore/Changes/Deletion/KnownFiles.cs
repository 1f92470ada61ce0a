namespace Kops.StateStore.Changes.Deletion;

/// <summary>The files that a cluster's directory may hold, by kOps' rule for deleting one.</summary>
internal static class KnownFiles
{
    private static readonly string[] Files = ["config", "cluster.spec", "cluster-completed.spec", "kops-version.txt"];

    private static readonly string[] Directories =
    [
        "addons/",
        "clusteraddons/",
        "pki/",
        "secrets/",
        "instancegroup/",
        "igconfig/",
        "manifests/",
        "backups/",
    ];

    /// <summary>Whether a file, by its key below the cluster's directory, is part of a cluster.</summary>
    public static bool Contains(string relative) =>
        Files.Contains(relative, StringComparer.Ordinal)
        || Directories.Any(directory => relative.StartsWith(directory, StringComparison.Ordinal));
}
