using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.Vfs.Tests.Files;

/// <summary>The file store with other processes around it.</summary>
public sealed class FileStoreProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Root => _directory.Path + "/store";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Changes_of_three_processes_are_none_lost()
    {
        var workers = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Worker.StartAsync("add-lines", Root, $"w{i}", "20")));
        foreach (var worker in workers)
            worker.Go();
        foreach (var worker in workers)
            await worker.SaidAsync();

        var lines = File.ReadAllLines(Root + "/counter");

        Assert.Equal(60, lines.Length);
        Assert.Equal(60, lines.Distinct(StringComparer.Ordinal).Count());
        foreach (var worker in workers)
            worker.Dispose();
    }

    [Fact]
    public async Task Of_creates_of_two_processes_one_wins()
    {
        using var one = await Worker.StartAsync("create", Root, "30");
        using var two = await Worker.StartAsync("create", Root, "30");
        one.Go();
        two.Go();

        var pairs = (await one.SaidAsync()).Zip(await two.SaidAsync()).ToArray();

        Assert.Equal(30, pairs.Length);
        Assert.All(pairs, pair => Assert.True(pair is ("Done", "Conflict") or ("Conflict", "Done"), pair.ToString()));
    }

    [Fact]
    public async Task A_writer_killed_at_any_moment_leaves_the_old_object_or_the_new_one_and_nothing_else()
    {
        var random = new Random(7);
        var store = new FileStoreDriver(Root, Root, TimeProvider.System);
        var leftovers = 0;
        for (var round = 0; round < 12; round++)
        {
            using var worker = await Worker.StartAsync("write-forever", Root);
            // By its first word it is warm: what comes then is almost all writing. In one round it is killed before.
            var first = round == 0 ? null : await worker.NextAsync();
            await Task.Delay(random.Next(1, 40), Token);
            var said = (await worker.KillAsync()).LastOrDefault(line => line.Length == 8) ?? first;

            var text = File.Exists(Root + "/dir/object") ? await File.ReadAllTextAsync(Root + "/dir/object", Token) : null;
            Assert.True(text is not null || said is null, "what was said to be written is not there");
            if (text is not null)
            {
                Assert.Equal(string.Concat(Enumerable.Repeat(text[..8], 5000)), text);
                if (said is not null)
                    Assert.InRange(int.Parse(text[..8]), int.Parse(said), int.Parse(said) + 1);
            }

            leftovers += Directory.Exists(Root + "/dir")
                ? Directory.GetFileSystemEntries(Root + "/dir").Count(name => !name.EndsWith("/object", StringComparison.Ordinal))
                : 0;
            var listed = new List<string>();
            await foreach (var entry in store.ListAsync(string.Empty, ListDepth.Tree, Token))
                listed.Add(entry.Key);
            Assert.Equal(text is null ? [] : ["dir/object"], listed);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{leftovers} files were left half written");
        await new FileStoreDriver(Root, Root, TimeProvider.System).PutAsync(
            "dir/object",
            ObjectBody.FromBytes("x"u8.ToArray()),
            WriteCondition.Any,
            Token
        );
        Assert.Equal(["object"], Directory.GetFileSystemEntries(Root + "/dir").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("list", "PermissionDenied: cannot list {0}/dir: permission denied")]
    [InlineData("read", "PermissionDenied: cannot read {0}/dir")]
    [InlineData("write", "PermissionDenied: cannot write {0}/dir")]
    [InlineData("children", "{0}/dir")]
    public async Task Who_may_not_enter_a_directory_is_told_which(string verb, string expected)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become somebody else");
        var store = new FileStoreDriver(Root, Root, TimeProvider.System);
        await store.PutAsync("dir/object", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token);
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(Root, (UnixFileMode)0x1ED);

        using var worker = await Worker.StartAsync("as-nobody", Root, verb);
        var said = await worker.SaidAsync();

        Assert.StartsWith(string.Format(expected, Root), Assert.Single(said), StringComparison.Ordinal);
    }
}
