using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.Model.Tests;
using Kops.Model.Tests.NewCluster;
using Kops.Resources;
using Kops.Resources.Requests;
using Kops.Terraform.Tests.Goldens;

namespace Kops.Terraform.Tests;

/// <summary>
/// What we write is read by HashiCorp's own parser, and all that it refers to is there: of every golden case, and of clusters from
/// random flags.
/// </summary>
public sealed partial class HashiCorp_reads_it : IDisposable
{
    private const string Features = "APIServerNodes";
    private const int Clusters = 40;
    private const int Skipped = 77;

    private readonly string _folder = Directory.CreateTempSubdirectory("kops-hcl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_every_golden_case()
    {
        var cases = TerraformCase.All.Where(golden => golden.IsKnown).ToList();
        Assert.SkipWhen(cases.Count == 0, "no golden cases");

        Check(cases.ToDictionary(golden => $"{golden.Family}-{golden.Name}", golden => golden.Actual().First()));
    }

    [Fact]
    public void Of_any_cluster_from_flags()
    {
        var written = new Dictionary<string, IReadOnlyList<TerraformFile>>();

        FlagGen.NewCluster.Sample(
            flags =>
            {
                var files = Write(flags);
                lock (written)
                    written.TryAdd($"cluster-{written.Count}", files);
            },
            iter: Clusters
        );

        Assert.NotEmpty(written);
        Check(written);
    }

    [Fact]
    public void And_twice_it_is_the_same() =>
        FlagGen.NewCluster.Sample(
            flags =>
            {
                var (first, second) = (Write(flags), Write(flags));
                Assert.Equal(first.Count, second.Count);
                foreach (var (one, other) in first.Zip(second))
                {
                    Assert.Equal(one.Path, other.Path);
                    Assert.Equal(one.Content.ToArray(), other.Content.ToArray());
                }
            },
            iter: Clusters
        );

    private static IReadOnlyList<TerraformFile> Write(ClusterFlags flags)
    {
        var plan = Plans.Plan(flags with { SpotinstProduct = null, SpotinstOrientation = null }, Features);
        var cluster = ClusterCompleter.Complete(new(plan.Cluster, plan.InstanceGroups, TestFacts.Aws));
        var features = FeatureFlags.Parse(Features);
        List<InstanceGroup> groups =
        [
            .. plan.InstanceGroups.Select(group =>
                GroupCompleter.Complete(new(cluster, group, ChannelSnapshots.Find("stable")!, TestFacts.Aws, features))
            ),
        ];
        var facts = TestFacts.Aws.Of("aws") with
        {
            Project = "123456789012",
            Images = groups
                .Select(group => group.Spec.Image ?? string.Empty)
                .Distinct()
                .ToDictionary(image => image, image => new ImageFact("ami-1", "/dev/xvda")),
            Gateways = new Dictionary<string, GatewayFact> { ["vpc-1"] = new("igw-1", "eigw-1") },
        };
        return TerraformConfiguration.Write(
            ResourceModel.Build(
                new(cluster, groups, facts)
                {
                    Features = features,
                    SshKeys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJlbDnrMtMYvWKRxjTzzV3x5nVZzU6iHzGGRXDFbBVRd"],
                    BootScripts = groups.ToDictionary(group => group.Metadata.Name!, group => "#!/bin/bash\n"),
                }
            )
        );
    }

    private void Check(Dictionary<string, IReadOnlyList<TerraformFile>> configurations)
    {
        foreach (var (name, files) in configurations)
            File.WriteAllBytes(Path.Combine(_folder, name), files[0].Content.ToArray());

        Assert.Empty(Parse(configurations.Keys.Select(name => Path.Combine(_folder, name))));
        foreach (var (name, files) in configurations)
            CheckReferences(name, JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, name + ".json")))!.AsObject(), files);
    }

    private static void CheckReferences(string name, JsonObject read, IReadOnlyList<TerraformFile> files)
    {
        var known = Names(read, "resource", string.Empty).Concat(Names(read, "data", "data.")).ToHashSet();
        var text = read.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var wanted = Address().Matches(text).Select(match => match.Groups["address"].Value).ToHashSet();
        var named = DataFile().Matches(text).Select(match => match.Groups["path"].Value).Order().ToList();

        Assert.Empty(wanted.Except(known).Select(address => $"{name}: {address}"));
        Assert.Equal(files.Skip(1).Select(file => file.Path).Order(), named);
    }

    private static IEnumerable<string> Names(JsonObject read, string block, string prefix) =>
        from kind in read[block]?.AsObject() ?? []
        from name in kind.Value!.AsObject()
        select $"{prefix}{kind.Key}.{name.Key}";

    private static string[] Parse(IEnumerable<string> files)
    {
        var script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../eng/hcl/parse.sh"));
        using var parser = Process.Start(
            new ProcessStartInfo(script)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        parser.StandardInput.Write(string.Join('\n', files));
        parser.StandardInput.Close();
        var problems = parser.StandardOutput.ReadToEnd();
        var reason = parser.StandardError.ReadToEnd();
        parser.WaitForExit();
        Assert.SkipWhen(parser.ExitCode == Skipped, reason.Trim());
        Assert.Empty(reason);
        return problems.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("""\$\{(?<address>(data\.)?(aws|google|hcloud|azurerm|scaleway)_\w+\.[\w-]+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Address();

    [GeneratedRegex("""path\.module\}/(?<path>data/[^"\\]+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex DataFile();

    private static string Here([CallerFilePath] string path = "") => path;
}
