using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Kops.Model.Tests.NewCluster;
using Kops.Resources;
using Kops.Terraform.Tests.Goldens;

namespace Kops.Terraform.Tests;

/// <summary>
/// What we write is read by HashiCorp's own parser, and all that it refers to is there: of every golden case, and of clusters from
/// random flags.
/// </summary>
public sealed partial class HashiCorp_reads_it : IDisposable
{
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
    public void And_in_JSON_it_is_the_same()
    {
        var cases = TerraformCase.All.Where(golden => golden.IsKnown).ToList();
        Assert.SkipWhen(cases.Count == 0, "no golden cases");
        var json = new Dictionary<string, byte[]>();
        foreach (var golden in cases)
        {
            var (name, resources) = ($"{golden.Family}-{golden.Name}", ResourceModel.Build(golden.Requests().First()));
            File.WriteAllBytes(Path.Combine(_folder, name), TerraformConfiguration.Write(resources)[0].Content.ToArray());
            json[name] = TerraformConfiguration.Write(resources, TerraformSyntax.Json)[0].Content.ToArray();
        }

        Assert.Empty(Parse(json.Keys.Select(name => Path.Combine(_folder, name))));
        foreach (var (name, ours) in json)
            Assert.Equal(Plain(JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, name + ".json")))), Plain(JsonNode.Parse(ours)));
    }

    [Fact]
    public void Of_any_cluster_from_flags()
    {
        var written = new Dictionary<string, IReadOnlyList<TerraformFile>>();

        FlagGen.NewCluster.Sample(
            flags =>
            {
                var files = AnyCluster.OnAws(flags);
                lock (written)
                    written.TryAdd($"cluster-{written.Count}", files);
            },
            iter: Clusters
        );

        Assert.NotEmpty(written);
        Check(written);
    }

    [Fact]
    public void Of_any_cluster_on_every_cloud_that_is_known()
    {
        var written = new Dictionary<string, IReadOnlyList<TerraformFile>>();

        CloudFlagGen
            .Any.Where(flags => ResourceModel.KnownClouds.Contains(flags.Cloud!))
            .Sample(
                flags =>
                {
                    if (AnyCluster.OnAnyCloud(flags) is not { } files)
                        return;
                    Assert.Equal(Texts(files), Texts(AnyCluster.OnAnyCloud(flags)!));
                    lock (written)
                        written.TryAdd($"{flags.Cloud}-{written.Count}", files);
                },
                iter: 10 * Clusters
            );

        Assert.Equal(ResourceModel.KnownClouds.Order(), written.Keys.Select(name => name.Split('-')[0]).Distinct().Order());
        Check(written);
    }

    [Fact]
    public void And_twice_it_is_the_same() =>
        FlagGen.NewCluster.Sample(flags => Assert.Equal(Texts(AnyCluster.OnAws(flags)), Texts(AnyCluster.OnAws(flags))), iter: Clusters);

    private static IEnumerable<string> Texts(IEnumerable<TerraformFile> files) =>
        files.Select(file => $"{file.Path}:{Encoding.UTF8.GetString(file.Content.Span)}");

    // Members in order, one block as the block itself, and a name alone as a name.
    private static string Plain(JsonNode? node) =>
        node switch
        {
            JsonObject members => string.Join(
                '\n',
                members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(One).Prepend("{").Append("}")
            ),
            JsonArray { Count: 1 } one when one[0] is JsonObject => Plain(one[0]),
            JsonArray items => $"[{string.Join(", ", items.Select(Plain))}]",
            JsonValue text when text.TryGetValue<string>(out var words) => Name().Replace(words, "${name}"),
            _ => node?.ToJsonString() ?? "null",
        };

    private static string One(KeyValuePair<string, JsonNode?> member) => $"{member.Key}: {Plain(member.Value)}";

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

    [GeneratedRegex(@"^\$\{(?<name>[\w.-]+)\}$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Name();

    private static string Here([CallerFilePath] string path = "") => path;
}
