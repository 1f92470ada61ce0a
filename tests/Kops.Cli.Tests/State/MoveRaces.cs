using System.Diagnostics;
using System.Globalization;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>
/// Whole processes that move a cluster while others edit it. <c>KOPS_TEST_RACES</c> says how often; a few times without.
/// </summary>
public abstract class MoveRaces : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    /// <summary>How often each race is run.</summary>
    protected static int Races { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_RACES"), NumberStyles.None, CultureInfo.InvariantCulture, out var races)
            ? races
            : 2;

    private protected Desk Desk => _desk;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A store that holds nothing yet.</summary>
    protected abstract Task<string> NewStoreAsync();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _desk.Dispose();

    [Fact]
    public async Task Of_edits_beside_a_move_each_is_at_the_new_place_or_its_editor_was_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are told apart as on Linux");
        var (acknowledged, told) = (0, 0);
        for (var race = 0; race < Races; race++)
        {
            var (old, @new) = (await NewStoreAsync(), await NewStoreAsync());
            await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a", "--state", old);
            await DoneAsync("update", "cluster", Name, "--yes", "--state", old);
            using var ended = new CancellationTokenSource();
            var editors = Enumerable.Range(0, 2).Select(editor => EditAsync(old, editor, ended.Token)).ToArray();
            await Task.Delay(race % 10 * 50, Token);
            var move = await Start("state", "move", Name, "--to", @new, "--yes", "--state", old).RunAsync();
            await ended.CancelAsync();
            var edits = await Task.WhenAll(editors);
            Assert.True(move.ExitCode == 0, move.Error);

            var cluster = await _desk.RunAsync("get", "cluster", Name, "-o", "yaml", "--state", @new);
            foreach (var (editor, (last, refused)) in edits.Index())
            {
                (acknowledged, told) = (acknowledged + last, told + refused);
                if (last > 0)
                    Assert.True(
                        cluster.Out.Contains($"editor{editor}: \"{last}\"", StringComparison.Ordinal),
                        $"race {race}: edit {last} of editor {editor} was acknowledged and is not at the new place:\n{cluster.Out}"
                    );
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Races} moves: {acknowledged} edits made, {told} refused, none lost");
    }

    [Fact]
    public async Task A_cluster_that_was_made_at_the_new_place_of_a_killed_move_is_not_touched_when_the_move_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        var killed = 0;
        for (var race = 0; killed < Races; race++)
        {
            Assert.True(race < 20 * Races, "no move was killed while it copied");
            var (old, @new, other) = (await NewStoreAsync(), await NewStoreAsync(), await NewStoreAsync());
            await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a", "--state", old);
            await DoneAsync("update", "cluster", Name, "--yes", "--state", old);
            await DoneAsync("create", "cluster", Name, "--zones", "us-east-1b", "--state", other);
            await DoneAsync("update", "cluster", Name, "--yes", "--state", other);
            string[] move = ["state", "move", Name, "--to", @new, "--yes", "--state", old];
            using (var process = Process.Start(Redirected(Start(move)))!)
            {
                while (!process.HasExited && !(await FilesAsync(@new)).Any(file => !file.Contains(".kops/", StringComparison.Ordinal)))
                    await Task.Delay(1, Token);
                process.Kill();
                await process.WaitForExitAsync(Token);
            }

            if ((await FilesAsync(@new)).Any(file => file.EndsWith($"{Name}/config", StringComparison.Ordinal)))
                continue;
            killed++;

            // This program keeps the place free. Another one, kOps, does not know.
            var create = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1b", "--state", @new);
            Assert.True(create.ExitCode == 3, create.Error);
            Assert.Contains($"on its way from {old}", create.Error, StringComparison.Ordinal);
            await DoneAsync("state", "copy", $"{other}/{Name}", $"{@new}/{Name}");
            var theirs = await HashesAsync(@new);
            var again = await _desk.RunAsync(move);
            Assert.True(again.ExitCode == 3, again.Error);
            Assert.Equal(theirs, await HashesAsync(@new));
            await DoneAsync("get", "cluster", Name, "--state", old);
        }
    }

    private protected ProcessStartInfo Start(params string[] command)
    {
        var start = new ProcessStartInfo(NativeBinary.AtHand, command);
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        return start;
    }

    private protected async Task DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}");
    }

    private static ProcessStartInfo Redirected(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return start;
    }

    /// <summary>Edits again and again, each time a label of its own; gives the last edit that was acknowledged.</summary>
    private async Task<(int Last, int Refused)> EditAsync(string store, int editor, CancellationToken ended)
    {
        var (last, refused) = (0, 0);
        for (var edit = 1; !ended.IsCancellationRequested; edit++)
        {
            var run = await Start("edit", "cluster", Name, "--set", $"spec.cloudLabels.editor{editor}={edit}", "--state", store).RunAsync();
            Assert.True(run.ExitCode is 0 or 3, run.Error);
            (last, refused) = run.ExitCode == 0 ? (edit, refused) : (last, refused + 1);
            if (run.Error.Contains("has moved to", StringComparison.Ordinal) && run.ExitCode == 3)
                break;
        }

        return (last, refused);
    }

    private async Task<IReadOnlyList<string>> FilesAsync(string store) =>
        (await _desk.RunAsync("state", "ls", "--recursive", store)).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> HashesAsync(string store) => (await _desk.RunAsync("state", "hash", $"{store}/{Name}")).Out;
}
