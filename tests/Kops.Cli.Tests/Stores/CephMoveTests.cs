using System.Collections.Concurrent;
using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Conformance.Faults;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// Moves between buckets of a real server: by hand and by one command, over a network that breaks, and out of a store that is full.
/// </summary>
public sealed class CephMoveTests(TestServers servers) : IAsyncLifetime
{
    private const string Cluster = DeskClusters.Name;
    private readonly Desk _desk = new();
    private IReadOnlyDictionary<string, string> _values = new Dictionary<string, string>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _values = await servers.StartAsync("ceph");
        Reach(_desk, new Uri(_values["S3_ENDPOINT"]));
    }

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("rclone", "rclone")]
    [InlineData("aws", "awscli")]
    public async Task Five_manual_steps_and_one_command_end_with_the_same_bytes(string tool, string package)
    {
        Assert.SkipUnless(
            OtherTool.IsInstalled(tool),
            $"{tool}, which copies in the first of the five steps, is not installed (Debian: apt-get install {package})"
        );
        var other = new OtherTool(tool, _values);
        var (old, @new, kept) = (await BucketAsync(), await BucketAsync(), await BucketAsync());
        await DoneAsync("create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a", "--state", old);
        await DoneAsync("update", "cluster", Cluster, "--yes", "--state", old);
        await other.CopyAsync(old, kept);
        var before = await FilesAsync(old);

        await other.CopyAsync(old, @new);
        await DoneAsync("edit", "cluster", Cluster, "--set", $"spec.configBase={@new}/{Cluster}", "--state", @new);
        await DoneAsync("update", "cluster", Cluster, "--yes", "--state", @new);
        await other.EmptyAsync(old);
        var byHand = await FilesAsync(@new);
        Assert.Equal(before.Keys, byHand.Keys);
        Assert.All(byHand, file => Assert.DoesNotContain(old, file.Value, StringComparison.Ordinal));
        Assert.Contains(
            byHand,
            file =>
                file.Key.EndsWith("cluster-completed.spec", StringComparison.Ordinal) && file.Value.Contains(@new, StringComparison.Ordinal)
        );

        await other.EmptyAsync(@new);
        await other.CopyAsync(kept, old);
        await DoneAsync("state", "move", Cluster, "--to", @new, "--yes", "--state", old);
        Assert.Equal(before, await FilesAsync(old));
        await DoneAsync("update", "cluster", Cluster, "--yes", "--state", @new);
        await DoneAsync("state", "move", Cluster, "--finish", "--yes", "--state", old);
        Assert.Equal(byHand, await FilesAsync(@new));
        Assert.Empty(await FilesAsync(old));
    }

    [Fact]
    public async Task Over_a_network_that_breaks_and_stopped_again_and_again_it_comes_to_the_same_end()
    {
        var (old, @new, calm) = (await BucketAsync(), await BucketAsync(), await BucketAsync());
        await DoneAsync("create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a", "--state", old);
        await DoneAsync("update", "cluster", Cluster, "--yes", "--state", old);
        await DoneAsync("state", "copy", old, calm);
        await DoneAsync("state", "move", Cluster, "--to", @new, "--yes", "--state", old);
        var (whole, expected) = (await FilesAsync(old), await FilesAsync(@new));
        foreach (var store in new[] { old, @new })
            await EmptyAsync(store);
        await DoneAsync("state", "copy", calm, old);

        var seed = int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"KOPS_TEST_SEED={seed}");
        var random = new Random(seed);
        Fault[] faults = [Fault.Reset, Fault.LostAnswer, Fault.Truncated, Fault.SlowDown, Fault.ServerError, Fault.Delay];
        await using var network = new FaultProxy(
            new Uri(_values["S3_ENDPOINT"]),
            _ =>
            {
                lock (random)
                    return random.Next(6) == 0 ? faults[random.Next(faults.Length)] : Fault.None;
            }
        );

        // Each try is another machine. The first ten are stopped after some requests more than the one before, the last may go on to its
        // end.
        KopsRun? last = null;
        for (var i = 1; i <= 15 && last is not { ExitCode: 0 }; i++)
        {
            // Whose process is not this one, so that what it had to leave is taken over.
            using var machine = new Desk { Processes = new OtherMachine() };
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var left = i <= 10 ? 6 * i : int.MaxValue;
            await using var watch = new FaultProxy(
                network.Address,
                _ =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                        stop.Cancel();
                    return Fault.None;
                }
            );
            Reach(machine, watch.Address);
            last = await machine.RunAsync(TextReader.Null, ["state", "move", Cluster, "--to", @new, "--yes", "--state", old], stop.Token);
            Assert.True(
                last.ExitCode == 0 || stop.IsCancellationRequested || last.Error.Contains("again", StringComparison.Ordinal),
                last.Error
            );
            Assert.Equal(whole, await FilesAsync(old));
            await DoneAsync("get", "all", "--name", Cluster, "--state", old);
        }

        Assert.True(last!.ExitCode == 0, last.Error);
        Assert.True(network.Faults > 10, $"{network.Faults} faults");
        Assert.Equal(expected, await FilesAsync(@new));
        await DoneAsync("get", "all", "--name", Cluster, "--state", @new);
    }

    [Fact]
    public async Task In_a_full_store_neither_listing_clusters_nor_moving_one_lists_backups_of_others()
    {
        var (old, @new) = (await BucketAsync(), await BucketAsync());
        await DoneAsync("create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a", "--state", old);
        await FillAsync(old, clusters: 30, backups: 40);

        var requests = new ConcurrentQueue<string>();
        await using var wire = new FaultProxy(
            new Uri(_values["S3_ENDPOINT"]),
            line =>
            {
                requests.Enqueue(Uri.UnescapeDataString(line.Split(' ')[1]));
                return Fault.None;
            }
        );
        using var counted = new Desk();
        Reach(counted, wire.Address);

        var get = await counted.RunAsync("get", "clusters", "--state", old);
        Assert.True(get.ExitCode == 0, get.Error);
        Assert.Equal(31, get.Out.Split('\n').Count(line => line.Contains(".example.com", StringComparison.Ordinal)));
        Assert.DoesNotContain(requests, request => request.Contains("backups", StringComparison.Ordinal));
        Assert.Equal(2, requests.Count(IsListing));
        Assert.Equal(31 + 2, requests.Count);

        requests.Clear();
        var move = await counted.RunAsync("state", "move", Cluster, "--to", @new, "--yes", "--state", old);
        Assert.True(move.ExitCode == 0, move.Error);
        Assert.All(requests.Where(IsListing), request => Assert.Matches($"prefix=({Cluster}/|\\.kops/)", request));
        // Not "c0" alone, which names of records, drawn from digits and letters, hold now and then.
        Assert.All(requests, request => Assert.DoesNotMatch(@"c0[0-9]{2}\.example\.com", request));
    }

    /// <summary>Another program wrote <c>a//b </c> and the like, which no path here can name.</summary>
    [Fact]
    public async Task Objects_that_no_path_can_name_are_named_and_never_left_behind()
    {
        var (old, @new, other) = (await BucketAsync(), await BucketAsync(), await BucketAsync());
        await DoneAsync("create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a", "--state", old);
        foreach (var key in new[] { $"{Cluster}//strange", $"{Cluster}/addons//up" })
            await servers.PutAsync(old["s3://".Length..], key, Token);
        var before = await FilesAsync($"{old}/{Cluster}/instancegroup");

        foreach (
            var command in (string[][])
                [
                    ["state", "copy", old, @new],
                    ["state", "verify", old, @new],
                    ["state", "move", Cluster, "--to", other, "--yes", "--state", old],
                    ["delete", "cluster", Cluster, "--unregister", "--yes", "--state", old],
                    ["state", "ls", $"{old}/{Cluster}", "-r"],
                ]
        )
        {
            var run = await _desk.RunAsync(command);
            Assert.True(run.ExitCode != 0, string.Join(' ', command));
            Assert.Contains($"'{Cluster}//strange'", run.Error, StringComparison.Ordinal);
        }

        await DoneAsync("get", "all", "--name", Cluster, "--state", old);
        Assert.Equal(before, await FilesAsync($"{old}/{Cluster}/instancegroup"));
    }

    private static bool IsListing(string request) => request.Contains("list-type=2", StringComparison.Ordinal);

    /// <summary>Other clusters with backups of etcd, more than a page of a listing holds.</summary>
    private async Task FillAsync(string store, int clusters, int backups)
    {
        await using var stores = _desk.OpenStores();
        var root = stores.Resolve(store);
        var config = (await root.Join(Cluster, "config").ReadTextAsync(Token))!;
        var names = Enumerable.Range(0, clusters).Select(i => $"c0{i:d2}.example.com").ToList();
        var keys = names
            .Select(name => (Key: $"{name}/config", Text: config.Replace(Cluster, name, StringComparison.Ordinal)))
            .Concat(
                names.SelectMany(name =>
                    Enumerable.Range(0, backups).Select(i => (Key: $"{name}/backups/etcd/main/{i:d6}/etcd.backup.gz", Text: "x"))
                )
            );
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (file, token) => await root.Join(file.Key).WriteTextAsync(file.Text, WriteCondition.Any, token)
        );
    }

    private void Reach(Desk desk, Uri endpoint)
    {
        desk.Environment["S3_ENDPOINT"] = endpoint.AbsoluteUri.TrimEnd('/');
        foreach (var name in new[] { "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY" })
            desk.Environment[name] = _values[name];
        (desk.Environment["KOPS_S3_SERVICE"], desk.Environment["KOPS_S3_ENCRYPTION"]) = ("ceph", "none");
    }

    private async Task<string> BucketAsync() => "s3://" + (await servers.CreateBucketAsync(Token)).Bucket;

    private async Task EmptyAsync(string store)
    {
        await using var stores = _desk.OpenStores();
        Assert.Empty((await stores.Resolve(store).DeleteTreeAsync(cancellationToken: Token)).Failures);
    }

    /// <summary>The files of a store but the journal's.</summary>
    private async Task<SortedDictionary<string, string>> FilesAsync(string store)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var stores = _desk.OpenStores();
        await foreach (var entry in stores.Resolve(store).ListTreeAsync(Token))
        {
            if (!entry.Path.Key.StartsWith(".kops/", StringComparison.Ordinal))
                files[entry.Path.Key] = (await entry.Path.ReadTextAsync(Token))!;
        }

        return files;
    }

    private async Task DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}{run.Out}");
    }

    /// <summary>A tool that people copy buckets with.</summary>
    private sealed class OtherTool(string name, IReadOnlyDictionary<string, string> server)
    {
        public static bool IsInstalled(string name) => Find(name) is not null;

        public Task CopyAsync(string from, string to) =>
            name == "aws" ? RunAsync("s3", "sync", from, to) : RunAsync("sync", Remote(from), Remote(to));

        public Task EmptyAsync(string bucket) =>
            name == "aws" ? RunAsync("s3", "rm", bucket, "--recursive") : RunAsync("delete", Remote(bucket));

        private static string Remote(string bucket) => "ceph:" + bucket["s3://".Length..];

        private static string? Find(string name) =>
            (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
                .Split(':')
                .Select(directory => Path.Combine(directory, name))
                .FirstOrDefault(File.Exists);

        private async Task RunAsync(params string[] arguments)
        {
            var start = new ProcessStartInfo(
                Find(name)!,
                name == "aws" ? ["--endpoint-url", server["S3_ENDPOINT"], .. arguments] : arguments
            );
            start.Environment.Remove("AWS_CA_BUNDLE");
            foreach (
                var (variable, value) in new[]
                {
                    ("AWS_ACCESS_KEY_ID", server["S3_ACCESS_KEY_ID"]),
                    ("AWS_SECRET_ACCESS_KEY", server["S3_SECRET_ACCESS_KEY"]),
                    ("AWS_DEFAULT_REGION", "us-east-1"),
                    ("RCLONE_CONFIG", "/dev/null"),
                    ("RCLONE_CONFIG_CEPH_TYPE", "s3"),
                    ("RCLONE_CONFIG_CEPH_PROVIDER", "Ceph"),
                    ("RCLONE_CONFIG_CEPH_ENDPOINT", server["S3_ENDPOINT"]),
                    ("RCLONE_CONFIG_CEPH_ACCESS_KEY_ID", server["S3_ACCESS_KEY_ID"]),
                    ("RCLONE_CONFIG_CEPH_SECRET_ACCESS_KEY", server["S3_SECRET_ACCESS_KEY"]),
                }
            )
            {
                start.Environment[variable] = value;
            }

            var run = await start.RunAsync();
            Assert.True(run.ExitCode == 0, $"{name} {string.Join(' ', arguments)}: {run.Error}{run.Out}");
        }
    }
}
