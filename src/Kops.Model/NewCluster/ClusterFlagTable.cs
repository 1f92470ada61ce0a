using Kops.Api.Clouds;
using Kops.Model.Flags;
using static Kops.Model.Flags.FlagTable<Kops.Model.NewCluster.ClusterFlags>;

namespace Kops.Model.NewCluster;

/// <summary>
/// The flags of <c>create cluster</c> that shape the cluster, once: the command line declares its options from this table and fills
/// <see cref="ClusterFlags"/> with it, documentation and completion read it. Names, kinds and defaults are those of kOps 1.37.
/// </summary>
public static class ClusterFlagTable
{
    /// <summary>The flags by what they are about.</summary>
    public static IReadOnlyList<FlagSubject<ClusterFlags>> Subjects { get; } =
    [
        new(
            "Place",
            [
                Text(
                    "cloud",
                    "Cloud to run in; without it, the state store's scheme tells",
                    "spec.cloudProvider",
                    f => f.Cloud,
                    (f, v) => f with { Cloud = v },
                    new() { IsCommon = true, Choices = [.. CloudProfiles.All.Select(cloud => cloud.Name)] }
                ),
                List(
                    "zones",
                    "Zones for the cluster's nodes",
                    "spec.subnets, nodes: spec.subnets",
                    f => f.Zones,
                    (f, v) => f with { Zones = v },
                    new() { IsCommon = true }
                ),
                List(
                    "control-plane-zones",
                    "Zones for control-plane nodes; an odd number. Default: those of --zones",
                    "control plane: spec.subnets, spec.etcdClusters[].etcdMembers",
                    f => f.ControlPlaneZones,
                    (f, v) => f with { ControlPlaneZones = v },
                    new() { IsCommon = true, Aliases = ["master-zones"] }
                ),
                Text(
                    "project",
                    "Google Cloud project",
                    "spec.project",
                    f => f.Project,
                    (f, v) => f with { Project = v },
                    new() { Clouds = ["gce"] }
                ),
                Text(
                    "gce-service-account",
                    "Service account of the machines",
                    "spec.cloudConfig.gceServiceAccount",
                    f => f.GceServiceAccount,
                    (f, v) => f with { GceServiceAccount = v },
                    new() { Clouds = ["gce"] }
                ),
            ]
        ),
        new(
            "Versions and images",
            [
                Text(
                    "channel",
                    "Channel that recommends versions and images: a name, an address or a path",
                    "spec.channel",
                    f => f.Channel,
                    (f, v) => f with { Channel = v },
                    new() { Default = "stable", Choices = ["stable", "alpha"] }
                ),
                Text(
                    "kubernetes-version",
                    "Kubernetes version; default: the one that the channel recommends",
                    "spec.kubernetesVersion",
                    f => f.KubernetesVersion,
                    (f, v) => f with { KubernetesVersion = v },
                    new() { IsCommon = true }
                ),
                List(
                    "kubernetes-feature-gates",
                    "Kubernetes feature gates: +Name or Name turns one on, -Name off",
                    "spec.kubelet.featureGates and those of the other components",
                    f => f.KubernetesFeatureGates,
                    (f, v) => f with { KubernetesFeatureGates = v }
                ),
                Text(
                    "image",
                    "Machine image for all groups",
                    "spec.image",
                    f => f.Image,
                    (f, v) => f with { Image = v },
                    new() { IsCommon = true }
                ),
                Text(
                    "node-image",
                    "Machine image for worker nodes; goes before --image",
                    "nodes: spec.image",
                    f => f.NodeImage,
                    (f, v) => f with { NodeImage = v }
                ),
                Text(
                    "control-plane-image",
                    "Machine image for control-plane nodes; goes before --image",
                    "control plane: spec.image",
                    f => f.ControlPlaneImage,
                    (f, v) => f with { ControlPlaneImage = v },
                    new() { Aliases = ["master-image"] }
                ),
                Text(
                    "bastion-image",
                    "Machine image for bastions; goes before --image",
                    "bastions: spec.image",
                    f => f.BastionImage,
                    (f, v) => f with { BastionImage = v }
                ),
                Text(
                    "container-runtime",
                    "Container runtime",
                    "",
                    f => f.ContainerRuntime,
                    (f, v) => f with { ContainerRuntime = v },
                    new() { Deprecated = "containerd is the only supported value", Choices = ["containerd"] }
                ),
            ]
        ),
        new(
            "Machines",
            [
                Integer(
                    "control-plane-count",
                    "Number of control-plane nodes; default: one for each of --control-plane-zones, else 1",
                    "one instance group for each",
                    f => f.ControlPlaneCount,
                    (f, v) => f with { ControlPlaneCount = v },
                    new() { IsCommon = true, Aliases = ["master-count"] }
                ),
                Integer(
                    "node-count",
                    "Number of worker nodes over all zones; default: one for each zone",
                    "nodes: spec.minSize, spec.maxSize",
                    f => f.NodeCount,
                    (f, v) => f with { NodeCount = v },
                    new() { IsCommon = true }
                ),
                List(
                    "control-plane-size",
                    "Machine types of control-plane nodes; several make a mixed group on AWS",
                    "control plane: spec.machineType",
                    f => f.ControlPlaneSizes,
                    (f, v) => f with { ControlPlaneSizes = v },
                    new() { IsCommon = true, Aliases = ["master-size"] }
                ),
                List(
                    "node-size",
                    "Machine types of worker nodes; several make a mixed group on AWS",
                    "nodes: spec.machineType",
                    f => f.NodeSizes,
                    (f, v) => f with { NodeSizes = v },
                    new() { IsCommon = true }
                ),
                Integer(
                    "control-plane-volume-size",
                    "Size of the root volume of control-plane nodes in GiB",
                    "control plane: spec.rootVolumeSize",
                    f => f.ControlPlaneVolumeSize,
                    (f, v) => f with { ControlPlaneVolumeSize = v },
                    new() { Aliases = ["master-volume-size"] }
                ),
                Integer(
                    "node-volume-size",
                    "Size of the root volume of worker nodes in GiB",
                    "nodes: spec.rootVolumeSize",
                    f => f.NodeVolumeSize,
                    (f, v) => f with { NodeVolumeSize = v }
                ),
                Text(
                    "control-plane-volume-type",
                    "Type of the root volume of control-plane nodes",
                    "control plane: spec.rootVolumeType",
                    f => f.ControlPlaneVolumeType,
                    (f, v) => f with { ControlPlaneVolumeType = v }
                ),
                Text(
                    "node-volume-type",
                    "Type of the root volume of worker nodes",
                    "nodes: spec.rootVolumeType",
                    f => f.NodeVolumeType,
                    (f, v) => f with { NodeVolumeType = v }
                ),
                Text(
                    "control-plane-tenancy",
                    "Tenancy of control-plane nodes",
                    "control plane: spec.tenancy",
                    f => f.ControlPlaneTenancy,
                    (f, v) => f with { ControlPlaneTenancy = v },
                    new()
                    {
                        Aliases = ["master-tenancy"],
                        Clouds = ["aws"],
                        Choices = ["default", "dedicated", "host"],
                    }
                ),
                Text(
                    "node-tenancy",
                    "Tenancy of worker nodes",
                    "nodes: spec.tenancy",
                    f => f.NodeTenancy,
                    (f, v) => f with { NodeTenancy = v },
                    new() { Clouds = ["aws"], Choices = ["default", "dedicated", "host"] }
                ),
                List(
                    "control-plane-security-groups",
                    "Security groups that exist already, added to control-plane nodes",
                    "control plane: spec.additionalSecurityGroups",
                    f => f.ControlPlaneSecurityGroups,
                    (f, v) => f with { ControlPlaneSecurityGroups = v },
                    new() { Aliases = ["master-security-groups"] }
                ),
                List(
                    "node-security-groups",
                    "Security groups that exist already, added to worker nodes",
                    "nodes: spec.additionalSecurityGroups",
                    f => f.NodeSecurityGroups,
                    (f, v) => f with { NodeSecurityGroups = v }
                ),
                Switch(
                    "associate-public-ip",
                    "Whether machines get a public address",
                    "spec.associatePublicIp of all groups",
                    f => f.AssociatePublicIp,
                    (f, v) => f with { AssociatePublicIp = v }
                ),
                Switch(
                    "bastion",
                    "Add a bastion; needs --topology private",
                    "instance group bastions",
                    f => f.Bastion,
                    (f, v) => f with { Bastion = v },
                    new() { IsCommon = true }
                ),
                Text(
                    "instance-manager",
                    "What starts worker nodes",
                    "spec.karpenter, nodes: spec.manager",
                    f => f.InstanceManager,
                    (f, v) => f with { InstanceManager = v },
                    new() { Default = "cloudgroups", Choices = ["cloudgroups", "karpenter"] }
                ),
                Integer(
                    "api-server-count",
                    "Number of nodes that run just the API server",
                    "instance groups apiserver-*",
                    f => f.ApiServerCount,
                    (f, v) => f with { ApiServerCount = v },
                    new() { Feature = "APIServerNodes" }
                ),
                List(
                    "api-server-size",
                    "Machine types of API server nodes",
                    "apiserver: spec.machineType",
                    f => f.ApiServerSizes,
                    (f, v) => f with { ApiServerSizes = v },
                    new() { Feature = "APIServerNodes" }
                ),
                Integer(
                    "etcd-count",
                    "Number of nodes that run just etcd",
                    "",
                    f => f.EtcdCount,
                    (f, v) => f with { EtcdCount = v },
                    new() { Feature = "ExperimentalRoles" }
                ),
                List(
                    "etcd-size",
                    "Machine types of etcd nodes",
                    "",
                    f => f.EtcdSizes,
                    (f, v) => f with { EtcdSizes = v },
                    new() { Feature = "ExperimentalRoles" }
                ),
                Integer(
                    "kcm-count",
                    "Number of nodes that run just the controller manager",
                    "",
                    f => f.ControllerManagerCount,
                    (f, v) => f with { ControllerManagerCount = v },
                    new() { Feature = "ExperimentalRoles" }
                ),
                List(
                    "kcm-size",
                    "Machine types of controller-manager nodes",
                    "",
                    f => f.ControllerManagerSizes,
                    (f, v) => f with { ControllerManagerSizes = v },
                    new() { Feature = "ExperimentalRoles" }
                ),
                Integer(
                    "scheduler-count",
                    "Number of nodes that run just the scheduler",
                    "",
                    f => f.SchedulerCount,
                    (f, v) => f with { SchedulerCount = v },
                    new() { Feature = "ExperimentalRoles" }
                ),
                List(
                    "scheduler-size",
                    "Machine types of scheduler nodes",
                    "",
                    f => f.SchedulerSizes,
                    (f, v) => f with { SchedulerSizes = v },
                    new() { Feature = "ExperimentalRoles" }
                ),
            ]
        ),
        new(
            "Etcd",
            [
                List(
                    "etcd-clusters",
                    "Names of the etcd clusters",
                    "spec.etcdClusters",
                    f => f.EtcdClusters,
                    (f, v) => f with { EtcdClusters = v },
                    new() { Default = "main,events", Choices = ["main", "events", "leases"] }
                ),
                Switch(
                    "encrypt-etcd-storage",
                    "Encrypt the volumes of etcd; on AWS they are unless this is false",
                    "spec.etcdClusters[].etcdMembers[].encryptedVolume",
                    f => f.EncryptEtcdStorage,
                    (f, v) => f with { EncryptEtcdStorage = v }
                ),
                Text(
                    "etcd-storage-type",
                    "Type of the volumes of etcd",
                    "spec.etcdClusters[].etcdMembers[].volumeType",
                    f => f.EtcdStorageType,
                    (f, v) => f with { EtcdStorageType = v }
                ),
            ]
        ),
        new(
            "Network",
            [
                Text(
                    "topology",
                    "Whether nodes have public addresses; default: public, for IPv6 private",
                    "spec.topology, spec.subnets[].type",
                    f => f.Topology,
                    (f, v) => f with { Topology = v },
                    new()
                    {
                        IsCommon = true,
                        Short = "t",
                        Choices = ["public", "private"],
                    }
                ),
                Switch(
                    "ipv6",
                    "Use IPv6 for pods",
                    "spec.nonMasqueradeCIDR, spec.subnets[].ipv6CIDR",
                    f => f.IPv6,
                    (f, v) => f with { IPv6 = v },
                    new() { Clouds = ["aws"] }
                ),
                Text(
                    "networking",
                    "Pod network",
                    "spec.networking",
                    f => f.Networking,
                    (f, v) => f with { Networking = v },
                    new()
                    {
                        IsCommon = true,
                        Default = "cilium",
                        Choices =
                        [
                            "amazonvpc",
                            "calico",
                            "cilium",
                            "cilium-eni",
                            "cilium-etcd",
                            "cni",
                            "external",
                            "flannel",
                            "flannel-udp",
                            "flannel-vxlan",
                            "gcp",
                            "kindnet",
                            "kopeio",
                            "kube-router",
                            "kubenet",
                        ],
                    }
                ),
                List(
                    "network-cidr",
                    "Address ranges of the network",
                    "spec.networkCIDR, spec.additionalNetworkCIDRs",
                    f => f.NetworkCidrs,
                    (f, v) => f with { NetworkCidrs = v }
                ),
                Text(
                    "network-id",
                    "Network or VPC that exists already",
                    "spec.networkID",
                    f => f.NetworkId,
                    (f, v) => f with { NetworkId = v },
                    new() { IsCommon = true, Aliases = ["vpc"] }
                ),
                List(
                    "subnets",
                    "Subnets that exist already, by id",
                    "spec.subnets[].id",
                    f => f.SubnetIds,
                    (f, v) => f with { SubnetIds = v }
                ),
                List(
                    "utility-subnets",
                    "Utility subnets that exist already, by id",
                    "spec.subnets[].id",
                    f => f.UtilitySubnetIds,
                    (f, v) => f with { UtilitySubnetIds = v }
                ),
                Switch(
                    "disable-subnet-tags",
                    "Put no tags on subnets",
                    "spec.disableSubnetTags",
                    f => f.DisableSubnetTags,
                    (f, v) => f with { DisableSubnetTags = v }
                ),
            ]
        ),
        new(
            "Access and names",
            [
                List(
                    "admin-access",
                    "Address ranges that may reach the API",
                    "spec.kubernetesApiAccess, spec.sshAccess",
                    f => f.AdminAccess,
                    (f, v) => f with { AdminAccess = v },
                    new() { Default = "0.0.0.0/0,::/0" }
                ),
                List(
                    "ssh-access",
                    "Address ranges that may reach SSH; default: those of --admin-access",
                    "spec.sshAccess",
                    f => f.SshAccess,
                    (f, v) => f with { SshAccess = v }
                ),
                Text(
                    "api-loadbalancer-type",
                    "Load balancer of the API",
                    "spec.api.loadBalancer.type",
                    f => f.ApiLoadBalancerType,
                    (f, v) => f with { ApiLoadBalancerType = v },
                    new() { Choices = ["public", "internal"] }
                ),
                Text(
                    "api-loadbalancer-class",
                    "Class of the API's load balancer",
                    "spec.api.loadBalancer.class",
                    f => f.ApiLoadBalancerClass,
                    (f, v) => f with { ApiLoadBalancerClass = v },
                    new()
                    {
                        Deprecated = "network load balancers are the only ones",
                        Choices = ["network"],
                        Clouds = ["aws"],
                    }
                ),
                Text(
                    "api-ssl-certificate",
                    "ARN of a certificate for the API's load balancer",
                    "spec.api.loadBalancer.sslCertificate",
                    f => f.ApiSslCertificate,
                    (f, v) => f with { ApiSslCertificate = v },
                    new() { Clouds = ["aws"] }
                ),
                Text(
                    "api-public-name",
                    "Public domain name of the API",
                    "spec.masterPublicName",
                    f => f.ApiPublicName,
                    (f, v) => f with { ApiPublicName = v },
                    new() { Aliases = ["master-public-name"] }
                ),
                Text(
                    "dns",
                    "Kind of DNS zone; default: none, and public where --dns-zone is given",
                    "spec.topology.dns.type",
                    f => f.Dns,
                    (f, v) => f with { Dns = v },
                    new() { Choices = ["public", "private", "none"] }
                ),
                Text(
                    "dns-zone",
                    "DNS zone by name or id",
                    "spec.dnsZone",
                    f => f.DnsZone,
                    (f, v) => f with { DnsZone = v },
                    new() { IsCommon = true }
                ),
                Text(
                    "authorization",
                    "Authorization mode",
                    "spec.authorization",
                    f => f.Authorization,
                    (f, v) => f with { Authorization = v },
                    new() { Default = "RBAC", Choices = ["RBAC", "AlwaysAllow"] }
                ),
                Text(
                    "discovery-store",
                    "Public store for OpenID discovery documents; on AWS also turns on IAM roles for service accounts",
                    "spec.serviceAccountIssuerDiscovery",
                    f => f.DiscoveryStore,
                    (f, v) => f with { DiscoveryStore = v }
                ),
                Text(
                    "cloud-labels",
                    "Labels on all cloud resources: Owner=Jane,Team=\"a=b\"",
                    "spec.cloudLabels",
                    f => f.CloudLabels,
                    (f, v) => f with { CloudLabels = v }
                ),
                Text(
                    "config-base",
                    "Where the cluster's files lie, apart from the state store",
                    "spec.configBase",
                    f => f.ConfigBase,
                    (f, v) => f with { ConfigBase = v },
                    new() { Feature = "EnableSeparateConfigBase" }
                ),
            ]
        ),
        new(
            "The spec itself",
            [
                List(
                    "set",
                    "Set a field: spec.networking.calico.bpfEnabled=true",
                    "the named field",
                    f => f.Sets,
                    (f, v) => f with { Sets = v },
                    new()
                    {
                        IsCommon = true,
                        Aliases = ["override"],
                        IsLazy = true,
                    }
                ),
                List("unset", "Clear a field", "the named field", f => f.Unsets, (f, v) => f with { Unsets = v }),
                List(
                    "add",
                    "Manifests to add to the cluster",
                    "clusteraddons/default",
                    f => f.AddonPaths,
                    (f, v) => f with { AddonPaths = v },
                    new() { Feature = "ClusterAddons" }
                ),
            ]
        ),
        new(
            "Spot by NetApp",
            [
                Text(
                    "spotinst-product",
                    "Product description: Linux/UNIX, Linux/UNIX (Amazon VPC), Windows or Windows (Amazon VPC)",
                    "spec.cloudConfig.spotinstProduct",
                    f => f.SpotinstProduct,
                    (f, v) => f with { SpotinstProduct = v },
                    new() { Clouds = ["aws"], Feature = "Spotinst" }
                ),
                Text(
                    "spotinst-orientation",
                    "Prediction strategy",
                    "spec.cloudConfig.spotinstOrientation",
                    f => f.SpotinstOrientation,
                    (f, v) => f with { SpotinstOrientation = v },
                    new()
                    {
                        Clouds = ["aws"],
                        Feature = "Spotinst",
                        Choices = ["balanced", "cost", "equal-distribution", "availability"],
                    }
                ),
            ]
        ),
        new(
            "OpenStack",
            [
                Text(
                    "os-ext-net",
                    "External network of the router",
                    "spec.cloudConfig.openstack.router.externalNetwork",
                    f => f.OpenstackExternalNet,
                    (f, v) => f with { OpenstackExternalNet = v },
                    new() { Clouds = ["openstack"] }
                ),
                Text(
                    "os-ext-subnet",
                    "External floating subnet of the router",
                    "spec.cloudConfig.openstack.router.externalSubnet",
                    f => f.OpenstackExternalSubnet,
                    (f, v) => f with { OpenstackExternalSubnet = v },
                    new() { Clouds = ["openstack"] }
                ),
                Text(
                    "os-lb-floating-subnet",
                    "External subnet of the API's load balancer",
                    "spec.cloudConfig.openstack.loadbalancer.floatingSubnet",
                    f => f.OpenstackLbSubnet,
                    (f, v) => f with { OpenstackLbSubnet = v },
                    new() { Clouds = ["openstack"] }
                ),
                Switch(
                    "os-kubelet-ignore-az",
                    "Attach volumes across availability zones",
                    "spec.cloudConfig.openstack.blockStorage.ignore-volume-az",
                    f => f.OpenstackIgnoreAz,
                    (f, v) => f with { OpenstackIgnoreAz = v },
                    new() { Clouds = ["openstack"] }
                ),
                Switch(
                    "os-octavia",
                    "Use Octavia for the API's load balancer",
                    "spec.cloudConfig.openstack.loadbalancer.useOctavia",
                    f => f.OpenstackOctavia,
                    (f, v) => f with { OpenstackOctavia = v },
                    new() { Clouds = ["openstack"] }
                ),
                Text(
                    "os-octavia-provider",
                    "Octavia provider",
                    "spec.cloudConfig.openstack.loadbalancer.provider",
                    f => f.OpenstackOctaviaProvider,
                    (f, v) => f with { OpenstackOctaviaProvider = v },
                    new()
                    {
                        Clouds = ["openstack"],
                        Choices = ["a10", "amphora", "amphorav2", "f5", "octavia", "ovn", "radware", "vmwareedge"],
                    }
                ),
                Text(
                    "os-dns-servers",
                    "DNS servers of the network, separated by commas",
                    "spec.cloudConfig.openstack.router.dnsServers",
                    f => f.OpenstackDnsServers,
                    (f, v) => f with { OpenstackDnsServers = v },
                    new() { Clouds = ["openstack"] }
                ),
                Text(
                    "os-network",
                    "Network that exists already; goes before --network-id",
                    "spec.networkID",
                    f => f.OpenstackNetwork,
                    (f, v) => f with { OpenstackNetwork = v },
                    new() { Clouds = ["openstack"] }
                ),
            ]
        ),
        new(
            "Azure",
            [
                Text(
                    "azure-subscription-id",
                    "Azure subscription",
                    "spec.cloudConfig.azure.subscriptionId",
                    f => f.AzureSubscriptionId,
                    (f, v) => f with { AzureSubscriptionId = v },
                    new() { Clouds = ["azure"], Feature = "Azure" }
                ),
                Text(
                    "azure-tenant-id",
                    "Azure tenant",
                    "spec.cloudConfig.azure.tenantId",
                    f => f.AzureTenantId,
                    (f, v) => f with { AzureTenantId = v },
                    new() { Clouds = ["azure"], Feature = "Azure" }
                ),
                Text(
                    "azure-resource-group-name",
                    "Azure resource group; default: the cluster's name",
                    "spec.cloudConfig.azure.resourceGroupName",
                    f => f.AzureResourceGroup,
                    (f, v) => f with { AzureResourceGroup = v },
                    new() { Clouds = ["azure"], Feature = "Azure" }
                ),
                Text(
                    "azure-route-table-name",
                    "Azure route table",
                    "spec.cloudConfig.azure.routeTableName",
                    f => f.AzureRouteTable,
                    (f, v) => f with { AzureRouteTable = v },
                    new() { Clouds = ["azure"], Feature = "Azure" }
                ),
                Text(
                    "azure-admin-user",
                    "Administrator of the machines",
                    "spec.cloudConfig.azure.adminUser",
                    f => f.AzureAdminUser,
                    (f, v) => f with { AzureAdminUser = v },
                    new() { Clouds = ["azure"], Feature = "Azure" }
                ),
            ]
        ),
    ];

    /// <summary>All flags, in the order of their subjects.</summary>
    public static IReadOnlyList<FlagDefinition<ClusterFlags>> All { get; } = [.. Subjects.SelectMany(subject => subject.Flags)];

    /// <summary>The flag of that name, old names included; null when there is none.</summary>
    public static FlagDefinition<ClusterFlags>? Find(string name) =>
        All.FirstOrDefault(flag => flag.Name == name || flag.Aliases.Contains(name));
}
