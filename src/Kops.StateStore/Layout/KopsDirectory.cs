using Kops.Vfs;

namespace Kops.StateStore.Layout;

/// <summary>
/// What lies below <c>.kops/</c> at the root of a state store, outside every cluster's directory: kOps refuses to delete a cluster's
/// directory in which it finds a file that it does not know, and takes only <c>*/config</c> for a cluster. This is the one place that
/// knows it.
/// </summary>
/// <param name="root">The root of the state store.</param>
public sealed class KopsDirectory(VfsPath root)
{
    /// <summary>Its name.</summary>
    public const string Name = ".kops";

    /// <summary>Where it is tried out whether a server honours conditions.</summary>
    public const string ProbePrefix = Name + "/probe/";

    private const string Record = ".json";
    private const string PendingName = "pending";
    private const string MovesName = "moves";
    private const string AppliedName = "applied";
    private const string HistoryName = "history";
    private const string ObjectsName = "objects";
    private const string CheckName = "check";

    /// <summary>The changes that are being applied.</summary>
    public VfsPath AllPending => At(PendingName);

    /// <summary>The changes that have ended.</summary>
    public VfsPath AllHistory => At(HistoryName);

    /// <summary>Contents of files before and after changes, a directory for each cluster.</summary>
    public VfsPath AllObjects => At(ObjectsName);

    /// <summary>The moves of clusters to other stores.</summary>
    public VfsPath AllMoves => At(MovesName);

    /// <summary>The change that is being applied to a cluster. There is at most one, so it keeps two writers apart as well.</summary>
    public VfsPath Pending(string cluster) => AllPending.Join(cluster + Record);

    /// <summary>The changes of a cluster that have ended.</summary>
    public VfsPath HistoryOf(string cluster) => AllHistory.Join(cluster);

    /// <summary>A change that has ended, by the name of its record.</summary>
    public VfsPath History(string cluster, string name) => HistoryOf(cluster).Join(name + Record);

    /// <summary>The contents that changes of a cluster wrote and found.</summary>
    public VfsPath ObjectsOf(string cluster) => AllObjects.Join(cluster);

    /// <summary>A content, by its SHA-256 in hexadecimal digits.</summary>
    public VfsPath Object(string cluster, string sha256) => ObjectsOf(cluster).Join(sha256);

    /// <summary>The move of a cluster to another store.</summary>
    public VfsPath Move(string cluster) => AllMoves.Join(cluster + Record);

    /// <summary>What was said of a cluster, and done to it, the last time, and stands in no file of kOps.</summary>
    public VfsPath AppliedOf(string cluster) => At(AppliedName).Join(cluster);

    /// <summary>A place of nobody else's, to try out what one may do.</summary>
    public VfsPath NewScratch() => At(CheckName).Join(Guid.NewGuid().ToString("N"));

    /// <summary>The name that a record's file bears; null for a file that is no record.</summary>
    public static string? RecordName(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return fileName.Length > Record.Length && fileName.EndsWith(Record, StringComparison.Ordinal) ? fileName[..^Record.Length] : null;
    }

    /// <summary>The keys of what is one cluster's alone: files, and directories. Who works on one cluster needs no other.</summary>
    public static IReadOnlyList<(string Key, bool IsFile)> PartsOf(string cluster) =>
        [
            ($"{Name}/{PendingName}/{cluster}{Record}", true),
            ($"{Name}/{HistoryName}/{cluster}", false),
            ($"{Name}/{ObjectsName}/{cluster}", false),
            ($"{Name}/{MovesName}/{cluster}{Record}", true),
            ($"{Name}/{AppliedName}/{cluster}", false),
            ($"{Name}/{CheckName}", false),
        ];

    /// <summary>Whether a key belongs to commands that are at work in one store, and would be wrong in another.</summary>
    public static bool IsTransient(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith($"{Name}/{PendingName}/", StringComparison.Ordinal)
            || key.StartsWith($"{Name}/{MovesName}/", StringComparison.Ordinal)
            || key.StartsWith(ProbePrefix, StringComparison.Ordinal);
    }

    private VfsPath At(string part) => root.Join(Name, part);
}
