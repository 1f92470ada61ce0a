using System.Globalization;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.NewCluster;
using static Kops.Model.Merging.MergeRule;

namespace Kops.Model.Merging;

/// <summary>
/// Flag by flag, what merging does. Every flag of <see cref="ClusterFlagTable"/> is here, but <c>--set </c> and <c>--unset </c>, which come
/// last.
/// </summary>
internal static class MergeRules
{
    private const string EditNetwork = "a network is laid out once: edit spec.subnets with 'kops edit cluster', or make a new cluster";
    private const string EditEtcd = "volumes of etcd are made once: edit spec.etcdClusters with 'kops edit cluster', and mind the data";
    private const string EditCloud = "edit spec.cloudConfig with 'kops edit cluster'";
    private const string NewGroup = "add a group with 'kops create instancegroup'";

    public static IReadOnlyList<MergeRule> All { get; } =
    [
        // Fields of the cluster.
        Set("channel", (spec, flags) => spec.Channel = flags.Channel),
        Set("kubernetes-version", (spec, flags) => spec.KubernetesVersion = flags.KubernetesVersion),
        new Change("kubernetes-feature-gates", (target, flags) => FeatureGateSetup.Apply(target.Spec, flags))
        {
            Keys = new(FeatureGateSetup.Names, FeatureGateSetup.Remove),
        },
        Set("api-public-name", (spec, flags) => spec.MasterPublicName = flags.ApiPublicName),
        new Change("api-ssl-certificate", AccessMerge.Certificate),
        new Change("api-loadbalancer-type", (target, flags) => AccessMerge.LoadBalancerType(target, flags)),
        new Change("api-loadbalancer-class", (target, flags) => AccessMerge.LoadBalancerClass(target, flags)),
        new Change("admin-access", (target, flags) => AccessMerge.Admins(target, flags)),
        new Change("ssh-access", (target, flags) => target.Spec.SshAccess.Set(flags.SshAccess!)),
        new Change("authorization", (target, flags) => AccessSetup.Authorize(target.Spec, flags)),
        new Change("cloud-labels", (target, flags) => ClusterFlagSetup.Label(target.Spec, flags))
        {
            Keys = new(ClusterFlagSetup.LabelNames, (spec, name) => spec.CloudLabels.Remove(name)),
        },
        new Change("disable-subnet-tags", (target, flags) => target.Spec.DisableSubnetTags = flags.DisableSubnetTags == true ? true : null),
        new Change(
            "discovery-store",
            (target, flags) => IdentitySetup.Discover(target.Spec, target.CloudName, target.Cluster.Metadata.Name!, flags)
        ),
        Set("gce-service-account", (spec, flags) => spec.EnsureCloudConfig().GceServiceAccount = flags.GceServiceAccount),
        Set("azure-admin-user", (spec, flags) => spec.EnsureCloudConfig().EnsureAzure().AdminUser = flags.AzureAdminUser),
        Set("spotinst-product", (spec, flags) => spec.EnsureCloudConfig().SpotinstProduct = flags.SpotinstProduct),
        Set("spotinst-orientation", (spec, flags) => spec.EnsureCloudConfig().SpotinstOrientation = flags.SpotinstOrientation),
        Set(
            "os-dns-servers",
            (spec, flags) => spec.EnsureCloudConfig().EnsureOpenstack().EnsureRouter().DnsServers = flags.OpenstackDnsServers
        ),
        new Change("container-runtime", (_, _) => { }),
        // Fields of groups.
        new Change("image", (target, flags) => GroupMerge.Images(target, flags)),
        new Change("node-image", (target, flags) => GroupMerge.Image(target, MachineRole.Node, flags.NodeImage)),
        new Change("control-plane-image", (target, flags) => GroupMerge.Image(target, MachineRole.ControlPlane, flags.ControlPlaneImage)),
        new Change("bastion-image", (target, flags) => GroupMerge.Image(target, MachineRole.Bastion, flags.BastionImage)),
        new Change("node-size", (target, flags) => GroupMerge.Sizes(target, MachineRole.Node, flags.NodeSizes!)),
        new Change("control-plane-size", (target, flags) => GroupMerge.Sizes(target, MachineRole.ControlPlane, flags.ControlPlaneSizes!)),
        new Change("api-server-size", (target, flags) => GroupMerge.Sizes(target, MachineRole.ApiServer, flags.ApiServerSizes!)),
        new Change("node-count", (target, flags) => GroupMerge.Count(target, MachineRole.Node, flags.NodeCount!.Value)) { Deals = true },
        new Change("api-server-count", (target, flags) => GroupMerge.Count(target, MachineRole.ApiServer, flags.ApiServerCount!.Value))
        {
            Deals = true,
        },
        .. new[]
        {
            "associate-public-ip",
            "control-plane-tenancy",
            "node-tenancy",
            "control-plane-security-groups",
            "node-security-groups",
            "control-plane-volume-size",
            "node-volume-size",
            "control-plane-volume-type",
            "node-volume-type",
        }.Select(flag => new Change(flag, GroupMerge.PlainFields)),
        .. new[] { "etcd-count", "etcd-size", "kcm-count", "kcm-size", "scheduler-count", "scheduler-size" }.Select(flag => new Change(
            flag,
            (target, _) => target.Warnings.Add($"--{flag} makes no groups yet: these components run on the control plane")
        )),
        // Made once.
        Same("cloud", target => target.CloudName, "a cluster cannot move to another cloud: make a new one"),
        Same("config-base", target => target.Spec.ConfigBase, "its files would have to move: make a new cluster"),
        Same("project", target => target.Spec.Project, "a cluster cannot move to another project: make a new one"),
        new Fixed(
            "zones",
            target => [target.ZonesOf(MachineRole.Node), target.Spec.Subnets.Select(subnet => subnet.Zone).Distinct()],
            $"for a further zone, add a subnet with 'kops edit cluster', then {NewGroup}"
        )
        {
            Suits = AreAllZones,
        },
        new Fixed(
            "control-plane-zones",
            target => [target.ZonesOf(MachineRole.ControlPlane)],
            $"{NewGroup} --role control-plane, and members of etcd with 'kops edit cluster'"
        ),
        new Fixed(
            "control-plane-count",
            target =>
                [
                    [Number(target.OfRole(MachineRole.ControlPlane).Count())],
                    ["0"],
                ],
            $"{NewGroup} --role control-plane, and members of etcd with 'kops edit cluster'"
        ),
        new Fixed(
            "bastion",
            target =>
                [
                    [target.OfRole(MachineRole.Bastion).Any() ? "true" : "false"],
                ],
            $"{NewGroup} --role bastion, or take it away with 'kops delete instancegroup'"
        ),
        Same(
            "instance-manager",
            target => target.Spec.Karpenter?.Enabled == true ? "karpenter" : "cloudgroups",
            "edit spec.karpenter with 'kops edit cluster', and spec.manager of the groups"
        ),
        new Fixed(
            "etcd-clusters",
            target => [target.Spec.EtcdClusters.Select(etcd => etcd.Name).Where(name => name != "cilium")],
            EditEtcd
        ),
        new Fixed(
            "encrypt-etcd-storage",
            target =>
                [
                    [Members(target).All(member => member.EncryptedVolume == true) ? "true" : "false"],
                ],
            EditEtcd
        ),
        new Fixed("etcd-storage-type", target => [Members(target).Select(member => member.VolumeType).Distinct()], EditEtcd),
        new Fixed(
            "topology",
            target =>
                [
                    [target.Spec.Subnets.Any(subnet => subnet.Type is "Private" or "DualStack") ? "private" : "public"],
                ],
            EditNetwork
        ),
        Same("ipv6", target => target.Spec.NonMasqueradeCIDR == "::/0" ? "true" : "false", EditNetwork),
        new Fixed(
            "networking",
            target =>
                [
                    [NetworkingNames.Of(target.Spec)],
                ],
            "another pod network means other addresses for all pods: change spec.networking with 'kops edit cluster' where kOps "
                + "documents the move"
        )
        {
            Normalize = NetworkingNames.Normalize,
        },
        new Fixed("network-cidr", target => [target.Spec.AdditionalNetworkCIDRs.Prepend(target.Spec.NetworkCIDR)], EditNetwork),
        Same("network-id", target => target.Spec.NetworkID, EditNetwork),
        Same("os-network", target => target.Spec.NetworkID, EditNetwork),
        new Fixed("subnets", target => [SubnetIds(target, isUtility: false)], EditNetwork) { Suits = HasAll },
        new Fixed("utility-subnets", target => [SubnetIds(target, isUtility: true)], EditNetwork) { Suits = HasAll },
        new Fixed(
            "dns",
            target =>
                [
                    [target.Spec.Topology?.Dns?.Type ?? "public"],
                ],
            "names of a running cluster stay: make a new cluster"
        )
        {
            Normalize = Lower,
        },
        Same("dns-zone", target => target.Spec.DnsZone, "edit spec.dnsZone with 'kops edit cluster'"),
        new Fixed("add", _ => [], "add the objects with 'kops replace -f'"),
        Same("os-ext-net", target => target.Spec.CloudConfig?.Openstack?.Router?.ExternalNetwork, EditCloud),
        Same("os-ext-subnet", target => target.Spec.CloudConfig?.Openstack?.Router?.ExternalSubnet, EditCloud),
        Same("os-lb-floating-subnet", target => target.Spec.CloudConfig?.Openstack?.Loadbalancer?.FloatingSubnet, EditCloud),
        Same(
            "os-kubelet-ignore-az",
            target => target.Spec.CloudConfig?.Openstack?.BlockStorage?.IgnoreVolumeAz == true ? "true" : "false",
            EditCloud
        ),
        new Fixed(
            "os-octavia",
            target => OpenstackBalancer(target, balancer => balancer.UseOctavia == true ? "true" : "false", "true", "false"),
            EditCloud
        ),
        new Fixed("os-octavia-provider", target => OpenstackBalancer(target, balancer => balancer.Provider), EditCloud),
        Same("azure-subscription-id", target => target.Spec.CloudConfig?.Azure?.SubscriptionId, EditCloud),
        Same("azure-tenant-id", target => target.Spec.CloudConfig?.Azure?.TenantId, EditCloud),
        Same("azure-resource-group-name", target => target.Spec.CloudConfig?.Azure?.ResourceGroupName, EditCloud),
        Same("azure-route-table-name", target => target.Spec.CloudConfig?.Azure?.RouteTableName, EditCloud),
    ];

    private static Change Set(string flag, Action<ClusterSpec, ClusterFlags> set) => new(flag, (target, flags) => set(target.Spec, flags));

    private static Fixed Same(string flag, Func<MergeTarget, string?> current, string advice) =>
        new(
            flag,
            target =>
                [
                    [current(target)],
                ],
            advice
        );

    private static IEnumerable<EtcdMemberSpec> Members(MergeTarget target) => target.Spec.EtcdClusters.SelectMany(etcd => etcd.EtcdMembers);

    private static IEnumerable<string?> SubnetIds(MergeTarget target, bool isUtility) =>
        target.Spec.Subnets.Where(subnet => subnet.Type is "Utility" or "DualStack" == isUtility).Select(subnet => subnet.Id).Distinct();

    // Without a load balancer in the spec, the flag meant nothing when the cluster was made, and means nothing now.
    private static IEnumerable<IEnumerable<string?>> OpenstackBalancer(
        MergeTarget target,
        Func<OpenstackLoadbalancerConfig, string?> read,
        params string[] otherwise
    ) =>
        target.Spec.CloudConfig?.Openstack?.Loadbalancer is { } balancer
            ?
            [
                [read(balancer)],
            ]
            : otherwise.Select(value => new string?[] { value });

    // A subnet that is named for no zone of the cluster had no use when it was made, and has none now.
    private static bool HasAll(MergeTarget target, IReadOnlySet<string> asked, IReadOnlySet<string> there) =>
        there.Count > 0 && asked.IsSupersetOf(there);

    // Karpenter's one group runs in all zones, those of the control plane too.
    private static bool AreAllZones(MergeTarget target, IReadOnlySet<string> asked, IReadOnlySet<string> there) =>
        target.Spec.Karpenter?.Enabled == true
        && asked.Count > 0
        && asked.IsSubsetOf(there)
        && there.All(zone => asked.Contains(zone) || target.ZonesOf(MachineRole.ControlPlane).Contains(zone));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Lower(string value) => value.ToLowerInvariant();
}
