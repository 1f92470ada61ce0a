using Kops.Api;
using Kops.Api.Documents;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;

namespace Kops.Model.Tests.Completion;

/// <summary>Rules of kOps 1.37 for a group's machines, each with kOps' value.</summary>
public sealed class Groups_are_completed
{
    [Theory]
    [InlineData("Master", 1, "m5.large")]
    [InlineData("Bastion", 1, "t3.micro")]
    [InlineData("Node", 2, "m5.large")]
    [InlineData("APIServer", 2, "t3.medium")]
    public void A_group_has_as_many_machines_as_its_role_needs(string role, int size, string machine)
    {
        var spec = Complete(Clusters.Of("aws"), Group(role));

        Assert.Equal((size, size, machine, "CloudGroup"), (spec.MinSize, spec.MaxSize, spec.MachineType, spec.Manager));
        Assert.StartsWith("099720109477/ubuntu/", spec.Image, StringComparison.Ordinal);
    }

    [Fact]
    public void Karpenter_decides_how_many_machines_of_which_type_there_are()
    {
        var group = Group("Node");
        group.Spec.Manager = "Karpenter";

        var spec = Complete(Clusters.Of("aws"), group);

        Assert.Equal((null, null, null), (spec.MinSize, spec.MaxSize, spec.MachineType));
        Assert.Equal(["karpenter.sh/unregistered=:NoExecute"], spec.Kubelet!.Taints);
    }

    [Fact]
    public void Labels_come_from_the_cluster_the_groups_kubelet_the_role_and_the_group_and_the_last_one_wins()
    {
        var cluster = Clusters.Of("aws", "spec.kubelet.nodeLabels.from=cluster", "spec.kubelet.nodeLabels.cluster=yes");
        var group = Group("Node");
        group.Spec.EnsureKubelet().NodeLabels["from"] = "kubelet";
        group.Spec.EnsureKubelet().NodeLabels["node-role.kubernetes.io/node"] = "kubelet";
        group.Spec.NodeLabels["from"] = "group";

        var labels = Complete(cluster, group).Kubelet!.NodeLabels;

        Assert.Equal(
            ["cluster=yes", "from=group", "node-role.kubernetes.io/node="],
            labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Taints_of_all_sources_are_united_and_sorted()
    {
        var cluster = Clusters.Of("aws", "spec.kubelet.taints=z=1:NoSchedule", "spec.masterKubelet.taints=m=1:NoSchedule");
        var group = Group("Master");
        group.Spec.Taints.Set(["b=1:NoSchedule", "a=1:NoSchedule"]);
        group.Spec.EnsureKubelet().Taints.Set(["k=1:NoSchedule", "a=1:NoSchedule"]);

        Assert.Equal(
            [
                "a=1:NoSchedule",
                "b=1:NoSchedule",
                "k=1:NoSchedule",
                "m=1:NoSchedule",
                "node-role.kubernetes.io/control-plane=:NoSchedule",
                "z=1:NoSchedule",
            ],
            Complete(cluster, group).Kubelet!.Taints
        );
    }

    [Fact]
    public void A_groups_kubelet_merges_objects_and_replaces_lists()
    {
        var cluster = Clusters.Of(
            "aws",
            "spec.kubelet.systemReserved.cpu=1",
            "spec.kubelet.allowedUnsafeSysctls=a,b",
            "spec.kubelet.maxPods=9"
        );
        var group = Group("Node");
        group.Spec.EnsureKubelet().SystemReserved["memory"] = "1Gi";
        group.Spec.EnsureKubelet().AllowedUnsafeSysctls.Set(["c"]);

        var kubelet = Complete(cluster, group).Kubelet!;

        Assert.Equal(["cpu", "memory"], kubelet.SystemReserved.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["c"], kubelet.AllowedUnsafeSysctls);
        Assert.Equal(9, kubelet.MaxPods);
    }

    [Theory]
    [InlineData("Node", "true", false)]
    [InlineData("Node", "false", false)]
    [InlineData("Master", "false", false)]
    public void Nobody_asks_a_kubelet_without_a_name(string role, string anonymous, bool allowed) =>
        Assert.Equal(allowed, Complete(Clusters.Of("aws", "spec.kubelet.anonymousAuth=" + anonymous), Group(role)).Kubelet!.AnonymousAuth);

    [Theory]
    [InlineData("g4dn.xlarge", true)]
    [InlineData("p5.48xlarge", true)]
    [InlineData("m5.large", false)]
    public void Machines_with_a_graphics_processor_are_for_those_who_ask_for_one(string machine, bool found)
    {
        var group = Group("Node");
        group.Spec.MachineType = machine;

        var spec = Complete(Clusters.Of("aws", "spec.containerd.nvidiaGPU.enabled=true"), group);

        Assert.Equal(found, spec.NodeLabels.ContainsKey("kops.k8s.io/gpu"));
        Assert.Equal(found, spec.Kubelet!.Taints.Contains("nvidia.com/gpu:NoSchedule"));
    }

    [Fact]
    public void Machines_with_gVisor_are_labelled()
    {
        var group = Group("Node");
        group.Spec.EnsureContainerd().EnsureGvisor().Enabled = true;

        Assert.Equal("1", Complete(Clusters.Of("aws"), group).Kubelet!.NodeLabels["kops.k8s.io/gvisor"]);
    }

    [Fact]
    public void Flatcar_keeps_plugins_for_volumes_where_it_can_write()
    {
        var group = Group("Node");
        group.Spec.Image = "075585003325/Flatcar-stable/flatcar-stable-4000";

        var spec = ClusterCompleter.Complete(new(Clusters.Of("aws"), [group], TestFacts.Aws)).Spec;

        Assert.Equal("/var/lib/kubelet/volumeplugins/", spec.Kubelet?.VolumePluginDirectory);
        Assert.Equal("/var/lib/kubelet/volumeplugins/", spec.MasterKubelet?.VolumePluginDirectory);
    }

    [Fact]
    public void The_group_that_is_stored_stays_as_it_is()
    {
        var group = Group("Node");
        var before = group.Node.Clone();

        Complete(Clusters.Of("aws"), group);

        Assert.True(Node.DeepEquals(before, group.Node));
    }

    private static InstanceGroup Group(string role)
    {
        var group = new InstanceGroup();
        group.Metadata.Name = "group";
        group.Spec.Role = role;
        group.Spec.Subnets.Set(["us-test-1a"]);
        return group;
    }

    private static InstanceGroupSpec Complete(Cluster cluster, InstanceGroup group) =>
        GroupCompleter
            .Complete(
                new(
                    ClusterCompleter.Complete(new(cluster, [group], TestFacts.Aws)),
                    group,
                    ChannelSnapshots.Find("stable")!,
                    TestFacts.Aws,
                    FeatureFlags.Parse(null)
                )
            )
            .Spec;
}
