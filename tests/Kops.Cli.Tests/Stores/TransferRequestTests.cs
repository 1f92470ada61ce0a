using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Kops.Cli.Tests.Support;
using Kops.Vfs.Conformance.Faults;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>What whole commands cost in requests to a real server, counted on the wire.</summary>
public sealed partial class TransferRequestTests(TestServers servers) : IAsyncLifetime
{
    /// <summary>More than a page of a listing holds.</summary>
    private const int Objects = 1100;

    private readonly Desk _desk = new();
    private readonly Wire _from = new();
    private readonly Wire _to = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Two buckets of one server at two addresses, which are therefore two services.</summary>
    public async ValueTask InitializeAsync()
    {
        foreach (var (name, wire) in new[] { ("from", _from), ("to", _to) })
        {
            (wire.Bucket, var values) = await servers.CreateBucketAsync(Token);
            wire.Open(new Uri(values["S3_ENDPOINT"]));
            await File.AppendAllTextAsync(
                _desk.Write($".kops/{name}", string.Empty),
                $"""
                  s3://{wire.Bucket}:
                    endpoint: {wire.Proxy.Address}
                    credentials: {"{"}accessKeyId: {values["S3_ACCESS_KEY_ID"]}, secretAccessKey: {values["S3_SECRET_ACCESS_KEY"]}{"}"}
                    encryption: none
                    quirks: {"{"}unquotedIfMatch: true{"}"}

                """,
                Token
            );
        }

        _desk.Write(
            ".kops/config",
            "stores:\n"
                + await File.ReadAllTextAsync(_desk.PathOf(".kops/from"), Token)
                + await File.ReadAllTextAsync(_desk.PathOf(".kops/to"), Token)
        );
        for (var i = 0; i < Objects; i++)
            _desk.Write(string.Create(CultureInfo.InvariantCulture, $"tree/d{i % 7}/f{i:d4}"), $"content {i}");
        await DoneAsync("state", "copy", _desk.PathOf("tree"), _from.Place);
        Assert.Equal([$"{Objects} PUT object"], _from.Take());
    }

    public async ValueTask DisposeAsync()
    {
        await _from.DisposeAsync();
        await _to.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task A_copy_across_stores_is_one_GET_and_one_PUT_for_each_object_and_an_unchanged_sync_is_listings_alone()
    {
        await DoneAsync("state", "copy", _from.Place, _to.Place);
        Assert.Equal([$"{Objects} GET object", "2 list"], _from.Take());
        Assert.Equal([$"{Objects} PUT object"], _to.Take());

        Assert.Equal(
            $"Copied 0 files (0 B), deleted 0; {Objects} files unchanged.\n",
            await DoneAsync("state", "sync", _from.Place, _to.Place)
        );
        Assert.Equal(["2 list"], _from.Take());
        Assert.Equal(["2 list"], _to.Take());

        Assert.EndsWith("agree, 0 differ.\n", await DoneAsync("state", "verify", _from.Place, _to.Place), StringComparison.Ordinal);
        Assert.Equal(["2 list"], _from.Take());
        Assert.Equal(["2 list"], _to.Take());

        // Somebody changes eleven of them.
        for (var i = 0; i < 11; i++)
            _desk.Write(string.Create(CultureInfo.InvariantCulture, $"changed/d{i % 7}/f{i:d4}"), $"CONTENT {i}");
        await DoneAsync("state", "copy", _desk.PathOf("changed"), _from.Place);
        _from.Take();
        Assert.StartsWith("Copied 11 files", await DoneAsync("state", "sync", _from.Place, _to.Place), StringComparison.Ordinal);
        Assert.Equal(["11 GET object", "2 list"], _from.Take());
        Assert.Contains("11 PUT object", _to.Take());
    }

    [Fact]
    public async Task Within_one_service_the_server_copies_and_nothing_is_read()
    {
        var (bucket, _) = await servers.CreateBucketAsync(Token);
        _desk.Write(
            ".kops/config",
            (await File.ReadAllTextAsync(_desk.PathOf(".kops/config"), Token))
                + "  s3://"
                + bucket
                + ":\n"
                + (await File.ReadAllTextAsync(_desk.PathOf(".kops/from"), Token)).Split('\n', 2)[1]
        );
        await DoneAsync("state", "copy", _from.Place, "s3://" + bucket);
        Assert.Equal([$"{Objects} PUT object", "2 list"], _from.Take());
        Assert.EndsWith("agree, 0 differ.\n", await DoneAsync("state", "verify", _from.Place, "s3://" + bucket), StringComparison.Ordinal);
    }

    private async Task<string> DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}{run.Out}");
        return run.Out;
    }

    /// <summary>A bucket, and the requests that went to it.</summary>
    private sealed partial class Wire : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _requests = new();
        private FaultProxy? _proxy;

        public string Bucket { get; set; } = string.Empty;

        public string Place => "s3://" + Bucket;

        public FaultProxy Proxy => _proxy!;

        public void Open(Uri server) =>
            _proxy = new FaultProxy(
                server,
                line =>
                {
                    _requests.Enqueue(line);
                    return Fault.None;
                }
            );

        /// <summary>The requests since the last call, how many of each kind.</summary>
        public List<string> Take()
        {
            var kinds = _requests.GroupBy(KindOf).Select(group => $"{group.Count()} {group.Key}").Order(StringComparer.Ordinal).ToList();
            _requests.Clear();
            return kinds;
        }

        public ValueTask DisposeAsync() => _proxy?.DisposeAsync() ?? ValueTask.CompletedTask;

        /// <summary>An object's own requests, pages of listings, and what else there is.</summary>
        private static string KindOf(string line) =>
            line.Contains("list-type=2", StringComparison.Ordinal) && !line.Contains("max-keys=1&", StringComparison.Ordinal) ? "list"
            : Object().Match(line) is { Success: true } match ? $"{match.Groups[1].Value} object"
            : "other";

        [GeneratedRegex("^([A-Z]+) /[^/?]+/d[0-9]/f[0-9]+[ ?]", RegexOptions.None, 1000)]
        private static partial Regex Object();
    }
}
