using System.Text;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Limit;
using Kops.Vfs.Layers.Log;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Vfs.Tests.Layers;

/// <summary>What a driver can do beyond its members, it can do through every layer; and no layer can do what the driver cannot.</summary>
public sealed class FeatureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_driver_can_do_passes_through_all_layers()
    {
        var requests = new List<string>();
        await using var rich = new RichDriver();
        var store = StoreLayers.Apply(
            new Store("memfs://x", rich),
            new StoreLayerOptions
            {
                Clock = TimeProvider.System,
                MaxConcurrency = 2,
                Check = new CheckOptions(),
                Log = request => requests.Add($"{request.Operation} {request.Path}: {request.Outcome}"),
            }
        );
        var part = store.Driver;
        foreach (var key in (string[])["a", "b", "ab"])
            await part.PutAsync(key, ObjectBody.FromBytes(Encoding.UTF8.GetBytes(key)), WriteCondition.Any, Token);
        requests.Clear();

        Assert.Empty(await part.As<IBatchDelete>()!.DeleteBatchAsync(["a", "b"], Token));
        var version = Assert.Single(await part.As<IVersionedStore>()!.ListVersionsAsync("ab", Token).ToListAsync(Token));
        var reader = await part.As<IVersionedStore>()!.OpenVersionAsync("ab", version.Id, Token);
        var removed = await part.As<IVersionedStore>()!.DeleteAllVersionsAsync("ab", Token);

        Assert.Equal(
            ("ab", "ab", "ab", 1),
            (version.Object!.Key, reader!.Info.Key, (await ObjectContent.ReadAsync(reader, Token)).Text, removed)
        );
        Assert.Equal(["a", "b"], rich.Batches.Single());
        Assert.Equal(
            ["delete memfs://x/a: 2 ok", "versions memfs://x/ab: ok", "read memfs://x/ab: ok", "delete memfs://x/ab: 1 versions"],
            requests
        );
    }

    [Fact]
    public async Task A_copy_from_another_place_passes_through_all_layers()
    {
        var requests = new List<string>();
        await using var from = new RichDriver();
        await using var to = new RichDriver();
        var (source, target) = (Part(from, "ours"), Part(to, "theirs"));
        await source.Join("a").WriteTextAsync("content", WriteCondition.Any, Token);
        var listed = await source.ListTreeAsync(Token).SingleAsync(Token);
        requests.Clear();

        Assert.True((await listed.Path.CopyToAsync(listed.Object, target.Join("b"), WriteCondition.Any, Token))!.Value.Succeeded);
        Assert.Equal(["ours/a > theirs/b Any"], to.Copies);
        Assert.Equal(["copy memfs://x/theirs/b: ok"], requests);

        // Of another service, it is streamed.
        to.Service = "another";
        Assert.True((await listed.Path.CopyToAsync(listed.Object, target.Join("c"), WriteCondition.IfAbsent, Token))!.Value.Succeeded);
        Assert.Equal("content", await target.Join("c").ReadTextAsync(Token));
        Assert.Single(to.Copies);

        VfsPath Part(RichDriver driver, string prefix) =>
            StoreLayers
                .Apply(
                    new Store("memfs://x", driver),
                    new StoreLayerOptions
                    {
                        Clock = TimeProvider.System,
                        MaxConcurrency = 2,
                        Check = new CheckOptions(),
                        Log = request => requests.Add($"{request.Operation} {request.Path}: {request.Outcome}"),
                    }
                )
                .Root.Join(prefix);
    }

    [Fact]
    public async Task What_the_driver_cannot_do_no_layer_can()
    {
        await using IStoreDriver layered = new LimitLayer(
            new LogLayer(new MemoryStoreDriver(TimeProvider.System), "memfs://x", _ => { }, TimeProvider.System),
            2
        );

        Assert.Null(layered.As<IBatchDelete>());
        Assert.Null(layered.As<IVersionedStore>());
        Assert.Null(layered.As<ICopyAcross>());
    }

    [Fact]
    public async Task A_tree_is_removed_a_thousand_at_a_time_where_the_store_can_and_what_fails_is_reported()
    {
        await using var rich = new RichDriver { Kept = "t/500" };
        for (var i = 0; i < 1500; i++)
            await rich.PutAsync($"t/{i}", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token);

        var removal = await new Store("memfs://x", rich).Root.Join("t").DeleteTreeAsync(cancellationToken: Token);

        Assert.Equal((1499, 2), (removal.Deleted, rich.Batches.Count));
        Assert.Equal("memfs://x/t/500", Assert.Single(removal.Failures).Path);
    }

    /// <summary>A store in memory that deletes in batches and says that it keeps versions.</summary>
    private sealed class RichDriver() : StoreLayer(new MemoryStoreDriver(TimeProvider.System))
    {
        internal List<IReadOnlyList<string>> Batches { get; } = [];

        internal string? Kept { get; init; }

        internal List<string> Copies { get; } = [];

        internal string Service { get; set; } = "one";

        public override CopyPlace Place => new(Service, "container");

        public override ValueTask<WriteOutcome?> CopyFromAsync(
            CopyPlace from,
            ObjectInfo source,
            string target,
            WriteCondition condition,
            CancellationToken cancellationToken
        )
        {
            Copies.Add($"{from.Prefix}{source.Key} > {target} {condition.Kind}");
            return ValueTask.FromResult<WriteOutcome?>(WriteOutcome.Written(new ObjectVersion("1")));
        }

        public override TFeature? As<TFeature>()
            where TFeature : class => this as TFeature;

        public override async ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
            IReadOnlyList<string> keys,
            CancellationToken cancellationToken
        )
        {
            lock (Batches)
                Batches.Add(keys);
            foreach (var key in keys.Where(key => key != Kept))
                await Inner.DeleteAsync(key, WriteCondition.Any, cancellationToken);
            return keys.Contains(Kept) ? [new StoreException(StoreErrorKind.PermissionDenied, "delete", $"memfs://x/{Kept}", "no")] : [];
        }

        public override async IAsyncEnumerable<StoredVersion> ListVersionsAsync(
            string key,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            if (await Inner.StatAsync(key, cancellationToken) is { } info)
                yield return new StoredVersion("1", true, info.LastModified, info);
        }

        public override ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
            Inner.OpenReadAsync(key, cancellationToken);

        public override async ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken)
        {
            await Inner.DeleteAsync(key, WriteCondition.Any, cancellationToken);
            return 1;
        }
    }
}
