using System.Diagnostics;
using System.Globalization;
using Kops.Cli.Tests.Stores;
using Kops.Cli.Tests.Support;
using Kops.StateStore;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>
/// People at one store, each a process, and somebody on another machine, who is this process. Each race is run as often as
/// <c>KOPS_TEST_RACES</c> says, else a few times.
/// </summary>
public abstract class RaceTests : IDisposable
{
    private protected const string Name = DeskClusters.Name;
    private static readonly TimeSpan ShortLease = TimeSpan.FromMilliseconds(400);

    private protected Desk Desk { get; } = new();

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected int Races => int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_RACES"), out var races) ? races : AFew;

    /// <summary>How often a race is run where nobody says how often.</summary>
    private protected virtual int AFew => 3;

    public void Dispose()
    {
        Desk.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    private protected async Task SetUpAsync(StoreAtHand store) =>
        Assert.Equal(0, (await RunAsync(store, $"create cluster {Name} --cloud aws --zones us-east-1a")).ExitCode);

    private protected async Task<KopsRun> RunAsync(StoreAtHand store, string command) => await Describe(store, command).RunAsync();

    private protected ProcessStartInfo Describe(StoreAtHand store, string command)
    {
        var start = new ProcessStartInfo(NativeBinary.AtHand, [.. command.Split(' '), "--state", store.Address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Desk.Environment.Concat(store.Environment))
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Changes the channel as somebody does whose process knows no other.</summary>
    private protected Task<ApplyResult> EditAsync(StoreAtHand store, string cluster, int i) =>
        WithStateAsync(
            store,
            async state =>
            {
                await state.RecoverAsync(cluster, Token);
                var read = (await state.ReadAsync(cluster, Token))!;
                var changed = read.Cluster.Copy();
                changed.Spec.Channel = Channel(i);
                return await state.ApplyAsync(state.Change(read, "edit by another").ReplaceCluster(read.Cluster, changed).Build(), Token);
            }
        );

    private protected static string Channel(int i) => string.Create(CultureInfo.InvariantCulture, $"channel-{i}");

    private protected Task<string?> ChannelAsync(StoreAtHand store, string cluster) =>
        WithStateAsync(store, async state => (await state.ReadAsync(cluster, Token))!.Cluster.Value.Spec.Channel);

    private protected Task<List<ChangeRecord>> HistoryAsync(StoreAtHand store, string cluster) =>
        WithStateAsync(store, async state => await state.History.ListAsync(cluster, Token).ToListAsync(Token));

    private protected Task<IReadOnlyList<RecoveredChange>> PendingAsync(StoreAtHand store) =>
        WithStateAsync(store, state => state.ListPendingAsync(Token));

    private protected async Task<T> WithStateAsync<T>(StoreAtHand store, Func<ClusterStore, Task<T>> use)
    {
        foreach (var (name, value) in store.Environment)
            Desk.Environment[name] = value;
        await using var stores = Desk.OpenStores();
        var author = new ChangeAuthor("another", "elsewhere", "a program", "kops 0");
        var options = new JournalOptions { Lease = ShortLease, Poll = TimeSpan.FromMilliseconds(50) };
        return await use(new ClusterStore(stores.Resolve(store.Address), stores, TimeProvider.System, author, null, options));
    }

    private protected static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }
}
