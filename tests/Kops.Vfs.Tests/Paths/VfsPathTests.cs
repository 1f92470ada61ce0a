using System.Text;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Vfs.Tests.Paths;

public sealed class VfsPathTests
{
    private readonly CountingDriver _driver = new(new MemoryStoreDriver(TimeProvider.System));
    private readonly VfsPath _root;

    public VfsPathTests() => _root = new Store("memfs://t", _driver).Root;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_creates_changes_and_leaves()
    {
        var path = _root.Join("a");

        var made = await path.UpdateAsync(
            old => old is null ? "1"u8.ToArray() : throw new InvalidOperationException(),
            cancellationToken: Token
        );
        var changed = await path.UpdateAsync(old => Encoding.UTF8.GetBytes(old!.Text + "2"), cancellationToken: Token);
        var left = await path.UpdateAsync(_ => null, cancellationToken: Token);

        Assert.Equal("12", await path.ReadTextAsync(Token));
        Assert.NotEqual(made, changed);
        Assert.Equal(changed, left);
        Assert.Null(await _root.Join("absent").UpdateAsync(_ => null, cancellationToken: Token));
    }

    [Fact]
    public async Task An_update_begins_anew_when_somebody_was_quicker_and_gives_up_in_the_end()
    {
        var path = _root.Join("a");
        var others = 0;
        _driver.OnPut = async (_, put) => ++others <= 2 ? WriteOutcome.Conflict : await put();

        await path.UpdateAsync(_ => "x"u8.ToArray(), cancellationToken: Token);
        Assert.Equal(["read a", "put a", "read a", "put a", "read a", "put a"], _driver.Requests);

        _driver.OnPut = (_, _) => Task.FromResult(WriteOutcome.Conflict);
        var e = await Assert.ThrowsAsync<StoreException>(async () => await path.UpdateAsync(_ => "x"u8.ToArray(), maxAttempts: 3, Token));
        Assert.True(e.IsTransient);
        Assert.Equal(6 + 6, _driver.Requests.Length);
    }

    [Fact]
    public async Task A_copy_carries_the_content_and_honours_the_condition()
    {
        await _root.Join("a").WriteTextAsync("content", WriteCondition.Any, Token);
        var other = new Store("memfs://other", new MemoryStoreDriver(TimeProvider.System)).Root.Join("b");

        Assert.True((await _root.Join("a").CopyToAsync(other, WriteCondition.IfAbsent, Token))!.Value.Succeeded);
        Assert.Equal(WriteResult.Conflict, (await _root.Join("a").CopyToAsync(other, WriteCondition.IfAbsent, Token))!.Value.Result);
        Assert.Null(await _root.Join("absent").CopyToAsync(other, WriteCondition.Any, Token));
        Assert.Equal("content", await other.ReadTextAsync(Token));
    }

    [Fact]
    public async Task A_tree_is_removed_without_its_siblings_and_each_failure_is_told()
    {
        foreach (var key in (string[])["a/b/1", "a/b/2", "a/b/c/3", "a/bc", "a/b"])
            await _root.Join(key).WriteTextAsync("x", WriteCondition.Any, Token);
        _driver.OnDelete = async (number, delete) =>
            number == 2 ? throw new StoreException(StoreErrorKind.PermissionDenied, "delete", "somewhere", "no") : await delete();

        var removal = await _root.Join("a", "b").DeleteTreeAsync(1, Token);

        Assert.Equal((2, "somewhere"), (removal.Deleted, Assert.Single(removal.Failures).Path));
        Assert.Equal(["a/b", "a/b/2", "a/bc"], await _root.ListTreeAsync(Token).Select(entry => entry.Path.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task Many_reads_come_in_order_and_one_failure_hides_no_other()
    {
        for (var i = 0; i < 50; i++)
            await _root.Join($"a{i}").WriteTextAsync($"{i}", WriteCondition.Any, Token);
        var random = new Random(3);
        _driver.OnRead = async key =>
        {
            await Task.Delay(random.Next(5), Token);
            if (key == "a7")
                throw new StoreException(StoreErrorKind.PermissionDenied, "read", key, "no");
        };

        var reads = await Enumerable
            .Range(0, 51)
            .Select(i => _root.Join($"a{i}"))
            .ReadAllAsync(cancellationToken: Token)
            .ToListAsync(Token);

        Assert.Equal(Enumerable.Range(0, 51).Select(i => i is 7 or 50 ? null : $"{i}"), reads.Select(read => read.Content?.Text));
        Assert.Equal(["a7"], reads.Where(read => read.Error is not null).Select(read => read.Path.Key));
    }

    [Fact]
    public async Task A_consumer_that_stops_early_leaves_no_read_behind()
    {
        var running = 0;
        _driver.OnRead = async key =>
        {
            Interlocked.Increment(ref running);
            if (key != "a0")
                await Task.Delay(20, CancellationToken.None);
            Interlocked.Decrement(ref running);
        };

        await foreach (var read in Enumerable.Range(0, 100).Select(i => _root.Join($"a{i}")).ReadAllAsync(8, Token))
            break;

        Assert.Equal(0, running);
        Assert.InRange(_driver.Requests.Length, 1, 9);
    }

    [Fact]
    public async Task The_root_is_no_object()
    {
        Assert.Null(await _root.StatAsync(Token));
        Assert.Null(await _root.ReadAsync(Token));
        Assert.Equal(WriteResult.Absent, (await _root.DeleteAsync(WriteCondition.Any, Token)).Result);
        Assert.Equal(
            StoreErrorKind.InvalidArgument,
            (await Assert.ThrowsAsync<StoreException>(async () => await _root.WriteTextAsync("x", WriteCondition.Any, Token))).Kind
        );
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    public void A_path_cannot_be_joined_to_what_is_no_key(string relative) =>
        Assert.Equal(StoreErrorKind.InvalidArgument, Assert.Throws<StoreException>(() => _root.Join(relative)).Kind);
}
