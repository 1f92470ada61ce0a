using Kops.Build.Input;

namespace Kops.Build.Manifests;

/// <summary>How etcd-manager finds the disks of an etcd in the cloud.</summary>
/// <param name="Provider">The cloud, as etcd-manager calls it.</param>
/// <param name="NameTag">The tag whose value names the disk's member; null where there is none.</param>
/// <param name="Tags">The tags that a disk of the etcd has.</param>
internal sealed record EtcdDisks(string Provider, string? NameTag, params IReadOnlyList<string> Tags)
{
    private static readonly Dictionary<string, Func<BuildContext, EtcdMember, EtcdDisks>> Clouds = new(StringComparer.Ordinal)
    {
        ["aws"] = static (context, member) =>
            new(
                "aws",
                $"k8s.io/etcd/{member.Name}",
                $"k8s.io/etcd/{member.Name}",
                "k8s.io/role/control-plane=1",
                $"kubernetes.io/cluster/{context.Name}=owned"
            ),
        ["azure"] = static (context, member) =>
            new(
                "azure",
                $"k8s.io_etcd_{member.Name}",
                $"k8s.io_etcd_{member.Name}",
                "k8s.io_role_control-plane=1",
                $"kubernetes.io_cluster_{context.Name}=owned"
            ),
        ["gce"] = static (context, member) =>
            new(
                "gce",
                $"k8s-io-etcd-{member.Name}",
                $"k8s-io-etcd-{member.Name}",
                "k8s-io-role-master=master",
                $"k8s-io-cluster-name={Dashed(context)}"
            ),
        ["hetzner"] = static (context, member) =>
            new(
                "hetzner",
                $"kops.k8s.io/instance-group={member.Group}",
                $"kops.k8s.io/cluster={context.Name}",
                $"kops.k8s.io/volume-role={member.Name}"
            ),
        ["digitalocean"] = static (context, member) =>
            new("do", $"etcdCluster-{member.Name}", $"KubernetesCluster={Dashed(context)}", "k8s-index"),
        ["openstack"] = static (context, member) =>
            new(
                "openstack",
                $"k8s.io/etcd/{member.Name}",
                $"k8s.io/etcd/{member.Name}",
                "k8s.io/role/control-plane=1",
                $"KubernetesCluster={context.Name}"
            ),
        ["scaleway"] = static (context, member) =>
            new(
                "scaleway",
                $"noprefix=kops.k8s.io/instance-group={member.Group}",
                $"noprefix=kops.k8s.io/cluster={context.Name}",
                $"noprefix=kops.k8s.io/etcd={member.Name}",
                "noprefix=kops.k8s.io/role=ControlPlane"
            ),
        ["metal"] = static (context, member) => new("external", null, $"{context.Name}--{member.Name}--"),
    };

    /// <summary>Whether it is known how etcd's disks are found in a cloud.</summary>
    public static bool AreKnown(BuildContext context) => Clouds.ContainsKey(context.Cloud.Name);

    public static EtcdDisks Of(BuildContext context, EtcdMember member) => Clouds[context.Cloud.Name](context, member);

    private static string Dashed(BuildContext context) => context.Name.Replace('.', '-');
}
