using System.Diagnostics;
using Kops.Cli.Tests.Stores;
using Kops.Cli.Tests.Support;
using Kops.StateStore.Changes.Journal;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>The file system, which many processes of one machine share.</summary>
public sealed class FileRaces(TestServers servers) : StoreRaces
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

    /// <summary>
    /// With <c>hidepid</c>, <c>/proc</c> shows nobody the processes of others. Who may reach the files and is another user sees that the
    /// writer's process is not there, and must not believe it.
    /// </summary>
    [Fact]
    public async Task A_living_writer_whom_the_system_hides_is_not_taken_over()
    {
        Assert.SkipUnless(await CanHideAsync(), "needs Linux and root, to mount /proc with hidepid=2 for one process");
        var store = await CreateAsync();
        await SetUpAsync(store);
        for (var i = 0; i < Races; i++)
        {
            var command = $"edit cluster {Name} --set spec.cloudLabels.first={i}";
            var slow = Describe(store, command);
            // The native one would have ended before it is stopped.
            slow.FileName = NativeBinary.Built;
            using var writer = Process.Start(slow)!;
            var error = writer.StandardError.ReadToEndAsync(Token);
            _ = writer.StandardOutput.ReadToEndAsync(Token);
            if (await WaitForPendingAsync(store, writer) is not { } held)
                continue;
            await SignalAsync(writer, "STOP");
            using var other = Process.Start(Hidden(Describe(store, $"edit cluster {Name} --set spec.cloudLabels.second={i} -v 4")))!;
            _ = other.StandardOutput.ReadToEndAsync(Token);
            var (looks, told) = (0, string.Empty);
            while (looks < 8 && await other.StandardError.ReadLineAsync(Token) is { } line)
            {
                told += line + "\n";
                looks +=
                    line.Contains("read", StringComparison.Ordinal) && line.Contains(".kops/pending", StringComparison.Ordinal) ? 1 : 0;
            }

            var stands = await WithStateAsync(store, state => state.FindPendingAsync(Name, Token));
            await SignalAsync(writer, "CONT");
            told += await other.StandardError.ReadToEndAsync(Token);
            await Task.WhenAll(writer.WaitForExitAsync(Token), other.WaitForExitAsync(Token));

            Assert.True(looks == 8, told);
            Assert.Equal((held, null), (stands?.Record?.Name, stands?.Record?.RecoveredBy));
            Assert.Equal(0, writer.ExitCode);
            Assert.True(other.ExitCode is 0 or 3, told + await error);
        }
    }

    protected override ValueTask<StoreAtHand> CreateAsync() => new(servers.CreateStoreAsync("file", Desk));

    private async Task<string?> WaitForPendingAsync(StoreAtHand store, Process writer)
    {
        while (!writer.HasExited)
        {
            if (await WithStateAsync(store, state => state.FindPendingAsync(Name, Token)) is { Record: { } record })
                return record.Name;
        }

        return null;
    }

    private static async Task<bool> CanHideAsync() =>
        OperatingSystem.IsLinux()
        && File.Exists("/usr/bin/unshare")
        && File.Exists("/usr/bin/setpriv")
        && (await Hidden(new ProcessStartInfo("true")).RunAsync()).ExitCode == 0;

    /// <summary>The same as another user, who may reach every file and sees no process of others.</summary>
    private static ProcessStartInfo Hidden(ProcessStartInfo start)
    {
        const string As = "setpriv --reuid=65534 --inh-caps=+dac_override,+fowner --ambient-caps=+dac_override,+fowner";
        var hidden = new ProcessStartInfo(
            "unshare",
            ["-m", "sh", "-c", $"mount -t proc -o hidepid=2 proc /proc && exec {As} \"$@\"", "sh", start.FileName, .. start.ArgumentList]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in start.Environment)
            hidden.Environment[name] = value;
        return hidden;
    }

    private static IEnumerable<string> Titles(IEnumerable<ChangeRecord> history) =>
        history.Select(record => record.Title.Split('=')[^1]).SkipLast(1);

    /// <summary>A clock that goes wrong by so much.</summary>
    private sealed class ClockOf(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
