using System.Collections.Concurrent;
using System.Text;
using Kops.Cli.Tests.Support;
using Kops.Vfs.Conformance;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// What <c>get clusters</c> costs on a bucket with 1,000 clusters of 60 objects each. The bucket is a rule, not a server: it answers what
/// it is asked as S3
/// would, and notes that.
/// </summary>
public sealed class ThousandClustersTests : IDisposable
{
    private const int Clusters = 1_000;
    private const int SideBySide = 32;
    private readonly Desk _desk = new();
    private readonly ConcurrentQueue<string> _listings = new();
    private readonly ConcurrentQueue<string> _reads = new();
    private readonly ConcurrentDictionary<string, bool> _connections = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _allAreThere = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _config = [];
    private int _now;
    private int _most;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task One_delimited_listing_and_a_read_each_are_sent_32_side_by_side_over_as_many_connections_and_nothing_else()
    {
        _desk.Environment["KOPS_STATE_STORE"] = "file://" + _desk.PathOf("state");
        Assert.Equal(0, (await _desk.RunAsync("create", "cluster", "c0.example.com", "--cloud", "aws", "--zones", "us-east-1a")).ExitCode);
        _config = await File.ReadAllBytesAsync(_desk.PathOf("state/c0.example.com/config"), TestContext.Current.CancellationToken);
        await using var service = await WebServer.StartAsync(AnswerAsync);
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string)>)
                [("S3_ENDPOINT", service.Address), ("S3_ACCESS_KEY_ID", "id"), ("S3_SECRET_ACCESS_KEY", "secret")]
        )
            _desk.Environment[name] = value;

        var get = await _desk.RunAsync("get", "clusters", "--state", "s3://bucket");

        Assert.True(get.ExitCode == 0, get.Error);
        Assert.Equal(Clusters, get.Out.Split('\n').Count(line => line.Contains(".example.com", StringComparison.Ordinal)));
        Assert.Equal((Clusters, Clusters), (_reads.Count, _reads.Distinct().Count()));
        // The other listing looks for what a dead command left.
        Assert.Equal([".kops/pending/", "/"], _listings.Order(StringComparer.Ordinal));
        Assert.Equal(SideBySide, _most);
        Assert.InRange(_connections.Count, 1, SideBySide);
    }

    private static string Prefixes() =>
        string.Concat(
            Enumerable
                .Range(0, Clusters)
                .Select(i => $"c{i}.example.com/")
                .Order(StringComparer.Ordinal)
                .Select(prefix => $"<CommonPrefixes><Prefix>{prefix}</Prefix></CommonPrefixes>")
        );

    private async Task AnswerAsync(HttpContext context)
    {
        _connections[context.Connection.Id] = true;
        var query = context.Request.Query;
        if (query.ContainsKey("list-type"))
        {
            var prefix = query["prefix"].ToString();
            _listings.Enqueue(prefix + (prefix.Length == 0 ? query["delimiter"].ToString() : string.Empty));
            var prefixes = prefix.Length == 0 ? Prefixes() : string.Empty;
            await SayAsync(context, $"<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated>{prefixes}</ListBucketResult>");
            return;
        }

        _reads.Enqueue(context.Request.Path);
        var now = Interlocked.Increment(ref _now);
        for (var most = Volatile.Read(ref _most); now > most; most = Volatile.Read(ref _most))
            Interlocked.CompareExchange(ref _most, now, most);
        // The first ones are answered when as many are there as may be: none of them waits for another's answer.
        if (now >= SideBySide)
            _allAreThere.TrySetResult();
        await _allAreThere.Task.WaitAsync(TimeSpan.FromSeconds(60), context.RequestAborted);
        Interlocked.Decrement(ref _now);
        context.Response.Headers.ETag = "\"0123456789abcdef0123456789abcdef-1\"";
        context.Response.ContentLength = _config.Length;
        await context.Response.Body.WriteAsync(_config, context.RequestAborted);
    }

    private static Task SayAsync(HttpContext context, string xml)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(xml)).AsTask();
    }
}
