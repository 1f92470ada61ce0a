using System.Text.Json.Nodes;
using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Identity;

/// <summary>What Karpenter may do: make machines that it tags as its own, and take those away again.</summary>
internal static class KarpenterRights
{
    private static readonly string[] Made =
    [
        "fleet",
        "instance",
        "launch-template",
        "network-interface",
        "spot-instances-request",
        "volume",
    ];

    private static readonly Rights Looking = new()
    {
        UsesKms = true,
        OnAll =
        [
            "ec2:DescribeCapacityReservations",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceStatus",
            "ec2:DescribeInstanceTypeOfferings",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstances",
            "ec2:DescribeLaunchTemplates",
            "ec2:DescribePlacementGroups",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSpotPriceHistory",
            "ec2:DescribeSubnets",
            "iam:GetInstanceProfile",
            "iam:ListInstanceProfiles",
            "pricing:GetProducts",
            "ssm:GetParameter",
        ],
    };

    public static IEnumerable<Rights> Of(AwsCluster cluster)
    {
        var arn = $"arn:{cluster.Partition}:";
        var made = Terms.List(Made.Select(kind => $"{arn}ec2:*:*:{kind}/*"));
        string[] running = ["ec2:CreateFleet", "ec2:RunInstances"];
        yield return Looking with
        {
            Statements =
            [
                new(
                    Terms.Of(running),
                    Terms.List(
                        $"{arn}ec2:*:*:capacity-reservation/*",
                        $"{arn}ec2:*:*:security-group/*",
                        $"{arn}ec2:*:*:subnet/*",
                        $"{arn}ec2:*::image/*",
                        $"{arn}ec2:*::snapshot/*"
                    )
                ),
                new(Terms.Of(running), Terms.List($"{arn}ec2:*:*:launch-template/*"))
                {
                    Condition = OfPool("ResourceTag", Conditions.Owned(cluster)),
                },
                new(Terms.Of([.. running, "ec2:CreateLaunchTemplate"]), made) { Condition = OfPool("RequestTag", Conditions.New(cluster)) },
                new(Terms.Of("ec2:CreateTags"), made)
                {
                    Condition = OfPool(
                        "RequestTag",
                        Conditions.TaggedOnMaking(cluster, ["CreateFleet", "CreateLaunchTemplate", "RunInstances"])
                    ),
                },
                new(Terms.Of("ec2:CreateTags", "ec2:DeleteTags"), made)
                {
                    Condition = OfPool("ResourceTag", Conditions.OwnedAndStaysSo(cluster)),
                },
                new(
                    Terms.Of("ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"),
                    Terms.List($"{arn}ec2:*:*:instance/*", $"{arn}ec2:*:*:launch-template/*")
                )
                {
                    Condition = OfPool("ResourceTag", Conditions.Owned(cluster)),
                },
                new(Terms.Of("iam:PassRole"), Terms.Of($"{arn}iam::*:role/{AwsGroup.RoleName(cluster, MachineRole.Node)}"))
                {
                    Condition = Conditions.Of("StringEquals", "iam:PassedToService", $"ec2.{Conditions.DnsSuffix(cluster.Partition)}"),
                },
            ],
        };
    }

    private static JsonObject OfPool(string tag, JsonObject condition)
    {
        condition["StringLike"] = new JsonObject { [$"aws:{tag}/karpenter.sh/nodepool"] = "*" };
        return condition;
    }
}
