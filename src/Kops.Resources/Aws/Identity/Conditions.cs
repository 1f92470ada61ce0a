using System.Text.Json.Nodes;
using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Identity;

/// <summary>What must hold for a statement to count. The cluster's tag tells what is its own.</summary>
internal static class Conditions
{
    private const string OwnTag = "aws:ResourceTag/KubernetesCluster";
    private const string NewTag = "aws:RequestTag/KubernetesCluster";

    public static JsonObject Of(string operation, string key, JsonNode value) => new() { [operation] = new JsonObject { [key] = value } };

    /// <summary>Of what is the cluster's.</summary>
    public static JsonObject Owned(AwsCluster cluster) => Of("StringEquals", OwnTag, cluster.Name);

    /// <summary>Of what is made as the cluster's.</summary>
    public static JsonObject New(AwsCluster cluster) => Of("StringEquals", NewTag, cluster.Name);

    /// <summary>Of tags that come with the making of something.</summary>
    public static JsonObject TaggedOnMaking(AwsCluster cluster, IEnumerable<string> actions) =>
        new()
        {
            ["StringEquals"] = new JsonObject { [NewTag] = cluster.Name, ["ec2:CreateAction"] = Terms.List(actions).ToJson() },
        };

    /// <summary>Of the cluster's own, whose own tag stays.</summary>
    public static JsonObject OwnedAndStaysSo(AwsCluster cluster) =>
        new()
        {
            ["Null"] = new JsonObject { [NewTag] = "true" },
            ["StringEquals"] = new JsonObject { [OwnTag] = cluster.Name },
        };

    /// <summary>How the names of AWS's services end in a partition.</summary>
    public static string DnsSuffix(string partition) =>
        partition switch
        {
            "aws-cn" => "amazonaws.com.cn",
            "aws-iso" => "c2s.ic.gov",
            "aws-iso-b" => "sc2s.sgov.gov",
            _ => "amazonaws.com",
        };
}
