namespace Kops.Model.NewCluster;

/// <summary>
/// What a user asked for with the flags of <c>create cluster</c>. Null means that the flag was not given: a default is not the same as
/// asking for it, since an existing cluster keeps what it has. <see cref="ClusterFlagTable"/> tells each flag's name and meaning.
/// </summary>
public sealed record ClusterFlags
{
    /// <summary>--cloud</summary>
    public string? Cloud { get; init; }

    /// <summary>--zones</summary>
    public IReadOnlyList<string>? Zones { get; init; }

    /// <summary>--control-plane-zones</summary>
    public IReadOnlyList<string>? ControlPlaneZones { get; init; }

    /// <summary>--project</summary>
    public string? Project { get; init; }

    /// <summary>--gce-service-account</summary>
    public string? GceServiceAccount { get; init; }

    /// <summary>--channel</summary>
    public string? Channel { get; init; }

    /// <summary>--kubernetes-version</summary>
    public string? KubernetesVersion { get; init; }

    /// <summary>--kubernetes-feature-gates</summary>
    public IReadOnlyList<string>? KubernetesFeatureGates { get; init; }

    /// <summary>--image</summary>
    public string? Image { get; init; }

    /// <summary>--node-image</summary>
    public string? NodeImage { get; init; }

    /// <summary>--control-plane-image</summary>
    public string? ControlPlaneImage { get; init; }

    /// <summary>--bastion-image</summary>
    public string? BastionImage { get; init; }

    /// <summary>--container-runtime</summary>
    public string? ContainerRuntime { get; init; }

    /// <summary>--control-plane-count</summary>
    public int? ControlPlaneCount { get; init; }

    /// <summary>--node-count</summary>
    public int? NodeCount { get; init; }

    /// <summary>--control-plane-size</summary>
    public IReadOnlyList<string>? ControlPlaneSizes { get; init; }

    /// <summary>--node-size</summary>
    public IReadOnlyList<string>? NodeSizes { get; init; }

    /// <summary>--control-plane-volume-size</summary>
    public int? ControlPlaneVolumeSize { get; init; }

    /// <summary>--node-volume-size</summary>
    public int? NodeVolumeSize { get; init; }

    /// <summary>--control-plane-volume-type</summary>
    public string? ControlPlaneVolumeType { get; init; }

    /// <summary>--node-volume-type</summary>
    public string? NodeVolumeType { get; init; }

    /// <summary>--control-plane-tenancy</summary>
    public string? ControlPlaneTenancy { get; init; }

    /// <summary>--node-tenancy</summary>
    public string? NodeTenancy { get; init; }

    /// <summary>--control-plane-security-groups</summary>
    public IReadOnlyList<string>? ControlPlaneSecurityGroups { get; init; }

    /// <summary>--node-security-groups</summary>
    public IReadOnlyList<string>? NodeSecurityGroups { get; init; }

    /// <summary>--associate-public-ip</summary>
    public bool? AssociatePublicIp { get; init; }

    /// <summary>--bastion</summary>
    public bool? Bastion { get; init; }

    /// <summary>--instance-manager</summary>
    public string? InstanceManager { get; init; }

    /// <summary>--api-server-count</summary>
    public int? ApiServerCount { get; init; }

    /// <summary>--api-server-size</summary>
    public IReadOnlyList<string>? ApiServerSizes { get; init; }

    /// <summary>--etcd-count</summary>
    public int? EtcdCount { get; init; }

    /// <summary>--etcd-size</summary>
    public IReadOnlyList<string>? EtcdSizes { get; init; }

    /// <summary>--kcm-count</summary>
    public int? ControllerManagerCount { get; init; }

    /// <summary>--kcm-size</summary>
    public IReadOnlyList<string>? ControllerManagerSizes { get; init; }

    /// <summary>--scheduler-count</summary>
    public int? SchedulerCount { get; init; }

    /// <summary>--scheduler-size</summary>
    public IReadOnlyList<string>? SchedulerSizes { get; init; }

    /// <summary>--etcd-clusters</summary>
    public IReadOnlyList<string>? EtcdClusters { get; init; }

    /// <summary>--encrypt-etcd-storage</summary>
    public bool? EncryptEtcdStorage { get; init; }

    /// <summary>--etcd-storage-type</summary>
    public string? EtcdStorageType { get; init; }

    /// <summary>--topology</summary>
    public string? Topology { get; init; }

    /// <summary>--ipv6</summary>
    public bool? IPv6 { get; init; }

    /// <summary>--networking</summary>
    public string? Networking { get; init; }

    /// <summary>--network-cidr</summary>
    public IReadOnlyList<string>? NetworkCidrs { get; init; }

    /// <summary>--network-id</summary>
    public string? NetworkId { get; init; }

    /// <summary>--subnets</summary>
    public IReadOnlyList<string>? SubnetIds { get; init; }

    /// <summary>--utility-subnets</summary>
    public IReadOnlyList<string>? UtilitySubnetIds { get; init; }

    /// <summary>--disable-subnet-tags</summary>
    public bool? DisableSubnetTags { get; init; }

    /// <summary>--admin-access</summary>
    public IReadOnlyList<string>? AdminAccess { get; init; }

    /// <summary>--ssh-access</summary>
    public IReadOnlyList<string>? SshAccess { get; init; }

    /// <summary>--api-loadbalancer-type</summary>
    public string? ApiLoadBalancerType { get; init; }

    /// <summary>--api-loadbalancer-class</summary>
    public string? ApiLoadBalancerClass { get; init; }

    /// <summary>--api-ssl-certificate</summary>
    public string? ApiSslCertificate { get; init; }

    /// <summary>--api-public-name</summary>
    public string? ApiPublicName { get; init; }

    /// <summary>--dns</summary>
    public string? Dns { get; init; }

    /// <summary>--dns-zone</summary>
    public string? DnsZone { get; init; }

    /// <summary>--authorization</summary>
    public string? Authorization { get; init; }

    /// <summary>--discovery-store</summary>
    public string? DiscoveryStore { get; init; }

    /// <summary>--cloud-labels</summary>
    public string? CloudLabels { get; init; }

    /// <summary>--config-base</summary>
    public string? ConfigBase { get; init; }

    /// <summary>--spotinst-product</summary>
    public string? SpotinstProduct { get; init; }

    /// <summary>--spotinst-orientation</summary>
    public string? SpotinstOrientation { get; init; }

    /// <summary>--set</summary>
    public IReadOnlyList<string>? Sets { get; init; }

    /// <summary>--unset</summary>
    public IReadOnlyList<string>? Unsets { get; init; }

    /// <summary>--add</summary>
    public IReadOnlyList<string>? AddonPaths { get; init; }

    /// <summary>--os-ext-net</summary>
    public string? OpenstackExternalNet { get; init; }

    /// <summary>--os-ext-subnet</summary>
    public string? OpenstackExternalSubnet { get; init; }

    /// <summary>--os-lb-floating-subnet</summary>
    public string? OpenstackLbSubnet { get; init; }

    /// <summary>--os-kubelet-ignore-az</summary>
    public bool? OpenstackIgnoreAz { get; init; }

    /// <summary>--os-octavia</summary>
    public bool? OpenstackOctavia { get; init; }

    /// <summary>--os-octavia-provider</summary>
    public string? OpenstackOctaviaProvider { get; init; }

    /// <summary>--os-dns-servers</summary>
    public string? OpenstackDnsServers { get; init; }

    /// <summary>--os-network</summary>
    public string? OpenstackNetwork { get; init; }

    /// <summary>--azure-subscription-id</summary>
    public string? AzureSubscriptionId { get; init; }

    /// <summary>--azure-tenant-id</summary>
    public string? AzureTenantId { get; init; }

    /// <summary>--azure-resource-group-name</summary>
    public string? AzureResourceGroup { get; init; }

    /// <summary>--azure-route-table-name</summary>
    public string? AzureRouteTable { get; init; }

    /// <summary>--azure-admin-user</summary>
    public string? AzureAdminUser { get; init; }
}
