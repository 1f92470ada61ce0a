using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Operations.Objects;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.StateStore.Review;
using Kops.StateStore.SshKeys;

namespace Kops.Operations.Review;

/// <summary>Makes one change set of what was edited in a cluster's directory, by the rules that hold for every operation.</summary>
/// <param name="session">The work.</param>
/// <param name="directory">The directory.</param>
/// <param name="state">The cluster as it stands in the store; null for a new one.</param>
/// <param name="name">Its name.</param>
/// <param name="edited">The files that were edited.</param>
internal sealed class ReviewPlan(
    ClusterSession session,
    ReviewDirectory directory,
    ClusterState? state,
    string name,
    IReadOnlyList<ReviewItem> edited
)
{
    private readonly Dictionary<string, ReviewItem> _edited = edited.ToDictionary(item => item.Name);

    /// <exception cref="InvalidObjectException">What was edited may not be stored.</exception>
    /// <exception cref="OperationException">A file was removed that is not removed this way.</exception>
    public async Task<ChangeSet> MakeAsync(CancellationToken cancellationToken)
    {
        var cluster = ReadCluster();
        var groups = ReadGroups();
        await CheckAsync(cluster, groups, cancellationToken).ConfigureAwait(false);

        var layout = state?.Layout ?? session.State.LayoutOf(name, cluster);
        var planner = state is null ? session.State.Change(layout, session.Title).CreateCluster(cluster) : session.Change(state);
        if (state is not null && _edited.ContainsKey(ReviewNames.Cluster))
            planner.ReplaceCluster(state.Cluster, cluster);
        foreach (var (id, group) in groups)
        {
            var stored = state?.FindInstanceGroup(id);
            if (group is null)
                planner.DeleteInstanceGroup(stored!);
            else if (stored is null)
                planner.CreateInstanceGroup(group);
            else
                planner.ReplaceInstanceGroup(stored, group);
        }

        if (state is null || _edited.ContainsKey(ReviewNames.Addons))
            planner.WriteFile(await StoredFile.ReadAsync(layout.AdditionalObjects, cancellationToken).ConfigureAwait(false), ReadAddons());
        await PlanKeysAsync(planner, cancellationToken).ConfigureAwait(false);
        return planner.Build();
    }

    private Cluster ReadCluster()
    {
        if (!_edited.TryGetValue(ReviewNames.Cluster, out var item))
            return state!.Cluster.Value;
        var path = directory.PathOf(item.Path);
        if (item.Local is not { } text)
            throw OperationException.Failed(
                $"{path} was removed, and clusters are not deleted this way: run 'kops delete cluster {name} --yes', or bring the file "
                    + $"back"
            );
        var cluster = OneObject<Cluster>(text, path);
        return cluster.Metadata.Name == name
            ? cluster
            : throw OperationException.Failed(
                $"{path}: metadata.name is '{cluster.Metadata.Name}' and the directory is that of '{name}'; a cluster cannot be renamed"
            );
    }

    /// <summary>The groups that were edited; null for one that was removed.</summary>
    private List<(string Id, InstanceGroup? Group)> ReadGroups()
    {
        var groups = new List<(string, InstanceGroup?)>();
        foreach (var item in _edited.Values)
        {
            if (ReviewNames.InstanceGroupOf(item.Name) is not { } id)
                continue;
            var path = directory.PathOf(item.Path);
            var group = item.Local is { } text ? OneObject<InstanceGroup>(text, path) : null;
            if (group is not null && group.Metadata.Name != id)
                throw OperationException.Failed(
                    $"{path}: metadata.name is '{group.Metadata.Name}'; the file must be called {group.Metadata.Name}.yaml"
                );
            groups.Add((id, group));
        }

        return groups;
    }

    private async Task CheckAsync(Cluster cluster, List<(string Id, InstanceGroup? Group)> groups, CancellationToken cancellationToken)
    {
        var ids = groups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        var all = (state?.InstanceGroups ?? [])
            .Where(group => !ids.Contains(group.Name))
            .Select(group => group.Value)
            .Concat(groups.Select(group => group.Group).OfType<InstanceGroup>())
            .ToList();
        if (state is null)
        {
            Validity.Check(session, cluster, all);
            await Validity.CheckPlacesAsync(session, cluster, cancellationToken).ConfigureAwait(false);
        }
        else if (_edited.ContainsKey(ReviewNames.Cluster))
            await Validity.CheckAsync(session, state, cluster, all, cancellationToken).ConfigureAwait(false);
        else
            Validity.CheckRest(state, all);
        foreach (var (_, group) in groups)
        {
            if (group is not null)
                Validity.Check(session, group, cluster);
        }
    }

    private ReadOnlyMemory<byte> ReadAddons()
    {
        if (!_edited.TryGetValue(ReviewNames.Addons, out var item) || item.Local is not { } text)
            return default;
        var path = directory.PathOf(item.Path);
        var own = KopsCodec.Decode(Merged(text, path), path).FirstOrDefault(document => document.Object is not null);
        return own is null
            ? text
            : throw OperationException.Failed(
                $"{path} holds a {own.Object!.Kind}, which has a file of its own; additional objects are for the cluster's API"
            );
    }

    private async Task PlanKeysAsync(ClusterChanges planner, CancellationToken cancellationToken)
    {
        var items = _edited.Values.Where(item => ReviewNames.IsSshKey(item.Name)).ToList();
        if (items.Count == 0)
            return;
        var keys = state is null ? [] : await state.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var item in items)
        {
            var stored = keys.FirstOrDefault(key => key.File.Path.ToString() == item.Stored?.Path.ToString());
            var id = item.Local is { } text ? SshPublicKey.Fingerprint(text, directory.PathOf(item.Path)) : null;
            if (stored is not null && stored.Id != id)
                planner.DeleteSshKey(stored);
            if (id is not null)
                planner.AddSshKey(item.Local!.Value, keys);
        }
    }

    private T OneObject<T>(ReadOnlyMemory<byte> text, string path)
        where T : KopsObject => ObjectDocuments.ReadOne<T>(session, Merged(text, path), path);

    /// <summary>Refuses a file in which git's marks of a merge still stand.</summary>
    private static ReadOnlyMemory<byte> Merged(ReadOnlyMemory<byte> text, string path)
    {
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(text.Span).Split('\n'))
        {
            number++;
            if (line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal))
                throw OperationException.Failed(
                    $"{path}:{number}: a merge is not finished here; decide between the two sides, and remove git's marks"
                );
        }

        return text;
    }
}
