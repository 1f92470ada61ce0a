using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.Operations.Updates;

/// <summary>Tells who notices the changes of an update.</summary>
internal sealed class UpdateEffects
{
    private readonly ClusterState _state;
    private readonly List<string> _controlPlanes;
    private readonly List<string> _withApi;
    private readonly List<string> _all;

    public UpdateEffects(ClusterState state)
    {
        _state = state;
        var groups = state.InstanceGroups.Select(group => (group.Name, Role: MachineRoles.Of(group.Value))).ToList();
        _all = [.. groups.Where(group => group.Role != MachineRole.Bastion).Select(group => group.Name)];
        _controlPlanes = [.. groups.Where(group => group.Role == MachineRole.ControlPlane).Select(group => group.Name)];
        _withApi = [.. groups.Where(group => group.Role is MachineRole.ControlPlane or MachineRole.ApiServer).Select(group => group.Name)];
    }

    public IReadOnlyList<UpdateEffect> Of(ChangeSet changes) => [.. changes.Files.Select(Of)];

    private UpdateEffect Of(FileChange file)
    {
        var layout = _state.Layout;
        if (Below(file.Path, layout.NodeConfigs) is [_, var group, _])
            return OfGroup(file, group);
        if (Below(file.Path, layout.EtcdManifests) is [var manifest])
            return ByControlPlane(file, [.. _controlPlanes.Where(name => manifest.EndsWith($"-{name}.yaml", StringComparison.Ordinal))]);
        if (Below(file.Path, layout.Manifests) is ["static", ..])
            return ByControlPlane(file, _withApi);
        if (Below(file.Path, layout.Manifests) is not null)
            return ByControlPlane(file, _controlPlanes);
        if (file.Path.IsSamePlace(layout.BootstrapChannel))
            return OfChannel(file);
        if (Below(file.Path, layout.Addons) is not null || file.Path.Name == "etcd-cluster-spec")
            return new UpdateEffect(file, Noticed.ByControlPlane, _controlPlanes, WantsRollingUpdate: false);
        return new UpdateEffect(file, Noticed.ByNobody, [], WantsRollingUpdate: false);
    }

    // A file that is new is for machines that are.
    private UpdateEffect OfGroup(FileChange file, string group)
    {
        var by =
            !_all.Contains(group) ? Noticed.ByNobody
            : _controlPlanes.Contains(group) ? Noticed.ByControlPlane
            : Noticed.ByNodes;
        return new UpdateEffect(file, by, by == Noticed.ByNobody ? [] : [group], file.Kind == FileChangeKind.Replace);
    }

    private static UpdateEffect ByControlPlane(FileChange file, List<string> groups) =>
        new(file, groups.Count > 0 ? Noticed.ByControlPlane : Noticed.ByNobody, groups, file.Kind == FileChangeKind.Replace);

    // Some addons say themselves that machines have to be replaced after they change.
    private UpdateEffect OfChannel(FileChange file)
    {
        var needs = file.Kind == FileChangeKind.Replace ? Needs(file).ToList() : [];
        return needs.Contains("all")
            ? new UpdateEffect(file, Noticed.ByNodes, _all, WantsRollingUpdate: true)
            : new UpdateEffect(file, Noticed.ByControlPlane, _controlPlanes, needs.Contains("control-plane"));
    }

    private static IEnumerable<string> Needs(FileChange file)
    {
        var before = Entries(file.Before.Bytes).ToDictionary(entry => entry.Name, entry => entry.Hash, StringComparer.Ordinal);
        return file.After is { } after
            ? Entries(after)
                .Where(entry => before.GetValueOrDefault(entry.Name) != entry.Hash)
                .Select(entry => entry.Needs)
                .OfType<string>()
            : [];
    }

    private static IEnumerable<(string Name, string? Hash, string? Needs)> Entries(ReadOnlyMemory<byte> channel) =>
        YamlReader.Read(channel, "bootstrap-channel.yaml") is [{ Root: MappingNode root }]
        && root["spec"] is MappingNode spec
        && spec["addons"] is SequenceNode addons
            ? addons
                .OfType<MappingNode>()
                .Select(addon =>
                    (addon["name"]?.ToString() ?? string.Empty, addon["manifestHash"]?.ToString(), addon["needsRollingUpdate"]?.ToString())
                )
                .DistinctBy(entry => entry.Item1)
            : [];

    private static string[]? Below(VfsPath path, VfsPath place) => path.RelativeTo(place)?.Split('/');
}
