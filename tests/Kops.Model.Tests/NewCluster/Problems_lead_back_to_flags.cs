using Kops.Api;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

public sealed class Problems_lead_back_to_flags
{
    [Theory]
    [InlineData("spec.networking.flannel", "--networking")]
    [InlineData("spec.networkCIDR", "--network-cidr")]
    [InlineData("spec.networkID", "")]
    [InlineData("spec.etcdClusters[1].name", "--etcd-clusters")]
    [InlineData("spec.kubernetesApiAccess[0]", "--admin-access")]
    [InlineData("spec.sshAccess[0]", "--admin-access")]
    [InlineData("spec.rootVolumeType", "--node-volume-type")]
    [InlineData("spec.kubelet.maxPods", "--set")]
    [InlineData("spec.kubelet", "--set")]
    [InlineData("spec.sysctlParameters", "--unset")]
    [InlineData("spec.topology.dns.type", "--dns")]
    [InlineData("spec", "")]
    [InlineData("", "")]
    public void The_flag_is_named_whose_value_is_there(string path, string flags)
    {
        ClusterFlags given = new()
        {
            Networking = "flannel",
            NetworkCidrs = ["10.0.0.0/16"],
            EtcdClusters = ["main", "other"],
            AdminAccess = ["0.0.0.0/0"],
            NodeVolumeType = "fast",
            Dns = "public",
            Sets = ["cluster.spec.kubelet.maxPods=0"],
            Unsets = ["spec.sysctlParameters"],
        };

        Assert.Equal(flags, Assert.Single(FlagOrigins.Name(given, [new(path, "is wrong")])).Subject ?? string.Empty);
    }

    [Fact]
    public void The_object_stays_named()
    {
        var problem = FlagOrigins.Name(
            new() { NodeTenancy = "shared" },
            [new("spec.tenancy", "is not supported", Subject: "InstanceGroup nodes")]
        )[0];

        Assert.Equal("--node-tenancy: InstanceGroup nodes: spec.tenancy: is not supported", problem.ToString());
    }
}
