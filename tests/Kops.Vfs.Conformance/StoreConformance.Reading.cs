using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task What_was_put_is_read_with_its_version()
    {
        var put = await PutAsync("dir/object", "content");

        var read = await ReadAsync("dir/object");

        Assert.Equal(WriteResult.Done, put.Result);
        Assert.NotNull(read);
        Assert.Equal("content", read.Text);
        Assert.Equal(put.Version, read.Version);
        Assert.Equal(("dir/object", 7L), (read.Info.Key, read.Info.Size));
    }

    [Fact]
    public async Task A_stat_says_what_a_read_says()
    {
        await PutAsync("dir/object", "content");

        var stat = await Driver.StatAsync("dir/object", Token);

        Assert.Equal((await ReadAsync("dir/object"))!.Info, stat, (a, b) => (a?.Key, a?.Size, a?.Version) == (b?.Key, b?.Size, b?.Version));
        Assert.NotNull(stat!.Version);
    }

    [Fact]
    public async Task What_is_absent_reads_as_null()
    {
        await PutAsync("dir/object", "content");

        foreach (var key in (string[])["other", "dir/other", "other/object", "dir", "dir/objec", "dir/object2", "dir/object/below"])
        {
            Assert.Null(await Driver.StatAsync(key, Token));
            Assert.Null(await Driver.OpenReadAsync(key, Token));
        }
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        var put = await PutAsync("empty", string.Empty);

        Assert.Equal((0, put.Version), ((await ReadAsync("empty"))!.Bytes.Length, (await ReadAsync("empty"))!.Version));
        Assert.Equal(["empty"], await KeysAsync(string.Empty, ListDepth.Tree));
        Assert.Equal(
            WriteResult.Conflict,
            Capabilities.ConditionalCreate ? (await PutAsync("empty", "x", WriteCondition.IfAbsent)).Result : WriteResult.Conflict
        );
    }

    [Fact]
    public async Task A_reader_keeps_its_version_while_others_write()
    {
        var old = new string('o', 300_000);
        var put = await PutAsync("object", old);
        var reader = await Driver.OpenReadAsync("object", Token);

        await PutAsync("object", new string('n', 300_000));

        ObjectContent content;
        try
        {
            content = await ObjectContent.ReadAsync(reader!, Token);
        }
        catch (StoreException)
        {
            return; // a store that cannot hold on to what it replaced says so; it never mixes the two
        }

        Assert.Equal((old, put.Version), (content.Text, content.Version));
    }

    [Fact]
    public async Task Changing_what_was_read_does_not_change_the_store()
    {
        await PutAsync("object", "content");
        var reader = await Driver.OpenReadAsync("object", Token);
        var bytes = new byte[7];
        await using (reader!)
            await reader!.Content.ReadExactlyAsync(bytes, Token);

        bytes.AsSpan().Clear();
        var whole = await ReadAsync("object");
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(whole!.Bytes).Span.Clear();

        Assert.Equal("content", (await ReadAsync("object"))!.Text);
    }

    [Fact]
    public async Task A_read_that_is_cancelled_beforehand_does_not_read()
    {
        await PutAsync("object", "content");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Driver.OpenReadAsync("object", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Driver.StatAsync("object", cancelled.Token));
    }
}
