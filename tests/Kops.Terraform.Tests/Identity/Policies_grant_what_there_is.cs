using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Kops.Model.Tests.NewCluster;
using Kops.Terraform.Tests.Goldens;

namespace Kops.Terraform.Tests.Identity;

/// <summary>
/// A right that AWS does not know is granted to nobody: each action of each policy is one that there is. That the policies of kOps' cases
/// are those of kOps, to the byte, <see cref="Terraform_equals_kOps"/> shows.
/// </summary>
public sealed class Policies_grant_what_there_is
{
    private static readonly ILookup<string, string> Known = Load();

    [Fact]
    public void In_every_golden_case()
    {
        var policies = TerraformCase
            .All.Where(golden => golden.Cloud == "aws")
            .SelectMany(golden => Policies(golden.Actual().First()))
            .ToList();
        Assert.SkipWhen(policies.Count == 0, "no golden cases");

        Assert.Empty(policies.SelectMany(Unknown).Distinct());
    }

    [Fact]
    public void In_any_cluster_from_flags() =>
        FlagGen.NewCluster.Sample(flags => Assert.Empty(Policies(AnyCluster.OnAws(flags)).SelectMany(Unknown)), iter: 40);

    [Theory]
    [InlineData("ec2:DescribeInstances", true)]
    [InlineData("s3:Get*", true)]
    [InlineData("ec2:DescribeInstance", false)]
    [InlineData("ec3:DescribeInstances", false)]
    public void An_action_is_told_from_what_is_none(string action, bool isOne) => Assert.Equal(isOne, IsKnown(action));

    private static IEnumerable<JsonNode> Policies(IEnumerable<TerraformFile> files) =>
        files.Where(file => file.Path.EndsWith("_policy", StringComparison.Ordinal)).Select(file => JsonNode.Parse(file.Content.Span)!);

    private static IEnumerable<string> Unknown(JsonNode policy) =>
        from statement in policy["Statement"]!.AsArray()
        from action in statement!["Action"] switch
        {
            JsonArray several => several.Select(one => one!.GetValue<string>()),
            { } one => [one.GetValue<string>()],
            null => [],
        }
        where !IsKnown(action)
        select action;

    private static bool IsKnown(string action)
    {
        var (service, name) = action.Split(':') is [var before, var after] ? (before, after) : (action, string.Empty);
        var pattern = $"^{Regex.Escape(name).Replace("\\*", ".*", StringComparison.Ordinal)}$";
        return Known[service].Any(known => Regex.IsMatch(known, pattern, RegexOptions.None, TimeSpan.FromSeconds(10)));
    }

    private static ILookup<string, string> Load([CallerFilePath] string here = "")
    {
        var text = string.Join(
            '\n',
            File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "actions.txt")).Where(line => !line.StartsWith('#'))
        );
        return text.Replace("\n  ", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": "))
            .SelectMany(line => line[1].Split(' ').Select(name => (Service: line[0], name)))
            .ToLookup(row => row.Service, row => row.name);
    }
}
