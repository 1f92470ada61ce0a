using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Assets;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>Images that machines load from files: those of builds that lie in no registry.</summary>
internal static class PreloadedImages
{
    public static MappingNode? Of(GroupContext group)
    {
        var images = new MappingNode();
        foreach (var architecture in Architectures.Of(group.Cluster.Request.Variables))
            images[architecture] = Tree.Some(
                Files(group, architecture)
                    .Select(file =>
                        (Node)
                            Tree.Map(
                                ("hash", Tree.Text(NodeAssets.HashOf(group.Cluster, file))),
                                ("sources", Tree.List([AssetLocations.Of(group.Cluster, file.Canonical)]))
                            )
                    )
            );
        return images.Count > 0 ? images : null;
    }

    public static IEnumerable<NodeAsset> Files(GroupContext group, string architecture)
    {
        var version = group.Cluster.Spec.KubernetesVersion ?? string.Empty;
        if (KubernetesBinaries.IsAddress(version))
        {
            foreach (var component in Components(group.Role))
                yield return new(KubernetesBinaries.Address(version, architecture, component + ".tar"));
        }

        if (group.Cluster.Request.Variables[VariableNames.KopsBaseUrl] is { } own)
        {
            foreach (var name in KopsImages(group.Role))
                yield return new($"{own.TrimEnd('/')}/images/{name}-{architecture}.tar.gz");
        }
    }

    private static string[] Components(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => ["kube-proxy", "kube-apiserver", "kube-controller-manager", "kube-scheduler"],
            MachineRole.ApiServer => ["kube-proxy", "kube-apiserver"],
            _ => ["kube-proxy"],
        };

    private static string[] KopsImages(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => ["channels", "kops-controller", "dns-controller", "kube-apiserver-healthcheck"],
            MachineRole.ApiServer => ["kube-apiserver-healthcheck"],
            _ => [],
        };
}
