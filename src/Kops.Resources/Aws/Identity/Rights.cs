using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Identity;

/// <summary>What something may do on AWS, told by how far it reaches.</summary>
internal sealed record Rights
{
    /// <summary>Actions on anything: those that AWS cannot bound.</summary>
    public IReadOnlyList<string> OnAll { get; init; } = [];

    /// <summary>Actions on what is tagged as the cluster's.</summary>
    public IReadOnlyList<string> OnOwned { get; init; } = [];

    /// <summary>Actions that make what is tagged as the cluster's.</summary>
    public IReadOnlyList<string> OnNew { get; init; } = [];

    /// <summary>Statements of their own.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>Whether encrypted disks and files are used.</summary>
    public bool UsesKms { get; init; }

    /// <summary>The right to make things of EC2, and to tag them as the cluster's.</summary>
    public static Rights Making(AwsCluster cluster, string[] actions, string[] kinds)
    {
        var resources = Terms.List(kinds.Select(kind => $"arn:{cluster.Partition}:ec2:*:*:{kind}/*"));
        return new()
        {
            OnNew = [.. actions.Select(action => "ec2:" + action)],
            Statements =
            [
                new(Terms.Of("ec2:CreateTags"), resources) { Condition = Conditions.TaggedOnMaking(cluster, actions) },
                new(Terms.Of("ec2:CreateTags", "ec2:DeleteTags"), resources) { Condition = Conditions.OwnedAndStaysSo(cluster) },
            ],
        };
    }
}
