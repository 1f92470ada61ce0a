using System.Text;
using Xunit;

namespace Kops.Vfs.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_mark_comes_back_with_the_object_that_it_was_written_with()
    {
        Assert.SkipUnless(Capabilities.KeepsMarks, "this store keeps no marks");

        await PutAsync("dir/object", "same", WriteCondition.IfAbsent.Marked("0a1b-0"));

        Assert.Equal("0a1b-0", await MarkAsync("dir/object"));
        await using var reader = await Driver.OpenReadAsync("dir/object", Token);
        Assert.Equal("0a1b-0", reader!.Info.Mark);
    }

    [Fact]
    public async Task A_mark_goes_with_the_object_that_it_was_written_with()
    {
        Assert.SkipUnless(Capabilities.KeepsMarks, "this store keeps no marks");
        var first = await PutAsync("object", "same", WriteCondition.IfAbsent.Marked("first"));

        // The same bytes, by somebody else.
        await PutAsync("object", "same", WriteCondition.IfMatch(first.Version!.Value).Marked("second"));
        Assert.Equal("second", await MarkAsync("object"));

        // By somebody who leaves no mark: the driver may leave one of its own, which is not that of another write.
        await PutAsync("object", "same");
        Assert.NotEqual("second", await MarkAsync("object"));

        await PutAsync("object", "other", WriteCondition.Any.Marked("third"));
        Assert.Equal("third", await MarkAsync("object"));
        await Driver.DeleteAsync("object", WriteCondition.Any, Token);
        await PutAsync("object", "other", WriteCondition.IfAbsent);
        Assert.NotEqual("third", await MarkAsync("object"));
    }

    [Fact]
    public async Task A_mark_is_kept_with_a_streamed_object_and_does_not_change_what_is_read()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 3 << 20));
        var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new MemoryStream(bytes)), bytes.Length);

        var written = await Driver.PutAsync("object", body, WriteCondition.IfAbsent.Marked("streamed"), Token);

        var read = (await ReadAsync("object"))!;
        Assert.Equal((written.Version, bytes.Length), (read.Version, read.Bytes.Length));
        if (Capabilities.KeepsMarks)
            Assert.Equal(("streamed", "streamed"), (read.Info.Mark, await MarkAsync("object")));
    }

    [Fact]
    public async Task A_write_that_meets_a_conflict_leaves_no_mark()
    {
        Assert.SkipUnless(Capabilities.KeepsMarks, "this store keeps no marks");
        await PutAsync("object", "theirs", WriteCondition.IfAbsent.Marked("theirs"));

        Assert.False((await PutAsync("object", "theirs", WriteCondition.IfAbsent.Marked("mine"))).Succeeded);

        Assert.Equal("theirs", await MarkAsync("object"));
    }

    /// <summary>Where equal bytes may have equal versions nothing can be shown: they need not have them.</summary>
    [Fact]
    public async Task Where_versions_name_writes_no_two_writes_of_the_same_bytes_have_the_same()
    {
        Assert.SkipUnless(Capabilities.VersionsNameWrites, "equal bytes may have equal versions here");
        var versions = new HashSet<ObjectVersion>();

        for (var i = 0; i < 10; i++)
        {
            Assert.True(versions.Add((await PutAsync("object", "same")).Version!.Value));
            if (i % 2 == 0)
                await Driver.DeleteAsync("object", WriteCondition.Any, Token);
        }
    }

    private async Task<string?> MarkAsync(string key) => (await Driver.StatAsync(key, Token))!.Mark;
}
