using System.Text.RegularExpressions;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>S3 and its relatives, by endpoint; all of them in front of one Ceph.</summary>
public abstract class S3Commands(TestServers servers, string scheme) : BucketCommands
{
    protected override string Hardened => "set skipped skipped skipped skipped set";

    protected override async ValueTask<StoreAtHand> CreateAsync()
    {
        var (bucket, values) = await servers.CreateBucketAsync(Token);
        var names = (string[])["S3_ENDPOINT", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];
        return new StoreAtHand($"{scheme}://{bucket}", names.ToDictionary(name => name, name => values[name]))
        {
            Secrets = [values["S3_SECRET_ACCESS_KEY"]],
            Profile = $"""
                    endpoint: {values["S3_ENDPOINT"]}
                    credentials: {"{"}accessKeyId: {values["S3_ACCESS_KEY_ID"]}, secretAccessKey: {values["S3_SECRET_ACCESS_KEY"]}{"}"}
                    quirks: {"{"}unquotedIfMatch: true{"}"}
                """,
        };
    }
}

public sealed partial class CephCommands(TestServers servers) : S3Commands(servers, "s3")
{
    private const string Edited = "edited.example.com";

    /// <summary>What a driver's listing and read cost in requests is counted beside the drivers.</summary>
    [Fact]
    public async Task Fifty_clusters_are_listed_with_one_listing_of_their_names_and_one_read_each()
    {
        var store = await CreateAsync();
        Assert.Equal(0, (await RunAsync(store, "create cluster c0.example.com --cloud aws --zones us-east-1a")).ExitCode);
        await CopyAsync(store, "c0.example.com", Enumerable.Range(1, 49).Select(i => $"c{i}.example.com"));

        var get = await RunAsync(store, "get clusters -v 4");

        Assert.True(get.ExitCode == 0, get.Error);
        Assert.Equal(50, get.Out.Split('\n').Count(line => line.Contains(".example.com", StringComparison.Ordinal)));
        var requests = get.Error.Split('\n').Where(line => line.Contains(": ok, ", StringComparison.Ordinal)).ToList();
        Assert.Equal(50, requests.Count(request => request.Contains("read " + store.Address, StringComparison.Ordinal)));
        // The other listing looks for what a dead command left.
        Assert.Single(requests, request => request.Contains($"list {store.Address}/.kops/pending", StringComparison.Ordinal));
        Assert.Equal(52, requests.Count);
    }

    /// <summary>Of one file that is edited the write itself is the look whether it still stands as it was read.</summary>
    [Fact]
    public async Task An_edit_of_a_field_takes_fifteen_requests_of_which_seven_record_it()
    {
        var store = await CreateAsync();
        Assert.Equal(0, (await RunAsync(store, $"create cluster {Edited} --cloud aws --zones us-east-1a")).ExitCode);

        var edit = await RunAsync(store, $"edit cluster {Edited} --set spec.channel=alpha -v 4");

        Assert.True(edit.ExitCode == 0, edit.Error);
        string[] reads =
        [
            $"read .kops/pending/{Edited}.json",
            $"read {Edited}/config",
            $"list {Edited}/instancegroup/",
            $"read {Edited}/instancegroup/GROUP",
            $"read {Edited}/instancegroup/GROUP",
            $"list {Edited}/",
            $"read .kops/moves/{Edited}.json",
            $"put .kops/objects/{Edited}/CONTENT",
            $"put .kops/objects/{Edited}/CONTENT",
        ];
        string[] change =
        [
            $"put .kops/pending/{Edited}.json",
            $"list .kops/history/{Edited}/",
            $"put {Edited}/config",
            $"put .kops/pending/{Edited}.json",
            $"put .kops/history/{Edited}/RECORD.json",
            // Given up: a deletion would have no condition here.
            $"put .kops/pending/{Edited}.json",
        ];
        string[] requests = [.. Requests(store, edit)];
        // What is read and kept first is so at once, in whatever order; the change itself is one step after the other.
        Assert.Equal(
            reads.Order(StringComparer.Ordinal),
            requests.Where(request => !change.Contains(request)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(change, requests.Where(change.Contains));
    }

    /// <summary>The requests that were told, in order, but for those of the probe and what is drawn anew each time.</summary>
    private static IEnumerable<string> Requests(StoreAtHand store, KopsRun run) =>
        from line in run.Error.Split('\n')
        let request = Request().Match(line.Replace(store.Address + "/", string.Empty, StringComparison.Ordinal))
        where request.Success && !request.Value.Contains(".kops/probe/", StringComparison.Ordinal)
        select Drawn()
            .Replace(
                request.Groups[1].Value,
                match =>
                    match.Value.Contains("us-east", StringComparison.Ordinal) ? "GROUP"
                    : match.Value.Contains('-') ? "RECORD"
                    : "CONTENT"
            );

    [GeneratedRegex("^((read|list|put|delete|stat) .*): (ok|absent)")]
    private static partial Regex Request();

    [GeneratedRegex("(?<=/)([0-9a-f]{64}|[a-z-]+us-east-1a|[0-9]{9}-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8})")]
    private static partial Regex Drawn();
}

public sealed class DigitalOceanCommands(TestServers servers) : S3Commands(servers, "do");

public sealed class HetznerCommands(TestServers servers) : S3Commands(servers, "hos");

public sealed class LinodeCommands(TestServers servers) : S3Commands(servers, "linode");

public sealed class ScalewayCommands(TestServers servers) : S3Commands(servers, "scw");
