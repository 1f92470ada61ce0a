using CsCheck;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

/// <summary>Random flags that go together, for the small AWS of <c>TestFacts</c>.</summary>
internal static class FlagGen
{
    private static readonly string[] Zones = ["us-test-1a", "us-test-1b", "us-test-1c"];

    private static Gen<ClusterFlags> IndependentAccess { get; } =
        // Never those of the administrators: given later, SSH would follow them.
        from ssh in Maybe(Choice<IReadOnlyList<string>>(["192.168.0.0/16"], ["5.6.7.8/32", "::/0"], ["pl-0123456789abcdef0"]))
        from authorization in Maybe(Choice("RBAC", "AlwaysAllow", "rbac"))
        from tags in MaybeValue(Gen.Bool)
        from discovery in Maybe(Choice("s3://public", "gs://public/discovery"))
        from type in Maybe(Choice("gp3", "io2"))
        from groups in Maybe(Choice<IReadOnlyList<string>>(["sg-3"], ["sg-4", "sg-5"]))
        from image in Maybe(Choice("ami-3", "ami-4"))
        from tenancy in Maybe(Choice("default", "dedicated", "host"))
        from nodeTenancy in Maybe(Choice("default", "dedicated"))
        from product in Maybe(Choice("Linux/UNIX"))
        select new ClusterFlags
        {
            SshAccess = ssh,
            Authorization = authorization,
            DisableSubnetTags = tags,
            DiscoveryStore = discovery,
            ControlPlaneVolumeType = type,
            ControlPlaneSecurityGroups = groups,
            ControlPlaneImage = image,
            ControlPlaneTenancy = tenancy,
            NodeTenancy = nodeTenancy,
            SpotinstProduct = product,
        };

    /// <summary>Flags whose effect does not depend on other flags: they can be given later as well as at once.</summary>
    public static Gen<ClusterFlags> Independent { get; } =
        from version in Maybe(Choice("1.35.1", "v1.34.0", "1.36.3"))
        from sizes in Maybe(Choice<IReadOnlyList<string>>(["m5.large"], ["c5.xlarge"], ["m5.large", "m4.large"]))
        from controlPlaneSize in Maybe(Choice<IReadOnlyList<string>>(["m5.large"], ["m5.xlarge"]))
        from volume in MaybeValue(Gen.Int[8, 500])
        from controlPlaneVolume in MaybeValue(Gen.Int[8, 500])
        from volumeType in Maybe(Choice("gp3", "io1"))
        from groups in Maybe(Choice<IReadOnlyList<string>>(["sg-1"], ["sg-1", "sg-2"]))
        from isPublic in MaybeValue(Gen.Bool)
        from admins in Maybe(Choice<IReadOnlyList<string>>(["10.0.0.0/8"], ["1.2.3.4/32", "::/0"]))
        from labels in Maybe(Choice("Owner=Jane", "Owner=John Doe,Team=\"a=b\""))
        from gates in Maybe(Choice<IReadOnlyList<string>>(["+One", "-Two"], ["Three"]))
        from image in Maybe(Choice("ami-1", "ami-2"))
        from name in Maybe(Choice("api.example.org"))
        from access in IndependentAccess
        select new ClusterFlags
        {
            KubernetesVersion = version,
            NodeSizes = sizes,
            ControlPlaneSizes = controlPlaneSize,
            NodeVolumeSize = volume,
            ControlPlaneVolumeSize = controlPlaneVolume,
            NodeVolumeType = volumeType,
            NodeSecurityGroups = groups,
            AssociatePublicIp = isPublic,
            AdminAccess = admins,
            CloudLabels = labels,
            KubernetesFeatureGates = gates,
            NodeImage = image,
            ApiPublicName = name,
            SshAccess = access.SshAccess,
            Authorization = access.Authorization,
            DisableSubnetTags = access.DisableSubnetTags,
            DiscoveryStore = access.DiscoveryStore,
            ControlPlaneVolumeType = access.ControlPlaneVolumeType,
            ControlPlaneSecurityGroups = access.ControlPlaneSecurityGroups,
            ControlPlaneImage = access.ControlPlaneImage,
            ControlPlaneTenancy = access.ControlPlaneTenancy,
            NodeTenancy = access.NodeTenancy,
            SpotinstProduct = access.SpotinstProduct,
        };

    /// <summary>Flags for a new cluster.</summary>
    public static Gen<ClusterFlags> NewCluster { get; } =
        from independent in Independent
        from zones in Gen.Shuffle(Zones, 1, 3)
        from controlPlaneZones in Maybe(Choice<IReadOnlyList<string>>([Zones[0]], [Zones[1]], Zones))
        from controlPlaneCount in MaybeValue(Choice(1, 3, 5))
        from nodes in MaybeValue(Gen.Int[1, 20])
        from topology in Maybe(Choice("public", "private"))
        from isIPv6 in Gen.Bool
        from bastion in Gen.Bool
        from network in Maybe(
            Choice(
                "calico",
                "cilium",
                "cni",
                "amazonvpc",
                "amazon-vpc-routed-eni",
                "flannel",
                "flannel-udp",
                "flannel-vxlan",
                "kopeio",
                "kopeio-vxlan",
                "kube-router",
                "kindnet",
                "kubenet",
                "cilium-etcd",
                "cilium-eni"
            )
        )
        from dns in Maybe(Choice("public", "private", "none"))
        from balancer in Maybe(Choice("public", "internal"))
        from encrypt in MaybeValue(Gen.Bool)
        from ranges in Maybe(Choice<IReadOnlyList<string>>(["10.0.0.0/16"], ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"]))
        from rare in Rare
        let canIPv6 = network is null or "calico" or "cilium" or "cni" or "kindnet" or "cilium-etcd"
        let hasIPv6 = isIPv6 && canIPv6 && ranges is not { Count: > 1 } && rare.SubnetIds is null
        let isPrivate = network != "kubenet" && (topology is null ? hasIPv6 : topology == "private") && rare.SubnetIds is null
        select independent with
        {
            Zones = zones,
            ControlPlaneZones = controlPlaneZones,
            ControlPlaneCount = controlPlaneCount < (controlPlaneZones?.Count ?? 0) ? null : controlPlaneCount,
            NodeCount = nodes,
            Topology =
                topology is null && isPrivate == hasIPv6 ? null
                : isPrivate ? "private"
                : "public",
            IPv6 = hasIPv6 ? true : null,
            Bastion = bastion && isPrivate ? true : null,
            Networking = network,
            Dns = dns,
            ApiLoadBalancerType = isPrivate || balancer != "internal" ? balancer : null,
            EncryptEtcdStorage = encrypt,
            NetworkCidrs = rare.SubnetIds is null ? ranges : null,
            SubnetIds = rare.SubnetIds,
            NetworkId = rare.NetworkId,
            EtcdClusters = rare.EtcdClusters,
            EtcdStorageType = rare.EtcdStorageType,
            Image = rare.Image,
            InstanceManager = rare.InstanceManager,
            DiscoveryStore = independent.DiscoveryStore ?? rare.DiscoveryStore,
            ApiServerCount = dns is "public" or "private" ? rare.ApiServerCount : null,
            ApiServerSizes = rare.ApiServerSizes,
            ApiSslCertificate = rare.ApiSslCertificate,
            Sets = rare.Sets,
            Unsets = rare.Unsets,
        };

    // With subnets that exist, all three zones must have one: see TestFacts.
    private static Gen<ClusterFlags> Rare =>
        from subnets in Maybe(Choice<IReadOnlyList<string>>(["subnet-a", "subnet-b", "subnet-c"]))
        from namesNetwork in Gen.Bool
        from etcd in Maybe(Choice<IReadOnlyList<string>>(["main"], ["main", "events"], ["events", "main"]))
        from storage in Maybe(Choice("gp3", "io1"))
        from image in Maybe(Choice("ami-9"))
        from manager in Maybe(Choice("cloudgroups", "karpenter"))
        from servers in MaybeValue(Gen.Int[0, 4])
        from serverSizes in Maybe(Choice<IReadOnlyList<string>>(["c5.large"]))
        from certificate in Maybe(Choice("arn:aws:acm:us-test-1:123456789012:certificate/1"))
        from sets in Maybe(
            Choice<IReadOnlyList<string>>(
                ["spec.kubelet.maxPods=50"],
                ["cluster.spec.nodePortAccess=10.0.0.0/8,1.2.3.4/32"],
                ["spec.etcdClusters[0].manager.backupRetentionDays=30"],
                ["spec.etcdClusters[*].cpuRequest=300m", "spec.cloudConfig.manageStorageClasses=false"],
                ["spec.api.access=9.9.9.9/32"],
                ["spec.sysctlParameters[0]=vm.max_map_count=1"]
            )
        )
        from unsets in Maybe(Choice<IReadOnlyList<string>>(["spec.sshAccess"], ["spec.kubelet"]))
        select new ClusterFlags
        {
            SubnetIds = subnets,
            NetworkId = subnets is not null && namesNetwork ? "vpc-1" : null,
            EtcdClusters = etcd,
            EtcdStorageType = storage,
            Image = image,
            InstanceManager = manager,
            DiscoveryStore = manager == "karpenter" ? "s3://public" : null,
            ApiServerCount = servers,
            ApiServerSizes = serverSizes,
            ApiSslCertificate = certificate,
            Sets = sets,
            Unsets = unsets,
        };

    private static Gen<T> Choice<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Select(Gen.Bool, gen, (isGiven, value) => isGiven ? value : null);

    private static Gen<T?> MaybeValue<T>(Gen<T> gen)
        where T : struct => Gen.Select(Gen.Bool, gen, (isGiven, value) => isGiven ? value : (T?)null);
}
