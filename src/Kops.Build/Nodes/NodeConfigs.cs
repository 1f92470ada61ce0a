using System.Text;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Assets;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>What the machines of each instance group boot from (kOps: <c>nodeup.Config</c>).</summary>
public static class NodeConfigs
{
    /// <summary>The configurations of all groups that have one.</summary>
    /// <exception cref="FormatException">The cluster contradicts itself, or a keyset, a secret or a hash is missing.</exception>
    public static IReadOnlyList<NodeConfig> Of(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(new BuildContext(request));
    }

    internal static IReadOnlyList<NodeConfig> Of(BuildContext context) =>
        [.. context.Request.Groups.Select(group => new GroupContext(context, group)).Where(group => group.HasConfig).Select(Of)];

    private static NodeConfig Of(GroupContext group)
    {
        var content = Encoding.UTF8.GetBytes(YamlWriter.Write(Config(group)));
        return new NodeConfig(group.Name, group.Role, content, BootConfigs.Of(group, content));
    }

    private static MappingNode Config(GroupContext group)
    {
        var context = group.Cluster;
        var spec = context.Spec;
        var config = Tree.Map(
            ("Assets", Assets(group)),
            ("CAs", Keys.Certificates(group)),
            ("ClusterName", Tree.Text(context.Name)),
            ("DefaultMachineType", NetworkingParts.DependsOnMachineType(group) ? Tree.Text(FirstMachineType(group)) : null),
            ("FileAssets", Tree.Some(UserParts.Files(group).Concat(group.RunsApi ? [SchedulerFile.Of(group)] : []))),
            ("GVisor", ContainerParts.GVisor(group)),
            ("Hooks", UserParts.Hooks(group)),
            ("InstallCNIAssets", Tree.If(CniPlugins.AreNeeded(context))),
            ("KeypairIDs", Keys.Ids(group)),
            ("KubeProxy", KubeProxy(group)),
            ("KubeletConfig", Tree.Copy(group.Internal, "kubelet") ?? new MappingNode()),
            ("KubernetesVersion", Tree.Text(group.Version)),
            ("NTPUnmanaged", Tree.If(spec.Ntp?.Managed == false)),
            ("Networking", NetworkingParts.Of(group)),
            ("NvidiaGPU", ContainerParts.NvidiaGpu(group)),
            ("ServiceNodePortRange", Tree.Some(spec.KubeAPIServer?.ServiceNodePortRange)),
            ("SysctlParameters", UserParts.SysctlParameters(group)),
            ("UpdatePolicy", Tree.Text(group.Spec.UpdatePolicy ?? spec.UpdatePolicy ?? "automatic")),
            ("UseCiliumEtcd", Tree.If(NetworkingParts.UsesCiliumEtcd(group))),
            ("UsesKubenet", Tree.If(NetworkingParts.UsesKubenet(group))),
            ("VolumeMounts", Tree.Copy(group.Internal, "volumeMounts")),
            ("containerdConfig", ContainerParts.Containerd(group)),
            ("discoveryServiceWithUniverse", DiscoveryService(group)),
            ("images", PreloadedImages.Of(group)),
            ("packages", UserParts.Packages(group)),
            ("usesNoneDNS", ScalarNode.Of(context.UsesNoDns))
        );
        CloudParts.AddTo(config, group);
        ControlPlaneParts.AddTo(config, group);
        return config;
    }

    private static MappingNode Assets(GroupContext group)
    {
        var assets = new MappingNode();
        foreach (var architecture in Architectures.Of(group.Cluster.Request.Variables))
            assets[architecture] = Tree.List(
                NodeAssets.Of(group.Cluster, group.Version, architecture).Select(asset => NodeAssets.Line(group.Cluster, asset))
            );
        return assets;
    }

    private static Node KubeProxy(GroupContext group)
    {
        var spec = group.Cluster.Spec;
        var runs = spec.KubeProxy?.Enabled != false && !(group.IsControlPlane && spec.IsolateMasters == true);
        return (runs ? Tree.Copy(group.Cluster.Internal, "kubeProxy") : null) ?? ScalarNode.Null();
    }

    private static MappingNode? DiscoveryService(GroupContext group) =>
        Keys.HasDiscoveryService(group.Cluster)
            ? Tree.Map(("url", Tree.Some(group.Cluster.Spec.ServiceAccountIssuerDiscovery?.DiscoveryService?.Url)))
            : null;

    private static string FirstMachineType(GroupContext group) => (group.Spec.MachineType ?? string.Empty).Split(',')[0];
}
