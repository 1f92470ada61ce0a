using System.Diagnostics;
using Kops.Cli.Tests.Stores;
using Kops.StateStore.Changes;
using Kops.Vfs.Conformance.Faults;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>A bucket, whose versions are digests of what is written.</summary>
public sealed class CephRaces(TestServers servers) : StoreRaces
{
    /// <summary>The proxy lets one request wait until another has taken the change over, made one of its own and was told so.</summary>
    [Fact]
    public async Task A_request_that_was_held_back_for_longer_than_a_lease_takes_nothing_back_and_its_sender_is_told_the_truth()
    {
        var store = await CreateAsync();
        var (taken, done) = (0, 0);
        for (var i = 0; i < Races; i++)
        {
            var cluster = $"h{i}.example.com";
            Assert.Equal(0, (await RunAsync(store, $"create cluster {cluster} --cloud aws --zones us-east-1a")).ExitCode);
            var (held, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
            await using var proxy = new FaultProxy(new Uri(store.Environment["S3_ENDPOINT"]), static _ => Fault.None)
            {
                BeforeRequest = async line =>
                {
                    if (
                        !line.StartsWith("PUT ", StringComparison.Ordinal) || !line.Contains($"/{cluster}/config", StringComparison.Ordinal)
                    )
                        return;
                    held.TrySetResult();
                    await goOn.Task;
                },
            };
            var behind = store with
            {
                Environment = store.Environment.ToDictionary(
                    variable => variable.Key,
                    variable => variable.Key == "S3_ENDPOINT" ? proxy.Address.ToString().TrimEnd('/') : variable.Value
                ),
            };
            using var late = Process.Start(Describe(behind, $"edit cluster {cluster} --set spec.sshAccess=10.9.0.0/16"))!;
            var error = late.StandardError.ReadToEndAsync(Token);
            _ = late.StandardOutput.ReadToEndAsync(Token);
            await Task.WhenAny(held.Task, late.WaitForExitAsync(Token));
            Assert.False(late.HasExited, late.HasExited ? await error : string.Empty);

            var told = await EditAsync(store, cluster, i);
            goOn.SetResult();
            await late.WaitForExitAsync(Token);

            Assert.IsType<ApplyResult.Applied>(told);
            Assert.Equal(Channel(i), await ChannelAsync(store, cluster));
            var mine = (await HistoryAsync(store, cluster)).SingleOrDefault(record =>
                record.Title.StartsWith("edit cluster", StringComparison.Ordinal)
            );
            Assert.True((mine?.Outcome is ChangeOutcome.Applied) == (late.ExitCode == 0), await error);
            Assert.Empty(await PendingAsync(store));
            taken += mine?.RecoveredBy is null ? 0 : 1;
            done += late.ExitCode == 0 ? 1 : 0;
        }

        Tell($"of {Races} whose request was held back {taken} were taken over, and {done} were told that their change was made");
    }

    protected override ValueTask<StoreAtHand> CreateAsync() => new(servers.CreateStoreAsync("s3", Desk));
}
