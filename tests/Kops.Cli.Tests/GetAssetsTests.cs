using System.Text.Json.Nodes;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary><c>kops get assets</c>: what machines get from elsewhere.</summary>
public sealed class GetAssetsTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_table_of_images_and_one_of_files()
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync("get", "assets", Name);

        Assert.Equal(0, run.ExitCode);
        var tables = run.Out.TrimStart('\n').Split("\n\n");
        Assert.Matches("^CANONICAL\t+DOWNLOAD\n", tables[0]);
        Assert.Matches("\nregistry.k8s.io/kube-apiserver:v[0-9.]+\t+registry.k8s.io/kube-apiserver:v[0-9.]+\n", tables[0]);
        Assert.Matches("^CANONICAL\t+DOWNLOAD\t+SHA\n", tables[1]);
        Assert.Matches("\nhttps://dl.k8s.io/[^\t]+/kubelet\t+https://dl.k8s.io/[^\t]+/kubelet\t+[0-9a-f]{64}\n", tables[1]);
        Assert.Contains("coredns.addons.k8s.io", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yaml_and_json_say_the_same_in_kOps_order_and_nothing_is_written()
    {
        var cluster = await _desk.CreateAsync();
        var before = DeskClusters.Snapshot(cluster);

        var yaml = await _desk.RunAsync("get", "assets", "--name", Name, "-o", "yaml");
        var json = await _desk.RunAsync("get", "assets", Name, "-o", "json");

        Assert.StartsWith("files:\n- canonical: https://", yaml.Out, StringComparison.Ordinal);
        Assert.StartsWith("{\"images\":[{\"canonical\":\"", json.Out, StringComparison.Ordinal);
        var files = JsonNode.Parse(json.Out)!["files"]!.AsArray();
        Assert.All(files, file => Assert.Contains($"  sha: {file!["sha"]}\n", yaml.Out, StringComparison.Ordinal));
        Assert.Equal(files.Count, yaml.Out.Split("\n  sha: ").Length - 1);
        Assert.Equal(before, DeskClusters.Snapshot(cluster));
    }

    [Fact]
    public async Task There_is_nothing_to_copy_without_a_repository_and_images_are_left_to_others()
    {
        await _desk.CreateAsync();
        var none = await _desk.RunAsync("get", "assets", Name, "--copy");
        await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.assets.containerRegistry=registry.example.com/k8s");
        var images = await _desk.RunAsync("get", "assets", Name, "--copy");

        Assert.Equal((0, 1), (none.ExitCode, images.ExitCode));
        Assert.Contains("no spec.assets.fileRepository", none.Error, StringComparison.Ordinal);
        Assert.Contains("skopeo copy --all docker://registry.k8s.io/", images.Error, StringComparison.Ordinal);
        Assert.Contains("docker://registry.example.com/k8s/", images.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_into_which_nobody_knows_the_way_is_refused()
    {
        await _desk.CreateAsync();
        await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.assets.fileRepository=https://mirror.example.com/kops");

        var list = await _desk.RunAsync("get", "assets", Name);
        var copy = await _desk.RunAsync("get", "assets", Name, "--copy");

        Assert.Equal((0, 2), (list.ExitCode, copy.ExitCode));
        Assert.Contains("\thttps://mirror.example.com/kops/", list.Out, StringComparison.Ordinal);
        Assert.Contains(
            "spec.assets.fileRepository: files cannot be put to https://mirror.example.com",
            copy.Error,
            StringComparison.Ordinal
        );
    }
}
