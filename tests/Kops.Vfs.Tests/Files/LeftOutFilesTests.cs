using System.Diagnostics;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.Vfs.Tests.Files;

/// <summary>What lies in a directory and is no object is left out of listings, but never without a word.</summary>
public sealed class LeftOutFilesTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _told = [];
    private readonly StoreRegistry _registry;

    public LeftOutFilesTests()
    {
        Directory.CreateDirectory(Root + "/a");
        File.WriteAllText(Root + "/a/object", "x");
        File.WriteAllText(_directory.Path + "/outside", "outside");
        _registry = new StoreRegistry().AddStandardStores(TimeProvider.System, _directory.Path, tell: _told.Add);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Root => _directory.Path + "/store";

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        // .NET cannot delete names that are not UTF-8.
        await RunAsync("rm -rf ./*");
        _directory.Dispose();
    }

    [Theory]
    [InlineData("ln -s a/object odd", "odd is a symbolic link")]
    [InlineData("ln -s a odd", "odd is a symbolic link")]
    [InlineData("ln -s . odd", "odd is a symbolic link")]
    [InlineData("ln -s nothing odd", "odd is a symbolic link")]
    [InlineData("ln -s ../outside odd", "odd is a symbolic link")]
    [InlineData("ln -s nothing \"$(printf 'o\\033d')\"", "o\\x1bd is a symbolic link")]
    [InlineData("mkfifo odd", "odd is a pipe, a socket or a device")]
    [InlineData("printf x > \"$(printf 'o\\377d')\"", "o\\xffd has a name that is not UTF-8")]
    [InlineData("ln -s nothing \"$(printf 'o\\377d')\"", "o\\xffd has a name that is not UTF-8")]
    public async Task What_is_left_out_is_told_once(string script, string note)
    {
        Assert.SkipWhen(script.Contains("377", StringComparison.Ordinal) && !OperatingSystem.IsLinux(), "the file system keeps to UTF-8");
        await RunAsync(script);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(["a/object"], await ListAsync(Root));
            Assert.Equal(["a/"], await ListAsync(Root, ListDepth.Children));
        }

        Assert.StartsWith($"{Root}/{note}", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Contains("was left out", _told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_below_two_stores_is_told_once()
    {
        await RunAsync("ln -s object a/link");

        Assert.Equal(["a/object"], await ListAsync(Root));
        Assert.Equal(["object"], await ListAsync(Root + "/a"));

        Assert.Single(_told);
    }

    [Fact]
    public async Task A_directory_with_nothing_but_links_is_left_out_with_them()
    {
        await RunAsync("mkdir -p linked/below; ln -s ../../a/object linked/below/link; ln -s object a/link");

        Assert.Equal(["a/"], await ListAsync(Root, ListDepth.Children));

        Assert.StartsWith($"{Root}/linked/below/link is a symbolic link", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_are_named_and_the_others_counted_at_the_end()
    {
        await RunAsync("for i in 1 2 3 4 5 6 7 8; do ln -s nothing link$i; done");

        await ListAsync(Root);
        await ListAsync(Root);
        Assert.Equal(["link1", "link2", "link3", "link4", "link5"], _told.Select(note => note.Split(' ')[0][(Root.Length + 1)..]));
        await _registry.DisposeAsync();

        Assert.Equal("and 3 more were left out", Assert.Single(_told.Skip(5)));
    }

    [Fact]
    public async Task Half_written_files_and_empty_directories_are_not_worth_a_word()
    {
        await RunAsync("mkdir -p empty/more left; echo half > left/.kops-tmp-0123456789abcdef; ln -s x .kops-tmp-0123456789abcdef");

        Assert.Equal(["a/"], await ListAsync(Root, ListDepth.Children));
        Assert.Equal(["a/object"], await ListAsync(Root));
        await _registry.DisposeAsync();

        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_link_to_an_object_is_neither_read_nor_written_nor_deleted()
    {
        await RunAsync("ln -s a/object link");
        var store = new FileStoreDriver(Root, Root, TimeProvider.System);
        var version = (await store.StatAsync("a/object", Token))!.Version!.Value;
        var body = ObjectBody.FromBytes("y"u8.ToArray());

        foreach (
            var use in (Func<Task>[])
                [
                    async () => await store.StatAsync("link", Token),
                    async () => await store.OpenReadAsync("link", Token),
                    async () => await store.PutAsync("link", body, WriteCondition.Any, Token),
                    async () => await store.PutAsync("link", body, WriteCondition.IfAbsent, Token),
                    async () => await store.PutAsync("link", body, WriteCondition.IfMatch(version), Token),
                    async () => await store.DeleteAsync("link", WriteCondition.Any, Token),
                    async () => await store.DeleteAsync("link", WriteCondition.IfMatch(version), Token),
                ]
        )
        {
            Assert.Contains("symbolic link", (await Assert.ThrowsAsync<StoreException>(use)).Message, StringComparison.Ordinal);
        }

        Assert.Equal("a/object", new FileInfo(Root + "/link").LinkTarget);
        Assert.Equal("x", File.ReadAllText(Root + "/a/object"));
    }

    private async Task RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = Root })!;
        await shell.WaitForExitAsync(Token);
        Assert.Equal(0, shell.ExitCode);
    }

    private async Task<List<string>> ListAsync(string path, ListDepth depth = ListDepth.Tree)
    {
        var keys = new List<string>();
        await foreach (var entry in _registry.Resolve(path).Store.Driver.ListAsync(string.Empty, depth, Token))
            keys.Add(entry.Key);
        return keys;
    }
}
