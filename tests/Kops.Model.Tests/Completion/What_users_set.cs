using Kops.Api;
using Kops.Model.Completion;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Completion;

/// <summary>What becomes of a user's own settings when a cluster is completed, where no golden case shows it.</summary>
public sealed class What_users_set
{
    [Fact]
    public void Is_kept_where_kOps_has_a_default_alone()
    {
        var spec = Complete(
            "spec.kubeControllerManager.logLevel=4",
            "spec.kubeScheduler.logLevel=3",
            "spec.kubeProxy.logLevel=5",
            "spec.kubeScheduler.image=mine/scheduler:v1"
        );

        Assert.Equal(
            (4, 3, 5, "mine/scheduler:v1"),
            (spec.KubeControllerManager?.LogLevel, spec.KubeScheduler?.LogLevel, spec.KubeProxy?.LogLevel, spec.KubeScheduler?.Image)
        );
    }

    [Fact]
    public void Gives_way_where_a_component_goes_with_Kubernetes()
    {
        var spec = Complete(
            "spec.kubeProxy.image=mine/proxy:v1",
            "spec.kubeAPIServer.image=mine/server:v1",
            "spec.kubeControllerManager.image=mine/manager:v1"
        );

        Assert.All(
            (string?[])[spec.KubeProxy?.Image, spec.KubeAPIServer?.Image, spec.KubeControllerManager?.Image],
            image => Assert.EndsWith($":v{spec.KubernetesVersion}", image, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_external_DNS_stands_alone()
    {
        var spec = Complete("spec.externalDns.watchIngress=true").ExternalDns;

        Assert.Equal((true, null), (spec?.WatchIngress, spec?.Provider));
        Assert.Equal("dns-controller", Complete().ExternalDns?.Provider);
    }

    private static ClusterSpec Complete(params string[] sets)
    {
        var plan = Plans.Plan(
            new ClusterFlags
            {
                Cloud = "aws",
                Zones = ["us-test-1a"],
                Dns = "public",
                Sets = sets,
            }
        );
        return ClusterCompleter.Complete(new(plan.Cluster, plan.InstanceGroups, TestFacts.Aws)).Spec;
    }
}
