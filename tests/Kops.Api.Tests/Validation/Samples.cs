namespace Kops.Api.Tests.Validation;

/// <summary>A small cluster without problems, of our own.</summary>
internal static class Samples
{
    public static Cluster Cluster()
    {
        var cluster = new Cluster();
        cluster.Metadata.Name = "demo.example.com";
        var spec = cluster.Spec;
        spec.CloudProvider = "aws";
        spec.KubernetesVersion = "1.35.0";
        spec.NetworkCIDR = "172.20.0.0/16";
        spec.NonMasqueradeCIDR = "100.64.0.0/10";
        spec.SshAccess.Add("0.0.0.0/0");
        spec.KubernetesApiAccess.Add("10.0.0.0/8");
        spec.EnsureNetworking().EnsureCilium();
        foreach (var (zone, range) in new[] { ("us-east-1a", "172.20.64.0/18"), ("us-east-1b", "172.20.128.0/18") })
            spec.Subnets.Add(
                new ClusterSubnetSpec
                {
                    Name = zone,
                    Zone = zone,
                    Cidr = range,
                    Type = "Public",
                }
            );
        foreach (var name in new[] { "main", "events" })
        {
            var etcd = new EtcdClusterSpec { Name = name };
            etcd.EtcdMembers.Add(new EtcdMemberSpec { Name = "a", InstanceGroup = "control-plane-us-east-1a" });
            spec.EtcdClusters.Add(etcd);
        }

        return cluster;
    }

    public static List<InstanceGroup> Groups() => [Group("control-plane-us-east-1a", "Master"), Group("nodes", "Node")];

    public static InstanceGroup Group(string name, string role)
    {
        var group = new InstanceGroup();
        group.Metadata.Name = name;
        group.Spec.Role = role;
        group.Spec.MinSize = 1;
        group.Spec.MaxSize = 1;
        group.Spec.MachineType = "m5.large";
        group.Spec.Subnets.Add("us-east-1a");
        return group;
    }
}
