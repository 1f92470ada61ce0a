using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.StateStore;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.Cli.Clusters;

/// <summary>What many commands do with clusters: read one that must be there, apply changes and say how that ended.</summary>
internal static class ClusterAccess
{
    /// <summary>Reads a cluster, after whatever an interrupted command left was finished or undone.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public static async Task<ClusterState> ReadClusterAsync(this Invocation run, string name, CancellationToken cancellationToken)
    {
        await run.RecoverAsync(cancellationToken);
        return await run.FindClusterAsync(name, cancellationToken);
    }

    /// <summary>Reads a cluster of a store in which nothing is left over.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public static async Task<ClusterState> FindClusterAsync(this Invocation run, string name, CancellationToken cancellationToken) =>
        await run.State.ReadAsync(name, cancellationToken) is { } found
            ? run.Report(found)
            : throw await run.ClusterNotFoundAsync(name, cancellationToken);

    /// <summary>The error for a cluster that is not there, with the nearest name that is.</summary>
    public static async Task<CommandException> ClusterNotFoundAsync(
        this Invocation run,
        string name,
        CancellationToken cancellationToken
    ) =>
        CommandException.NotFound(
            $"cluster \"{name}\" not found in {run.State.Root}"
                + (
                    await FindMoveAsync(run, name, cancellationToken) is { } moved
                        ? $": it has moved to {moved.To}; use --state {moved.To}"
                        : Suggest.Hint(name, await run.State.ListNamesAsync(cancellationToken))
                )
        );

    /// <summary>Says on stderr that a cluster has moved away, and that what is shown are its old files.</summary>
    public static async Task NoteMovedAsync(this Invocation run, string name, CancellationToken cancellationToken)
    {
        if (await FindMoveAsync(run, name, cancellationToken) is { Status: not MoveStatus.Finished } moved)
            run.Error.WriteLine(
                $"Note: cluster \"{name}\" has moved to {moved.To}, and is changed there; these are its old files, which 'kops state "
                    + $"move {name} --finish' removes."
            );
    }

    /// <summary>Which of the clusters of a store have moved away, where asking costs no request: in the file system.</summary>
    public static async Task NoteMovedAsync(this Invocation run, CancellationToken cancellationToken)
    {
        if (run.State.Root.Store.Driver.As<ILocalStore>() is null)
            return;
        foreach (var name in await MoveRecords.ListAsync(run.State.Root, cancellationToken))
            await run.NoteMovedAsync(name, cancellationToken);
    }

    /// <summary>A move that has ended with the cluster at its new place; null where there is none, or its record cannot be read.</summary>
    private static async Task<MoveRecord?> FindMoveAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        try
        {
            return
                await MoveRecords.FindAsync(run.State.Root, name, cancellationToken)
                    is { Status: MoveStatus.Moved or MoveStatus.Finishing or MoveStatus.Finished } record
                ? record
                : null;
        }
        catch (Exception unread) when (unread is StoreException or StateStoreException)
        {
            return null;
        }
    }

    /// <summary>Says what could not be read, so that it is not taken for absent.</summary>
    public static ClusterState Report(this Invocation run, ClusterState state)
    {
        foreach (var unreadable in state.Unreadable)
            run.Error.WriteLine($"Warning: instance group \"{unreadable.Name}\" cannot be read: {unreadable.Error.Message}");
        if (state.Layout.IsMoved)
            run.Log(1, MovedText(state));
        foreach (var field in state.Cluster.UnknownFields)
            run.Log(1, $"Warning: {state.Cluster.File.Path}: {field.Path} is a field of a newer kOps");
        return state;
    }

    /// <summary>
    /// What to know before something is changed in a store that was moved: update would go on writing here, and kOps there.
    /// </summary>
    public static string MovedText(ClusterState state) =>
        $"Warning: spec.configBase of cluster \"{state.Name}\" names another place, in which nothing of the cluster stands. The files "
        + $"beside {state.Layout.Config} are used; "
        + $"'kops edit cluster {state.Name} --set spec.configBase={state.Layout.Registry}' says so for good";

    /// <summary>Finishes or undoes what commands that were killed left in the middle.</summary>
    public static async Task RecoverAsync(this Invocation run, CancellationToken cancellationToken)
    {
        foreach (var change in await run.State.RecoverAsync(cancellationToken))
        {
            var what = change.Record is { } record
                ? $"'{record.Title}' of {record.Author} on cluster \"{change.Cluster}\""
                : $"a change of cluster \"{change.Cluster}\"";
            run.Error.WriteLine(
                change.Result switch
                {
                    RecoveryResult.Finished => $"Note: {what} was interrupted; it is finished now.",
                    RecoveryResult.Undone => $"Note: {what} was interrupted; it is undone now.",
                    RecoveryResult.InProgress => $"Note: {what} is going on.",
                    _ => $"Warning: {what} was interrupted and cannot be settled now: {change.Error?.Message}",
                }
            );
        }
    }

    /// <summary>Carries a change set out; says whether there was anything to do.</summary>
    /// <exception cref="CommandException">Somebody else changed the same files: what they changed is in the message.</exception>
    public static async Task<bool> ApplyAsync(this Invocation run, ChangeSet changes, CancellationToken cancellationToken)
    {
        if (
            await MoveRecords.FindAsync(run.State.Root, changes.Cluster, cancellationToken) is
            { Status: MoveStatus.Moved or MoveStatus.Finishing } moved
        )
        {
            throw CommandException.Conflict(
                $"cluster \"{changes.Cluster}\" has moved to {moved.To}: change it there, with --state {moved.To}. Nothing was changed; "
                    + $"'kops state move {changes.Cluster} --finish' removes the old files"
            );
        }

        ApplyResult result;
        try
        {
            result = await run.State.ApplyAsync(changes, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw CommandException.Interrupted(
                $"stopped; what was begun on cluster \"{changes.Cluster}\" was changed back"
                    + (run.Done.Count == 0 ? ": nothing was changed" : $". Done before, and kept: {string.Join(", ", run.Done)}")
            );
        }

        switch (result)
        {
            case ApplyResult.Applied applied:
                run.Done.Add($"{applied.Id} on cluster \"{changes.Cluster}\"");
                run.Log(2, $"Recorded as {applied.Id}; 'kops undo {applied.Id}' takes it back.");
                await GitCommits.CommitAsync(run, changes, applied.Id);
                return true;
            case ApplyResult.Conflict conflict:
                throw CommandException.Conflict(ConflictText.Of(conflict));
            default:
                return false;
        }
    }

    /// <summary>The groups as they are shown: with the label that names their cluster, which is not stored.</summary>
    public static IReadOnlyList<InstanceGroup> ShownGroups(this ClusterState state) =>
        [.. state.InstanceGroups.Select(stored => Shown(stored.Value, state.Name))];

    /// <summary>A group with the label that names its cluster.</summary>
    public static InstanceGroup Shown(InstanceGroup group, string cluster)
    {
        var shown = new InstanceGroup((MappingNode)group.Node.Clone());
        shown.Metadata.Labels[Labels.Cluster] = cluster;
        return shown;
    }
}
