using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Identity;

/// <summary>What machines may do, by their role. Addons that have no role of their own do it as their machine.</summary>
internal static class MachineRights
{
    private static readonly Rights Registry = new()
    {
        OnAll =
        [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:DescribeRepositories",
            "ecr:GetAuthorizationToken",
            "ecr:GetDownloadUrlForLayer",
            "ecr:GetRepositoryPolicy",
            "ecr:ListImages",
        ],
    };

    private static readonly Rights RegistryMirror = new()
    {
        OnAll = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
    };

    private static readonly Rights PodInterfaces = new()
    {
        OnAll =
        [
            "ec2:AssignPrivateIpAddresses",
            "ec2:AttachNetworkInterface",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstances",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeTags",
            "ec2:DetachNetworkInterface",
            "ec2:ModifyNetworkInterfaceAttribute",
            "ec2:UnassignPrivateIpAddresses",
        ],
    };

    private static readonly Rights CiliumInterfaces = new()
    {
        OnAll =
        [
            "ec2:AssignPrivateIpAddresses",
            "ec2:AttachNetworkInterface",
            "ec2:CreateNetworkInterface",
            "ec2:CreateTags",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeVpcs",
            "ec2:DetachNetworkInterface",
            "ec2:ModifyNetworkInterfaceAttribute",
            "ec2:UnassignPrivateIpAddresses",
        ],
    };

    // Packets of pods come from addresses that are not their machine's.
    private static readonly Rights SourceCheck = new() { OnAll = ["ec2:DescribeInstances", "ec2:ModifyNetworkInterfaceAttribute"] };

    private static readonly Rights OwnSourceCheck = new() { OnOwned = ["ec2:ModifyInstanceAttribute"] };

    // To see whether a machine has a graphics processor.
    private static readonly Rights MachineTypes = new() { OnAll = ["ec2:DescribeInstanceTypes"] };

    // For a provider of encryption that keeps its key there.
    private static readonly Rights EncryptionKeys = new()
    {
        OnAll = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    };

    private static readonly Rights WarmPool = new()
    {
        OnAll = ["autoscaling:DescribeLifecycleHooks"],
        OnOwned = ["autoscaling:CompleteLifecycleAction"],
    };

    public static PolicyDocument Of(AwsCluster cluster, MachineRole role) =>
        PolicyDocument.Of(
            cluster,
            role switch
            {
                MachineRole.ControlPlane => ControlPlane(cluster).Concat(Common(cluster, role)),
                MachineRole.ApiServer => ApiServer(cluster).Concat(Common(cluster, role)),
                MachineRole.Bastion => [],
                _ => Common(cluster, role),
            }
        );

    private static IEnumerable<Rights> ControlPlane(AwsCluster cluster)
    {
        yield return new()
        {
            OnAll = ["ec2:DescribeInstances", "ec2:DescribeVolumes"],
            Statements = [Attach(cluster)],
            UsesKms = true,
        };
        if (cluster.IsIPv6Only)
            yield return new() { OnAll = ["ec2:DescribeNetworkInterfaces"] };
        foreach (var right in StoreRights.Reading(cluster).Concat(StoreRights.Backups(cluster)))
            yield return right;
        yield return StoreRights.Buckets(cluster, withBackups: true);
        if (cluster.UsesServiceAccountRoles)
            yield break;
        foreach (var right in AddonRights.OfControlPlane(cluster))
            yield return right;
    }

    private static IEnumerable<Rights> ApiServer(AwsCluster cluster) =>
        [.. StoreRights.Reading(cluster), StoreRights.Buckets(cluster, withBackups: false), new() { UsesKms = true }];

    private static IEnumerable<Rights> Common(AwsCluster cluster, MachineRole role)
    {
        var networking = cluster.Spec.Networking;
        if (cluster.IsIPv6Only)
            yield return new() { OnAll = ["ec2:AssignIpv6Addresses"] };
        if (cluster.CloudGroups.Any(group => group.Role == role && group.WarmPool is { EnableLifecycleHook: true }))
            yield return WarmPool;
        if (cluster.Groups.Any(group => group.Role == role && group.InstallsGpuDriver))
            yield return MachineTypes;
        if (cluster.Spec.EncryptionConfig == true && role is MachineRole.ControlPlane or MachineRole.ApiServer)
            yield return EncryptionKeys;
        if (cluster.Spec.Iam?.AllowContainerRegistry == true)
            yield return Registry;
        if (cluster.Spec.Containerd?.UseECRCredentialsForMirrors == true)
            yield return RegistryMirror;
        if (networking?.Amazonvpc is not null)
            yield return PodInterfaces with
            {
                Statements = [new(Terms.List("ec2:CreateTags"), Terms.List($"arn:{cluster.Partition}:ec2:*:*:network-interface/*"))],
            };
        if (networking?.Cilium?.Ipam == "eni" && role != MachineRole.Node)
            yield return CiliumInterfaces;
        if (networking?.Calico is { } calico && calico.AwsSrcDstCheck != "DoNothing" && !cluster.IsIPv6Only)
            yield return SourceCheck;
        if (networking is { Kuberouter: not null } or { Kindnet: not null })
            yield return OwnSourceCheck;
    }

    private static Statement Attach(AwsCluster cluster)
    {
        var condition = Conditions.Owned(cluster);
        condition["StringEquals"]!["aws:ResourceTag/k8s.io/role/master"] = "1";
        return new(Terms.Of("ec2:AttachVolume"), Terms.List("*")) { Condition = condition };
    }
}
