using Kops.Api.Clouds;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Updates;

/// <summary>
/// Machines are told with their user data what they run first. That changes with things that stand in no file of theirs: the version of
/// kOps whose program they fetch, the proxy that they fetch it through, the certificates by which they know who hands out the rest.
/// </summary>
internal static class UserDataChanges
{
    /// <summary>The instance groups whose machines are told something else, by name.</summary>
    public static IReadOnlyList<string> Of(ChangeSet changes, ClusterState state)
    {
        var layout = state.Layout;
        var replaced = changes.Files.Where(file => file.Kind == FileChangeKind.Replace).ToList();
        var forAll = replaced.Exists(file =>
            file.Path.IsSamePlace(layout.KopsVersion) || (file.Path.IsSamePlace(layout.CompletedSpec) && Concerns(file, "spec.egressProxy"))
        );
        var forNodes = replaced.Exists(file =>
            file.Path.RelativeTo(layout.NodeConfigs)?.StartsWith("control-plane/", StringComparison.Ordinal) == true
            && Concerns(file, "CAs.kubernetes-ca")
        );
        return
        [
            .. from stored in state.InstanceGroups
            let role = MachineRoles.Of(stored.Value)
            where role != MachineRole.Bastion && (forAll || (forNodes && role == MachineRole.Node))
            select stored.Name,
        ];
    }

    private static bool Concerns(FileChange file, string field) =>
        file.Fields?.Any(change => change.Path.ToString().StartsWith(field, StringComparison.Ordinal)) == true;
}
