using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>
/// Shortens the history. Records go before contents, so that one that stops in the middle leaves contents that nobody refers to, which the
/// next
/// one takes away. A content that was written just now may belong to a change whose record is not written yet, so it stays: whoever
/// keeps a content writes it anew, even if it is there.
/// </summary>
internal static class HistoryPruning
{
    // Between keeping its contents and writing its record a command does nothing else: minutes would do.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    public static async Task<PrunePlan> PlanAsync(
        JournalFiles files,
        ChangeHistory history,
        int keep,
        string? cluster,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var old = new List<VfsEntry>();
        await foreach (var entry in files.Places.AllObjects.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Object is { } content && content.LastModified < now - Grace)
                old.Add(entry);
        }

        var all = await history.ListNamesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var gone = all.Where(name => cluster is null || name.Cluster == cluster)
            .GroupBy(name => name.Cluster, StringComparer.Ordinal)
            .SelectMany(names => names.Skip(keep))
            .ToHashSet();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var record in await FanOut
                .SelectAsync([.. all.Where(name => !gone.Contains(name))], history.ReadAsync, cancellationToken)
                .ConfigureAwait(false)
        )
            Refer(record, wanted);
        await foreach (var entry in files.Places.AllPending.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await entry.Path.ReadAsync(cancellationToken).ConfigureAwait(false) is { } pending)
                Refer(ChangeRecordJson.Read(pending.Bytes, entry.Path.ToString()), wanted);
        }

        return new PrunePlan([.. all.Where(gone.Contains)], [.. old.Where(entry => !wanted.Contains(entry.Path.Name))]);
    }

    public static async Task ApplyAsync(JournalFiles files, PrunePlan plan, CancellationToken cancellationToken)
    {
        await FanOut
            .SelectAsync(
                plan.Changes,
                (name, token) => files.Places.History(name.Cluster, name.Id).DeleteAsync(cancellationToken: token),
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

    private static void Refer(ChangeRecord? record, HashSet<string> wanted)
    {
        foreach (var file in record?.Files ?? [])
        {
            if (file.BeforeSha256 is { } before)
                wanted.Add(before);
            if (file.AfterSha256 is { } after)
                wanted.Add(after);
        }
    }
}
