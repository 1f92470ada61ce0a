using System.Text;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Limit;
using Kops.Vfs.Layers.Log;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.Memory;
using Kops.Vfs.Tests.Layers.Lock;
using Xunit;

namespace Kops.Vfs.Tests.Layers;

public sealed class OtherLayerTests
{
    private readonly MemoryStoreDriver _memory = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_ignores_conditions_is_found_out_before_anything_is_written()
    {
        var store = new CheckLayer(
            new IgnoresConditions(_memory),
            "s3://bucket",
            new CheckOptions { ProbePrefix = ".kops/" },
            TimeProvider.System
        );

        foreach (var condition in (WriteCondition[])[WriteCondition.IfAbsent, WriteCondition.IfMatch(new ObjectVersion("1"))])
        {
            var e = await Assert.ThrowsAsync<StoreException>(async () => await store.PutAsync("a", Body("x"), condition, Token));
            Assert.Equal(StoreErrorKind.Unsupported, e.Kind);
            Assert.Contains("If-None-Match", e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await ListAsync(_memory));
        Assert.True((await store.PutAsync("a", Body("x"), WriteCondition.Any, Token)).Succeeded);
    }

    [Fact]
    public async Task Writes_to_a_server_that_ignores_conditions_are_guarded_by_a_lock_which_the_user_is_told_once()
    {
        var told = new List<string>();
        await using var store = new CheckLayer(
            new IgnoresConditions(_memory),
            "s3://bucket",
            new CheckOptions { ProbePrefix = ".kops/", Guard = LockTests.Times with { Tell = told.Add } },
            TimeProvider.System
        );

        Assert.Equal(WriteResult.Done, (await store.PutAsync("a", Body("1"), WriteCondition.IfAbsent, Token)).Result);
        Assert.Equal(WriteResult.Conflict, (await store.PutAsync("a", Body("2"), WriteCondition.IfAbsent, Token)).Result);
        Assert.Equal(WriteResult.Conflict, (await store.DeleteAsync("a", WriteCondition.IfMatch(new ObjectVersion("none")), Token)).Result);

        Assert.Equal("1", await TextAsync(store, "a"));
        Assert.Equal(["a"], await ListAsync(store));
        Assert.True(store.Capabilities.ConditionsByLock);
        Assert.Equal(["s3://bucket cannot check conditions itself: writes are guarded by the lock object .kops-lock"], told);
    }

    [Fact]
    public async Task A_server_that_honours_conditions_is_probed_once_and_left_as_it_was()
    {
        var server = new CountingDriver(_memory);
        var store = new CheckLayer(server, "s3://bucket", new CheckOptions { ProbePrefix = ".kops/" }, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => store.PutAsync($"a{i}", Body("x"), WriteCondition.IfAbsent, Token).AsTask()));
        await store.DeleteAsync("a0", WriteCondition.IfMatch(new ObjectVersion("none")), Token);

        Assert.Single(server.Requests.Where(request => request.StartsWith("put .kops/", StringComparison.Ordinal)).Distinct());
        Assert.Equal(["a0", "a1", "a2", "a3", "a4"], await ListAsync(_memory));
    }

    [Fact]
    public async Task Content_that_is_not_what_was_promised_is_corrupt()
    {
        foreach (
            var (lie, what) in ((Func<ObjectInfo, ObjectInfo>, string)[])
                [(info => info with { Size = info.Size + 1 }, "bytes arrived"), (info => info with { Md5 = new byte[16] }, "MD5")]
        )
        {
            await _memory.PutAsync("a", Body("content"), WriteCondition.Any, Token);
            var store = new CheckLayer(new Lies(_memory, lie), "s3://bucket", new CheckOptions(), TimeProvider.System);

            var e = await Assert.ThrowsAsync<StoreException>(async () =>
                await ObjectContent.ReadAsync((await store.OpenReadAsync("a", Token))!, Token)
            );

            Assert.Equal((StoreErrorKind.Corrupt, true), (e.Kind, e.IsTransient));
            Assert.Contains(what, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_more_requests_than_allowed_are_under_way()
    {
        var (now, most) = (0, 0);
        var server = new CountingDriver(_memory)
        {
            OnRead = async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
            },
        };
        var store = new Store("memfs://t", new LimitLayer(server, 3));

        var reads = await Enumerable.Range(0, 100).Select(i => store.Root.Join($"a{i}")).ReadAllAsync(50, Token).ToListAsync(Token);

        Assert.Equal(100, reads.Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_log_names_operation_path_outcome_and_size()
    {
        var log = new List<StoreRequest>();
        var store = StoreLayers
            .Apply(new Store("memfs://t", _memory), new StoreLayerOptions { Clock = TimeProvider.System, Log = log.Add })
            .Root;

        await store.Join("a").WriteTextAsync("content", WriteCondition.IfAbsent, Token);
        await store.Join("a").WriteTextAsync("content", WriteCondition.IfAbsent, Token);
        await store.Join("a").ReadAsync(Token);
        await store.Join("b").ReadAsync(Token);
        await store.ListTreeAsync(Token).CountAsync(Token);
        await store.ListTreeAsync(Token).FirstAsync(Token);

        Assert.Equal(
            [
                "put memfs://t/a ok 7",
                "put memfs://t/a conflict 7",
                "read memfs://t/a ok 7",
                "read memfs://t/b absent ",
                "list memfs://t ok 1",
                "list memfs://t ok 1",
            ],
            log.Select(request => $"{request.Operation} {request.Path} {request.Outcome} {request.Count}")
        );
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    private static async Task<string?> TextAsync(IStoreDriver store, string key) =>
        await store.OpenReadAsync(key, Token) is { } reader ? (await ObjectContent.ReadAsync(reader, Token)).Text : null;

    private static async Task<List<string>> ListAsync(IStoreDriver store) =>
        await store.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token);

    private sealed class Lies(IStoreDriver inner, Func<ObjectInfo, ObjectInfo> lie) : StoreLayer(inner)
    {
        public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
            await base.OpenReadAsync(key, cancellationToken) is { } reader ? new ObjectReader(lie(reader.Info), reader.Content) : null;
    }
}
