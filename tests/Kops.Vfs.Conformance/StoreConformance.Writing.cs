using System.Text;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task An_unconditional_put_replaces_what_is_there()
    {
        var first = await PutAsync("object", "a long first content");
        var second = await PutAsync("object", "second");

        Assert.NotEqual(first.Version, second.Version);
        Assert.Equal("second", (await ReadAsync("object"))!.Text);
    }

    [Fact]
    public async Task A_create_happens_only_where_nothing_is()
    {
        var first = await PutAsync("object", "first", WriteCondition.IfAbsent);
        var second = await PutAsync("object", "second", WriteCondition.IfAbsent);

        Assert.Equal((WriteResult.Done, WriteResult.Conflict), (first.Result, second.Result));
        Assert.Equal("first", (await ReadAsync("object"))!.Text);
        await Driver.DeleteAsync("object", WriteCondition.Any, Token);
        Assert.Equal(WriteResult.Done, (await PutAsync("object", "third", WriteCondition.IfAbsent)).Result);
    }

    [Fact]
    public async Task A_put_with_a_stale_version_is_a_conflict()
    {
        var first = await PutAsync("object", "first");

        var second = await PutAsync("object", "second", WriteCondition.IfMatch(first.Version!.Value));
        var stale = await PutAsync("object", "third", WriteCondition.IfMatch(first.Version!.Value));

        Assert.Equal((WriteResult.Done, WriteResult.Conflict), (second.Result, stale.Result));
        var read = await ReadAsync("object");
        Assert.Equal(("second", second.Version), (read!.Text, read.Version));
        Assert.Equal(WriteResult.Done, (await PutAsync("object", "fourth", WriteCondition.IfMatch(read.Version))).Result);
    }

    [Fact]
    public async Task A_put_with_a_version_of_what_is_absent_is_a_conflict()
    {
        var version = (await PutAsync("dir/object", "content")).Version!.Value;
        await Driver.DeleteAsync("dir/object", WriteCondition.Any, Token);

        Assert.Equal(WriteResult.Conflict, (await PutAsync("dir/object", "x", WriteCondition.IfMatch(version))).Result);
        Assert.Equal(WriteResult.Conflict, (await PutAsync("dir/other", "x", WriteCondition.IfMatch(version))).Result);
        Assert.Equal(WriteResult.Conflict, (await PutAsync("elsewhere/object", "x", WriteCondition.IfMatch(version))).Result);
        Assert.Empty(await KeysAsync(string.Empty, ListDepth.Tree));
        Assert.Empty(await KeysAsync(string.Empty, ListDepth.Children));
    }

    [Fact]
    public async Task Versions_of_one_object_written_quickly_with_one_length_all_differ()
    {
        var versions = new HashSet<ObjectVersion>();

        for (var i = 0; i < 50; i++)
            versions.Add((await PutAsync("object", $"{i:d2}")).Version!.Value);

        Assert.Equal(50, versions.Count);
    }

    [Fact]
    public async Task Changing_the_bytes_after_a_put_does_not_change_the_store()
    {
        var bytes = Encoding.UTF8.GetBytes("content");
        await Driver.PutAsync("object", ObjectBody.FromBytes(bytes), WriteCondition.Any, Token);

        bytes.AsSpan().Clear();

        Assert.Equal("content", (await ReadAsync("object"))!.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_write_leaves_nothing(bool replacing)
    {
        if (replacing)
            await PutAsync("dir/object", "old");
        using var cancel = new CancellationTokenSource();
        var body = ObjectBody.FromStream(
            _ => ValueTask.FromResult<Stream>(new PatternStream(1 << 22, atByte: 1 << 21, cancel.Cancel)),
            1 << 22
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Driver.PutAsync("dir/object", body, WriteCondition.Any, cancel.Token)
        );

        await AssertOnlyOldAsync(replacing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_fails_leaves_nothing(bool replacing)
    {
        if (replacing)
            await PutAsync("dir/object", "old");
        var body = ObjectBody.FromStream(_ =>
            ValueTask.FromResult<Stream>(
                new PatternStream(1 << 22, atByte: 1 << 21, () => throw new InvalidDataException("the source broke"))
            )
        );

        var thrown = await Assert.ThrowsAnyAsync<Exception>(async () =>
            await Driver.PutAsync("dir/object", body, WriteCondition.Any, Token)
        );

        Assert.Contains("the source broke", thrown.ToString(), StringComparison.Ordinal);
        await AssertOnlyOldAsync(replacing);
    }

    [Fact]
    public async Task A_delete_removes_the_object_and_what_is_absent_is_deleted_already()
    {
        await PutAsync("dir/object", "content");

        var first = await Driver.DeleteAsync("dir/object", WriteCondition.Any, Token);
        var second = await Driver.DeleteAsync("dir/object", WriteCondition.Any, Token);

        Assert.Equal(WriteResult.Done, first.Result);
        Assert.True(second.Succeeded);
        Assert.Null(await Driver.StatAsync("dir/object", Token));
        Assert.Empty(await KeysAsync(string.Empty, ListDepth.Children));
        Assert.True((await Driver.DeleteAsync("never/was", WriteCondition.Any, Token)).Succeeded);
    }

    [Fact]
    public async Task A_delete_of_a_prefix_deletes_nothing()
    {
        await PutAsync("dir/object", "content");

        Assert.True((await Driver.DeleteAsync("dir", WriteCondition.Any, Token)).Succeeded);

        Assert.Equal(["dir/object"], await KeysAsync(string.Empty, ListDepth.Tree));
    }

    [Fact]
    public async Task A_delete_with_a_stale_version_is_a_conflict()
    {
        var stale = (await PutAsync("object", "first")).Version!.Value;
        var current = (await PutAsync("object", "second")).Version!.Value;

        Assert.Equal(WriteResult.Conflict, (await Driver.DeleteAsync("object", WriteCondition.IfMatch(stale), Token)).Result);
        Assert.Equal("second", (await ReadAsync("object"))!.Text);
        Assert.Equal(WriteResult.Done, (await Driver.DeleteAsync("object", WriteCondition.IfMatch(current), Token)).Result);
        Assert.True((await Driver.DeleteAsync("object", WriteCondition.IfMatch(current), Token)).Succeeded);
    }

    [Fact]
    public async Task A_delete_cannot_ask_for_absence() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Driver.DeleteAsync("object", WriteCondition.IfAbsent, Token));

    [Fact]
    public async Task An_object_can_be_a_prefix_too_unless_the_store_says_that_it_cannot()
    {
        await PutAsync("a", "object");
        await PutAsync("b/c", "object");

        if (!Capabilities.ObjectsAreDirectoryLeaves)
        {
            await PutAsync("a/b", "below");
            await PutAsync("b", "above", WriteCondition.IfAbsent);
            Assert.Equal(("object", "below"), ((await ReadAsync("a"))!.Text, (await ReadAsync("a/b"))!.Text));
            Assert.Equal(["a", "a/", "b", "b/"], await KeysAsync(string.Empty, ListDepth.Children));
            return;
        }

        var below = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync("a/b", "x"));
        var above = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync("b", "x", WriteCondition.IfAbsent));

        Assert.Equal((StoreErrorKind.InvalidArgument, StoreErrorKind.InvalidArgument), (below.Kind, above.Kind));
        Assert.Equal(["a", "b/c"], await KeysAsync(string.Empty, ListDepth.Tree));
    }

    private async Task AssertOnlyOldAsync(bool old)
    {
        Assert.Equal(old ? "old" : null, (await ReadAsync("dir/object"))?.Text);
        Assert.Equal(old ? ["dir/object"] : [], await KeysAsync(string.Empty, ListDepth.Tree));
        Assert.Equal(old ? ["dir/"] : [], await KeysAsync(string.Empty, ListDepth.Children));
    }
}
