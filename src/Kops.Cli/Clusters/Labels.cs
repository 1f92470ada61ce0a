namespace Kops.Cli.Clusters;

/// <summary>Labels that say where an object belongs.</summary>
internal static class Labels
{
    /// <summary>The cluster of an instance group or an SSH credential.</summary>
    public const string Cluster = "kops.k8s.io/cluster";
}
