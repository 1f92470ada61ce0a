using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// The printed bucket policies, as they are, on Ceph, which enforces them: they suffice for what they claim to serve and for nothing else,
/// and
/// <c>kops state check</c> names each statement that is taken away.
/// </summary>
public sealed class CephPolicyTests(TestServers servers) : IDisposable
{
    private const string Cluster = DeskClusters.Name;
    private readonly Desk _owner = new();
    private readonly Desk _guest = new();
    private string _bucket = string.Empty;
    private AmazonS3Client? _admin;
    private AmazonS3Client? _node;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _owner.Dispose();
        _guest.Dispose();
        _admin?.Dispose();
        _node?.Dispose();
    }

    [Fact]
    public async Task Who_changes_one_cluster_can_do_so_and_reaches_no_other()
    {
        await OpenAsync();
        await CreateAsync(_owner, "other.example.com");
        await AllowAsync("write");

        await CreateAsync(_guest, Cluster);
        await DoneAsync(_guest, "edit", "cluster", Cluster, "--set", "spec.kubernetesVersion=1.33.1");
        await DoneAsync(_guest, "update", "cluster", Cluster, "--yes");
        var history = await DoneAsync(_guest, "history", Cluster);
        await DoneAsync(_guest, "undo", history.Out.Split('\n')[1].Split('\t')[0], "--yes");
        await DoneAsync(_guest, "get", "all", "--name", Cluster);
        await DoneAsync(_guest, "state", "check", "--cluster", Cluster);
        await DeniedAsync("get", "cluster", "other.example.com", "-o", "yaml");
        await DeniedAsync("delete", "cluster", "other.example.com", "--yes");
        await DoneAsync(_guest, "delete", "cluster", Cluster, "--unregister", "--yes");
    }

    /// <summary>
    /// What a writer of one cluster may write is read by others: its records and its spec. Neither makes the owner, who may do all, touch
    /// or show what is another cluster's.
    /// </summary>
    [Fact]
    public async Task What_a_writer_of_one_cluster_leaves_there_makes_nobody_touch_another()
    {
        const string Other = "other.example.com";
        await OpenAsync();
        await CreateAsync(_owner, Cluster);
        await CreateAsync(_owner, Other);
        await DoneAsync(_owner, "update", "cluster", Other, "--yes");
        await DoneAsync(_owner, "edit", "cluster", Other, "--set", "spec.channel=alpha");
        await AllowAsync("write");
        var theirs = await FilesOfAsync(Other);
        Assert.True(theirs.Count > 20, string.Join(' ', theirs.Keys));

        (await _node!.GetObjectAsync(_bucket, Cluster + "/config", Token)).Dispose();
        // Nothing of it can be read, replaced or deleted: neither its files nor its records and their contents.
        foreach (var key in theirs.Keys)
        {
            await RefusedAsync(key, async refused => (await _node!.GetObjectAsync(_bucket, refused, Token)).Dispose());
            await RefusedAsync(key, refused => _node!.DeleteObjectAsync(_bucket, refused, Token));
            await RefusedAsync(key, refused => LeaveAsync(refused, "x"));
        }

        foreach (var (place, key) in new[] { ("registry", $"../{Other}/config"), ("keyStore", "private/kubernetes-ca/keyset.yaml") })
        {
            // A spec that calls the other's directories its own, and a record of a deletion there.
            var config = (await DoneAsync(_guest, "state", "cat", Cluster + "/config")).Out;
            await LeaveAsync(
                Cluster + "/config",
                $"{config.TrimEnd()}\n  keyStore: s3://{_bucket}/{Other}/pki\n  secretStore: s3://{_bucket}/{Other}/secrets\n"
            );
            await LeaveAsync(
                $".kops/pending/{Cluster}.json",
                $$"""
                {"format": 2, "name": "0123456789abcdef0123456789abcdef", "serial": 42, "cluster": "{{Cluster}}", "title": "edit",
                 "user": "a", "host": "h", "command": "kops edit", "program": "kops 0", "started": "2026-11-22T12:00:00.000Z",
                 "outcome": "pending", "begun": true, "decision": "finish",
                 "lease": {"holder": "b@h", "machine": "", "processId": 0, "processStarted": "", "token": "f0", "beat": 3},
                 "files": [{"change": "delete", "place": "{{place}}", "key": "{{key}}", "secrecy": "secret"}], "remaining": []}
                """
            );
            foreach (
                var command in (string[][])
                    [
                        ["get", "clusters"],
                        ["get", "all", "--name", Cluster],
                        ["update", "cluster", Cluster, "--yes"],
                        ["delete", "secret", "admin", "--name", Cluster],
                        ["delete", "cluster", Cluster, "--yes"],
                    ]
            )
                await _owner.RunAsync(command);

            Assert.Equal(theirs, await FilesOfAsync(Other));
            await DoneAsync(_owner, "get", "all", "--name", Other);
            await LeaveAsync(Cluster + "/config", config);
        }
    }

    [Fact]
    public async Task Who_looks_at_one_cluster_changes_nothing()
    {
        await OpenAsync();
        await CreateAsync(_owner, Cluster);
        await AllowAsync("read");

        await DoneAsync(_guest, "get", "all", "--name", Cluster);
        await DoneAsync(_guest, "history", Cluster);
        await DoneAsync(_guest, "update", "cluster", Cluster);
        await DoneAsync(_guest, "state", "cat", Cluster + "/config");
        await DoneAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", "read");
        await DeniedAsync("edit", "cluster", Cluster, "--set", "spec.kubernetesVersion=1.33.1");
    }

    [Fact]
    public async Task A_control_plane_reads_its_cluster_and_keeps_backups_and_nothing_more()
    {
        await OpenAsync();
        await CreateAsync(_owner, Cluster);
        await DoneAsync(_owner, "update", "cluster", Cluster, "--yes");
        await AllowAsync("node");
        var keys = (await _node!.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket, Prefix = Cluster + "/" }, Token))
            .S3Objects.Select(file => file.Key)
            .ToList();

        Assert.True(keys.Count > 20, string.Join(' ', keys));
        foreach (var key in keys)
            (await _node.GetObjectAsync(_bucket, key, Token)).Dispose();
        var backup = $"{Cluster}/backups/etcd/main/2026-01-01T00:00:00Z-000001/etcd.backup.gz";
        await _node.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket,
                Key = backup,
                ContentBody = "backup",
            },
            Token
        );
        await _node.ListVersionsAsync(new ListVersionsRequest { BucketName = _bucket, Prefix = backup }, Token);
        await _node.DeleteObjectAsync(_bucket, backup, Token);
        await DoneAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", "node");
        var refused = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            _node.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = _bucket,
                    Key = Cluster + "/config",
                    ContentBody = "x",
                },
                Token
            )
        );
        Assert.Equal("AccessDenied", refused.ErrorCode);
    }

    /// <summary>
    /// Each one that is printed. The bucket's place is not asked for with an endpoint, and this Ceph lists versions to whom it lists files.
    /// </summary>
    [Theory]
    [InlineData("read", "FindBucket", "ListFiles", "ReadCluster", "ReadRecords")]
    [InlineData("write", "FindBucket", "ListFiles", "ChangeCluster", "WriteRecords", "TryConditions")]
    [InlineData("node", "FindBucket", "ListFiles", "ListVersions", "ReadCluster", "KeepBackups")]
    public async Task A_statement_that_is_taken_away_is_named(string mode, params string[] statements)
    {
        await OpenAsync();
        await CreateAsync(_owner, Cluster);
        Assert.Equal(
            statements,
            (await PolicyAsync(mode, _bucket))["Statement"]!.AsArray().Select(statement => (string?)statement!["Sid"])
        );
        foreach (var statement in statements.Where(statement => statement is not ("FindBucket" or "ListVersions")))
        {
            await AllowAsync(mode, without: statement);
            await MissingAsync(mode, statement: statement);
        }
    }

    [Fact]
    public async Task An_action_that_is_taken_away_is_named()
    {
        await OpenAsync();
        await CreateAsync(_owner, Cluster);
        foreach (
            var (action, right, where) in new[]
            {
                ("s3:PutObject", "replace", Cluster),
                ("s3:DeleteObject", "delete", Cluster),
                ("s3:GetObject", "read", Cluster),
                ("s3:PutObject", "create", ".kops/"),
                ("s3:DeleteObject", "create", ".kops/"),
            }
        )
        {
            await AllowAsync(
                "write",
                change: statement =>
                {
                    if (((string)statement["Resource"]![0]!).Contains("/" + where, StringComparison.Ordinal))
                        statement["Action"]!.AsArray().RemoveAll(each => (string?)each == action);
                }
            );

            Assert.Contains(action, await MissingAsync("write", right), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_cluster_keeps_elsewhere_is_tried_too()
    {
        await OpenAsync();
        var (elsewhere, _) = await servers.CreateBucketAsync(Token);
        await CreateAsync(
            _owner,
            Cluster,
            "--discovery-store",
            $"s3://{elsewhere}/discovery",
            "--set",
            $"spec.etcdClusters[0].backups.backupStore=s3://{elsewhere}/main",
            "--set",
            $"spec.etcdClusters[1].backups.backupStore=s3://{elsewhere}/events"
        );
        await AllowAsync("write");
        await AllowAsync("write", bucket: elsewhere);
        await DoneAsync(_guest, "state", "check", "--cluster", Cluster);
        await DoneAsync(_guest, "update", "cluster", Cluster, "--yes");

        await DoneAsync(_owner, "state", "copy", Cluster + "/config", $"s3://{elsewhere}/main/2026-01-01T00:00:00Z-000001/etcd.backup.gz");
        foreach (
            var (mode, statement) in new[]
            {
                ("write", "ListFiles"),
                ("write", "PublishDiscovery"),
                ("write", "ChangeBackups"),
                ("write", "TryConditions"),
                ("node", "KeepBackups"),
                ("read", "ListFiles"),
                ("read", "ReadBackups"),
            }
        )
        {
            await AllowAsync(mode);
            await AllowAsync(mode, bucket: elsewhere);
            await DoneAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", mode);
            await AllowAsync(mode, without: statement, bucket: elsewhere);
            Assert.Contains($"s3://{elsewhere}/", await MissingAsync(mode, statement: statement), StringComparison.Ordinal);
        }
    }

    /// <summary>Every object of a cluster, its records among them, with what tells its content.</summary>
    private async Task<SortedDictionary<string, string>> FilesOfAsync(string cluster)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var prefix in (string[])[cluster + "/", $".kops/history/{cluster}/", $".kops/objects/{cluster}/", $".kops/applied/{cluster}"]
        )
        {
            var listed = await _admin!.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix }, Token);
            foreach (var file in listed.S3Objects ?? [])
                found[file.Key] = file.ETag;
        }

        return found;
    }

    private Task<PutObjectResponse> LeaveAsync(string key, string content) =>
        _node!.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket,
                Key = key,
                ContentBody = content,
            },
            Token
        );

    // radosgw answers some of what it refuses with a bare 400: the same request for what is allowed shows that it was well made.
    private static async Task RefusedAsync(string key, Func<string, Task> request)
    {
        var refusal = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => request(key));
        Assert.True(refusal.ErrorCode is "AccessDenied" or "BadRequest", $"{key}: {refusal.ErrorCode} {refusal.Message}");
    }

    private async Task OpenAsync()
    {
        (_bucket, var values) = await servers.CreateBucketAsync(Token);
        foreach (var (desk, prefix) in new[] { (_owner, "S3"), (_guest, "OTHER") })
        {
            desk.Environment["S3_ENDPOINT"] = values["S3_ENDPOINT"];
            desk.Environment["S3_ACCESS_KEY_ID"] = values[prefix + "_ACCESS_KEY_ID"];
            desk.Environment["S3_SECRET_ACCESS_KEY"] = values[prefix + "_SECRET_ACCESS_KEY"];
            desk.Environment["KOPS_S3_ENCRYPTION"] = "none";
            desk.Environment["KOPS_STATE_STORE"] = "s3://" + _bucket;
        }

        (_admin, _node) = (Client("S3"), Client("OTHER"));

        AmazonS3Client Client(string prefix) =>
            new(
                new BasicAWSCredentials(values[prefix + "_ACCESS_KEY_ID"], values[prefix + "_SECRET_ACCESS_KEY"]),
                new AmazonS3Config
                {
                    ServiceURL = values["S3_ENDPOINT"],
                    ForcePathStyle = true,
                    AuthenticationRegion = "us-east-1",
                    RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                }
            );
    }

    private async Task AllowAsync(string mode, string? without = null, string? bucket = null, Action<JsonNode>? change = null)
    {
        var policy = await PolicyAsync(mode, bucket ?? _bucket);
        var statements = policy["Statement"]!.AsArray();
        if (without is not null)
            Assert.Equal(1, statements.RemoveAll(statement => (string?)statement!["Sid"] == without));
        foreach (var statement in statements)
            change?.Invoke(statement!);
        await _admin!.PutBucketPolicyAsync(
            new PutBucketPolicyRequest { BucketName = bucket ?? _bucket, Policy = policy.ToJsonString() },
            Token
        );
    }

    private async Task<JsonNode> PolicyAsync(string mode, string bucket) =>
        JsonNode.Parse(
            (
                await DoneAsync(
                    _owner,
                    "state",
                    "policy",
                    "--cluster",
                    Cluster,
                    "--mode",
                    mode,
                    "--principal",
                    "arn:aws:iam:::user/other",
                    "--part",
                    "bucket/" + bucket
                )
            ).Out
        )!;

    private static Task<KopsRun> CreateAsync(Desk desk, string cluster, params string[] flags) =>
        DoneAsync(desk, ["create", "cluster", cluster, "--cloud", "aws", "--zones", "us-east-1a", .. flags]);

    private static async Task<KopsRun> DoneAsync(Desk desk, params string[] command)
    {
        var run = await desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}{run.Out}");
        return run;
    }

    private async Task<string> MissingAsync(string mode, string right = "[a-z]+", string statement = "[A-Za-z]+")
    {
        var run = await _guest.RunAsync("state", "check", "--cluster", Cluster, "--mode", mode);
        Assert.True(run.ExitCode == 1, run.Out + run.Error);
        Assert.Matches($@"(?m)^MISSING {right} +s3://.*\({statement}\)$", run.Out);
        return run.Out;
    }

    private async Task DeniedAsync(params string[] command)
    {
        var run = await _guest.RunAsync(command);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("access denied", run.Error, StringComparison.Ordinal);
    }
}
