using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Changes.Moves.Records;
using Kops.Vfs;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>
/// Processes that move a cluster, and are killed at fifty random moments: there is a complete, valid cluster each time, and another machine
/// goes
/// on to the same end. <c>KOPS_TEST_SEED</c> takes the seed that a run has printed.
/// </summary>
public sealed class MoveKillTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private const int Moments = 50;
    private readonly Desk _desk = new();
    private readonly Desk _elsewhere = new();
    private readonly Random _random;
    private string _kops = string.Empty;

    public MoveKillTests()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        _random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"KOPS_TEST_SEED={seed}");
    }

    private string Old => _desk.PathOf("old");

    private string New => _desk.PathOf("new");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _desk.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task Killed_at_any_of_fifty_moments_a_move_leaves_a_complete_cluster_and_another_machine_ends_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed and told apart as on Linux");
        // Not the native program: the longer it takes, the more moments there are.
        _kops = NativeBinary.Built;
        await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a", "--state", Old);
        await DoneAsync("update", "cluster", Name, "--yes", "--state", Old);
        for (var i = 0; i < 100; i++)
            _desk.Write($"old/{Name}/backups/etcd/main/{i:d6}/etcd.backup.gz", new string('x', 10_000));
        Keep(Old, "unmoved");
        var whole = DeskClusters.Snapshot(Path.Combine(Old, Name));

        string[] move = ["state", "move", Name, "--state", Old, "--to", New, "--yes"];
        string[] finish = ["state", "move", Name, "--state", Old, "--finish", "--yes"];
        var moving = await LifeAsync(move);
        var moved = DeskClusters.Snapshot(Path.Combine(New, Name));
        await DoneAsync("update", "cluster", Name, "--yes", "--state", New);
        Keep(Old, "moved-old");
        Keep(New, "moved-new");
        var updated = DeskClusters.Snapshot(Path.Combine(New, Name));
        var finishing = await LifeAsync(finish);

        var killed = 0;
        for (var i = 0; killed < Moments; i++)
        {
            Assert.True(i < 4 * Moments, $"only {killed} of {i} processes were alive when they were to be killed");

            // Four in five while it moves, the others while it removes the old files; every second one at any time, the others once so many
            // files are done.
            var (isMove, byTime) = (i % 5 != 4, i % 2 == 0);
            Restore(isMove ? "unmoved" : "moved-old", Old);
            Restore(isMove ? "none" : "moved-new", New);
            var expected = isMove ? moved : updated;
            var (command, (begin, life)) = isMove ? (move, moving) : (finish, finishing);
            var wanted = _random.Next(expected.Count + 1);
            var isAlive = await KillAsync(
                command,
                () => byTime || (isMove ? FilesIn(New) : whole.Count - FilesIn(Old)) >= wanted,
                (byTime ? life : (life - begin) / 4) * _random.NextDouble()
            );
            if (!isAlive)
                continue;
            killed++;

            var (isWhole, isThere) = (Same(whole, Old), Same(expected, New));
            Assert.True(isWhole || isThere, $"moment {i}: no complete cluster is left");
            var place = isWhole ? Old : New;
            await DoneAsync("get", "all", "--name", Name, "--state", place);
            await DoneAsync("update", "cluster", Name, "--state", place);

            var end = await RunElsewhereAsync(isMove ? move : finish);
            Assert.True(end.ExitCode == 0 || IsOver(end, isMove), $"moment {i}: {end.Error}");
            Assert.True(Same(expected, New), $"moment {i}: the end differs");
            if (isMove)
            {
                Assert.True(Same(whole, Old), $"moment {i}: the old files have changed");
                Assert.StartsWith("Moved", await RecordAsync(), StringComparison.Ordinal);
            }
            else
            {
                Assert.Empty(DeskClusters.Snapshot(Path.Combine(Old, Name)));
            }
        }
    }

    private static int FilesIn(string store) =>
        Directory.Exists(Path.Combine(store, Name))
            ? Directory
                .EnumerateFiles(
                    Path.Combine(store, Name),
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }
                )
                .Count()
            : 0;

    /// <summary>It had ended before it was killed, and says so.</summary>
    private static bool IsOver(KopsRun run, bool isMove) =>
        run.Error.Contains(isMove ? "has moved to" : "is waiting to be finished", StringComparison.Ordinal);

    private static bool Same(IReadOnlyDictionary<string, string> expected, string store)
    {
        var found = DeskClusters.Snapshot(Path.Combine(store, Name));
        return found.Count == expected.Count && expected.All(file => found.TryGetValue(file.Key, out var text) && text == file.Value);
    }

    /// <summary>Runs a command to its end, to know how long it lives, and from when on it works.</summary>
    private async Task<(TimeSpan Begin, TimeSpan Life)> LifeAsync(string[] command)
    {
        var record = await RecordAsync();
        var watch = Stopwatch.StartNew();
        var running = Start(command).RunAsync();
        while (!running.IsCompleted && await RecordAsync() == record)
            await Task.Delay(1, Token);
        var begin = watch.Elapsed;
        var run = await running;
        Assert.True(run.ExitCode == 0, run.Error);
        return (begin, watch.Elapsed);
    }

    /// <summary>Runs a command and kills it a while after something has come about; says whether it was alive then.</summary>
    private async Task<bool> KillAsync(string[] command, Func<bool> hasBegun, TimeSpan after)
    {
        var start = Start(command);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        while (!process.HasExited && !hasBegun())
            Thread.Sleep(0);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < after && !process.HasExited)
            Thread.Sleep(0);
        process.Kill();
        await process.WaitForExitAsync(Token);

        // Whoever ends by itself has an exit code of its own.
        return process.ExitCode == 128 + 9;
    }

    /// <summary>
    /// Runs a command as another machine would: another home, and another name of the machine. Where a change was being written that
    /// machine could not
    /// tell that its writer is dead, and would wait until its lease is over; that is tried where time can be made to pass.
    /// </summary>
    private Task<KopsRun> RunElsewhereAsync(string[] command)
    {
        var start = Start(command);
        start.Environment["HOME"] = _elsewhere.Home;
        var isBusy = new[] { Old, New }.Any(store =>
            Directory.Exists(Path.Combine(store, ".kops/pending")) && Directory.EnumerateFiles(Path.Combine(store, ".kops/pending")).Any()
        );
        if (isBusy || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/unshare"))
            return start.RunAsync();
        var other = new ProcessStartInfo(
            "/usr/bin/unshare",
            ["--uts", "sh", "-c", "hostname elsewhere; exec \"$@\"", "sh", start.FileName, .. start.ArgumentList]
        );
        foreach (var (name, value) in start.Environment)
            other.Environment[name] = value;
        return other.RunAsync();
    }

    /// <summary>How far the move is, as the store that it leaves remembers it.</summary>
    private async Task<string> RecordAsync() =>
        await MoveRecords.FindAsync(OldRoot(), Name, Token) is { } record ? $"{record.Status} {record.Changed:O}" : string.Empty;

    private VfsPath OldRoot() => new Store(Old, new FileStoreDriver(Old, Old, TimeProvider.System)).Root;

    private ProcessStartInfo Start(string[] command)
    {
        var start = new ProcessStartInfo(_kops, command);
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        return start;
    }

    private void Keep(string store, string name) => Copy(store, _desk.PathOf(name));

    private void Restore(string name, string store)
    {
        if (Directory.Exists(store))
            Directory.Delete(store, recursive: true);
        if (Directory.Exists(_desk.PathOf(name)))
            Copy(_desk.PathOf(name), store);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}");
    }
}
