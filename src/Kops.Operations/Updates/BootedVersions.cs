using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Nodes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.Operations.Updates;

/// <summary>The versions of Kubernetes that machines boot with, by what the last update wrote for them.</summary>
internal static class BootedVersions
{
    /// <summary>Where that stands for the groups that run no API server.</summary>
    public static IReadOnlyList<VfsPath> Places(ClusterState state) =>
        [
            .. from stored in state.InstanceGroups
            let role = MachineRoles.Of(stored.Value)
            where role is MachineRole.Node
            select state.Layout.NodeConfig(RoleNames.Directory(role), stored.Name),
        ];

    /// <summary>The versions that nodes boot with; the cluster's at its last update, where no node was told any.</summary>
    public static IReadOnlyList<string?> Of(IEnumerable<StoredFile> configs, Cluster? applied)
    {
        var told = configs.Where(file => file.Exists).Select(Version).ToList();
        return told.Count > 0 ? told : [applied?.Spec.KubernetesVersion];
    }

    // A file that cannot be read says nothing, and is written anew.
    private static string? Version(StoredFile config)
    {
        try
        {
            return YamlReader.Read(config.Bytes, config.Path.ToString()) is [{ Root: MappingNode root }]
                ? root["KubernetesVersion"]?.ToString()
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }
}
