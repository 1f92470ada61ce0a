using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.Merging;
using Kops.Model.NewCluster;
using Kops.Operations.Events;
using Kops.Operations.Validation;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Clusters;

/// <summary>
/// Merges flags into a cluster that exists: what they say differently than the last time is changed, and all else stays, edits of what they
/// once set included.
/// </summary>
public static class MergeCluster
{
    /// <summary>Plans it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="sshPublicKey">One more public key that may log in; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">Instance groups cannot be read; or somebody edited what the flags change.</exception>
    /// <exception cref="InvalidObjectException">The cluster may not be like that; all that is wrong is named.</exception>
    public static async Task<MergedCluster> PlanAsync(
        ClusterSession session,
        ClusterState state,
        ClusterFlags flags,
        ReadOnlyMemory<byte>? sshPublicKey = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Unreadable.Count > 0)
            throw OperationException.Failed($"instance groups of cluster \"{state.Name}\" cannot be read; flags cannot be merged into it");
        var file = await FlagRecord.ReadAsync(state.Layout, cancellationToken).ConfigureAwait(false);
        var said =
            FlagRecord.Decode(file) is { } record && record.Created == (state.Cluster.Value.Metadata.CreationTimestamp ?? string.Empty)
                ? new SaidBefore(SaidFlags.Of(record.Flags), record.Cluster, record.InstanceGroups)
                : null;
        var merged = ClusterMerger.Merge(state.Cluster.Value, [.. state.InstanceGroups.Select(group => group.Value)], flags, said);
        if (merged.Conflicts.Count > 0)
            throw OperationException.Conflict(
                $"cluster \"{state.Name}\": what the flags change was edited since; nothing was changed, and --yes changes nothing either. "
                    + "Give the flags that say what is there, or edit it to what they say:\n"
                    + string.Join('\n', merged.Conflicts.Select(Line))
            );
        foreach (var warning in merged.Warnings)
            session.Tell(new Advice(EventLevel.Warning, warning));
        await Validity.CheckAsync(session, state, merged.Cluster, merged.InstanceGroups, cancellationToken).ConfigureAwait(false);
        var planner = session
            .Change(state)
            .ReplaceCluster(state.Cluster, merged.Cluster)
            .KeepFlags(file, SaidFlags.Values(merged.Said.Flags), merged.Said.Cluster, merged.Said.InstanceGroups);
        foreach (var (stored, group) in state.InstanceGroups.Zip(merged.InstanceGroups))
            planner.ReplaceInstanceGroup(stored, group);
        if (sshPublicKey is { } key)
            planner.AddSshKey(key, await state.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false));
        var changes = planner.Build();
        return new MergedCluster(merged.Cluster, merged.InstanceGroups, changes)
        {
            Effects = [.. changes.Files.Where(change => !change.Path.IsSamePlace(file.Path))],
            IsOnRecord = said is not null,
        };
    }

    private static string Line(MergeConflict conflict) =>
        $"  {conflict.Subject}: {conflict.Field.Path}: the flags said {Shown(conflict.Field.Base)}, it is {Shown(conflict.Field.Mine)}, "
        + $"and they say {Shown(conflict.Field.Theirs)} now";

    private static string Shown(Node? value) => value is null ? "nothing" : YamlWriter.Write(value).TrimEnd('\n').ReplaceLineEndings(" ");
}
