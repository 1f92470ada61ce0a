using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Tests.Support;
using Kops.Vfs;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

public sealed class ApplyTests
{
    private readonly World _world = new();

    [Fact]
    public async Task An_empty_change_set_asks_nothing_of_the_store()
    {
        await ChangeExample.PrepareAsync(_world);
        var driver = new CrashDriver(_world.Memory);
        var changes = await ChangeExample.BuildAsync(_world.Root, [("config", "old config", FileSecrecy.Plain)]);

        Assert.True(changes.IsEmpty);
        Assert.IsType<ApplyResult.Unchanged>(await _world.Open(driver).ApplyAsync(changes));
        Assert.Equal(0, driver.Calls);
    }

    [Fact]
    public async Task A_conflict_on_the_first_file_changes_nothing_and_records_nothing()
    {
        await ChangeExample.PrepareAsync(_world);
        var changes = await ChangeExample.BuildAsync(
            _world.Root,
            [("config", "mine", FileSecrecy.Plain), ("instancegroup/nodes", "mine", FileSecrecy.Plain)]
        );
        await _world.PutAsync("demo.example.com/config", "theirs");
        var before = await _world.StateAsync();

        var conflict = Assert.IsType<ApplyResult.Conflict>(await _world.Open().ApplyAsync(changes));

        var file = Assert.Single(conflict.Files);
        Assert.Equal("memfs://state/demo.example.com/config", file.Path.ToString());
        Assert.Equal("old config", file.Read.Text);
        Assert.Equal("theirs", file.Now.Text);
        Assert.Empty(conflict.Remaining);
        Assert.Equal(before, await _world.StateAsync());
        Assert.Empty(await _world.Open().History.ListNamesAsync());
    }

    [Fact]
    public async Task A_conflict_in_the_middle_changes_back_what_was_written()
    {
        await ChangeExample.PrepareAsync(_world);
        var changes = await ChangeExample.ReversibleAsync(_world.Root);
        await _world.PutAsync("demo.example.com/addons/a.yaml", "theirs");
        var before = await _world.StateAsync();

        var conflict = Assert.IsType<ApplyResult.Conflict>(await _world.Open().ApplyAsync(changes));

        Assert.Equal("memfs://state/demo.example.com/addons/a.yaml", Assert.Single(conflict.Files).Path.ToString());
        Assert.Equal(ChangeOutcome.Undone, conflict.Outcome);
        Assert.Empty(conflict.Remaining);
        Assert.Equal(before, await _world.StateAsync());
    }

    [Fact]
    public async Task A_change_computed_from_a_file_that_was_changed_meanwhile_is_a_conflict_though_it_does_not_write_the_file()
    {
        await ChangeExample.PrepareAsync(_world);
        var path = _world.Root.Join("demo.example.com/config");
        var builder = new ChangeSetBuilder("demo.example.com", "test").Require(await Files.StoredFile.ReadAsync(path));
        builder.Write(Files.StoredFile.Absent(_world.Root.Join("demo.example.com/cluster-completed.spec")), "computed"u8.ToArray());
        await _world.PutAsync("demo.example.com/config", "theirs");

        var conflict = Assert.IsType<ApplyResult.Conflict>(await _world.Open().ApplyAsync(builder.Build()));

        Assert.Equal(path, Assert.Single(conflict.Files).Path);
        Assert.Null(await _world.GetAsync("demo.example.com/cluster-completed.spec"));
    }

    [Fact]
    public async Task A_failing_store_changes_back_what_was_written_and_says_why()
    {
        await ChangeExample.PrepareAsync(_world);
        var before = await _world.StateAsync();
        var driver = new CrashDriver(_world.Memory)
        {
            BeforeWrite = key =>
                key.EndsWith("kops-version.txt", StringComparison.Ordinal)
                    ? throw new StoreException(StoreErrorKind.QuotaExceeded, "write", key, "the disk is full")
                    : Task.CompletedTask,
        };
        var store = _world.Open(driver);

        var error = await Assert.ThrowsAsync<StoreException>(() => ApplyAsync(store));

        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await _world.StateAsync());
        Assert.DoesNotContain((await _world.JournalAsync()).Keys, key => key.StartsWith(".kops/pending/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_change_is_changed_back()
    {
        await ChangeExample.PrepareAsync(_world);
        var before = await _world.StateAsync();
        using var cancellation = new CancellationTokenSource();
        var driver = new CrashDriver(_world.Memory)
        {
            BeforeWrite = async key =>
            {
                if (key.EndsWith("addons/a.yaml", StringComparison.Ordinal))
                    await cancellation.CancelAsync();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ApplyAsync(_world.Open(driver), cancellation.Token));

        Assert.Equal(before, await _world.StateAsync());
    }

    [Fact]
    public async Task Two_secrets_are_not_replaced_in_one_change_set_since_neither_could_be_restored()
    {
        await _world.PutAsync("demo.example.com/secrets/a", "a");
        await _world.PutAsync("demo.example.com/secrets/b", "b");

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ChangeExample.BuildAsync(_world.Root, [("secrets/a", "1", FileSecrecy.Secret), ("secrets/b", "2", FileSecrecy.Secret)])
        );
    }

    [Theory]
    [InlineData("kind: Secret\nmetadata: {}\n")]
    [InlineData("a: 1\n---\nkind: Secret")]
    [InlineData("key: |\n  -----BEGIN RSA PRIVATE KEY-----\n")]
    public async Task A_manifest_with_a_secret_inside_is_not_kept_by_the_journal(string text)
    {
        var changes = await ChangeExample.BuildAsync(_world.Root, [("addons/cloud.yaml", text, FileSecrecy.Plain)]);
        Assert.IsType<ApplyResult.Applied>(await _world.Open().ApplyAsync(changes));

        Assert.Null(Assert.Single(changes.Files).TextAfter);
        Assert.DoesNotContain((await _world.JournalAsync()).Values, content => content.Contains(text, StringComparison.Ordinal));
        Assert.Equal(text, await _world.GetAsync("demo.example.com/addons/cloud.yaml"));
    }

    [Fact]
    public async Task Ordinary_manifests_are_kept()
    {
        const string text = "kind: SecretProviderClass\nresources: [secrets]\n";
        await _world.Open().ApplyAsync(await ChangeExample.BuildAsync(_world.Root, [("addons/a.yaml", text, FileSecrecy.Plain)]));

        Assert.Contains(text, (await _world.JournalAsync()).Values);
    }

    [Fact]
    public async Task Of_two_who_delete_one_file_one_has_done_it()
    {
        await ChangeExample.PrepareAsync(_world);
        var changes = await ChangeExample.BuildAsync(_world.Root, [("instancegroup/gone", null, FileSecrecy.Plain)]);
        var others = await ChangeExample.BuildAsync(_world.Root, [("instancegroup/gone", null, FileSecrecy.Plain)]);

        Assert.IsType<ApplyResult.Applied>(await _world.Open().ApplyAsync(changes));
        Assert.IsType<ApplyResult.Conflict>(await _world.Open().ApplyAsync(others));
    }

    [Fact]
    public async Task One_file_costs_its_write_and_eight_calls_of_the_journal()
    {
        await ChangeExample.PrepareAsync(_world);
        var driver = new CrashDriver(_world.Memory);
        var store = _world.Open(driver);
        var changes = await ChangeExample.BuildAsync(store.Root, [("config", "new", FileSecrecy.Plain)]);
        var reads = driver.Calls;

        await store.ApplyAsync(changes);

        // Contents before and after, the pending record, whether the cluster has moved (which commands asked before), the number of the
        // change (a listing), the file, its outcome, the history, and the pending record's end.
        Assert.Equal(6, driver.Writes);
        Assert.Equal(1, driver.Deletes);
        Assert.Equal(1, driver.Listings);
        Assert.Equal(reads + 9, driver.Calls);
    }

    private static async Task<ApplyResult> ApplyAsync(ClusterStore store, CancellationToken cancellationToken = default) =>
        await store.ApplyAsync(await ChangeExample.ReversibleAsync(store.Root), cancellationToken);
}
