using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

/// <summary>The same promises on a store in a directory, which several processes share.</summary>
public sealed class FileStoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kops-state-");
    private readonly ManualClock _clock = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_process_that_dies_at_any_call_leaves_what_the_next_one_finishes_or_undoes()
    {
        var (finished, undone, survived) = (0, 0, false);
        for (var calls = 1; !survived; calls++)
        {
            foreach (var file in _directory.EnumerateFileSystemInfos())
                Remove(file);
            foreach (var (key, text) in ChangeExample.Before)
                await Root().Join("demo.example.com", key).WriteTextAsync(text, WriteCondition.Any);
            var dying = Open(new CrashDriver(Root().Store.Driver, calls));
            var changes = (await ChangeExample.IrreversibleAsync(Root())).Through(Root(), dying.Root);
            try
            {
                await dying.ApplyAsync(changes);
                survived = true;
            }
            catch (Exception error) when (error is CrashException or StateStoreException)
            {
                survived = false;
            }

            await Open(Root().Store.Driver, TimeSpan.Zero).RecoverAllAsync();

            var (config, key2) = (await ReadAsync("config"), await ReadAsync("pki/private/rotated/keyset.yaml"));
            var (gone, created) = (await ReadAsync("instancegroup/gone"), await ReadAsync("pki/private/new/keyset.yaml"));
            if (config == "new config")
                finished++;
            else
                undone++;
            Assert.Equal(
                config == "new config" ? ("SECRET other key", null, "SECRET new key") : ("old key", "gone", null),
                (key2, gone, created)
            );
            Assert.DoesNotContain(
                _directory.EnumerateFiles("*.json", SearchOption.AllDirectories),
                file => file.DirectoryName!.EndsWith("pending", StringComparison.Ordinal)
            );
        }

        Assert.True(finished > 1 && undone > 1, $"finished {finished}, undone {undone}");
    }

    [Fact]
    public async Task Of_two_stores_over_one_directory_that_write_one_file_one_wins()
    {
        await Root().Join("demo.example.com/config").WriteTextAsync("old", WriteCondition.Any);
        var plans = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async i =>
                {
                    var store = Open(Root().Store.Driver);
                    return (Store: store, Changes: await ChangeExample.BuildAsync(store.Root, [("config", $"new {i}", FileSecrecy.Plain)]));
                })
        );

        var results = await Task.WhenAll(plans.Select(plan => Task.Run(() => plan.Store.ApplyAsync(plan.Changes))));

        var winner = Array.FindIndex(results, result => result is ApplyResult.Applied);
        Assert.Equal($"new {winner}", await ReadAsync("config"));
        Assert.Equal(5, results.OfType<ApplyResult.Conflict>().Count());
    }

    private static void Remove(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo directory)
            directory.Delete(recursive: true);
        else
            entry.Delete();
    }

    /// <summary>The directory as a new process opens it.</summary>
    private VfsPath Root() => new StoreRegistry().AddStandardStores(_clock, "/").Resolve(_directory.FullName);

    private ClusterStore Open(IStoreDriver driver, TimeSpan? lease = null) =>
        new(
            new Store(_directory.FullName, driver).Root,
            new StoreRegistry().AddStandardStores(_clock, "/"),
            _clock,
            new ChangeAuthor("a", "h", "c", "p"),
            null,
            new JournalOptions { Poll = TimeSpan.FromMilliseconds(5), Lease = lease ?? TimeSpan.FromSeconds(30) }
        );

    private async Task<string?> ReadAsync(string key) => await Root().Join("demo.example.com", key).ReadTextAsync();
}
