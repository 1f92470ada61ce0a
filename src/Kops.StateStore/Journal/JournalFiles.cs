using System.Globalization;
using Kops.StateStore.Changes;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Journal;

/// <summary>
/// The journal's files, in <c>.kops/ </c> at the root of the state store, outside every cluster's directory: kOps refuses to delete a
/// cluster
/// directory in which it finds a file that it does not know, and takes only <c>*/config</c> for a cluster.
/// <list type="bullet">
/// <item> <c>pending/CLUSTER.json </c>: the change that is being applied to a cluster. There is at most one, which the store's
/// create-if-absent
/// guarantees, so it keeps two writers apart as well.</item>
/// <item><c>history/CLUSTER/ID.json</c>: the changes that have ended.</item>
/// <item><c>objects/SHA256</c>: contents of files before and after, each once. Never of private keys or secrets.</item>
/// </list>
/// </summary>
internal sealed class JournalFiles(VfsPath root)
{
    public const string Directory = ".kops";

    /// <summary>The root of the state store.</summary>
    public VfsPath Root { get; } = root;

    public VfsPath AllPending => Root.Join(Directory, "pending");

    public VfsPath AllObjects => Root.Join(Directory, "objects");

    public VfsPath AllHistory => Root.Join(Directory, "history");

    public VfsPath Pending(string cluster) => AllPending.Join(cluster + ".json");

    public VfsPath HistoryOf(string cluster) => AllHistory.Join(cluster);

    public VfsPath History(string cluster, string id) => HistoryOf(cluster).Join(id + ".json");

    /// <summary>A new name for a change: names sort by time. The first 32 bits of a GUID are all random, and need no OpenSSL.</summary>
    public static string NewId(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>Keeps the contents of the files that may be kept.</summary>
    public async Task KeepAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var change in set.Files.Where(change => change.Secrecy is FileSecrecy.Plain))
        {
            if (change.Before.Content is { } before)
                contents[ContentDigest.Of(before)] = before;
            if (change.After is { } after)
                contents[ContentDigest.Of(after)] = after;
        }

        // One that is there already is the same: its name says so. It is written again even so, since its age tells a prune that it is
        // wanted.
        await FanOut
            .SelectAsync(
                [.. contents],
                (pair, token) => Object(pair.Key).WriteAsync(pair.Value, WriteCondition.Any, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>A kept content; null when it is not there, or is not what its name says.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string? sha256, CancellationToken cancellationToken)
    {
        if (sha256 is null)
            return null;
        var found = await Object(sha256).ReadAsync(cancellationToken).ConfigureAwait(false);
        return found is not null && ContentDigest.Of(found.Bytes) == sha256 ? found.Bytes : null;
    }

    private VfsPath Object(string sha256) => AllObjects.Join(sha256);
}
