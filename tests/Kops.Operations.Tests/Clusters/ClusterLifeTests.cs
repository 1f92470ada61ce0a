using Kops.Operations.Tests.Support;

namespace Kops.Operations.Tests.Clusters;

/// <summary>Everything that the command line does to a cluster, a program can.</summary>
public sealed class ClusterLifeTests : IAsyncDisposable
{
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_program_takes_a_cluster_from_its_creation_to_its_deletion()
    {
        var (here, there) = (_stores.Open(_stores.Root), _stores.Open(_stores.At("memfs://there")));
        var files = new Dictionary<string, (int Here, int There)>();

        await ClusterLife.RunAsync(
            here,
            there,
            _stores.Registry,
            _stores.Author,
            async step => files[step] = ((await Stores.ReadAllAsync(here.Root)).Count, (await Stores.ReadAllAsync(there.Root)).Count)
        );

        Assert.True(files["create"].Here > 0);
        Assert.Equal(files["create"], files["edit"]);
        Assert.True(files["update"].Here > files["edit"].Here);
        Assert.Equal((0, files["update"].Here), files["move"]);
        Assert.Equal((0, 0), files["delete"]);
    }

    [Fact]
    public async Task Each_step_is_recorded_with_the_title_that_the_program_gives()
    {
        var (here, there) = (_stores.Open(_stores.Root), _stores.Open(_stores.At("memfs://there")));

        await ClusterLife.RunAsync(here, there, _stores.Registry, _stores.Author, static _ => Task.CompletedTask);

        var titles = new List<string>();
        await foreach (var change in here.History.ListAsync(ClusterLife.Name))
            titles.Add(change.Title);
        Assert.Equal(3, titles.Count(title => title == "a program"));
    }
}
