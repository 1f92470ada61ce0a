using Kops.Vfs.Files;
using Xunit;

namespace Kops.Vfs.Tests;

public sealed class StandardStoresTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreRegistry _registry;

    public StandardStoresTests() => _registry = new StoreRegistry().AddStandardStores(TimeProvider.System, _directory.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("{0}/state", "{0}/state")]
    [InlineData("file://{0}/state", "{0}/state")]
    [InlineData("file://{0}/state/", "{0}/state")]
    [InlineData("file://state", "state")]
    [InlineData("./state", "./state")]
    [InlineData("state//", "state")]
    public async Task A_directory_is_named_in_many_ways_and_shown_without_its_scheme(string written, string shown)
    {
        var path = _registry.Resolve(string.Format(written, _directory.Path));

        await path.Join("a").WriteTextAsync("x", WriteCondition.Any, Token);

        Assert.Equal(string.Format(shown, _directory.Path), path.ToString());
        Assert.Equal("x", File.ReadAllText(_directory.Path + "/state/a"));
    }

    [Fact]
    public async Task A_path_that_names_a_file_is_that_file()
    {
        File.WriteAllText(_directory.Path + "/cluster.yaml", "kind: Cluster");

        var path = _registry.Resolve(_directory.Path + "/cluster.yaml");

        Assert.Equal((_directory.Path + "/cluster.yaml", "kind: Cluster"), (path.ToString(), await path.ReadTextAsync(Token)));
    }

    [Theory]
    [InlineData("file://", "names no directory")]
    [InlineData("~/state", "$HOME")]
    [InlineData("file://~/state", "$HOME")]
    [InlineData("memfs://", "memfs://NAME")]
    [InlineData("memfs://x/../y", "..")]
    [InlineData("gopher://x", "'gopher' is unknown; known are file, memfs")]
    public void What_is_no_path_is_refused_with_the_cure(string path, string expected)
    {
        var e = Assert.Throws<StoreException>(() => _registry.Resolve(path));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_in_memory_is_one_for_each_name_and_registry()
    {
        await _registry.Resolve("memfs://one/dir/a").WriteTextAsync("x", WriteCondition.Any, Token);

        Assert.Equal("x", await _registry.Resolve("memfs://one").Join("dir", "a").ReadTextAsync(Token));
        Assert.Null(await _registry.Resolve("memfs://two/dir/a").ReadTextAsync(Token));
        Assert.Same(_registry.Resolve("memfs://one").Store, _registry.Resolve("memfs://one/other/").Store);
        Assert.Equal("memfs://one/dir/a", _registry.Resolve("memfs://one/dir/a").ToString());
        await using var another = new StoreRegistry().AddStandardStores(TimeProvider.System, _directory.Path);
        Assert.Null(await another.Resolve("memfs://one/dir/a").ReadTextAsync(Token));
    }

    [Fact]
    public void Layers_are_put_around_each_store_when_it_is_opened()
    {
        var opened = new List<string>();
        var registry = new StoreRegistry().AddStandardStores(
            TimeProvider.System,
            _directory.Path,
            store =>
            {
                opened.Add(store.Address);
                return store;
            }
        );

        registry.Resolve("memfs://x/a");
        registry.Resolve("memfs://x/b");
        registry.Resolve(_directory.Path);

        Assert.Equal(["memfs://x", _directory.Path], opened);
    }
}
