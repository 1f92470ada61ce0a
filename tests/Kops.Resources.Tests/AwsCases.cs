using Kops.Api;
using Kops.Model.Clouds;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Tests;

/// <summary>A small cluster on AWS.</summary>
internal static class AwsCases
{
    public static Cluster Cluster()
    {
        var cluster = new Cluster();
        cluster.Metadata.Name = "c.example.com";
        var spec = cluster.Spec;
        spec.CloudProvider = "aws";
        spec.ConfigBase = "s3://state/c.example.com";
        spec.NetworkCIDR = "10.0.0.0/16";
        spec.Subnets.Add(
            new()
            {
                Name = "a",
                Zone = "us-east-1a",
                Type = "Public",
                Cidr = "10.0.0.0/24",
            }
        );
        spec.SshAccess.Set(["10.0.0.0/8"]);
        spec.EnsureTopology().EnsureDns().Type = "None";
        var etcd = new EtcdClusterSpec { Name = "main" };
        etcd.EtcdMembers.Add(new() { Name = "a", InstanceGroup = "control-plane" });
        spec.EtcdClusters.Add(etcd);
        return cluster;
    }

    public static ResourceRequest Request(Cluster cluster) =>
        new(
            cluster,
            [Group("nodes", "Node"), Group("control-plane", "Master")],
            new()
            {
                Project = "123456789012",
                Images = new Dictionary<string, ImageFact> { ["ubuntu"] = new("ami-1", "/dev/sda1") },
                Gateways = new Dictionary<string, GatewayFact> { ["vpc-1"] = new("igw-1", null) },
            }
        );

    public static CloudResources Build(Cluster cluster) => ResourceModel.Build(Request(cluster));

    public static InstanceGroup Group(string name, string role)
    {
        var group = new InstanceGroup();
        group.Metadata.Name = name;
        group.Spec.Role = role;
        group.Spec.Image = "ubuntu";
        group.Spec.MachineType = "t3.medium";
        group.Spec.Subnets.Set(["a"]);
        return group;
    }
}
