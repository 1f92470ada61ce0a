using CsCheck;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

/// <summary>Random flags that go together, for the AWS of <see cref="TestFacts"/>.</summary>
internal static class FlagGen
{
    private static readonly string[] Zones = ["us-test-1a", "us-test-1b", "us-test-1c"];

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
        };

    /// <summary>Flags for a new cluster.</summary>
    public static Gen<ClusterFlags> NewCluster { get; } =
        from independent in Independent
        from zones in Gen.Shuffle(Zones, 1, 3)
        from controlPlaneZones in Maybe(Choice<IReadOnlyList<string>>([Zones[0]], [Zones[1]], Zones))
        from controlPlaneCount in MaybeValue(Choice(1, 3, 5))
        from nodes in MaybeValue(Gen.Int[1, 20])
        from isPrivate in Gen.Bool
        from isIPv6 in Gen.Bool
        from bastion in Gen.Bool
        from network in Choice("calico", "cilium", "cni", "amazonvpc", "flannel", "kube-router", "kindnet", "cilium-etcd", "cilium-eni")
        from dns in Maybe(Choice("public", "private", "none"))
        from balancer in Maybe(Choice("public", "internal"))
        from encrypt in MaybeValue(Gen.Bool)
        from ranges in Maybe(Choice<IReadOnlyList<string>>(["10.0.0.0/16"], ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"]))
        let canIPv6 = network is "calico" or "cilium" or "cni" or "kindnet"
        let hasIPv6 = isIPv6 && canIPv6 && ranges is not { Count: > 1 }
        select independent with
        {
            Zones = zones,
            ControlPlaneZones = controlPlaneZones,
            ControlPlaneCount = controlPlaneCount < (controlPlaneZones?.Count ?? 0) ? null : controlPlaneCount,
            NodeCount = nodes,
            Topology = isPrivate || hasIPv6 ? "private" : "public",
            IPv6 = hasIPv6 ? true : null,
            Bastion = bastion && (isPrivate || hasIPv6) ? true : null,
            Networking = network,
            Dns = dns,
            ApiLoadBalancerType = isPrivate || hasIPv6 || balancer != "internal" ? balancer : null,
            EncryptEtcdStorage = encrypt,
            NetworkCidrs = ranges,
        };

    private static Gen<T> Choice<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Select(Gen.Bool, gen, (isGiven, value) => isGiven ? value : null);

    private static Gen<T?> MaybeValue<T>(Gen<T> gen)
        where T : struct => Gen.Select(Gen.Bool, gen, (isGiven, value) => isGiven ? value : (T?)null);
}
