using Kops.Operations.Bundles;
using Kops.Operations.Clusters;
using Kops.Operations.History;
using Kops.Operations.Moves;
using Kops.Operations.Secrets;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Tests.Clusters;

/// <summary>A store that was copied by other means still names the original: no change of the copy may reach the original.</summary>
public sealed class Copied_clusters_are_left_alone : IAsyncDisposable
{
    private const string Name = Stores.Cluster;
    private readonly Stores _stores = new();

    private VfsPath There => _stores.At("memfs://copied");

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task An_archive_of_a_copy_beside_its_original_would_mix_the_two_and_is_not_made()
    {
        await CopyAsync();
        var file = _stores.PathOf("archive");

        var refused = await Assert.ThrowsAsync<OperationException>(() =>
            ExportCluster.RunAsync(_stores.Begin(There), Name, file, new ExportOptions(), new TransferMeter())
        );

        Assert.Contains("an archive would mix the files of both", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Whatever_changes_a_copy_refuses_and_says_how_to_go_on()
    {
        await CopyAsync();
        var before = await Stores.ReadAllAsync(_stores.Root);
        var session = _stores.Begin(There);
        var state = await session.ReadClusterToChangeAsync(Name);
        var changed = state.Cluster.Copy();
        changed.Spec.Channel = "alpha";

        Func<Task>[] changes =
        [
            () => UpdateCluster.PlanAsync(session, state),
            () => DeleteCluster.PlanAsync(session, state, unregister: true),
            () => EditCluster.PlanAsync(session, state, changed),
            () => CreateSecret.PlanAsync(session, state, "one", new byte[1]),
        ];

        foreach (var change in changes)
        {
            var refused = await Assert.ThrowsAsync<OperationException>(change);
            Assert.Equal(OperationErrorKind.Conflict, refused.Kind);
            Assert.Contains($"names {_stores.Root.Join(Name)}", refused.Message, StringComparison.Ordinal);
            Assert.Contains("kops state move", refused.Message, StringComparison.Ordinal);
            Assert.Contains($"--set spec.configBase={There.Join(Name)}", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await Stores.ReadAllAsync(_stores.Root));
    }

    [Fact]
    public async Task A_copy_that_is_given_files_of_its_own_is_a_cluster_like_any_other()
    {
        await CopyAsync();
        var before = await Stores.ReadAllAsync(_stores.Root);
        var session = _stores.Begin(There);
        var state = await session.ReadClusterToChangeAsync(Name);
        var own = state.Cluster.Copy();
        own.Spec.ConfigBase = There.Join(Name).ToString();

        await session.ApplyAsync(await EditCluster.PlanAsync(session, state, own));
        await UpdateCluster.ApplyAsync(session, await UpdateCluster.PlanAsync(session, await session.ReadClusterToChangeAsync(Name)));
        await session.ApplyAsync(await DeleteCluster.PlanAsync(session, await session.ReadClusterToChangeAsync(Name), unregister: true));

        Assert.Empty(await Stores.ReadAllAsync(There));
        Assert.Equal(before, await Stores.ReadAllAsync(_stores.Root));
    }

    [Fact]
    public async Task Keys_below_the_original_make_a_copy_too()
    {
        await CopyAsync();
        var config = There.Join(Name, "config");
        var text = (await config.ReadTextAsync())!;
        await config.WriteTextAsync(
            text.Replace($"configBase: {_stores.Root.Join(Name)}", $"configBase: {There.Join(Name)}", StringComparison.Ordinal)
                .Replace(
                    "  kubernetesVersion:",
                    $"  keyStore: {_stores.Root.Join(Name, "pki")}\n  kubernetesVersion:",
                    StringComparison.Ordinal
                ),
            WriteCondition.Any
        );
        var session = _stores.Begin(There);

        await Assert.ThrowsAsync<OperationException>(async () =>
            await DeleteCluster.PlanAsync(session, await session.ReadClusterToChangeAsync(Name), unregister: true)
        );
    }

    [Fact]
    public async Task A_copy_is_not_moved()
    {
        await CopyAsync();
        var elsewhere = _stores.Open(_stores.At("memfs://elsewhere"));

        var refused = await Assert.ThrowsAsync<StateStoreException>(() =>
            new MoveClusters(_stores.Begin(There), elsewhere, _stores.Author).PlanAsync(Name)
        );

        Assert.Contains($"names {_stores.Root.Join(Name)}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"--set spec.configBase={There.Join(Name)}", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await Stores.ReadAllAsync(elsewhere.Root));
    }

    [Fact]
    public async Task What_the_history_of_a_copy_tells_is_not_undone_there()
    {
        await CopyAsync(withHistory: true);
        var session = _stores.Begin(There);
        var last = (await session.State.History.ListNamesAsync(Name))[0];
        var change = (await session.State.History.FindAsync(last.Id, Name))!;

        var refused = await Assert.ThrowsAsync<OperationException>(() => UndoChange.PlanAsync(session, change));

        Assert.Equal("update cluster", change.Record.Title);
        Assert.Contains("is a copy", refused.Message, StringComparison.Ordinal);
    }

    private async Task CopyAsync(bool withHistory = false)
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        session = new ClusterSession(session.State, TimeProvider.System, "update cluster");
        await UpdateCluster.ApplyAsync(session, await UpdateCluster.PlanAsync(session, state));
        foreach (var (key, text) in await Stores.ReadAllAsync(_stores.Root))
            await There.Join(key.TrimStart('/')).WriteTextAsync(text, WriteCondition.Any);
        if (!withHistory)
            return;
        var kept = _stores.Root.Join(".kops");
        await foreach (var entry in kept.ListTreeAsync())
            await There
                .Join(".kops")
                .Join(entry.Path.RelativeTo(kept)!)
                .WriteTextAsync((await entry.Path.ReadTextAsync())!, WriteCondition.Any);
    }
}
