using Kops.Vfs;
using Xunit;

namespace Kops.Vfs.Tests;

public sealed class FileStoreSmoke
{
    [Fact]
    public async Task Put_read_list_delete()
    {
        var ct = TestContext.Current.CancellationToken;
        var dir = Directory.CreateTempSubdirectory("kops-vfs-").FullName;
        try
        {
            await using var registry = new StoreRegistry().AddStandardStores(TimeProvider.System, dir);
            var root = registry.Resolve("file://" + dir + "/store");
            var written = await root.Join("a", "b").WriteTextAsync("hello", WriteCondition.IfAbsent, ct);
            Assert.Equal(WriteResult.Done, written.Result);
            Assert.Equal(WriteResult.Conflict, (await root.Join("a", "b").WriteTextAsync("x", WriteCondition.IfAbsent, ct)).Result);
            var read = await root.Join("a", "b").ReadAsync(ct);
            Assert.Equal(written.Version, read!.Version);
            Assert.Equal("hello", read.Text);
            Assert.Equal(WriteResult.Done, (await root.Join("a.b").WriteTextAsync("x", default, ct)).Result);
            var all = new List<string>();
            await foreach (var e in root.ListTreeAsync(ct)) all.Add(e.Path.Key);
            Assert.Equal(["a.b", "a/b"], all);
            Assert.Equal(WriteResult.Done, (await root.Join("a", "b").DeleteAsync(WriteCondition.IfMatch(read.Version), ct)).Result);
            Assert.False(Directory.Exists(dir + "/store/a"));
        }
        finally
        {
            Directory.Delete(dir, recursive: true);
        }
    }
}
