using Kops.Api;
using Kops.Model.Completion;
using Kops.Model.Flags;

namespace Kops.Model.Tests.Completion;

/// <summary>Rules of kOps 1.37 for components and networks that no golden case shows, each with kOps' value.</summary>
public sealed class Components_are_completed
{
    [Fact]
    public void The_control_planes_kubelet_has_all_settings_of_the_nodes_and_its_own_on_top()
    {
        var spec = Complete(
            Clusters.Of(
                "aws",
                "spec.kubelet.logLevel=5",
                "spec.kubelet.maxPods=99",
                "spec.kubelet.featureGates.Alpha=true",
                "spec.kubelet.featureGates.Beta=true",
                "spec.masterKubelet.maxPods=20",
                "spec.masterKubelet.featureGates.Beta=false"
            )
        );

        Assert.Equal((5, 99), (spec.Kubelet?.LogLevel, spec.Kubelet?.MaxPods));
        Assert.Equal((5, 20), (spec.MasterKubelet?.LogLevel, spec.MasterKubelet?.MaxPods));
        Assert.Equal("true true", $"{spec.Kubelet?.FeatureGates["Alpha"]} {spec.Kubelet?.FeatureGates["Beta"]}");
        Assert.Equal("true false", $"{spec.MasterKubelet?.FeatureGates["Alpha"]} {spec.MasterKubelet?.FeatureGates["Beta"]}");
    }

    [Theory]
    [InlineData("1.32.0", "external")]
    [InlineData("1.33.0", null)]
    public void Metal_has_a_cloud_for_controllers_but_none_for_kubelets(string kubernetes, string? server)
    {
        var spec = Complete(Clusters.Of("metal", "spec.kubernetesVersion=" + kubernetes));

        Assert.Equal(
            ("external", server, null, null),
            (
                spec.KubeControllerManager?.CloudProvider,
                spec.KubeAPIServer?.CloudProvider,
                spec.Kubelet?.CloudProvider,
                spec.MasterKubelet?.CloudProvider
            )
        );
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void Karpenter_has_an_image_and_a_log_on_or_off_and_no_limits_that_nobody_set(string enabled)
    {
        var karpenter = Complete(Clusters.Of("aws", "spec.karpenter.enabled=" + enabled)).Karpenter!;

        Assert.Equal(
            ("public.ecr.aws/karpenter/controller:1.13.0", "console", "debug"),
            (karpenter.Image, karpenter.LogEncoding, karpenter.LogLevel)
        );
        Assert.Equal((null, null, null), (karpenter.CpuRequest, karpenter.MemoryRequest, karpenter.MemoryLimit));
    }

    [Theory]
    [InlineData("gcp")]
    [InlineData("kindnet")]
    public void Pods_of_Google_Cloud_have_addresses_of_the_network_where_they_can(string networking)
    {
        var spec = Complete(Clusters.With("gce", new() { Networking = networking }));

        Assert.Equal(
            ("10.4.0.0/14", "10.1.0.0/16", "10.0.32.0/19", "10.0.0.0/8"),
            (spec.PodCIDR, spec.ServiceClusterIPRange, spec.Subnets[0].Cidr, spec.NonMasqueradeCIDR)
        );
        Assert.Equal((false, false), (spec.KubeControllerManager?.AllocateNodeCIDRs, spec.KubeControllerManager?.ConfigureCloudRoutes));
        Assert.Equal(
            (true, "CloudAllocator"),
            (spec.CloudControllerManager?.AllocateNodeCIDRs, spec.CloudControllerManager?.CidrAllocatorType)
        );
    }

    [Fact]
    public void Kindnet_of_another_cloud_has_a_network_of_its_own()
    {
        var spec = Complete(Clusters.With("aws", new() { Networking = "kindnet" }));

        Assert.Equal(("100.96.0.0/11", true), (spec.PodCIDR, spec.KubeControllerManager?.AllocateNodeCIDRs));
    }

    [Theory]
    [InlineData("discoveryStore=s3://keys/a", "https://keys.s3.us-test-1.amazonaws.com/a")]
    [InlineData("discoveryService.url=https://keys.example.com/a", "https://keys.example.com/a")]
    public void Tokens_are_issued_by_where_their_keys_are_found(string discovery, string issuer)
    {
        var server = Complete(Clusters.Of("aws", "spec.serviceAccountIssuerDiscovery." + discovery)).KubeAPIServer!;

        Assert.Equal((issuer, issuer + "/openid/v1/jwks"), (server.ServiceAccountIssuer, server.ServiceAccountJWKSURI));
    }

    [Fact]
    public void Further_admission_plugins_follow_as_they_stand()
    {
        var server = Complete(Clusters.Of("aws", "spec.kubeAPIServer.appendAdmissionPlugins=Zeta,Alpha,NodeRestriction")).KubeAPIServer!;

        Assert.Equal(
            ["ValidatingAdmissionWebhook", "Zeta", "Alpha", "NodeRestriction"],
            server.EnableAdmissionPlugins.Skip(server.EnableAdmissionPlugins.Count - 4)
        );
    }

    [Fact]
    public void An_etcd_for_leases_is_where_leases_go_in_the_order_of_the_clusters()
    {
        var spec = Complete(Clusters.With("aws", new() { EtcdClusters = ["leases", "main", "events"] }));

        Assert.Equal(
            ["coordination.k8s.io/leases#https://127.0.0.1:4004", "/events#https://127.0.0.1:4002"],
            spec.KubeAPIServer!.EtcdServersOverrides
        );
    }

    [Theory]
    [InlineData("calico", "10.9.0.0/16")]
    [InlineData("amazonvpc", null)]
    public void The_service_proxy_knows_pods_by_the_range_that_the_controllers_give_them(string networking, string? range)
    {
        var spec = Complete(Clusters.With("aws", new() { Networking = networking }, "spec.kubeControllerManager.clusterCIDR=10.9.0.0/16"));

        Assert.Equal(range, spec.KubeProxy?.ClusterCIDR);
    }

    [Theory]
    [InlineData("fd00:1::/64", 80)]
    [InlineData("fd00:1::/112", 120)]
    [InlineData("10.9.0.0/16", null)]
    public void Machines_have_half_of_what_is_left_of_an_IPv6_range(string range, int? size) =>
        Assert.Equal(
            size,
            Complete(Clusters.Of("aws", "spec.kubeControllerManager.clusterCIDR=" + range)).KubeControllerManager?.NodeCIDRMaskSize
        );

    [Fact]
    public void What_the_scheduler_may_ask_for_leaves_for_its_configuration_file()
    {
        var scheduler = Complete(Clusters.Of("aws", "spec.kubeScheduler.qps=50", "spec.kubeScheduler.burst=100")).KubeScheduler!;

        Assert.Equal((null, null), (scheduler.Qps, scheduler.Burst));
    }

    [Theory]
    [InlineData("public", "Z1")]
    [InlineData("private", "Z2")]
    public void Names_lie_in_the_zone_that_is_known(string dns, string zone) =>
        Assert.Equal(zone, Complete(Clusters.With("aws", new() { Dns = dns })).DnsZone);

    [Theory]
    [InlineData("gce", "public", "no public DNS zone")]
    [InlineData("gce", "private", "no private DNS zone")]
    public void A_zone_that_nobody_names_and_nobody_knows_is_a_mistake(string cloud, string dns, string message)
    {
        var cluster = Clusters.Of(cloud);
        cluster.Spec.EnsureTopology().EnsureDns().Type = dns == "public" ? "Public" : "Private";

        var mistake = Assert.Throws<InvalidFlagException>(() => Complete(cluster));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("spec.dnsZone", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_machines_tell_each_other_need_no_zone()
    {
        var cluster = Clusters.Of("aws");
        cluster.Metadata.Name = "demo.k8s.local";
        cluster.Spec.EnsureTopology().EnsureDns().Type = "Public";

        Assert.Null(Complete(cluster).DnsZone);
    }

    private static ClusterSpec Complete(Cluster cluster) => ClusterCompleter.Complete(new(cluster, [], TestFacts.Aws)).Spec;
}
