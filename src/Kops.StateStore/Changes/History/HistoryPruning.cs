using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>
/// Shortens the history. Records go before contents, so that one that stops in the middle leaves contents that nobody refers to, which the
/// next one takes away. A content that was written just now may belong to a change whose record is not written yet, so it stays: whoever
/// keeps a content writes it anew, even if it is there.
/// </summary>
internal static class HistoryPruning
{
    // Between keeping its contents and writing its record a command does nothing else: minutes would do.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    public static async Task<PrunePlan> PlanAsync(
        ChangeJournal journal,
        ChangeHistory history,
        int keep,
        string? cluster,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var old = new List<VfsEntry>();
        var objects = cluster is null ? journal.Places.AllObjects : journal.Places.ObjectsOf(cluster);
        await foreach (var entry in objects.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Object is { } content && content.LastModified < now - Grace)
                old.Add(entry);
        }

        var all = await history.ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false);
        var gone = all.GroupBy(name => name.Cluster, StringComparer.Ordinal).SelectMany(names => names.Skip(keep)).ToHashSet();
        var wanted = new HashSet<(string, string)>();
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var record in await FanOut
                .SelectAsync([.. all.Where(name => !gone.Contains(name))], ReadAsync, cancellationToken)
                .ConfigureAwait(false)
        )
            Refer(record, wanted);
        gone.RemoveWhere(name => unreadable.ContainsKey(name.Cluster));
        old.RemoveAll(entry => unreadable.ContainsKey(OwnerOf(entry.Path)));
        foreach (var owner in old.Select(entry => OwnerOf(entry.Path)).Distinct(StringComparer.Ordinal))
            Refer((await journal.TryReadAsync(owner, cancellationToken).ConfigureAwait(false))?.Record, wanted);
        return new PrunePlan(
            [.. all.Where(gone.Contains)],
            [.. old.Where(entry => !wanted.Contains((OwnerOf(entry.Path), entry.Path.Name)))]
        )
        {
            Left = [.. unreadable.Values],
        };

        // Nobody knows which contents such a record refers to: among all clusters, its own is left as it is.
        async ValueTask<ChangeRecord?> ReadAsync(ChangeReference name, CancellationToken token)
        {
            try
            {
                return await history.ReadAsync(name, token).ConfigureAwait(false);
            }
            catch (StateStoreException error) when (cluster is null)
            {
                lock (unreadable)
                    unreadable[name.Cluster] = error.Message;
                return null;
            }
        }
    }

    public static async Task ApplyAsync(KopsDirectory places, PrunePlan plan, CancellationToken cancellationToken)
    {
        _ = await FanOut
            .SelectAsync(
                plan.Changes,
                (name, token) => places.History(name.Cluster, name.FileName).DeleteAsync(WriteCondition.Any, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        await FanOut.SelectAsync(plan.Contents, DeleteAsync, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> DeleteAsync(VfsEntry content, CancellationToken cancellationToken)
    {
        // Somebody may have kept the same content again meanwhile.
        var now = await content.Path.StatAsync(cancellationToken).ConfigureAwait(false);
        if (now is null || now.LastModified != content.Object!.LastModified)
            return false;
        var condition = now.Version is { } version ? WriteCondition.IfMatch(version) : WriteCondition.Any;
        return (await content.Path.DeleteAsync(condition, cancellationToken).ConfigureAwait(false)).Succeeded;
    }

    /// <summary>The cluster whose content it is: the directory that it lies in.</summary>
    private static string OwnerOf(VfsPath content) => content.Key.Split('/')[^2];

    private static void Refer(ChangeRecord? record, HashSet<(string, string)> wanted)
    {
        foreach (var file in record?.Files ?? [])
        {
            if (file.BeforeSha256 is { } before)
                wanted.Add((record!.Cluster, before));
            if (file.AfterSha256 is { } after)
                wanted.Add((record!.Cluster, after));
        }
    }
}
