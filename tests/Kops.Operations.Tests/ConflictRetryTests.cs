using Kops.Operations.Clusters;
using Kops.Operations.Events;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Changes;

namespace Kops.Operations.Tests;

/// <summary>What met somebody else's change is done again a few times, from what then stands there.</summary>
public sealed class ConflictRetryTests : IAsyncDisposable
{
    private readonly Stores _stores = new();
    private readonly List<TimeSpan> _pauses = [];

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ConflictRetry.Most)]
    public async Task It_is_done_once_nobody_was_faster(int others)
    {
        var session = Begin();
        await Draft.CreateAsync(session);
        var attempts = 0;

        Assert.True(await ConflictRetry.RunAsync(session, token => EditAsync(session, isBeaten: attempts++ < others, token)));

        Assert.Equal(others + 1, attempts);
        Assert.Equal(others, _pauses.Count);
        Assert.Equal(
            others,
            _stores.Told.OfType<Advice>().Count(advice => advice.Message.Contains("read afresh", StringComparison.Ordinal))
        );
        var spec = (await session.ReadClusterAsync(Stores.Cluster)).Cluster.Value.Spec;
        Assert.Equal("alpha", spec.Channel);
        Assert.Equal(others == 0 ? null : $"key-{others}", spec.SshKeyName);
    }

    [Fact]
    public async Task Who_is_beaten_each_time_is_told_so_after_five_more_and_changes_nothing()
    {
        var session = Begin();
        await Draft.CreateAsync(session);
        var attempts = 0;

        await Assert.ThrowsAsync<ChangeConflictException>(() =>
            ConflictRetry.RunAsync(
                session,
                token =>
                {
                    attempts++;
                    return EditAsync(session, isBeaten: true, token);
                }
            )
        );

        Assert.Equal(ConflictRetry.Most + 1, attempts);
        Assert.Equal(ConflictRetry.Most, _pauses.Count);
        Assert.Equal("stable", (await session.ReadClusterAsync(Stores.Cluster)).Cluster.Value.Spec.Channel);
    }

    [Fact]
    public async Task What_left_something_behind_and_what_failed_otherwise_is_not_done_again()
    {
        var session = Begin();
        var attempts = 0;
        Exception[] ends =
        [
            new ChangeConflictException(new ApplyResult.Conflict([], ChangeOutcome.Undone, ["a file"])),
            new ChangeConflictException(new ApplyResult.Conflict([], ChangeOutcome.Applied, [])),
            OperationException.Conflict("it has moved"),
            OperationException.Failed("a guard"),
        ];

        foreach (var end in ends)
            Assert.Same(
                end,
                await Assert.ThrowsAnyAsync<Exception>(() =>
                    ConflictRetry.RunAsync<bool>(
                        session,
                        _ =>
                        {
                            attempts++;
                            throw end;
                        }
                    )
                )
            );

        Assert.Equal(ends.Length, attempts);
        Assert.Empty(_pauses);
    }

    private ClusterSession Begin() =>
        new(_stores.Open(_stores.Root), TimeProvider.System, "a test")
        {
            Tell = _stores.Told.Add,
            Pause = (pause, _) =>
            {
                _pauses.Add(pause);
                return Task.CompletedTask;
            },
        };

    private async Task<bool> EditAsync(ClusterSession session, bool isBeaten, CancellationToken cancellationToken)
    {
        var state = await session.ReadClusterAsync(Stores.Cluster, cancellationToken);
        var mine = state.Cluster.Copy();
        mine.Spec.Channel = "alpha";
        var changes = await EditCluster.PlanAsync(session, state, mine, cancellationToken);
        if (isBeaten)
        {
            var theirs = state.Cluster.Copy();
            theirs.Spec.SshKeyName = $"key-{_pauses.Count + 1}";
            await session.ApplyAsync(await EditCluster.PlanAsync(session, state, theirs, cancellationToken), cancellationToken);
        }

        return await session.ApplyAsync(changes, cancellationToken);
    }
}
