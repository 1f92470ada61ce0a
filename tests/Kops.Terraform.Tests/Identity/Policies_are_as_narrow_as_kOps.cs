using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Kops.Model.Tests;
using Kops.Model.Tests.NewCluster;
using Kops.Terraform.Tests.Goldens;

namespace Kops.Terraform.Tests.Identity;

/// <summary>
/// Whatever the flags, each action is granted on what, and under which condition, kOps grants it in one of its own cases: no statement
/// reaches further than kOps'.
/// </summary>
public sealed partial class Policies_are_as_narrow_as_kOps
{
    // What kOps' control planes get where Cilium takes addresses of AWS for pods, of which there is no case.
    private static readonly string[] CiliumInterfaces =
    [
        "AssignPrivateIpAddresses",
        "AttachNetworkInterface",
        "CreateNetworkInterface",
        "CreateTags",
        "DeleteNetworkInterface",
        "DescribeNetworkInterfaces",
        "DescribeSecurityGroups",
        "DescribeSubnets",
        "DescribeVpcPeeringConnections",
        "DescribeVpcs",
        "DetachNetworkInterface",
        "ModifyNetworkInterfaceAttribute",
        "UnassignPrivateIpAddresses",
    ];

    [Fact]
    public void In_any_cluster_from_flags()
    {
        var known = TerraformCase
            .All.Where(golden => golden.Cloud == "aws")
            .SelectMany(golden =>
                golden
                    .ExpectedData.Where(file => file.Key.EndsWith("_policy", StringComparison.Ordinal))
                    .SelectMany(file => Grants(file.Value, golden.Requests().First().Cluster.Metadata.Name!))
            )
            .ToHashSet(StringComparer.Ordinal);
        Assert.SkipWhen(known.Count == 0, "no golden cases");
        known.UnionWith(CiliumInterfaces.Select(action => $"Allow ec2:{action} on * if {{}}"));

        FlagGen.NewCluster.Sample(
            flags =>
            {
                var granted = AnyCluster
                    .OnAws(flags)
                    .Where(file => file.Path.EndsWith("_policy", StringComparison.Ordinal))
                    .SelectMany(file => Grants(Encoding.UTF8.GetString(file.Content.Span), Plans.Name));
                Assert.Equal(string.Empty, string.Join('\n', granted.Except(known)));
            },
            iter: 100
        );
    }

    [Theory]
    [InlineData("ec2:A", "*", "{}", "Allow ec2:A on * if {}")]
    [InlineData("s3:Get*", "arn:aws:s3:::team-state/c.example.com/*", "{}", "Allow s3:Get* on arn:aws:s3:::PLACE/* if {}")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::team-state", "{}", "Allow s3:ListBucket on arn:aws:s3:::BUCKET if {}")]
    [InlineData(
        "ec2:B",
        "arn:aws-cn:ec2:*:*:volume/*",
        "{\"StringEquals\":{\"t\":\"c.example.com\"}}",
        "Allow ec2:B on arn:aws:ec2:*:*:volume/* if {\"StringEquals\":{\"t\":\"CLUSTER\"}}"
    )]
    public void A_grant_is_told_without_the_names_of_a_cluster(string action, string resource, string condition, string expected)
    {
        var statement =
            $$"""{"Statement":[{"Action":"{{action}}","Effect":"Allow","Resource":["{{resource}}"],"Condition":{{condition}}}]}""";

        Assert.Equal([expected], Grants(statement, "c.example.com"));
    }

    // One line for each action and resource: what is granted, on what, under which condition.
    private static IEnumerable<string> Grants(string policy, string cluster) =>
        from statement in JsonNode.Parse(policy)!["Statement"]!.AsArray()
        from action in Texts(statement!["Action"])
        from resource in Texts(statement["Resource"]).DefaultIfEmpty("nothing")
        select Normal($"{statement["Effect"]} {action} on {resource} if {statement["Condition"]?.ToJsonString() ?? "{}"}", cluster);

    private static IEnumerable<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonArray several => several.Select(one => one!.GetValue<string>()),
            { } one => [one.GetValue<string>()],
            null => [],
        };

    private static string Normal(string grant, string cluster)
    {
        foreach (var name in new[] { cluster, cluster.Replace('.', '-') })
            grant = grant.Replace(name, "CLUSTER", StringComparison.Ordinal);
        grant = Partition().Replace(grant, "arn:aws:");
        grant = Place().Replace(grant, "arn:aws:s3:::PLACE/*");
        grant = Bucket().Replace(grant, "arn:aws:s3:::BUCKET");
        grant = Zone().Replace(grant, "hostedzone/ZONE");
        grant = Issuer().Replace(grant, "oidc-provider/ISSUER");
        grant = Subject().Replace(grant, "\"ISSUER:sub\"");
        grant = Account().Replace(grant, ":ACCOUNT:");
        return Region().Replace(grant, "REGION");
    }

    [GeneratedRegex("arn:aws-[a-z-]+:", RegexOptions.None, 10_000)]
    private static partial Regex Partition();

    [GeneratedRegex("""arn:aws:s3:::[^\s"*]+/\*""", RegexOptions.None, 10_000)]
    private static partial Regex Place();

    [GeneratedRegex("""arn:aws:s3:::(?!PLACE)[^\s"*/]+(?= )""", RegexOptions.None, 10_000)]
    private static partial Regex Bucket();

    [GeneratedRegex(@"hostedzone/[^\s""]+", RegexOptions.None, 10_000)]
    private static partial Regex Zone();

    [GeneratedRegex("""oidc-provider/[^\s"]+""", RegexOptions.None, 10_000)]
    private static partial Regex Issuer();

    [GeneratedRegex("\"[^\"]+:sub\"", RegexOptions.None, 10_000)]
    private static partial Regex Subject();

    [GeneratedRegex(@":\d{12}:", RegexOptions.None, 10_000)]
    private static partial Regex Account();

    [GeneratedRegex(@"\b[a-z]{2}-[a-z]+-\d\b", RegexOptions.None, 10_000)]
    private static partial Regex Region();
}
