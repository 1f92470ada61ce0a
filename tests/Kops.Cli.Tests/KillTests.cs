using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>
/// Processes that are killed at a hundred random moments of their lives. <c>KOPS_TEST_SEED</c> takes the seed that a run has printed.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private const string Pending = $".kops/pending/{Name}.json";
    private readonly Desk _desk = new();
    private readonly Random _random;

    public KillTests()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        _random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"KOPS_TEST_SEED={seed}");
    }

    [Fact]
    public async Task After_a_kill_at_any_of_a_hundred_moments_the_next_change_finds_all_or_nothing_and_who_reads_changes_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed and told apart as on Linux");
        var kops = await NativeBinary.PathOrBuiltAsync();
        var empty = _desk.PathOf("empty");
        var created = await PrepareAsync("created", empty, "create", "cluster", Name, "--zones", "us-east-1a");
        var updated = await PrepareAsync("updated", created, "update", "cluster", Name, "--yes");
        var behind = await PrepareAsync("behind", updated, "edit", "cluster", Name, "--set", "spec.channel=alpha");
        foreach (var file in (string[])["pki/private/etcd-clients-ca/keyset.yaml", "secrets/kube", "secrets/admin"])
            File.Delete(Path.Combine(behind, Name, file));

        Victim[] victims =
        [
            new(behind, 45, "update", "cluster", Name, "--yes"),
            new(created, 15, "update", "cluster", Name, "--yes"),
            new(empty, 15, "create", "cluster", Name, "--zones", "us-east-1a"),
            new(updated, 15, "edit", "cluster", Name, "--set", "spec.channel=alpha"),
            new(updated, 10, "delete", "cluster", Name, "--unregister", "--yes"),
        ];
        foreach (var victim in victims)
            await MeasureAsync(kops, victim);
        var moments = victims.SelectMany(victim => Enumerable.Range(0, victim.Moments).Select(i => (victim, i))).ToArray();
        _random.Shuffle(moments);
        var (clock, killed, tried) = (Stopwatch.StartNew(), 0, 0);
        foreach (var (victim, i) in moments)
        {
            if (await KillAsync(kops, victim, i))
                killed++;
            tried++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{tried} moments in {clock.Elapsed.TotalSeconds:0} s; {killed} processes were alive when they were killed"
        );
        Assert.True(killed * 4 >= tried, $"only {killed} of {tried} processes were alive when they were to be killed");
    }

    public void Dispose() => _desk.Dispose();

    /// <summary>
    /// Runs a command on a copy of a store, and kills it: half of the time at any moment, half of the time while it writes.
    /// </summary>
    /// <returns>Whether it was alive then.</returns>
    private async Task<bool> KillAsync(string kops, Victim victim, int i)
    {
        var store = CopyOf(victim.Template);
        using var process = Start(kops, store, victim.Command);

        // The lives are cut into equal pieces, one for each moment, so that no part of them is left out.
        var share = (i + _random.NextDouble()) / victim.Moments;
        if (i % 2 == 1)
            WaitForWriting(process, store);
        Wait(i % 2 == 0 ? victim.Life * share * 1.05 : victim.Writing * share);
        var isAlive = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await CheckAsync(store, victim);
        return isAlive;
    }

    private async Task CheckAsync(string store, Victim victim)
    {
        var (before, after, command) = (victim.Before, victim.After, victim.Command);
        var left = Files(store);
        var read = await _desk.RunAsync("get", "clusters", "--state", store);
        Assert.True(read.ExitCode is 0 or 4, read.Error);
        Assert.Equal(left, Files(store));

        // It changes nothing of its own: there is no such secret.
        var next = await _desk.RunAsync("delete", "secret", "no-such", "--name", Name, "--state", store);
        var found = Files(store);
        var isDone = found.Keys.ToHashSet().SetEquals(after.Keys) && Same(found, after, before);
        var isUndone = found.Keys.ToHashSet().SetEquals(before.Keys) && Same(found, before, after);
        var again = await _desk.RunAsync([.. command, "--state", store]);

        Assert.True(next.ExitCode is 4, next.Error);
        Assert.True(
            isDone || isUndone,
            $"{string.Join(' ', command)}: neither done nor undone: {string.Join(' ', found.Keys)}; {next.Error}"
        );
        Assert.Empty(
            Directory.Exists(Path.Combine(store, ".kops/pending")) ? Directory.GetFiles(Path.Combine(store, ".kops/pending")) : []
        );
        Assert.True(again.ExitCode == 0 || (isDone && command[0] == "delete" && again.ExitCode == 4), again.Error);
        Assert.Equal(after.Keys.Order(), Files(store).Keys.Order());

        // What is random or holds the time differs from run to run; a file that the command leaves alone, and one that only changes, must
        // be the one or the other.
        static bool Same(
            IReadOnlyDictionary<string, string> found,
            IReadOnlyDictionary<string, string> wanted,
            IReadOnlyDictionary<string, string> other
        ) => wanted.All(file => !other.ContainsKey(file.Key) || KeyText.WithoutKeys(found[file.Key]) == KeyText.WithoutKeys(file.Value));
    }

    /// <summary>Runs a command to its end, to know how long it lives, how long it writes, and what comes of it.</summary>
    private async Task MeasureAsync(string kops, Victim victim)
    {
        var store = CopyOf(victim.Template);
        victim.Before = Files(store);
        var watch = Stopwatch.StartNew();
        using var process = Start(kops, store, victim.Command);
        WaitForWriting(process, store);
        var begin = watch.Elapsed;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        (victim.Life, victim.Writing, victim.After) = (watch.Elapsed, watch.Elapsed - begin, Files(store));
    }

    private static void WaitForWriting(Process process, string store)
    {
        while (!process.HasExited && !File.Exists(Path.Combine(store, Pending)))
            Thread.Sleep(0);
    }

    // The grain of a timer is coarser than what is wanted here.
    private static void Wait(TimeSpan span)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < span)
            Thread.Sleep(0);
    }

    private Process Start(string kops, string store, string[] command)
    {
        var start = new ProcessStartInfo(kops, [.. command, "--state", store])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command on a store that is like another, and keeps what comes of it as a template.</summary>
    private async Task<string> PrepareAsync(string name, string template, params string[] command)
    {
        var store = CopyOf(template);
        var run = await _desk.RunAsync([.. command, "--state", store]);
        Assert.True(run.ExitCode == 0, run.Error);
        Directory.Move(store, _desk.PathOf(name));
        return _desk.PathOf(name);
    }

    // The store always stands at one place, since clusters say in their specs where it is.
    private string CopyOf(string template)
    {
        var copy = Directory.CreateDirectory(_desk.PathOf("store"));
        copy.Delete(recursive: true);
        copy.Create();
        if (!Directory.Exists(template))
            return copy.FullName;
        foreach (var file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(copy.FullName, Path.GetRelativePath(template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        return copy.FullName;
    }

    private static IReadOnlyDictionary<string, string> Files(string store) => DeskClusters.Snapshot(Path.Combine(store, Name));

    /// <summary>A command that is to be killed, and the store that it starts from.</summary>
    private sealed class Victim(string template, int moments, params string[] command)
    {
        public string Template => template;

        public int Moments => moments;

        public string[] Command => command;

        public TimeSpan Life { get; set; }

        public TimeSpan Writing { get; set; }

        public IReadOnlyDictionary<string, string> Before { get; set; } = new Dictionary<string, string>();

        public IReadOnlyDictionary<string, string> After { get; set; } = new Dictionary<string, string>();
    }
}
