using System.Globalization;
using System.Text;
using CsCheck;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Validation;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.Merging;
using Kops.Model.NewCluster;
using Kops.Model.Tests.Goldens;

namespace Kops.Model.Tests.NewCluster;

/// <summary>
/// Random flags of which many do not go together, on every cloud: each is refused by name, or makes a cluster that works.
/// </summary>
public sealed class Whatever_the_cloud
{
    private static readonly int Enough = int.TryParse(
        Environment.GetEnvironmentVariable("KOPS_TEST_CASES"),
        CultureInfo.InvariantCulture,
        out var cases
    )
        ? cases
        : 300;

    private static Gen<ClusterFlags> Place { get; } =
        Choice<ClusterFlags>(
            new() { Cloud = "aws", Zones = ["us-test-1a"] },
            new() { Cloud = "aws", Zones = ["us-test-1c", "us-test-1a", "us-test-1b"] },
            new() { Cloud = "azure", Zones = ["eastus-1"] },
            new()
            {
                Cloud = "azure",
                Zones = ["eastus-3", "eastus-1"],
                AzureSubscriptionId = "subscription",
                AzureResourceGroup = "group",
            },
            new() { Cloud = "digitalocean", Zones = ["nyc1"] },
            new()
            {
                Cloud = "gce",
                Zones = ["us-test1-a"],
                Project = "testproject",
            },
            new()
            {
                Cloud = "gce",
                Zones = ["us-test1-b", "us-test1-a"],
                ControlPlaneZones = ["us-test1-c"],
            },
            new() { Cloud = "hetzner", Zones = ["fsn1"] },
            new() { Cloud = "linode", Zones = ["us-east"] },
            new() { Cloud = "metal", Zones = ["main"] },
            new()
            {
                Cloud = "openstack",
                Zones = ["nova"],
                NetworkCidrs = ["10.0.0.0/16"],
                Image = "ubuntu",
                OpenstackExternalNet = "vlan1",
            },
            new() { Cloud = "scaleway", Zones = ["fr-par-1"] }
        );

    private static Gen<ClusterFlags> Any { get; } =
        from place in Place
        from network in Choice<string?>(
            null,
            "amazonvpc",
            "calico",
            "cilium",
            "cilium-eni",
            "cilium-etcd",
            "cni",
            "external",
            "flannel",
            "flannel-udp",
            "gcp",
            "kindnet",
            "kopeio",
            "kube-router",
            "kubenet"
        )
        from topology in Choice<string?>(null, null, "public", "private")
        from isIPv6 in Choice<bool?>(null, null, null, true, false)
        from bastion in Choice<bool?>(null, null, true)
        from dns in Choice<string?>(null, null, "public", "private", "none")
        from balancer in Choice<string?>(null, null, "public", "internal")
        from ranges in Choice<IReadOnlyList<string>?>(null, null, null, ["10.0.0.0/16"], ["172.30.0.0/20", "10.0.0.0/16"], ["8.8.0.0/16"])
        from count in Choice<int?>(null, null, 0, 1, 3, 5)
        from nodes in Choice<int?>(null, 0, 1, 7)
        from version in Choice<string?>(null, "1.33.1", "v1.37.0")
        from type in Choice<IReadOnlyList<string>?>(null, null, ["m6g.large"], ["one", "other"])
        from manager in Choice<string?>(null, null, null, "karpenter")
        from store in Choice<string?>(null, null, "s3://public")
        from servers in Choice<int?>(null, null, null, 2)
        from access in Choice<IReadOnlyList<string>?>(null, ["10.0.0.0/8", "::/0"], ["pl-0123456789abcdef0"])
        from etcd in Choice<IReadOnlyList<string>?>(null, null, ["main"], ["main", "events", "leases"])
        select place with
        {
            Networking = network,
            Topology = topology,
            IPv6 = isIPv6,
            Bastion = bastion,
            Dns = dns,
            ApiLoadBalancerType = balancer,
            NetworkCidrs = ranges ?? place.NetworkCidrs,
            ControlPlaneCount = count,
            NodeCount = nodes,
            KubernetesVersion = version,
            NodeSizes = type,
            InstanceManager = manager,
            DiscoveryStore = store,
            ApiServerCount = servers,
            SshAccess = access,
            EtcdClusters = etcd,
        };

    [Fact]
    public void Flags_are_refused_by_name_or_make_a_cluster_that_completes_and_stays_itself() =>
        Any.Sample(
            flags =>
            {
                if (Plan(flags) is not { } plan)
                    return;
                var problems = ClusterValidator.Validate(plan.Cluster, plan.InstanceGroups);
                if (problems.Count > 0)
                {
                    Assert.Contains(
                        FlagOrigins.Name(flags, problems),
                        problem => problem.ToString().StartsWith("--", StringComparison.Ordinal)
                    );
                    return;
                }

                var text = Text(plan.Cluster, plan.InstanceGroups);
                Assert.Equal(
                    text,
                    KopsCodec.ToYaml(KopsCodec.Decode(Encoding.UTF8.GetBytes(text), "all.yaml").Select(document => document.Object!))
                );
                var merged = ClusterMerger.Merge(plan.Cluster, plan.InstanceGroups, flags);
                Assert.Equal(text, Text(merged.Cluster, merged.InstanceGroups));
                // A zone is asked for where nothing is known of the cloud's.
                if (plan.Cluster.Spec is { CloudProvider: "digitalocean", DnsZone: null, Topology.Dns.Type: not "None" })
                    plan.Cluster.Spec.DnsZone = "example.com";
                var completed = ClusterCompleter.Complete(new(plan.Cluster, plan.InstanceGroups, GoldenFacts.Clouds));
                Assert.Empty(ClusterValidator.Validate(completed, plan.InstanceGroups).Select(problem => problem.ToString()));
            },
            iter: Enough
        );

    private static NewClusterResult? Plan(ClusterFlags flags)
    {
        try
        {
            return ClusterPlanner.Plan(
                new(
                    Plans.Name,
                    "memfs://state",
                    flags,
                    ChannelSnapshots.Find("stable")!,
                    GoldenFacts.Clouds,
                    FeatureFlags.Parse("Metal,APIServerNodes")
                )
            );
        }
        catch (InvalidFlagException refused)
        {
            Assert.StartsWith("--", refused.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static string Text(Cluster cluster, IEnumerable<InstanceGroup> groups) => KopsCodec.ToYaml(groups.Prepend<KopsObject>(cluster));

    private static Gen<T> Choice<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
