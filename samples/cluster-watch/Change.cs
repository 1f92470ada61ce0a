namespace ClusterWatch;

/// <summary>What happened to a file.</summary>
internal enum ChangeKind
{
    Created,
    Changed,
    Deleted,
}

/// <summary>A file of a cluster that is not as it was.</summary>
internal readonly record struct Change(string Cluster, string File, ChangeKind Kind)
{
    public static Change Of(string path, ChangeKind kind) =>
        path.Split('/', 2) is [var cluster, var file] ? new(cluster, file, kind) : new("(no cluster)", path, kind);
}
