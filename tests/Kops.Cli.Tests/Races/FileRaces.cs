using Kops.Cli.Tests.Stores;
using Kops.StateStore.Changes.Journal;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>The file system, which many processes of one machine share.</summary>
public sealed class FileRaces : StoreRaces
{
    /// <summary>Ids are numbers that a cluster gives; what time it is where somebody works changes nothing.</summary>
    [Fact]
    public async Task Clocks_that_differ_by_hours_leave_the_order_of_ids_that_of_changes()
    {
        var store = await CreateAsync();
        await SetUpAsync(store);
        double[] hours = [0, -5, 3, -1, 2];
        foreach (var (ahead, i) in hours.Select((ahead, i) => (ahead, i)))
        {
            Desk.Time = new ClockOf(TimeSpan.FromHours(ahead));
            var run = await Desk.RunAsync("edit", "cluster", Name, "--set", $"spec.channel={Channel(i)}", "--state", store.Address);
            Assert.True(run.ExitCode == 0, run.Error);
        }

        var history = await HistoryAsync(store, Name);
        Assert.Equal([.. Enumerable.Range(0, hours.Length).Reverse().Select(Channel)], Titles(history));
        Assert.Equal(history.Select(record => record.Id).OrderDescending(StringComparer.Ordinal), history.Select(record => record.Id));
        var told = await Desk.RunAsync("history", Name, "--state", store.Address);
        Assert.Equal(
            history.Select(record => record.Id),
            told.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(['\t', ' '])[0])
        );
    }

    protected override ValueTask<StoreAtHand> CreateAsync() =>
        new(new StoreAtHand("file://" + Desk.PathOf("state"), new Dictionary<string, string>()) { Profile = string.Empty });

    private static IEnumerable<string> Titles(IEnumerable<ChangeRecord> history) =>
        history.Select(record => record.Title.Split('=')[^1]).SkipLast(1);

    /// <summary>A clock that goes wrong by so much.</summary>
    private sealed class ClockOf(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
