using System.Text;
using CsCheck;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Kops.Vfs.Files;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.StateStore.Tests.Transfer;

public sealed class TreeTransferTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_copy_costs_one_read_and_one_write_for_each_object()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        for (var i = 0; i < 250; i++)
            await from.Root.Join($"c{i % 7}/f{i}").WriteTextAsync($"content {i}", WriteCondition.Any);
        var before = from.Driver.Calls;
        var result = await SyncAsync(from.Root, to.Root, new TransferOptions());
        Assert.Equal((250, 0, true), (result.Copied, result.Unchanged, result.Succeeded));
        Assert.Equal(250, from.Driver.Reads);
        Assert.Equal(1 + 250, from.Driver.Calls - before);
        Assert.Equal((1, 250, 0, 0), (to.Driver.Listings, to.Driver.Writes, to.Driver.Reads, to.Driver.Stats));
    }

    [Fact]
    public async Task What_is_copied_whatever_the_target_holds_asks_the_target_nothing()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        for (var i = 0; i < 50; i++)
            await from.Root.Join($"f{i}").WriteTextAsync($"content {i}", WriteCondition.Any);
        await to.Root.Join("f7").WriteTextAsync("other", WriteCondition.Any);
        var before = from.Driver.Calls;
        var result = await SyncAsync(from.Root, to.Root, new TransferOptions { Always = true });
        Assert.Equal((50, 0, true), (result.Copied, result.Unchanged, result.Succeeded));
        Assert.Equal("content 7", await to.Root.Join("f7").ReadTextAsync());
        Assert.Equal(1 + 50, from.Driver.Calls - before);
        Assert.Equal((0, 1 + 50, 1, 0), (to.Driver.Listings, to.Driver.Writes, to.Driver.Reads, to.Driver.Stats));
    }

    [Fact]
    public async Task An_unchanged_sync_costs_two_listings()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        for (var i = 0; i < 100; i++)
            await from.Root.Join($"f{i}").WriteTextAsync($"content {i}", WriteCondition.Any);
        await SyncAsync(from.Root, to.Root, new TransferOptions());
        var (before, after) = (from.Driver.Calls, to.Driver.Calls);
        var result = await SyncAsync(from.Root, to.Root, new TransferOptions());
        Assert.True(result.IsUnchanged);
        Assert.Equal(100, result.Unchanged);
        Assert.Equal((1, 1), (from.Driver.Calls - before, to.Driver.Calls - after));
    }

    [Fact]
    public Task A_sync_with_deletion_ends_with_equal_trees_whatever_they_held() =>
        Gen.Dictionary(Text("abAB-./0", 1, 8), Text("xyz", 0, 4))[0, 20]
            .Array[2]
            .SampleAsync(
                async trees =>
                {
                    var (from, to) = (Counted("from"), Counted("to"));
                    foreach (var (root, tree) in new[] { (from.Root, trees[0]), (to.Root, trees[1]) })
                    {
                        foreach (var (key, text) in tree)
                        {
                            if (ObjectKey.Validate(key) is null)
                                await root.Join(key).WriteTextAsync(text, WriteCondition.Any);
                        }
                    }

                    var result = await SyncAsync(from.Root, to.Root, new TransferOptions { Delete = true });
                    Assert.True(result.Succeeded);
                    Assert.Empty(await TreeComparison.CompareAsync(from.Root, to.Root, new TransferMeter()));
                    Assert.Equal(await ReadAsync(from.Root), await ReadAsync(to.Root));
                },
                iter: 200
            );

    [Fact]
    public async Task Without_deletion_what_stands_at_the_target_alone_stays()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        await from.Root.Join("a").WriteTextAsync("a", WriteCondition.Any);
        await to.Root.Join("z").WriteTextAsync("z", WriteCondition.Any);
        await SyncAsync(from.Root, to.Root, new TransferOptions());
        Assert.Equal(["a", "z"], (await ReadAsync(to.Root)).Keys);
    }

    [Fact]
    public async Task A_dry_run_counts_and_tells_and_writes_nothing()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        await from.Root.Join("new").WriteTextAsync("1", WriteCondition.Any);
        await from.Root.Join("other").WriteTextAsync("1", WriteCondition.Any);
        await to.Root.Join("other").WriteTextAsync("2", WriteCondition.Any);
        await to.Root.Join("old").WriteTextAsync("1", WriteCondition.Any);
        var (writes, told) = (to.Driver.Writes, new List<string>());
        var result = await SyncAsync(
            from.Root,
            to.Root,
            new TransferOptions
            {
                Delete = true,
                DryRun = true,
                Concurrency = 1,
                Tell = action => told.Add($"{action.Kind} {action.Key}"),
            }
        );
        Assert.Equal((2, 1), (result.Copied, result.Deleted));
        Assert.Equal(["Create new", "Replace other", "Delete old"], told);
        Assert.Equal((writes, 0), (to.Driver.Writes, to.Driver.Deletes));
    }

    [Fact]
    public async Task What_somebody_else_wrote_to_the_target_meanwhile_stays_and_is_reported()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        await from.Root.Join("a").WriteTextAsync("mine", WriteCondition.Any);
        await to.Root.Join("a").WriteTextAsync("old!", WriteCondition.Any);
        var isFirst = true;
        to.Driver.BeforeWrite = async key =>
        {
            if (!isFirst)
                return;
            isFirst = false;
            await to.Root.Join(key).WriteTextAsync("else", WriteCondition.Any);
        };
        var result = await SyncAsync(from.Root, to.Root, new TransferOptions());
        Assert.Equal("memfs://to/a", Assert.Single(result.Conflicts));
        Assert.Equal("else", await to.Root.Join("a").ReadTextAsync());
    }

    [Fact]
    public async Task A_failure_is_reported_and_keeps_neither_the_others_from_arriving_nor_the_extra_ones_from_staying()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        for (var i = 0; i < 10; i++)
            await from.Root.Join($"f{i}").WriteTextAsync("x", WriteCondition.Any);
        await to.Root.Join("extra").WriteTextAsync("x", WriteCondition.Any);
        to.Driver.BeforeWrite = key =>
            key == "f3" ? throw new StoreException(StoreErrorKind.QuotaExceeded, "write", key, "no space left") : Task.CompletedTask;
        var result = await SyncAsync(from.Root, to.Root, new TransferOptions { Delete = true });
        Assert.Contains("no space left", Assert.Single(result.Failures).Message, StringComparison.Ordinal);
        Assert.Equal((9, 0), (result.Copied, result.Deleted));
        Assert.Equal("x", await to.Root.Join("extra").ReadTextAsync());
    }

    [Fact]
    public async Task It_gives_up_when_everything_fails()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        for (var i = 0; i < 1000; i++)
            await from.Root.Join($"f{i}").WriteTextAsync("x", WriteCondition.Any);
        to.Driver.BeforeWrite = key => throw new StoreException(StoreErrorKind.PermissionDenied, "write", key, "not allowed");
        var result = await SyncAsync(from.Root, to.Root, new TransferOptions());
        Assert.InRange(result.Failures.Count, 20, 20 + TransferOptions.DefaultConcurrency);
    }

    [Fact]
    public async Task Files_without_hashes_are_compared_by_time_and_by_content_when_asked()
    {
        var directory = Directory.CreateTempSubdirectory("kops-transfer-");
        try
        {
            var from = Counted("from");
            var to = new Store(directory.FullName, new FileStoreDriver(directory.FullName, directory.FullName, TimeProvider.System)).Root;
            await from.Root.Join("a/b").WriteTextAsync("one", WriteCondition.Any);
            await SyncAsync(from.Root, to, new TransferOptions());
            Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(directory.FullName, "a/b")));
            var reads = from.Driver.Reads;
            Assert.Equal(1, (await SyncAsync(from.Root, to, new TransferOptions())).Unchanged);
            Assert.Equal(reads, from.Driver.Reads);

            // Somebody changed the copy, keeping its length: only content shows it.
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "a/b"), "two");
            Assert.Equal(1, (await SyncAsync(from.Root, to, new TransferOptions())).Unchanged);
            Assert.Equal(
                new TreeDifference(TreeDifferenceKind.Content, "a/b"),
                Assert.Single(await TreeComparison.CompareAsync(from.Root, to, new TransferMeter()))
            );
            Assert.Equal(1, (await SyncAsync(from.Root, to, new TransferOptions { ByContent = true })).Copied);
            Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(directory.FullName, "a/b")));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_is_under_way_in_the_journal_is_neither_copied_nor_deleted()
    {
        var (from, to) = (Counted("from"), Counted("to"));
        await from.Root.Join("a").WriteTextAsync("a", WriteCondition.Any);
        await from.Root.Join(".kops/pending/demo.json").WriteTextAsync("{}", WriteCondition.Any);
        await from.Root.Join(".kops/history/demo/1.json").WriteTextAsync("{}", WriteCondition.Any);
        await to.Root.Join(".kops/moves/x.json").WriteTextAsync("{}", WriteCondition.Any);
        await SyncAsync(from.Root, to.Root, new TransferOptions { Delete = true });
        Assert.Equal([".kops/history/demo/1.json", ".kops/moves/x.json", "a"], (await ReadAsync(to.Root)).Keys);
    }

    [Fact]
    public async Task A_listing_of_100_000_objects_is_compared_in_bounded_memory()
    {
        const int Count = 100_000;
        var (from, to) = (new EndlessDriver(Count), new EndlessDriver(Count));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var result = await new TreeTransfer(
            new Store("memfs://from", from).Root,
            new Store("memfs://to", to).Root,
            new TransferOptions(),
            new TransferMeter()
        )
        {
            Seen = (key, _) =>
                most = key.EndsWith("0000", StringComparison.Ordinal)
                    ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before)
                    : most,
        }.RunAsync();
        Assert.Equal(Count, result.Unchanged);
        Assert.InRange(most, 0, 20 << 20);
    }

    private static Gen<string> Text(string characters, int least, int most) =>
        Gen.Char[characters].Array[least, most].Select(text => new string(text));

    private static async Task<TransferResult> SyncAsync(VfsPath from, VfsPath to, TransferOptions options) =>
        await new TreeTransfer(from, to, options, new TransferMeter()).RunAsync();

    private static async Task<SortedDictionary<string, string>> ReadAsync(VfsPath root)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in root.ListTreeAsync())
            files[entry.Path.Key] = Encoding.UTF8.GetString((await entry.Path.ReadAsync())!.Bytes.Span);
        return files;
    }

    private (VfsPath Root, CrashDriver Driver) Counted(string name)
    {
        var driver = new CrashDriver(new MemoryStoreDriver(_clock));
        return (new Store($"memfs://{name}", driver).Root, driver);
    }
}
