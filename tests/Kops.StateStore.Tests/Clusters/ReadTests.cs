using Kops.Api;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Clusters;

public sealed class ReadTests
{
    private readonly World _world = new();

    [Fact]
    public async Task A_hundred_clusters_cost_one_listing_and_a_hundred_reads()
    {
        for (var i = 0; i < 100; i++)
            await ClusterExample.PutAsync(_world, $"c{i:000}.example.com", "nodes");
        await _world.PutAsync("c000.example.com/backups/etcd/main/control/x", "not listed");
        var driver = new CrashDriver(_world.Memory);

        var listing = await _world.Open(driver).ListAsync();

        Assert.Equal(100, listing.Clusters.Count);
        Assert.Equal("c042.example.com", listing.Clusters[42].Name);
        Assert.Equal((1, 100, 101), (driver.Listings, driver.Reads, driver.Calls));
    }

    [Fact]
    public async Task A_cluster_with_three_groups_costs_one_listing_and_four_reads()
    {
        await ClusterExample.PutAsync(_world, groups: ["control-plane", "nodes", "spot"]);
        var driver = new CrashDriver(_world.Memory);

        var state = await ClusterExample.ReadAsync(_world.Open(driver));

        Assert.Equal(["control-plane", "nodes", "spot"], state.InstanceGroups.Select(group => group.Name));
        Assert.Equal((1, 4, 5), (driver.Listings, driver.Reads, driver.Calls));
    }

    [Fact]
    public async Task An_unreadable_cluster_is_reported_and_hides_no_other()
    {
        await ClusterExample.PutAsync(_world, "a.example.com");
        await _world.PutAsync("b.example.com/config", "kind: Clus\n  ter: [");
        await ClusterExample.PutAsync(_world, "c.example.com");

        var listing = await _world.Open().ListAsync();

        Assert.Equal(["a.example.com", "c.example.com"], listing.Clusters.Select(cluster => cluster.Name));
        var unreadable = Assert.Single(listing.Unreadable);
        Assert.Equal("b.example.com", unreadable.Name);
        Assert.Contains("memfs://state/b.example.com/config", unreadable.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_the_journal_nor_a_directory_without_config_is_a_cluster()
    {
        await ClusterExample.PutAsync(_world);
        await _world.PutAsync(".kops/history/x.json", "{}");
        await _world.PutAsync("other/file", "x");
        await _world.PutAsync("config", "x");

        var listing = await _world.Open().ListAsync();

        Assert.Equal([ClusterExample.Name], listing.Clusters.Select(cluster => cluster.Name));
        Assert.Empty(listing.Unreadable);
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_is_null() => Assert.Null(await _world.Open().ReadAsync("none.example.com"));

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData(".kops")]
    [InlineData("a\nb")]
    public async Task A_name_that_no_cluster_can_bear_is_refused_before_anything_is_read(string name)
    {
        var driver = new CrashDriver(_world.Memory);

        var error = await Assert.ThrowsAsync<StateStoreException>(() => _world.Open(driver).ReadAsync(name));

        Assert.Equal(StateErrorKind.Invalid, error.Kind);
        Assert.Equal(0, driver.Calls);
    }

    [Fact]
    public async Task A_cluster_in_a_directory_of_another_name_is_refused()
    {
        await _world.PutAsync("copy.example.com/config", ClusterExample.Cluster("demo.example.com"));

        var error = await Assert.ThrowsAsync<StateStoreException>(() => _world.Open().ReadAsync("copy.example.com"));

        Assert.Contains("'demo.example.com'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'copy.example.com'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_group_is_reported_and_hides_no_other()
    {
        await ClusterExample.PutAsync(_world, groups: ["nodes"]);
        await _world.PutAsync("demo.example.com/instancegroup/broken", "");

        var state = await ClusterExample.ReadAsync(_world.Open());

        Assert.Equal("nodes", Assert.Single(state.InstanceGroups).Name);
        Assert.Equal("broken", Assert.Single(state.Unreadable).Name);
    }

    [Fact]
    public async Task A_truncated_cluster_is_an_error_with_its_place()
    {
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster()[..40] + "\n  - {");

        var error = await Assert.ThrowsAsync<InvalidObjectException>(() => _world.Open().ReadAsync("demo.example.com"));

        Assert.Contains("memfs://state/demo.example.com/config", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_for_completion_cost_one_listing()
    {
        await ClusterExample.PutAsync(_world);
        var driver = new CrashDriver(_world.Memory);

        Assert.Equal([ClusterExample.Name], await _world.Open(driver).ListNamesAsync());
        Assert.Equal(1, driver.Calls);
    }
}
