using Kops.Operations.Bundles;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Clusters;
using Kops.StateStore.Transfer;

namespace Kops.Operations.Tests.Bundles;

/// <summary>A program writes clusters into archives, and puts them into stores again.</summary>
public sealed class BundleTests : IAsyncDisposable
{
    private readonly Stores _stores = new();

    private string Archive => _stores.PathOf("demo.tar.zst");

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_exported_is_imported_with_all_its_files(bool isEncrypted)
    {
        await _stores.PutClusterAsync();
        var key = isEncrypted ? AgeKey.FromPassphrase("correct horse") : null;
        await ExportAsync(key);

        var target = _stores.At("memfs://there");
        var imported = await ImportCluster.RunAsync(_stores.Begin(target), Archive, key, dryRun: false, new TransferMeter());

        Assert.Equal(new ImportedCluster(Stores.Cluster, StandsInTheWay: false), imported);
        var (before, after) = (await Stores.ReadAllAsync(_stores.Root), await Stores.ReadAllAsync(target));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.Equal("the key of the CA", after[$"/{Stores.Cluster}/pki/private/kubernetes-ca/keyset.yaml"]);
    }

    [Fact]
    public async Task A_dry_run_says_what_stands_in_the_way_and_writes_nothing()
    {
        await _stores.PutClusterAsync();
        await ExportAsync(null);
        var target = _stores.At("memfs://there");

        var here = await ImportCluster.RunAsync(_stores.Begin(), Archive, null, dryRun: true, new TransferMeter());
        var there = await ImportCluster.RunAsync(_stores.Begin(target), Archive, null, dryRun: true, new TransferMeter());

        Assert.Equal((true, false), (here.StandsInTheWay, there.StandsInTheWay));
        Assert.Empty(await Stores.ReadAllAsync(target));
    }

    [Fact]
    public async Task What_is_no_place_for_an_archive_or_no_key_to_it_is_refused()
    {
        await _stores.PutClusterAsync();
        await ExportAsync(AgeKey.FromPassphrase("correct horse"));

        Assert.Equal(OperationErrorKind.InvalidRequest, await KindAsync(() => ExportAsync(null, _stores.PathOf("."))));
        Assert.Equal(OperationErrorKind.InvalidRequest, await KindAsync(() => ExportAsync(null, _stores.PathOf("no/such/place"))));
        Assert.Equal(OperationErrorKind.NotFound, await KindAsync(() => ImportAsync(_stores.PathOf("none"), null)));
        Assert.Equal(OperationErrorKind.Failed, await KindAsync(() => ImportAsync(Archive, AgeKey.FromPassphrase("wrong"))));
    }

    [Fact]
    public async Task An_archive_is_for_its_owner_alone_whatever_stood_in_its_way()
    {
        if (OperatingSystem.IsWindows())
            return;
        await _stores.PutClusterAsync();
        var bait = _stores.PathOf("bait");
        await File.WriteAllTextAsync(bait, "somebody else's");

        // A draft that anybody may read, and one that leads elsewhere.
        await File.WriteAllTextAsync(Archive + ".part", "left over");
        await ExportAsync(null);
        var mode = File.GetUnixFileMode(Archive);
        File.CreateSymbolicLink(Archive + ".part", bait);
        await ExportAsync(null);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.Equal(mode, File.GetUnixFileMode(Archive));
        Assert.Equal("somebody else's", await File.ReadAllTextAsync(bait));
        Assert.Null(new FileInfo(Archive).LinkTarget);
    }

    private static async Task<OperationErrorKind> KindAsync(Func<Task> act) => (await Assert.ThrowsAsync<OperationException>(act)).Kind;

    private Task<ImportedCluster> ImportAsync(string path, AgeKey? key) =>
        ImportCluster.RunAsync(_stores.Begin(), path, key, dryRun: true, new TransferMeter());

    private Task<ClusterState> ExportAsync(AgeKey? key, string? path = null) =>
        ExportCluster.RunAsync(
            _stores.Begin(),
            Stores.Cluster,
            path ?? Archive,
            new ExportOptions { WithBackups = true, Keys = key is null ? [] : [key] },
            new TransferMeter()
        );
}
