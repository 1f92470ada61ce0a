using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

public sealed class Flags_are_checked
{
    public static TheoryData<string, ClusterFlags> Mistakes =>
        new()
        {
            { "--zones is needed", new() },
            {
                "--zones: there is no zone 'us-test-1z' on aws: there are us-test-1a, us-test-1b, us-test-1c",
                new() { Zones = ["us-test-1z"] }
            },
            {
                "--zones: 'us-test-1a' is named twice",
                new() { Zones = ["us-test-1a", "us-test-1a"] }
            },
            {
                "--control-plane-count: 2 control-plane nodes",
                new() { Zones = ["us-test-1a"], ControlPlaneCount = 2 }
            },
            {
                "--control-plane-zones: 2 control-plane nodes",
                new() { Zones = ["us-test-1a"], ControlPlaneZones = ["us-test-1a", "us-test-1b"] }
            },
            {
                "--control-plane-count 1 is less than the 3 zones",
                new()
                {
                    Zones = ["us-test-1a"],
                    ControlPlaneZones = ["us-test-1a", "us-test-1b", "us-test-1c"],
                    ControlPlaneCount = 1,
                }
            },
            {
                "--kubernetes-version: 'latest' is not",
                new() { Zones = ["us-test-1a"], KubernetesVersion = "latest" }
            },
            {
                "--kubernetes-version: '1.35-beta' is not",
                new() { Zones = ["us-test-1a"], KubernetesVersion = "1.35-beta" }
            },
            {
                "--kubernetes-version: 'V1.35.0' is not",
                new() { Zones = ["us-test-1a"], KubernetesVersion = "V1.35.0" }
            },
            {
                "--kubernetes-version: v1.31.9 is no longer supported: the oldest is 1.32.0",
                new() { Zones = ["us-test-1a"], KubernetesVersion = "v1.31.9" }
            },
            {
                "--project is needed",
                new() { Cloud = "gce", Zones = ["us-test1-a"] }
            },
            {
                "--networking: there is no 'weaver'",
                new() { Zones = ["us-test-1a"], Networking = "weaver" }
            },
            {
                "--networking kubenet does not work with --topology private",
                new()
                {
                    Zones = ["us-test-1a"],
                    Networking = "kubenet",
                    Topology = "private",
                }
            },
            {
                "--topology: there is no 'secret'",
                new() { Zones = ["us-test-1a"], Topology = "secret" }
            },
            {
                "--bastion needs --topology private",
                new() { Zones = ["us-test-1a"], Bastion = true }
            },
            {
                "--network-cidr: '10.0.0.0' is not an address range",
                new() { Zones = ["us-test-1a"], NetworkCidrs = ["10.0.0.0"] }
            },
            {
                "--network-cidr: 10.0.0.0/8 and 10.1.0.0/16 overlap",
                new() { Zones = ["us-test-1a"], NetworkCidrs = ["10.0.0.0/8", "10.1.0.0/16"] }
            },
            {
                "--admin-access: 'everyone' is not an address range",
                new() { Zones = ["us-test-1a"], AdminAccess = ["everyone"] }
            },
            {
                "--cloud: there is no cloud 'moon'",
                new() { Zones = ["us-test-1a"], Cloud = "moon" }
            },
            {
                "--cloud metal is experimental: set KOPS_FEATURE_FLAGS=Metal",
                new() { Zones = ["main"], Cloud = "metal" }
            },
            {
                "--api-server-count is experimental",
                new() { Zones = ["us-test-1a"], ApiServerCount = 1 }
            },
            {
                "--instance-manager karpenter needs --discovery-store",
                new() { Zones = ["us-test-1a"], InstanceManager = "karpenter" }
            },
            {
                "--control-plane-tenancy dedicated: t2.large",
                new()
                {
                    Zones = ["us-test-1a"],
                    ControlPlaneTenancy = "dedicated",
                    ControlPlaneSizes = ["t2.large"],
                }
            },
            {
                "--cloud-labels: 'Owner' is not KEY=VALUE",
                new() { Zones = ["us-test-1a"], CloudLabels = "Owner" }
            },
            {
                "--dns: there is no 'some'",
                new() { Zones = ["us-test-1a"], Dns = "some" }
            },
            {
                "--api-loadbalancer-type internal needs private subnets",
                new() { Zones = ["us-test-1a"], ApiLoadBalancerType = "internal" }
            },
            {
                "--topology: there is no 'Private'",
                new() { Zones = ["us-test-1a"], Topology = "Private" }
            },
            {
                "--instance-manager: there is no 'Karpenter'",
                new() { Zones = ["us-test-1a"], InstanceManager = "Karpenter" }
            },
            {
                "--api-loadbalancer-class classic: kOps 1.37 makes network load balancers only",
                new() { Zones = ["us-test-1a"], ApiLoadBalancerClass = "classic" }
            },
            {
                "--discovery-store: 'file:///srv' cannot publish",
                new() { Zones = ["us-test-1a"], DiscoveryStore = "file:///srv" }
            },
            {
                "--discovery-store: the name of the bucket in 's3://a.b/c' has dots",
                new() { Zones = ["us-test-1a"], DiscoveryStore = "s3://a.b/c" }
            },
            {
                "--kubernetes-feature-gates: '+-' names no feature",
                new() { Zones = ["us-test-1a"], KubernetesFeatureGates = ["+-"] }
            },
            {
                "--cloud-labels: ' ' is not KEY=VALUE",
                new() { Zones = ["us-test-1a"], CloudLabels = "a=b, ,c=d" }
            },
            {
                "--project: the name is empty",
                new() { Zones = ["us-test-1a"], Project = "" }
            },
            {
                "--azure-resource-group-name is needed with --network-id",
                new()
                {
                    Cloud = "azure",
                    Zones = ["eastus-1"],
                    NetworkId = "net",
                }
            },
            {
                "--cloud-labels: 'a=b=c' is not KEY=VALUE",
                new() { Zones = ["us-test-1a"], CloudLabels = "a=b=c" }
            },
            {
                "--config-base is experimental: set KOPS_FEATURE_FLAGS=EnableSeparateConfigBase",
                new() { Zones = ["us-test-1a"], ConfigBase = "s3://elsewhere/demo" }
            },
            {
                "--api-loadbalancer-type: there is no 'wide'",
                new() { Zones = ["us-test-1a"], ApiLoadBalancerType = "wide" }
            },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused_with_a_message_that_names_the_flag(string message, ClusterFlags flags)
    {
        Assert.Contains(message, Plans.Refused(flags), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_must_be_a_DNS_name()
    {
        Assert.Contains(
            "--name: 'Demo' is not a DNS name",
            Plans.Refused(new() { Zones = ["us-test-1a"] }, name: "Demo"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("--dns:", "public", null)]
    [InlineData("--dns:", "private", null)]
    [InlineData("--dns-zone:", null, "example.com")]
    public void A_name_under_k8s_local_cannot_be_in_a_DNS_zone(string message, string? dns, string? zone)
    {
        var flags = new ClusterFlags
        {
            Zones = ["us-test-1a"],
            Dns = dns,
            DnsZone = zone,
        };

        Assert.Contains(
            message + " names under k8s.local are in no DNS zone",
            Plans.Refused(flags, name: "demo.k8s.local"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void API_servers_of_AWS_are_found_by_name()
    {
        var flags = new ClusterFlags { Zones = ["us-test-1a"], ApiServerCount = 1 };

        Assert.Contains(
            "--api-server-count needs --dns public",
            Plans.Refused(flags, features: "APIServerNodes"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_neither_store_nor_zones_tell_the_cloud_the_flag_is_asked_for()
    {
        Assert.Contains(
            "--cloud is needed",
            Plans.Refused(new() { Zones = ["elsewhere"] }, store: "file:///state"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_store_on_a_disk_leaves_it_to_the_zones()
    {
        Assert.Equal("aws", Plans.Plan(new() { Zones = ["us-test-1a"] }, store: "file:///state").Cluster.Spec.CloudProvider);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("-3", -3)]
    [InlineData("0x10", 16)]
    [InlineData("010", 8)]
    [InlineData("0b11", 3)]
    public void Numbers_are_read_as_Go_reads_them(string text, int value) => Assert.Equal(value, FlagValues.Integer("n", text));

    [Theory]
    [InlineData("")]
    [InlineData("three")]
    [InlineData("3000000000")]
    [InlineData("--3")]
    [InlineData("1.5")]
    public void What_is_no_number_is_refused(string text) => Assert.Throws<InvalidFlagException>(() => FlagValues.Integer("n", text));

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"a\"\"b\"", "a\"b")]
    [InlineData("a,", "a|")]
    public void Lists_are_comma_separated_with_quotes(string text, string items) =>
        Assert.Equal(items, string.Join('|', FlagValues.List("l", text)));

    [Fact]
    public void Every_flag_has_one_name_and_reads_back_what_it_was_set_to()
    {
        Assert.Distinct(ClusterFlagTable.All.SelectMany(flag => flag.Aliases.Append(flag.Name)));
        foreach (var flag in ClusterFlagTable.All)
        {
            var text = flag.Kind switch
            {
                FlagKind.Switch => "true",
                FlagKind.Integer => "7",
                _ => "text",
            };
            Assert.Equal([text], flag.Get(flag.Set(new(), [text]))!);
            Assert.Null(flag.Get(new()));
        }
    }
}
