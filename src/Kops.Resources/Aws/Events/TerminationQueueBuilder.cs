using Kops.Model.Completion.Context;
using Kops.Resources.Aws.Core;
using Kops.Resources.Aws.Identity;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Events;

/// <summary>The queue in which AWS says which machines are about to go, and what it is told to say there.</summary>
internal static class TerminationQueueBuilder
{
    private const int LongestQueueName = 75;
    private const int LongestRuleName = 40;
    private const string Rebalance = "RebalanceRecommendation";

    // As kOps writes them, since another blank would be another rule.
    private static readonly (string Name, string Pattern)[] Events =
    [
        ("ASGLifecycle", """{"source":["aws.autoscaling"],"detail-type":["EC2 Instance-terminate Lifecycle Action"]}"""),
        (
            "InstanceScheduledChange",
            """{"source": ["aws.health"],"detail-type": ["AWS Health Event"],"detail": """
                + """{"service": ["EC2"],"eventTypeCategory": ["scheduledChange"]}}"""
        ),
        ("InstanceStateChange", """{"source": ["aws.ec2"],"detail-type": ["EC2 Instance State-change Notification"]}"""),
        (Rebalance, """{"source": ["aws.ec2"],"detail-type": ["EC2 Instance Rebalance Recommendation"]}"""),
        ("SpotInterruption", """{"source": ["aws.ec2"],"detail-type": ["EC2 Spot Instance Interruption Warning"]}"""),
    ];

    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        if (!cluster.HasTerminationQueue)
            yield break;
        var queue = Queue(cluster);
        yield return queue;
        foreach (var (name, pattern) in Events.Where(known => known.Name != Rebalance || ListensToRebalancing(cluster)))
        {
            var called = $"{ShortNames.Shorten(cluster.Name, LongestRuleName)}-{name}";
            var rule = new Resource(
                AwsKinds.EventRule,
                called,
                new()
                {
                    ["event_pattern"] = new DataFile("event_pattern", pattern),
                    ["name"] = called,
                    ["tags"] = cluster.TagMap(called),
                }
            );
            yield return rule;
            yield return new(AwsKinds.EventTarget, called + "-Target", new() { ["arn"] = queue.Ref("arn"), ["rule"] = rule.Ref() });
        }
    }

    private static bool ListensToRebalancing(AwsCluster cluster) =>
        cluster.Spec.NodeTerminationHandler is { EnableRebalanceDraining: true } or { EnableRebalanceMonitoring: true };

    private static Resource Queue(AwsCluster cluster)
    {
        var name = ShortNames.Shorten(cluster.DashedName, LongestQueueName) + "-nth";
        var policy = new PolicyDocument(
            new Statement(Terms.Of("sqs:SendMessage"), Terms.Of($"arn:{cluster.Partition}:sqs:{cluster.Region}:{cluster.Account}:{name}"))
            {
                Principal = new() { ["Service"] = Terms.List("events.amazonaws.com", "sqs.amazonaws.com").ToJson() },
            }
        );
        return new(
            AwsKinds.Queue,
            name,
            new()
            {
                ["message_retention_seconds"] = 300,
                ["name"] = name,
                ["policy"] = new DataFile("policy", policy.ToJson()),
                ["tags"] = cluster.TagMap(name),
            }
        );
    }
}
