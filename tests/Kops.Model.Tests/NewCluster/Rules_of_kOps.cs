using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

/// <summary>Rules that no golden case shows, each from the place in kOps that has it.</summary>
public sealed class Rules_of_kOps
{
    private static readonly ClusterFlags One = new() { Zones = ["us-test-1a"], Networking = "cni" };

    // NewCluster: the gates lose one plus, then one minus.
    [Theory]
    [InlineData("One", "One", "true")]
    [InlineData("+One", "One", "true")]
    [InlineData("-One", "One", "false")]
    [InlineData("+-One", "One", "false")]
    [InlineData("-+One", "+One", "false")]
    public void A_feature_gate_has_one_sign_of_each_kind(string flag, string name, string value)
    {
        var spec = Plans.Plan(One with { KubernetesFeatureGates = [flag] }).Cluster.Spec;

        Assert.All(
            [
                spec.Kubelet!.FeatureGates,
                spec.KubeAPIServer!.FeatureGates,
                spec.KubeControllerManager!.FeatureGates,
                spec.KubeProxy!.FeatureGates,
                spec.KubeScheduler!.FeatureGates,
            ],
            gates => Assert.Equal(KeyValuePair.Create(name, value), Assert.Single(gates))
        );
    }

    // parseCloudLabels: encoding/csv with '=' between fields, and TrimLeadingSpace.
    [Theory]
    [InlineData("a=b", "a=b")]
    [InlineData(" a= b, c=d ", "a=b|c=d ")]
    [InlineData("a=\"b=c\"", "a=b=c")]
    [InlineData("a=", "a=")]
    [InlineData("a=1,a=2", "a=2")]
    public void Cloud_labels_are_records_of_two_fields(string flag, string labels)
    {
        var spec = Plans.Plan(One with { CloudLabels = flag }).Cluster.Spec;

        Assert.Equal(labels, string.Join('|', spec.CloudLabels.Select(label => $"{label.Key}={label.Value}")));
    }

    // PerformAssignments: only public zones give the API a name; populateClusterSpec adds it for private ones where a zone is known.
    [Theory]
    [InlineData(null, null)]
    [InlineData("none", null)]
    [InlineData("private", null)]
    [InlineData("public", "api.demo.example.com")]
    public void The_API_has_a_public_name_where_a_public_zone_can_hold_it(string? dns, string? name) =>
        Assert.Equal(name, Plans.Plan(One with { Dns = dns }).Cluster.Spec.MasterPublicName);

    // setupAPI: a load balancer where nothing else leads to the API, or where one is asked for.
    [Theory]
    [InlineData(null, null, null, "Public Network")]
    [InlineData("public", null, null, "DNS")]
    [InlineData("public", "public", null, "Public Network")]
    [InlineData("public", null, "arn:aws:acm:us-test-1:1:certificate/1", "Public Network")]
    [InlineData("none", "public", null, "Public Network")]
    public void A_public_API_is_reached_by_name_or_through_a_load_balancer(string? dns, string? type, string? certificate, string api)
    {
        var spec = Plans.Plan(One with { Dns = dns, ApiLoadBalancerType = type, ApiSslCertificate = certificate }).Cluster.Spec;

        Assert.Equal(api, spec.Api!.LoadBalancer is { } balancer ? $"{balancer.Type} {balancer.Class}" : "DNS");
        Assert.Equal(certificate, spec.Api.LoadBalancer?.SslCertificate);
    }

    // setupAPI, validateClusterSpec: an internal load balancer stands in private subnets.
    [Fact]
    public void A_private_API_may_be_internal() =>
        Assert.Equal(
            "Internal",
            Plans.Plan(One with { Topology = "private", ApiLoadBalancerType = "internal" }).Cluster.Spec.Api!.LoadBalancer!.Type
        );

    // setupNodes: machines are dealt to zones, the first ones get what remains; setupControlPlane: numbered when zones are shared.
    [Theory]
    [InlineData(1, 0, "control-plane-us-test-1b:1 nodes-us-test-1b:1 nodes-us-test-1a:1")]
    [InlineData(
        3,
        5,
        "control-plane-us-test-1b-1:1 control-plane-us-test-1a-1:1 control-plane-us-test-1b-2:1 nodes-us-test-1b:3 nodes-us-test-1a:2"
    )]
    [InlineData(
        5,
        1,
        "control-plane-us-test-1b-1:1 control-plane-us-test-1a-1:1 control-plane-us-test-1b-2:1 control-plane-us-test-1a-2:1 "
            + "control-plane-us-test-1b-3:1 nodes-us-test-1b:1 nodes-us-test-1a:0"
    )]
    public void Machines_are_dealt_to_zones_in_the_users_order(int controlPlane, int nodes, string groups)
    {
        var plan = Plans.Plan(One with { Zones = ["us-test-1b", "us-test-1a"], ControlPlaneCount = controlPlane, NodeCount = nodes });

        Assert.Equal(groups, string.Join(' ', plan.InstanceGroups.Select(group => $"{group.Metadata.Name}:{group.Spec.MaxSize}")));
    }

    // createEtcdCluster, trimCommonPrefix: what all names begin with goes, but for the last letter; a digit is led by "etcd-".
    [Theory]
    [InlineData("us-test-1a", 1, "a")]
    [InlineData("us-test-1a", 3, "etcd-1 etcd-2 etcd-3")]
    [InlineData("us-test-1a,us-test-1b,us-test-1c", 3, "a b c")]
    [InlineData("us-test-1a,us-test-1b", 3, "a-1 b-1 a-2")]
    public void Members_of_etcd_are_named_after_what_differs(string zones, int count, string members)
    {
        var spec = Plans.Plan(One with { Zones = zones.Split(','), ControlPlaneCount = count }).Cluster.Spec;

        Assert.All(spec.EtcdClusters, etcd => Assert.Equal(members, string.Join(' ', etcd.EtcdMembers.Select(member => member.Name))));
    }

    // create_cluster.go: the names of etcd clusters are the user's; cilium-etcd adds its own.
    [Theory]
    [InlineData("cni", null, "main events")]
    [InlineData("cni", "main", "main")]
    [InlineData("cilium-etcd", null, "main events cilium")]
    [InlineData("cilium-etcd", "main", "main cilium")]
    public void Etcd_clusters_are_those_named(string networking, string? names, string clusters)
    {
        var spec = Plans.Plan(One with { Networking = networking, EtcdClusters = names?.Split(',') }).Cluster.Spec;

        Assert.Equal(clusters, string.Join(' ', spec.EtcdClusters.Select(etcd => etcd.Name)));
    }

    // createEtcdCluster: encrypted on AWS unless told otherwise; "false" is not written.
    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, null)]
    public void Volumes_of_etcd_are_encrypted_on_AWS(bool? flag, bool? written) =>
        Assert.Equal(
            written,
            Plans.Plan(One with { EncryptEtcdStorage = flag }).Cluster.Spec.EtcdClusters.First().EtcdMembers.First().EncryptedVolume
        );

    // setupTopology: an IPv6 cluster is private unless told otherwise; the control plane and bastions stand in dual-stack subnets.
    [Fact]
    public void An_IPv6_cluster_has_dual_stack_subnets_for_what_IPv4_must_reach()
    {
        var plan = Plans.Plan(One with { IPv6 = true, Bastion = true });

        Assert.Equal(
            ["us-test-1a Private /64#0", "dualstack-us-test-1a DualStack /64#1", "utility-us-test-1a Utility /64#2"],
            plan.Cluster.Spec.Subnets.Select(subnet => $"{subnet.Name} {subnet.Type} {subnet.Ipv6CIDR}")
        );
        Assert.Equal(
            ["dualstack-us-test-1a", "us-test-1a", "dualstack-us-test-1a"],
            plan.InstanceGroups.Select(group => Assert.Single(group.Spec.Subnets))
        );
    }

    [Fact]
    public void A_public_IPv6_cluster_has_public_subnets_alone()
    {
        var plan = Plans.Plan(One with { IPv6 = true, Topology = "public" });

        Assert.Equal(
            ["us-test-1a Public /64#0"],
            plan.Cluster.Spec.Subnets.Select(subnet => $"{subnet.Name} {subnet.Type} {subnet.Ipv6CIDR}")
        );
        Assert.All(plan.InstanceGroups, group => Assert.Equal(["us-test-1a"], group.Spec.Subnets));
    }

    // NewCluster: the base is the user's as it stands, no cluster's name behind it.
    [Fact]
    public void A_separate_place_for_files_is_taken_as_it_stands()
    {
        var plan = Plans.Plan(One with { ConfigBase = "s3://elsewhere/files" }, features: "EnableSeparateConfigBase");

        Assert.Equal("s3://elsewhere/files", plan.Cluster.Spec.ConfigBase);
    }

    // setupVPC: on AWS alone, behind the feature.
    [Fact]
    public void Spotinst_is_told_what_it_asks_for()
    {
        var plan = Plans.Plan(One with { SpotinstProduct = "Linux/UNIX", SpotinstOrientation = "cost" }, features: "Spotinst");

        Assert.Equal(
            ("Linux/UNIX", "cost"),
            (plan.Cluster.Spec.CloudConfig!.SpotinstProduct, plan.Cluster.Spec.CloudConfig.SpotinstOrientation)
        );
    }

    // validateCloudLabels is asked of each change, and not of a new cluster.
    [Fact]
    public void A_reserved_label_is_stored_and_warned_of()
    {
        var plan = Plans.Plan(One with { CloudLabels = "Name=mine" });

        Assert.Equal("mine", plan.Cluster.Spec.CloudLabels["Name"]);
        Assert.Contains(
            "spec.cloudLabels[Name]: 'Name' is reserved: choose another label; the cluster cannot be changed with it",
            plan.Warnings
        );
    }
}
