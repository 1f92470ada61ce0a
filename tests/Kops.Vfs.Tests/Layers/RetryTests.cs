using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Retry;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Vfs.Tests.Layers;

/// <summary>How lost answers are settled: by looking, not by sending again.</summary>
public sealed class RetryTests
{
    private static readonly StoreException Lost = new(
        StoreErrorKind.Unavailable,
        "write",
        "memfs://t/a",
        "the answer was lost",
        isTransient: true
    );
    private static readonly StoreException Busy = new(StoreErrorKind.Throttled, "write", "memfs://t/a", "slow down", isTransient: true);

    private readonly MemoryStoreDriver _memory = new(TimeProvider.System);
    private readonly CountingDriver _server;
    private readonly RetryLayer _store;

    public RetryTests()
    {
        _server = new CountingDriver(_memory);
        _store = new RetryLayer(_server, "memfs://t", new RetryOptions { MaxRetries = 3, BaseDelay = TimeSpan.Zero }, TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_create_whose_answer_was_lost_is_found_done_and_not_sent_again()
    {
        _server.OnPut = async (_, put) =>
        {
            await put();
            throw Lost;
        };

        var outcome = await PutAsync("mine", WriteCondition.IfAbsent);

        Assert.Equal((WriteResult.Done, (await _memory.StatAsync("a", Token))!.Version), (outcome.Result, outcome.Version));
        Assert.Equal(["put a", "read a"], _server.Requests);
    }

    [Fact]
    public async Task A_create_that_did_not_arrive_is_sent_again()
    {
        _server.OnPut = async (number, put) => number == 1 ? throw Lost : await put();

        Assert.Equal(WriteResult.Done, (await PutAsync("mine", WriteCondition.IfAbsent)).Result);
        Assert.Equal(["put a", "read a", "put a"], _server.Requests);
    }

    [Fact]
    public async Task A_create_that_another_won_meanwhile_is_a_conflict()
    {
        _server.OnPut = async (_, _) =>
        {
            await _memory.PutAsync("a", ObjectBody.FromBytes("theirs"u8.ToArray()), WriteCondition.Any, Token);
            throw Lost;
        };

        Assert.Equal(WriteResult.Conflict, (await PutAsync("mine", WriteCondition.IfAbsent)).Result);
        Assert.Equal(["put a", "read a"], _server.Requests);
    }

    [Fact]
    public async Task A_replace_whose_answer_was_lost_is_found_done_and_not_sent_again()
    {
        var old = await _memory.PutAsync("a", ObjectBody.FromBytes("old"u8.ToArray()), WriteCondition.Any, Token);
        _server.OnPut = async (_, put) =>
        {
            await put();
            throw Lost;
        };

        var outcome = await PutAsync("mine", WriteCondition.IfMatch(old.Version!.Value));

        Assert.Equal((WriteResult.Done, (await _memory.StatAsync("a", Token))!.Version), (outcome.Result, outcome.Version));
        Assert.Equal(["put a", "read a"], _server.Requests);
    }

    [Fact]
    public async Task A_write_that_arrives_after_it_was_given_up_is_still_ours()
    {
        Func<Task<WriteOutcome>>? late = null;
        _server.OnPut = async (number, put) =>
        {
            if (number == 1)
            {
                late = put;
                throw Lost;
            }

            await late!();
            return await put();
        };

        Assert.Equal(WriteResult.Done, (await PutAsync("mine", WriteCondition.IfAbsent)).Result);
        Assert.Equal(["put a", "read a", "put a", "read a"], _server.Requests);
    }

    [Fact]
    public async Task A_refusal_to_do_it_now_needs_no_look()
    {
        _server.OnPut = async (number, put) => number < 3 ? throw Busy : await put();

        Assert.Equal(WriteResult.Done, (await PutAsync("mine", WriteCondition.IfAbsent)).Result);
        Assert.Equal(["put a", "put a", "put a"], _server.Requests);
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_is_found_done()
    {
        await _memory.PutAsync("a", ObjectBody.FromBytes("old"u8.ToArray()), WriteCondition.Any, Token);
        _server.OnDelete = async (_, delete) =>
        {
            await delete();
            throw Lost;
        };

        Assert.Equal(WriteResult.Done, (await _store.DeleteAsync("a", WriteCondition.Any, Token)).Result);
        Assert.Equal(["delete a", "stat a"], _server.Requests);
    }

    [Fact]
    public async Task What_is_not_transient_is_not_tried_again()
    {
        _server.OnPut = (_, _) => throw new StoreException(StoreErrorKind.PermissionDenied, "write", "a", "no");

        await Assert.ThrowsAsync<StoreException>(async () => await PutAsync("mine", WriteCondition.IfAbsent));

        Assert.Equal(["put a"], _server.Requests);
    }

    [Fact]
    public async Task Tries_are_bounded()
    {
        _server.OnPut = (_, _) => throw Busy;

        Assert.Same(Busy, await Assert.ThrowsAsync<StoreException>(async () => await PutAsync("mine", WriteCondition.Any)));

        Assert.Equal(4, _server.Requests.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task What_is_replaced_while_a_connection_breaks_is_read_from_its_beginning(int times)
    {
        await PutAsync("old", WriteCondition.Any);
        var store = new OvertakenStore(_server, times);

        Assert.Equal(
            "new",
            (
                await ObjectContent.ReadAsync(
                    new RetryLayer(store, "memfs://t", new RetryOptions { BaseDelay = TimeSpan.Zero }, TimeProvider.System),
                    "a",
                    Token
                )
            )!.Text
        );
    }

    [Fact]
    public async Task What_is_replaced_faster_than_it_can_be_read_is_an_error()
    {
        await PutAsync("old", WriteCondition.Any);
        var store = new OvertakenStore(_server, int.MaxValue);

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await ObjectContent.ReadAsync(
                new RetryLayer(store, "memfs://t", new RetryOptions { BaseDelay = TimeSpan.Zero }, TimeProvider.System),
                "a",
                Token
            )
        );

        Assert.Equal(StoreErrorKind.Replaced, e.Kind);
    }

    private ValueTask<WriteOutcome> PutAsync(string text, WriteCondition condition) =>
        _store.PutAsync("a", ObjectBody.FromBytes(System.Text.Encoding.UTF8.GetBytes(text)), condition, Token);

    /// <summary>
    /// A store whose connections break in the middle of an object, some times, and each time somebody else has written meanwhile.
    /// </summary>
    private sealed class OvertakenStore(IStoreDriver inner, int times) : StoreLayer(inner)
    {
        private int _opened;

        public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
        {
            var reader = await base.OpenReadAsync(key, cancellationToken);
            // Each object is opened twice: the second time to go on where the connection broke.
            if (++_opened > 2L * times || _opened % 2 == 0)
                return reader;
            await Inner.PutAsync(key, ObjectBody.FromBytes("new"u8.ToArray()), WriteCondition.Any, cancellationToken);
            return new ObjectReader(reader!.Info, new BrokenStream());
        }
    }

    private sealed class BrokenStream() : MemoryStream([])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new StoreException(StoreErrorKind.Unavailable, "read", "memfs://t/a", "the connection broke", isTransient: true);
    }
}
