using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.StateStore.Review;
using Kops.StateStore.SshKeys;

namespace Kops.Cli.Clusters;

/// <summary>Makes one change set of what was edited in a cluster's directory, by the rules that hold for every command.</summary>
internal sealed class ReviewPlan
{
    private readonly Invocation _run;
    private readonly ReviewDirectory _directory;
    private readonly ClusterState? _state;
    private readonly string _name;
    private readonly IReadOnlyDictionary<string, ReviewItem> _edited;

    private ReviewPlan(Invocation run, ReviewDirectory directory, ClusterState? state, string name, IReadOnlyList<ReviewItem> items)
    {
        (_run, _directory, _state, _name) = (run, directory, state, name);
        _edited = items.Where(item => item.Standing is ReviewStanding.Edited).ToDictionary(item => item.Name);
    }

    /// <exception cref="InvalidObjectException">What was edited may not be stored.</exception>
    /// <exception cref="CommandException">A file was removed that is not removed this way.</exception>
    public static Task<ChangeSet> MakeAsync(
        Invocation run,
        ReviewDirectory directory,
        ClusterState? state,
        string name,
        IReadOnlyList<ReviewItem> items,
        CancellationToken cancellationToken
    ) => new ReviewPlan(run, directory, state, name, items).MakeAsync(cancellationToken);

    private async Task<ChangeSet> MakeAsync(CancellationToken cancellationToken)
    {
        var cluster = ReadCluster();
        var groups = ReadGroups();
        await CheckAsync(cluster, groups, cancellationToken);

        var layout = _state?.Layout ?? _run.State.LayoutOf(_name, cluster);
        var planner = _state is null ? _run.State.Change(layout, _run.Title).CreateCluster(cluster) : _run.Change(_state);
        if (_state is not null && _edited.ContainsKey(ReviewNames.Cluster))
            planner.ReplaceCluster(_state.Cluster, cluster);
        foreach (var (id, group) in groups)
        {
            var stored = _state?.FindInstanceGroup(id);
            if (group is null)
                planner.DeleteInstanceGroup(stored!);
            else if (stored is null)
                planner.CreateInstanceGroup(group);
            else
                planner.ReplaceInstanceGroup(stored, group);
        }

        if (_state is null || _edited.ContainsKey(ReviewNames.Addons))
            planner.WriteFile(await StoredFile.ReadAsync(layout.AdditionalObjects, cancellationToken), ReadAddons());
        await PlanKeysAsync(planner, cancellationToken);
        return planner.Build();
    }

    private Cluster ReadCluster()
    {
        if (!_edited.TryGetValue(ReviewNames.Cluster, out var item))
            return _state!.Cluster.Value;
        var path = _directory.PathOf(item.Path);
        if (item.Local is not { } text)
            throw CommandException.Failed(
                $"{path} was removed, and clusters are not deleted this way: run 'kops delete cluster {_name} --yes', or bring the file "
                    + $"back"
            );
        var cluster = ObjectFile.One<Cluster>(_run, Checked(text, path), path);
        return cluster.Metadata.Name == _name
            ? cluster
            : throw CommandException.Failed(
                $"{path}: metadata.name is '{cluster.Metadata.Name}' and the directory is that of '{_name}'; a cluster cannot be renamed"
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
            var path = _directory.PathOf(item.Path);
            var group = item.Local is { } text ? ObjectFile.One<InstanceGroup>(_run, Checked(text, path), path) : null;
            if (group is not null && group.Metadata.Name != id)
                throw CommandException.Failed(
                    $"{path}: metadata.name is '{group.Metadata.Name}'; the file must be called {group.Metadata.Name}.yaml"
                );
            groups.Add((id, group));
        }

        return groups;
    }

    private async Task CheckAsync(Cluster cluster, List<(string Id, InstanceGroup? Group)> groups, CancellationToken cancellationToken)
    {
        var edited = groups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        var all = (_state?.InstanceGroups ?? [])
            .Where(group => !edited.Contains(group.Name))
            .Select(group => group.Value)
            .Concat(groups.Select(group => group.Group).OfType<InstanceGroup>())
            .ToList();
        if (_state is null)
            Validity.Check(_run.Session, cluster, all);
        else if (_edited.ContainsKey(ReviewNames.Cluster))
            await Validity.CheckAsync(_run.Session, _state, cluster, all, cancellationToken);
        else
            Validity.CheckRest(_state, all);
        foreach (var (_, group) in groups)
        {
            if (group is not null)
                Validity.Check(group, cluster);
        }
    }

    private ReadOnlyMemory<byte> ReadAddons()
    {
        if (!_edited.TryGetValue(ReviewNames.Addons, out var item) || item.Local is not { } text)
            return default;
        var path = _directory.PathOf(item.Path);
        var own = KopsCodec.Decode(Checked(text, path), path).FirstOrDefault(document => document.Object is not null);
        return own is null
            ? text
            : throw CommandException.Failed(
                $"{path} holds a {own.Object!.Kind}, which has a file of its own; additional objects are for the cluster's API"
            );
    }

    private async Task PlanKeysAsync(ClusterChanges planner, CancellationToken cancellationToken)
    {
        var items = _edited.Values.Where(item => ReviewNames.IsSshKey(item.Name)).ToList();
        if (items.Count == 0)
            return;
        var keys = _state is null ? [] : await _state.SshKeys.ListAsync(cancellationToken);
        foreach (var item in items)
        {
            var stored = keys.FirstOrDefault(key => key.File.Path.ToString() == item.Stored?.Path.ToString());
            var id = item.Local is { } text ? SshPublicKey.Fingerprint(text, _directory.PathOf(item.Path)) : null;
            if (stored is not null && stored.Id != id)
                planner.DeleteSshKey(stored);
            if (id is not null)
                planner.AddSshKey(item.Local!.Value, keys);
        }
    }

    /// <summary>Refuses a file in which git's marks of a merge still stand.</summary>
    private static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> text, string path)
    {
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(text.Span).Split('\n'))
        {
            number++;
            if (line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal))
                throw CommandException.Failed(
                    $"{path}:{number}: a merge is not finished here; decide between the two sides, and remove git's marks"
                );
        }

        return text;
    }
}
