namespace Kops.StateStore.Changes;

/// <summary>
/// The order in which files are written, such that a change which stops anywhere can be finished or undone. What is not kept in the
/// journal cannot be written again, and cannot be restored. So: first new secrets (they can be deleted again), then the one secret
/// that is replaced and generated files with secrets inside (from there on a change can only be finished), then all that can be both
/// repeated and restored, the cluster's own object
/// first since it is what others watch and edit, and last the deletion of secrets (which can be repeated, but not restored).
///
/// Of what machines boot from, a file comes after those that it names: manifests of pods before the node configuration that names them, the
/// configuration before the boot script that names it by its hash, the manifests of addons, which may hold such scripts, before their list,
/// all of that before the completed spec, and what nothing names any more is deleted at the end. So a machine that starts in between finds
/// every file that it is told of.
/// </summary>
internal static class ApplyOrder
{
    public const int CreateSecrets = 0;
    public const int ReplaceSecret = 1;
    public const int ClusterObject = 2;
    public const int InstanceGroups = 3;
    public const int Others = 4;
    public const int Manifests = 5;
    public const int NodeConfigs = 6;
    public const int Lists = 7;
    public const int Summary = 8;
    public const int Removal = 9;
    public const int DeleteSecrets = 10;

    // What tells the next update what this one has done.
    private static readonly string[] Summaries = ["/cluster-completed.spec", "/kops-version.txt", "/instancegroups.yaml", "/flags.json"];

    /// <summary>The stage in which a file is written. Files of one stage may be written side by side.</summary>
    public static int StageOf(FileChange change) =>
        (change.Secrecy, change.Kind) switch
        {
            (FileSecrecy.Plain, FileChangeKind.Delete) when IsGenerated(change.Path.ToString()) => Removal,
            (FileSecrecy.Plain, _) => StageOfPlain(change.Path.ToString()),
            (_, FileChangeKind.Create) => CreateSecrets,
            (_, FileChangeKind.Replace) => ReplaceSecret,
            _ => DeleteSecrets,
        };

    /// <summary>The files in order.</summary>
    public static IReadOnlyList<FileChange> Sort(IEnumerable<FileChange> changes) =>
        [.. changes.OrderBy(StageOf).ThenBy(change => change.Path.ToString(), StringComparer.Ordinal)];

    private static int StageOfPlain(string path) =>
        path.EndsWith("/config", StringComparison.Ordinal) ? ClusterObject
        : path.Contains("/instancegroup/", StringComparison.Ordinal) ? InstanceGroups
        : Summaries.Any(name => path.EndsWith(name, StringComparison.Ordinal)) ? Summary
        : path.EndsWith("/nodeupscript.sh", StringComparison.Ordinal) || path.EndsWith("/bootstrap-channel.yaml", StringComparison.Ordinal)
            ? Lists
        : path.Contains("/igconfig/", StringComparison.Ordinal) ? NodeConfigs
        : path.Contains("/manifests/", StringComparison.Ordinal) ? Manifests
        : Others;

    private static bool IsGenerated(string path) =>
        path.Contains("/igconfig/", StringComparison.Ordinal) || path.Contains("/manifests/", StringComparison.Ordinal);
}
