using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.Vfs.Tests.Files;

/// <summary>What only a store in a directory has: permissions, links, other programs.</summary>
public sealed class FileStoreDriverTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileStoreDriver _store;

    public FileStoreDriverTests() => _store = new FileStoreDriver(Root, Root, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Root => _directory.Path + "/above/store";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Files_are_for_their_owner_alone_and_so_are_the_directories_that_were_made()
    {
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0x1ED); // 0755

        await PutAsync("a/b/object", "x");

        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(Root + "/a/b/object"));
        foreach (var made in (string[])["/..", "", "/a", "/a/b"])
            Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(Path.GetFullPath(Root + made)));
        Assert.Equal((UnixFileMode)0x1ED, File.GetUnixFileMode(_directory.Path));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/object")]
    [InlineData("file-link")]
    public async Task A_link_leads_nowhere(string key)
    {
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(_directory.Path + "/outside");
        File.WriteAllText(_directory.Path + "/outside/object", "outside");
        Directory.CreateSymbolicLink(Root + "/link", "../../outside");
        File.CreateSymbolicLink(Root + "/file-link", _directory.Path + "/outside/object");

        Func<Task>[] uses =
        [
            async () => await _store.StatAsync(key, Token),
            async () => await _store.OpenReadAsync(key, Token),
            async () => await PutAsync(key, "x"),
            async () => await PutAsync(key, "x", WriteCondition.IfAbsent),
            async () => await _store.DeleteAsync(key, WriteCondition.Any, Token),
            async () => await ListAsync(key + "/"),
        ];
        foreach (var use in uses)
        {
            if (use == uses[^1] && key != "link")
                continue;
            var e = await Assert.ThrowsAsync<StoreException>(use);
            Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
            Assert.Contains("symbolic link", e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await ListAsync(string.Empty));
        Assert.Equal("outside", File.ReadAllText(_directory.Path + "/outside/object"));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path + "/outside"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("a\0b")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        foreach (
            var use in (Func<Task>[])
                [
                    async () => await _store.StatAsync(key, Token),
                    async () => await _store.OpenReadAsync(key, Token),
                    async () => await PutAsync(key, "x"),
                    async () => await _store.DeleteAsync(key, WriteCondition.Any, Token),
                ]
        )
            Assert.Equal(StoreErrorKind.InvalidArgument, (await Assert.ThrowsAsync<StoreException>(use)).Kind);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task A_root_that_is_a_link_is_followed()
    {
        Directory.CreateDirectory(_directory.Path + "/real");
        Directory.CreateSymbolicLink(_directory.Path + "/named", "real");
        var store = new FileStoreDriver(_directory.Path + "/named", "named", TimeProvider.System);

        await store.PutAsync("a/object", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token);

        Assert.Equal("x", File.ReadAllText(_directory.Path + "/real/a/object"));
        Assert.Equal(1, (await store.StatAsync("a/object", Token))!.Size);
    }

    [Fact]
    public async Task What_another_program_writes_has_another_version()
    {
        var ours = await PutAsync("object", "ours");
        File.WriteAllText(Root + "/object", "OURS");
        File.SetLastWriteTimeUtc(Root + "/object", DateTime.UnixEpoch);

        Assert.Equal(WriteResult.Conflict, (await PutAsync("object", "x", WriteCondition.IfMatch(ours.Version!.Value))).Result);
        Assert.Equal("OURS", File.ReadAllText(Root + "/object"));
    }

    [Fact]
    public async Task Links_pipes_half_written_files_and_empty_directories_are_not_listed()
    {
        await PutAsync("a/object", "x");
        Directory.CreateDirectory(Root + "/empty/more/and-more");
        Directory.CreateDirectory(Root + "/left");
        File.WriteAllText(Root + "/left/.kops-tmp-0123456789abcdef", "half");
        File.WriteAllText(Root + "/.kops-tmp-0123456789abcdef", "half");
        File.CreateSymbolicLink(Root + "/link", "a/object");

        Assert.Equal(["a/"], await ListAsync(string.Empty, ListDepth.Children));
        Assert.Equal(["a/object"], await ListAsync(string.Empty));
    }

    [Fact]
    public async Task A_listing_clears_up_what_dead_writers_left_an_hour_ago()
    {
        await PutAsync("a/object", "x");
        var (old, young) = (Root + "/a/.kops-tmp-0123456789abcdef", Root + "/a/.kops-tmp-fedcba9876543210");
        File.WriteAllText(old, "half a key");
        File.WriteAllText(young, "half a key");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        await ListAsync(string.Empty);
        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
    }

    [Fact]
    public async Task A_write_clears_up_what_dead_writers_left_but_not_what_is_being_written()
    {
        await PutAsync("a/object", "x");
        File.WriteAllText(Root + "/a/.kops-tmp-0123456789abcdef", "half");
        // .NET keeps others out by the same lock that a living writer holds.
        using var living = new FileStream(Root + "/a/.kops-tmp-fedcba9876543210", FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var slow = _store.PutAsync(
            "a/slow",
            ObjectBody.FromStream(async token =>
            {
                begun.Release();
                await go.WaitAsync(token);
                return new MemoryStream([1]);
            }),
            WriteCondition.Any,
            Token
        );
        await begun.WaitAsync(Token);

        // Another client, for one sweeps each directory once.
        await new FileStoreDriver(Root, Root, TimeProvider.System).PutAsync(
            "a/object",
            ObjectBody.FromBytes("y"u8.ToArray()),
            WriteCondition.Any,
            Token
        );

        Assert.True(File.Exists(living.Name));
        Assert.False(File.Exists(Root + "/a/.kops-tmp-0123456789abcdef"));
        go.Release();
        Assert.True((await slow).Succeeded);
        Assert.Equal(["a/object", "a/slow"], await ListAsync(string.Empty));
    }

    [Fact]
    public async Task Deletes_leave_no_empty_directories_but_the_root()
    {
        await PutAsync("a/b/c/object", "x");

        await _store.DeleteAsync("a/b/c/object", WriteCondition.Any, Token);

        Assert.Empty(Directory.GetFileSystemEntries(Root));
    }

    [Fact]
    public async Task A_root_that_is_a_file_is_named_in_the_error()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root)!);
        File.WriteAllText(Root, "a file");

        foreach (
            var use in (Func<Task>[])
                [
                    async () => await _store.StatAsync("a", Token),
                    async () => await PutAsync("a", "x"),
                    async () => await ListAsync(string.Empty),
                ]
        )
        {
            var e = await Assert.ThrowsAsync<StoreException>(use);
            Assert.Equal((StoreErrorKind.InvalidArgument, Root), (e.Kind, e.Path));
        }
    }

    [Fact]
    public async Task A_full_disk_is_a_quota_and_leaves_nothing()
    {
        Assert.SkipUnless(
            Directory.Exists("/dev/shm") && Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(),
            "only root can mount a small file system"
        );
        Directory.CreateDirectory(Root);
        using var mount = System.Diagnostics.Process.Start("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", Root])!;
        await mount.WaitForExitAsync(Token);
        Assert.SkipUnless(mount.ExitCode == 0, "this container may not mount");
        try
        {
            var e = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync("dir/object", new string('x', 1_000_000)));

            Assert.Equal((StoreErrorKind.QuotaExceeded, false), (e.Kind, e.IsTransient));
            Assert.Contains("no space left", e.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(Root));
        }
        finally
        {
            using var unmount = System.Diagnostics.Process.Start("umount", [Root])!;
            await unmount.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_store_whose_root_was_removed_is_an_empty_store()
    {
        await PutAsync("object", "x");
        Directory.Delete(Root, recursive: true);

        Assert.Empty(await ListAsync(string.Empty));
        Assert.Null(await _store.StatAsync("object", Token));
        await PutAsync("object", "y");
        Assert.Equal(["object"], await ListAsync(string.Empty));
    }

    private ValueTask<WriteOutcome> PutAsync(string key, string text, WriteCondition condition = default) =>
        _store.PutAsync(key, ObjectBody.FromBytes(System.Text.Encoding.UTF8.GetBytes(text)), condition, Token);

    private async Task<List<string>> ListAsync(string prefix, ListDepth depth = ListDepth.Tree)
    {
        var keys = new List<string>();
        await foreach (var entry in _store.ListAsync(prefix, depth, Token))
            keys.Add(entry.Key);
        return keys;
    }
}
