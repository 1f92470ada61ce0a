using Kops.StateStore.Bundles;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Changes.Moves;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.StateStore.Tests.Bundles;

/// <summary>Imports that are refused, or stop anywhere.</summary>
public sealed class BundleReaderTests
{
    private const string Name = "demo.example.com";

    [Theory]
    [InlineData("pki/private/kubernetes-ca/keyset.yaml")]
    [InlineData("instancegroup/nodes")]
    [InlineData("backups/etcd/main/000001/etcd.backup.gz")]
    public async Task A_refused_import_leaves_nothing(string inTheWay)
    {
        var world = new MoveWorld();
        var bundle = await BundleAsync(world);
        await world.NewRoot.Join(Name, inTheWay).WriteTextAsync("somebody else's", WriteCondition.Any);
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => ImportAsync(world, bundle));
        Assert.Equal(StateErrorKind.AlreadyExists, refused.Kind);
        Assert.Contains($"memfs://new/{Name}/{inTheWay} stands there already", refused.Message, StringComparison.Ordinal);
        Assert.Equal([$"{Name}/{inTheWay}"], (await MoveWorld.FilesAsync(world.NewRoot)).Keys);
        Assert.Empty(await world.Process().To.ListPendingAsync());
    }

    [Fact]
    public async Task A_bundle_that_is_cut_anywhere_leaves_nothing()
    {
        var world = new MoveWorld();
        var bundle = await BundleAsync(world);
        for (var length = 0; length < bundle.Length; length += 97)
            await Assert.ThrowsAsync<StateStoreException>(() => ImportAsync(world, bundle[..length]));
        Assert.Empty(await MoveWorld.FilesAsync(world.NewRoot));
    }

    [Fact]
    public async Task Killed_at_any_moment_an_import_leaves_no_key_and_no_object_or_is_made_and_the_same_can_be_run_again()
    {
        var undisturbed = new MoveWorld();
        await ImportAsync(undisturbed, await BundleAsync(undisturbed));
        var expected = await MoveWorld.FilesAsync(undisturbed.NewRoot);
        var killed = 0;
        for (var calls = 1; ; calls++)
        {
            var world = new MoveWorld();
            var bundle = await BundleAsync(world);
            try
            {
                await ImportAsync(world, bundle, new CrashDriver(world.New, calls));
                break;
            }
            catch (Exception death) when (death is CrashException || death.InnerException is CrashException)
            {
                killed++;
            }

            await world.Process().To.RecoverAllAsync();
            var left = await MoveWorld.FilesAsync(world.NewRoot);
            if (left.ContainsKey($"{Name}/config"))
            {
                Assert.Equal(expected, left);
                continue;
            }

            Assert.All(left.Keys, key => Assert.StartsWith($"{Name}/backups/", key, StringComparison.Ordinal));
            await ImportAsync(world, bundle);
            Assert.Equal(expected, await MoveWorld.FilesAsync(world.NewRoot));
        }

        Assert.InRange(killed, 20, 500);
    }

    [Fact]
    public async Task Objects_and_keys_are_one_change_with_a_name_of_its_own()
    {
        var world = new MoveWorld();
        await ImportAsync(world, await BundleAsync(world));
        var change = Assert.Single(await world.Process().To.History.ListNamesAsync(Name));
        var record = (await world.Process().To.History.FindAsync(change.Id))!.Record;
        Assert.Equal($"imported from memfs://old/{Name}", record.Title);
        Assert.Contains($"{Name}/pki/private/kubernetes-ca/keyset.yaml", record.Files.Select(file => file.Path));
        Assert.Contains($"{Name}/instancegroup/nodes", record.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_bundle_of_so_many_files_that_their_digests_fill_megabytes_is_imported()
    {
        var world = new MoveWorld();
        var directory = string.Join('/', Enumerable.Repeat(new string('x', 240), 4));
        for (var i = 0; i < 8200; i++)
            await world.WriteAsync($"{Name}/backups/etcd/main/{directory}/{i}", "backup");
        await ImportAsync(world, await BundleAsync(world));
        Assert.Equal((await MoveWorld.FilesAsync(world.OldRoot)).Count, (await MoveWorld.FilesAsync(world.NewRoot)).Count);
    }

    [Fact]
    public async Task A_bundle_that_can_be_read_once_only_is_imported()
    {
        var world = new MoveWorld();
        var bundle = await BundleAsync(world);
        await new BundleReader(world.Process().To).ImportAsync(new Once(bundle), null, dryRun: false, new TransferMeter());
        Assert.Contains($"{Name}/config", (await MoveWorld.FilesAsync(world.NewRoot)).Keys);
    }

    /// <summary>Keys stay behind when a spec names another key store; where both would be unpacked, those that are in use are.</summary>
    [Fact]
    public async Task What_a_cluster_no_longer_uses_stays_out_of_its_archive_and_keeps_nobody_from_unpacking_it()
    {
        var world = new MoveWorld();
        await world.PutAsync(Name);
        const string Key = "pki/private/kubernetes-ca/keyset.yaml";
        await world.OldRoot.Join(Name, Key).WriteTextAsync("an old key", WriteCondition.Any);
        using var bundle = new MemoryStream();
        var from = world.Process().From;

        var left = await BundleWriter.WriteAsync((await from.ReadAsync(Name))!, from.History, bundle, true, [], new TransferMeter());
        await ImportAsync(world, bundle.ToArray());

        Assert.Contains($"{Name}/{Key} stays out", Assert.Single(left), StringComparison.Ordinal);
        Assert.Equal("a key", await world.NewRoot.Join(Name, Key).ReadTextAsync());
    }

    private static async Task<byte[]> BundleAsync(MoveWorld world)
    {
        await world.PutAsync(Name);
        using var bundle = new MemoryStream();
        var state = (await world.Process().From.ReadAsync(Name))!;
        await BundleWriter.WriteAsync(state, world.Process().From.History, bundle, withBackups: true, [], new TransferMeter());
        return bundle.ToArray();
    }

    private static Task<string> ImportAsync(MoveWorld world, byte[] bundle, IStoreDriver? @new = null) =>
        new BundleReader(world.Process(@new: @new).To).ImportAsync(new MemoryStream(bundle), null, dryRun: false, new TransferMeter());

    /// <summary>A pipe.</summary>
    private sealed class Once(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }
}
