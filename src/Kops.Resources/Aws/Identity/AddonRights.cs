using System.Text.Json.Nodes;
using Kops.Resources.Aws.Balancers;
using Kops.Resources.Aws.Core;
using Kops.Resources.Requests;

namespace Kops.Resources.Aws.Identity;

/// <summary>What the addons that speak to AWS may do.</summary>
internal static class AddonRights
{
    private static readonly Rights Disks = new()
    {
        UsesKms = true,
        OnAll =
        [
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstances",
            "ec2:DescribeTags",
            "ec2:DescribeVolumeStatus",
            "ec2:DescribeVolumes",
            "ec2:DescribeVolumesModifications",
        ],
        OnOwned = ["ec2:AttachVolume", "ec2:DeleteVolume", "ec2:DetachVolume", "ec2:ModifyVolume"],
    };

    private static readonly Rights Snapshots = new()
    {
        OnAll = ["ec2:CreateSnapshot", "ec2:DescribeAvailabilityZones", "ec2:DescribeSnapshots"],
        OnOwned = ["ec2:DeleteSnapshot", "ec2:EnableFastSnapshotRestores"],
    };

    private static readonly Rights Cloud = new()
    {
        OnAll =
        [
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeTags",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstanceTopology",
            "ec2:DescribeInstances",
            "ec2:DescribeRegions",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancerPolicies",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "iam:CreateServiceLinkedRole",
            "kms:DescribeKey",
        ],
        OnOwned =
        [
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:DeleteSecurityGroup",
            "ec2:ModifyInstanceAttribute",
            "ec2:RevokeSecurityGroupIngress",
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
            "elasticloadbalancing:AttachLoadBalancerToSubnets",
            "elasticloadbalancing:ConfigureHealthCheck",
            "elasticloadbalancing:CreateLoadBalancerListeners",
            "elasticloadbalancing:CreateLoadBalancerPolicy",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteLoadBalancerListeners",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:DetachLoadBalancerFromSubnets",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
            "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
        ],
        OnNew =
        [
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:CreateTargetGroup",
        ],
    };

    private static readonly Rights PodRoutes = new() { OnOwned = ["ec2:CreateRoute", "ec2:DeleteRoute"] };

    private static readonly Rights Balancers = new()
    {
        OnAll =
        [
            "acm:DescribeCertificate",
            "acm:ListCertificates",
            "cognito-idp:DescribeUserPoolClient",
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstances",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeVpcs",
            "ec2:GetSecurityGroupsForVpc",
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "elasticloadbalancing:DescribeTrustStores",
            "elasticloadbalancing:SetRulePriorities",
        ],
        OnOwned =
        [
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:DeleteSecurityGroup",
            "ec2:RevokeSecurityGroupIngress",
            "elasticloadbalancing:AddListenerCertificates",
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteRule",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:ModifyCapacityReservation",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyListenerAttributes",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:ModifyRule",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:RemoveListenerCertificates",
            "elasticloadbalancing:RemoveTags",
            "elasticloadbalancing:SetIpAddressType",
            "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets",
        ],
        OnNew =
        [
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:CreateRule",
            "elasticloadbalancing:CreateTargetGroup",
        ],
    };

    private static readonly Rights Waf = new()
    {
        OnAll =
        [
            "elasticloadbalancing:SetWebACL",
            "waf-regional:AssociateWebACL",
            "waf-regional:DisassociateWebACL",
            "waf-regional:GetWebACL",
            "waf-regional:GetWebACLForResource",
        ],
    };

    private static readonly Rights Waf2 = new()
    {
        OnAll =
        [
            "elasticloadbalancing:SetWebACL",
            "wafv2:AssociateWebACL",
            "wafv2:DisassociateWebACL",
            "wafv2:GetWebACL",
            "wafv2:GetWebACLForResource",
        ],
    };

    private static readonly Rights Shield = new()
    {
        OnAll = ["shield:CreateProtection", "shield:DeleteProtection", "shield:DescribeProtection", "shield:GetSubscriptionState"],
    };

    private static readonly Rights Autoscaler = new()
    {
        OnAll =
        [
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeLaunchConfigurations",
            "autoscaling:DescribeScalingActivities",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeLaunchTemplateVersions",
            "ec2:GetInstanceTypesFromInstanceRequirements",
        ],
        OnOwned = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
    };

    private static readonly Rights Termination = new()
    {
        OnAll =
        [
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeTags",
            "ec2:DescribeInstances",
            "sqs:DeleteMessage",
            "sqs:ReceiveMessage",
        ],
        OnOwned = ["autoscaling:CompleteLifecycleAction"],
    };

    /// <summary>All that addons do as the machine that they run on, where they have no roles of their own.</summary>
    public static IEnumerable<Rights> OfControlPlane(AwsCluster cluster) =>
        [
            .. Dns(cluster),
            .. DiskDriver(cluster),
            .. CloudController(cluster),
            .. cluster.Spec.AwsLoadBalancerController?.Enabled == true ? BalancerController(cluster) : [],
            .. ClusterAutoscaler(cluster),
            .. cluster.HasTerminationQueue ? NodeTermination(cluster) : [],
        ];

    public static IEnumerable<Rights> Dns(AwsCluster cluster)
    {
        if (DnsBuilder.ZoneId(cluster) is not { } zone)
            yield break;
        var arn = $"arn:{cluster.Partition}:route53:::";
        yield return new()
        {
            Statements =
            [
                new(
                    Terms.Of("route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"),
                    Terms.List($"{arn}{zone.TrimStart('/')}")
                ),
                new(Terms.List("route53:GetChange"), Terms.List($"{arn}change/*")),
                new(Terms.List("route53:ListHostedZones", "route53:ListTagsForResource"), Terms.List("*")),
            ],
        };
    }

    public static IEnumerable<Rights> DiskDriver(AwsCluster cluster)
    {
        string[] kinds = ["snapshot", "volume"];
        if (cluster.Spec.SnapshotController?.Enabled == true)
        {
            yield return Rights.Making(cluster, ["CreateSnapshot"], kinds);
            yield return Snapshots with
            {
                Statements =
                [
                    new(Terms.Of("ec2:CreateVolume"), Terms.List($"arn:{cluster.Partition}:ec2:*:*:snapshot/*"))
                    {
                        Condition = Conditions.Owned(cluster),
                    },
                ],
            };
        }

        yield return Rights.Making(cluster, ["CopyVolumes", "CreateVolume"], kinds);
        yield return Disks;
    }

    public static IEnumerable<Rights> CloudController(AwsCluster cluster)
    {
        yield return Rights.Making(cluster, ["CreateSecurityGroup"], ["security-group"]);
        yield return Cloud;
        if (cluster.Spec.Networking?.Kubenet is not null)
            yield return PodRoutes;
    }

    public static IEnumerable<Rights> BalancerController(AwsCluster cluster)
    {
        var spec = cluster.Spec.AwsLoadBalancerController;
        yield return Rights.Making(cluster, ["CreateSecurityGroup"], ["security-group"]);
        yield return Balancers;
        if (spec?.EnableWAF == true)
            yield return Waf;
        if (spec?.EnableWAFv2 == true)
            yield return Waf2;
        if (spec?.EnableShield == true)
            yield return Shield;
    }

    public static IEnumerable<Rights> ClusterAutoscaler(AwsCluster cluster) => [Autoscaler];

    public static IEnumerable<Rights> NodeTermination(AwsCluster cluster) => [Termination];

    public static IEnumerable<Rights> Certificates(AwsCluster cluster)
    {
        var arn = $"arn:{cluster.Partition}:route53:::";
        var zones = Terms.List((cluster.Spec.CertManager?.HostedZoneIDs).OrNone().Select(id => $"{arn}hostedzone/{id}"));
        yield return new()
        {
            Statements =
            [
                new(Terms.Of("route53:ListResourceRecordSets"), zones),
                new(Terms.Of("route53:ChangeResourceRecordSets"), zones)
                {
                    Condition = new()
                    {
                        ["ForAllValues:StringEquals"] = new JsonObject
                        {
                            ["route53:ChangeResourceRecordSetsRecordTypes"] = Terms.List("TXT").ToJson(),
                        },
                        ["ForAllValues:StringLike"] = new JsonObject
                        {
                            ["route53:ChangeResourceRecordSetsNormalizedRecordNames"] = Terms.List("_acme-challenge.*").ToJson(),
                        },
                    },
                },
                new(Terms.List("route53:GetChange"), Terms.List($"{arn}change/*")),
                new(Terms.List("route53:ListHostedZonesByName"), Terms.List("*")),
            ],
        };
    }
}
