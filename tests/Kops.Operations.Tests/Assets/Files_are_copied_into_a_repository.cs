using System.Security.Cryptography;
using System.Text;
using Kops.Build;
using Kops.Operations.Assets;
using Kops.Operations.Clusters;
using Kops.Operations.Events;
using Kops.Operations.Tests.Support;

namespace Kops.Operations.Tests.Assets;

/// <summary>What machines download is laid where they look for it, each file with its hash beside it.</summary>
public sealed class Files_are_copied_into_a_repository : IAsyncDisposable
{
    private const string Repository = "memfs://files/kops";
    private readonly Stores _stores = new();
    private readonly List<string> _read = [];

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData("https://files.s3.amazonaws.com/a/b", "s3://files/a/b")]
    [InlineData("https://files.s3.eu-west-1.amazonaws.com/a", "s3://files/a")]
    [InlineData("https://my.files.s3-eu-west-1.amazonaws.com/a", "s3://my.files/a")]
    [InlineData("https://files.s3.dualstack.eu-west-1.amazonaws.com/a", "s3://files/a")]
    [InlineData("https://files.s3.cn-north-1.amazonaws.com.cn/a", "s3://files/a")]
    [InlineData("https://s3.amazonaws.com/files/a", "s3://files/a")]
    [InlineData("https://s3.us-east-1.amazonaws.com/files/a", "s3://files/a")]
    [InlineData("https://s3-us-west-2.amazonaws.com/files/a", "s3://files/a")]
    [InlineData("https://storage.googleapis.com/files/a", "gs://files/a")]
    [InlineData("file:///srv/files/a", "file:///srv/files/a")]
    [InlineData("memfs://files/a", "memfs://files/a")]
    public void An_address_that_machines_download_from_is_a_place_in_a_store(string address, string place) =>
        Assert.Equal(place, FileRepository.PlaceOf(address));

    [Theory]
    [InlineData("https://mirror.example.com/a")]
    [InlineData("https://s3.amazonaws.com.example.com/a/b")]
    [InlineData("https://amazonaws.com/a/b")]
    public void A_server_of_which_nobody_knows_how_files_get_there_is_refused(string address) =>
        Assert.Contains(
            "spec.assets.fileRepository",
            Assert.Throws<OperationException>(() => FileRepository.PlaceOf(address)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Each_is_checked_copied_once_and_found_again()
    {
        FileAsset[] files = [Asset("a/kubelet", "kubelet"), Asset("b/runc", "runc"), new("https://x/same", "https://x/same", "0")];

        var first = await CopyAsync(files);
        var second = await CopyAsync(files);

        Assert.Equal((new CopiedAssets(2, 0, 0), new CopiedAssets(0, 2, 0)), (first, second));
        Assert.Equal(["https://example.com/a/kubelet", "https://example.com/b/runc"], _read);
        Assert.Equal("kubelet", await _stores.At($"{Repository}/a/kubelet").ReadTextAsync());
        Assert.Equal(files[0].Sha256, await _stores.At($"{Repository}/a/kubelet.sha256").ReadTextAsync());
    }

    [Fact]
    public async Task One_that_is_not_what_it_shall_be_is_left_out_and_the_others_are_copied()
    {
        FileAsset[] files = [Asset("a/kubelet", "kubelet") with { Sha256 = new string('0', 64) }, Asset("b/runc", "runc")];
        var told = new List<OperationEvent>();

        var copied = await CopyAsync(files, told);

        Assert.Equal(new CopiedAssets(1, 0, 1), copied);
        Assert.Contains(told, happened => happened.Message.Contains("its SHA-256 is", StringComparison.Ordinal));
        Assert.Null(await _stores.At($"{Repository}/a/kubelet").ReadTextAsync());
        Assert.Null(await _stores.At($"{Repository}/a/kubelet.sha256").ReadTextAsync());
    }

    [Fact]
    public async Task A_cluster_with_a_repository_and_a_registry_says_where_things_come_from_and_where_it_gets_them()
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        var cluster = state.Cluster.Copy();
        var own = cluster.Spec.EnsureAssets();
        (own.FileRepository, own.ContainerRegistry) = ("https://files.s3.amazonaws.com/kops", "registry.example.com/k8s");
        await session.ApplyAsync(await EditCluster.PlanAsync(session, state, cluster));

        var assets = await ListAssets.RunAsync(session, await session.ReadClusterAsync(Stores.Cluster));

        Assert.All(
            assets.Files,
            file => Assert.Equal("https://files.s3.amazonaws.com/kops" + new Uri(file.Canonical).AbsolutePath, file.Download)
        );
        var proxy = assets.Images.Single(image => image.Canonical.StartsWith("registry.k8s.io/kube-proxy:", StringComparison.Ordinal));
        Assert.StartsWith("registry.example.com/k8s/kube-proxy:", proxy.Download, StringComparison.Ordinal);
        Assert.All(assets.Images, image => Assert.StartsWith("registry.example.com/k8s/", image.Download, StringComparison.Ordinal));
        Assert.All(assets.Images, image => Assert.DoesNotContain("registry.example.com", image.Canonical, StringComparison.Ordinal));
        Assert.Contains("coredns.addons.k8s.io", assets.UnknownAddons);
    }

    private Task<CopiedAssets> CopyAsync(IReadOnlyList<FileAsset> files, List<OperationEvent>? told = null) =>
        new CopyAssets(ReadAsync, _stores.At).RunAsync(files, told is null ? static _ => { } : told.Add);

    private static FileAsset Asset(string path, string content) =>
        new(
            $"https://example.com/{path}",
            $"{Repository}/{path}",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))
        );

    // What stands in a file is its name.
    private Task<ReadOnlyMemory<byte>> ReadAsync(string address, CancellationToken cancellationToken)
    {
        _read.Add(address);
        return Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(address[(address.LastIndexOf('/') + 1)..]));
    }
}
