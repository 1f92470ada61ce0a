using Kops.Api;
using Kops.Model.Completion;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Completion;

/// <summary>Rules of kOps 1.37 that no golden case shows: the parts of the completed spec that differ from cloud to cloud.</summary>
public sealed class Clouds_are_completed
{
    [Theory]
    [InlineData("digitalocean", "nyc1")]
    [InlineData("scaleway", "fr-par-1")]
    public void Some_clouds_controllers_have_no_settings(string cloud, string zone)
    {
        var spec = Complete(cloud, new() { Zones = [zone] }).Spec;

        Assert.Null(spec.CloudControllerManager);
        Assert.Equal("external", spec.Kubelet?.CloudProvider);
        Assert.Equal("external", spec.KubeControllerManager?.CloudProvider);
    }

    [Fact]
    public void Linodes_controllers_make_no_routes()
    {
        var manager = Complete("linode", new() { Zones = ["us-east"] }).Spec.CloudControllerManager!;

        Assert.Equal(
            ("linode", "100.96.0.0/11", true, false, true),
            (
                manager.CloudProvider,
                manager.ClusterCIDR,
                manager.AllocateNodeCIDRs,
                manager.ConfigureCloudRoutes,
                manager.LeaderElection?.LeaderElect
            )
        );
        Assert.StartsWith("linode/linode-cloud-controller-manager:", manager.Image, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenStack_gets_a_storage_class_and_no_config_drive()
    {
        var spec = Complete("openstack", Openstack).Spec;

        Assert.True(spec.CloudConfig?.Openstack?.BlockStorage?.CreateStorageClass);
        Assert.False(spec.CloudConfig?.Openstack?.Metadata?.ConfigDrive);
        Assert.Equal((Plans.Name, null), (spec.CloudControllerManager?.ClusterName, spec.CloudControllerManager?.LeaderElection));
    }

    [Fact]
    public void OpenStacks_own_field_for_storage_classes_goes_before_the_default()
    {
        var spec = Complete(
            "openstack",
            Openstack with
            {
                Sets = ["spec.cloudConfig.openstack.blockStorage.createStorageClass=false"],
            }
        ).Spec;

        Assert.False(spec.CloudConfig?.ManageStorageClasses);
    }

    [Theory]
    [InlineData("kindnet", true)]
    [InlineData("kubenet", true)]
    [InlineData("cilium", false)]
    public void Azure_makes_routes_for_pod_networks_that_need_them(string networking, bool makesRoutes)
    {
        var spec = Complete(
            "azure",
            new()
            {
                Zones = ["eastus-1"],
                NetworkCidrs = ["10.0.0.0/16"],
                Networking = networking,
            }
        ).Spec;

        Assert.Equal(makesRoutes, spec.CloudControllerManager?.ConfigureCloudRoutes);
    }

    [Fact]
    public void Services_have_the_same_range_wherever_pods_are()
    {
        var spec = Complete("hetzner", new() { Zones = ["fsn1"], Sets = ["spec.nonMasqueradeCIDR=10.0.0.0/8"] }).Spec;

        Assert.Equal(("10.128.0.0/9", "100.64.0.0/13"), (spec.PodCIDR, spec.ServiceClusterIPRange));
    }

    [Theory]
    [InlineData("spec.containerd.version=2.2.4", "2.2.4", null)]
    [InlineData("spec.containerd.runc.version=1.3.0", null, "1.3.0")]
    [InlineData("spec.containerd.version=2.2.4 spec.containerd.runc.version=1.3.0", "2.2.4", "1.3.0")]
    public void Whoever_chooses_containerd_chooses_runc(string sets, string? containerd, string? runc)
    {
        var standard = Complete("hetzner", new() { Zones = ["fsn1"] }).Spec.Containerd!;

        var spec = Complete(
            "hetzner",
            new() { Zones = ["fsn1"], Sets = [.. sets.Split(' '), "spec.containerd.logLevel=debug"] }
        ).Spec.Containerd!;

        Assert.Equal((containerd ?? standard.Version, runc, "debug"), (spec.Version, spec.Runc?.Version, spec.LogLevel));
    }

    [Theory]
    [InlineData("true", "systrap")]
    [InlineData("false", null)]
    public void GVisor_has_a_platform_where_it_is_on(string enabled, string? platform) =>
        Assert.Equal(
            platform,
            Complete(
                "hetzner",
                new() { Zones = ["fsn1"], Sets = [$"spec.containerd.gvisor.enabled={enabled}"] }
            ).Spec.Containerd?.Gvisor?.Platform
        );

    private static ClusterFlags Openstack =>
        new()
        {
            Zones = ["nova"],
            NodeSizes = ["m1"],
            ControlPlaneSizes = ["m1"],
            Image = "ubuntu",
            NetworkCidrs = ["10.0.0.0/16"],
        };

    private static Cluster Complete(string cloud, ClusterFlags flags)
    {
        var plan = Plans.Plan(flags with { Cloud = cloud });
        return ClusterCompleter.Complete(new(plan.Cluster, plan.InstanceGroups, TestFacts.Aws));
    }
}
