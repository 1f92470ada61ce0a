using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves.Records;

/// <summary>
/// The records of moves, <c>.kops/moves/CLUSTER.json </c> in the store that a cluster leaves, where they are also the mark of a cluster
/// that has moved, and in the store that it goes to, where they keep its place free until it has arrived.
/// </summary>
public static class MoveRecords
{
    /// <summary>The record of a cluster's move; null when it never moved from this store, and is not on its way to it.</summary>
    /// <param name="root">The state store.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">A record stands there that this program cannot read.</exception>
    public static async Task<MoveRecord?> FindAsync(VfsPath root, string cluster, CancellationToken cancellationToken = default) =>
        (await ReadAsync(root, cluster, cancellationToken).ConfigureAwait(false)).Record;

    /// <summary>The clusters that have a record, in order: one listing.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(VfsPath root, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(root);
        var names = new List<string>();
        await foreach (var entry in new KopsDirectory(root).AllMoves.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Object is { Size: > 0 } && KopsDirectory.RecordName(entry.Path.Name) is { } name)
                names.Add(name);
        }

        return names;
    }

    internal static VfsPath PathOf(VfsPath root, string cluster) => new KopsDirectory(root).Move(cluster);

    /// <summary>The record, null also where it was given up, and the version to replace.</summary>
    internal static async Task<(MoveRecord? Record, ObjectVersion? Version)> ReadAsync(
        VfsPath root,
        string cluster,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        var path = PathOf(root, cluster);
        return await RecordFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) switch
        {
            null => (null, null),
            { Bytes.IsEmpty: true } givenUp => (null, givenUp.Version),
            { } found => (MoveRecordJson.Read(found.Bytes, cluster, path.ToString()), found.Version),
        };
    }

    /// <summary>
    /// Writes the record anew where a move is under way, and an empty one where there is none, so that what its mover sent before it died
    /// finds another record than it expects. To be called by who takes over what the mover held.
    /// </summary>
    internal static async Task RenewAsync(VfsPath root, string cluster, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (record, version) = await ReadAsync(root, cluster, cancellationToken).ConfigureAwait(false);
        if (record is { Status: MoveStatus.Copying or MoveStatus.Registering or MoveStatus.Arriving })
        {
            var tick = TimeSpan.FromMilliseconds(1);
            record = record with { Changed = now > record.Changed + tick ? now : record.Changed + tick };
        }
        else if (version is not null)
            return;
        _ = await PathOf(root, cluster)
            .WriteAsync(
                record is null ? ReadOnlyMemory<byte>.Empty : MoveRecordJson.Write(record),
                WriteCondition.Unchanged(version),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Writes the record on condition that it stands as it was read.</summary>
    /// <exception cref="StateStoreException">Another process is moving the cluster as well, or the record would be too large.</exception>
    internal static async Task<ObjectVersion> WriteAsync(
        VfsPath root,
        MoveRecord record,
        ObjectVersion? read,
        CancellationToken cancellationToken
    )
    {
        var bytes = MoveRecordJson.Write(record);
        if (bytes.Length > RecordFile.MaxBytes)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"cluster \"{record.Cluster}\" has {record.Trees.Sum(tree => tree.Files.Count)} files, more than the record of a move can "
                    + $"hold; delete old backups of etcd, and run the command again"
            );
        var outcome = await PathOf(root, record.Cluster)
            .WriteAsync(bytes, WriteCondition.Unchanged(read), cancellationToken)
            .ConfigureAwait(false);
        if (outcome.Version is { } version)
            return version;

        // The answer to a write that was made may have been lost.
        if (
            await RecordFile.ReadAsync(PathOf(root, record.Cluster), cancellationToken).ConfigureAwait(false) is { } now
            && now.Bytes.Span.SequenceEqual(bytes)
        )
            return now.Version;
        throw new StateStoreException(
            StateErrorKind.Busy,
            $"somebody else is moving the cluster {record.Cluster} too; wait for that, and run the command again: it goes on where "
                + $"the move stands"
        );
    }
}
