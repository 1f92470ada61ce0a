using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Vfs.Tests.Paths;

/// <summary>Objects that other programs wrote, with keys that no path can name: nobody takes a tree with them for whole.</summary>
public sealed class UnreachableObjectsTests
{
    private static readonly string[] Strange = ["a//b", "a/./c", "a/../d", "/e\u001b"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listing_of_a_tree_gives_what_can_be_named_and_then_says_what_cannot()
    {
        var path = await RootAsync();
        var seen = new List<string>();

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await foreach (var entry in path.ListTreeAsync(Token))
                seen.Add(entry.Path.Key);
        });

        Assert.Equal(["a/b", "c"], seen);
        Assert.Equal((StoreErrorKind.UnreachableObjects, false), (e.Kind, e.IsTransient));
        Assert.Equal(
            "cannot list everything in memfs://m: 4 objects there have keys with an empty, '.' or '..' part, which this program cannot "
                + "name: 'a//b', 'a/./c', 'a/../d', ...; rename or delete them with a tool of the store's own, and try again",
            e.Message
        );
    }

    [Fact]
    public async Task One_level_is_listed_without_them() =>
        Assert.Equal(["a", "c"], await (await RootAsync()).ListAsync(Token).Select(entry => entry.Path.Key).ToListAsync(Token));

    [Fact]
    public async Task To_delete_a_tree_deletes_the_others_and_names_what_stays()
    {
        var path = await RootAsync();

        var removal = await path.DeleteTreeAsync(cancellationToken: Token);

        Assert.Equal(2, removal.Deleted);
        Assert.Equal(StoreErrorKind.UnreachableObjects, Assert.Single(removal.Failures).Kind);
        Assert.Null(await path.Join("a/b").ReadTextAsync(Token));
    }

    private static async Task<VfsPath> RootAsync()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        var path = new Store("memfs://m", new WithStrangers(memory)).Root;
        await path.Join("a/b").WriteTextAsync("1", WriteCondition.Any, Token);
        await path.Join("c").WriteTextAsync("2", WriteCondition.Any, Token);
        return path;
    }

    private sealed class WithStrangers(IStoreDriver inner) : StoreLayer(inner)
    {
        public override async IAsyncEnumerable<ListEntry> ListAsync(
            string prefix,
            ListDepth depth,
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            foreach (var key in Strange)
                yield return new ListEntry(key, new ObjectInfo(key, 1, null, DateTimeOffset.UnixEpoch)) { IsUnreachable = true };
            await foreach (var entry in base.ListAsync(prefix, depth, cancellationToken))
                yield return entry;
        }
    }
}
