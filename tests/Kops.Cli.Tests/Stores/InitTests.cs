using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Cli.Tests.Support;
using Kops.Vfs.Gcs.Server.Objects;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary><c>kops state init</c> on real servers: looked at from outside with the services' own clients.</summary>
public sealed class InitTests(TestServers servers) : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task On_AWS_a_bucket_is_made_and_hardened_and_a_second_run_changes_nothing()
    {
        var (address, bucket) = await OpenAwsAsync();
        using var client = AwsClient();

        var plan = await RunAsync("state", "init", address);
        Assert.Equal(["wouldSet", "wouldSet", "wouldSet", "wouldSet", "wouldSet", "wouldSet"], plan.Select(step => step.Outcome));
        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Token)
        );

        Assert.All(await RunAsync("state", "init", address, "--yes"), step => Assert.Equal("set", step.Outcome));

        Assert.Equal(VersionStatus.Enabled, (await client.GetBucketVersioningAsync(bucket, Token)).VersioningConfig.Status);
        var encryption = await client.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucket }, Token);
        Assert.Equal(
            "AES256",
            encryption
                .ServerSideEncryptionConfiguration
                .ServerSideEncryptionRules[0]
                .ServerSideEncryptionByDefault
                .ServerSideEncryptionAlgorithm
                .Value
        );
        var block = (
            await client.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = bucket }, Token)
        ).PublicAccessBlockConfiguration;
        Assert.Equal(
            [true, true, true, true],
            [block.BlockPublicAcls, block.BlockPublicPolicy, block.IgnorePublicAcls, block.RestrictPublicBuckets]
        );
        var policy = (await client.GetBucketPolicyAsync(bucket, Token)).Policy;
        Assert.Contains("aws:SecureTransport", policy, StringComparison.Ordinal);
        var rule = Assert.Single((await client.GetLifecycleConfigurationAsync(bucket, Token)).Configuration.Rules);
        Assert.Equal(
            (90, 7, null),
            (rule.NoncurrentVersionExpiration.NoncurrentDays, rule.AbortIncompleteMultipartUpload.DaysAfterInitiation, rule.Expiration)
        );

        Assert.All(await RunAsync("state", "init", address, "--yes"), step => Assert.Equal("has", step.Outcome));
        Assert.Equal(policy, (await client.GetBucketPolicyAsync(bucket, Token)).Policy);
        Assert.Equal("There is nothing to set.", (await EndAsync(["state", "init", address])).Out.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task What_a_bucket_has_already_stays()
    {
        var (address, bucket) = await OpenAwsAsync();
        using var client = AwsClient();
        await client.PutBucketAsync(bucket, Token);
        var theirs = $$$"""
            {
              "Version": "2012-10-17",
              "Statement": {
                "Sid": "Theirs",
                "Effect": "Allow",
                "Principal": { "AWS": "arn:aws:iam::123456789012:root" },
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::{{{bucket}}}/*"
              }
            }
            """;
        await client.PutBucketPolicyAsync(bucket, theirs, Token);
        var rules = new List<LifecycleRule>
        {
            new()
            {
                Id = "theirs",
                Status = LifecycleRuleStatus.Enabled,
                Filter = new LifecycleFilter { Prefix = "logs/" },
                NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = 3 },
            },
        };
        await client.PutLifecycleConfigurationAsync(bucket, new LifecycleConfiguration { Rules = rules }, Token);

        await RunAsync("state", "init", address + "/clusters", "--keep-versions", "30", "--without", "versioning", "--yes");

        using var policy = JsonDocument.Parse((await client.GetBucketPolicyAsync(bucket, Token)).Policy);
        Assert.Equal(
            ["Theirs", "KopsTlsOnly"],
            policy.RootElement.GetProperty("Statement").EnumerateArray().Select(statement => statement.GetProperty("Sid").GetString())
        );
        var found = (await client.GetLifecycleConfigurationAsync(bucket, Token)).Configuration.Rules;
        Assert.Equal(
            [("theirs", "logs/", 3), ("kops-old-versions-clusters", "clusters/", 30)],
            found.Select(rule =>
                (
                    rule.Id,
                    rule.Filter.Prefix ?? ((LifecyclePrefixPredicate)rule.Filter.LifecycleFilterPredicate).Prefix,
                    rule.NoncurrentVersionExpiration.NoncurrentDays ?? 0
                )
            )
        );
        Assert.NotEqual(VersionStatus.Enabled, (await client.GetBucketVersioningAsync(bucket, Token)).VersioningConfig?.Status);
    }

    [Fact]
    public async Task A_rule_that_removes_files_in_use_is_named_and_left_to_its_owner()
    {
        var (address, bucket) = await OpenAwsAsync();
        using var client = AwsClient();
        await client.PutBucketAsync(bucket, Token);
        var rules = new List<LifecycleRule>
        {
            new()
            {
                Id = "tidy",
                Status = LifecycleRuleStatus.Enabled,
                Filter = new LifecycleFilter { Prefix = string.Empty },
                Expiration = new LifecycleRuleExpiration { Days = 30 },
            },
        };
        await client.PutLifecycleConfigurationAsync(bucket, new LifecycleConfiguration { Rules = rules }, Token);

        var step = (await RunAsync("state", "init", address, "--yes"))[^1];

        Assert.Equal("skipped", step.Outcome);
        Assert.Contains("rule 'tidy' removes files that are in use", step.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_Ceph_what_the_service_cannot_do_is_said_and_what_is_left_works()
    {
        var values = await servers.StartAsync("ceph");
        var bucket = TestServers.NewName();
        UseCeph(values, "S3_TLS_ENDPOINT");
        var address = "s3://" + bucket;

        var steps = await RunAsync("state", "init", address, "--yes");
        Assert.Equal(["set", "skipped", "skipped", "skipped", "set", "set"], steps.Select(step => step.Outcome));
        Assert.Contains("ignores the condition", steps[1].Detail, StringComparison.Ordinal);
        Assert.Contains("taken back", steps[3].Detail, StringComparison.Ordinal);

        // The statement is enforced: with TLS all goes on, without it nothing does.
        _desk.Environment["KOPS_STATE_STORE"] = address;
        Assert.Equal(
            0,
            (await _desk.RunAsync("create", "cluster", "demo.example.com", "--cloud", "aws", "--zones", "us-east-1a")).ExitCode
        );
        Assert.Equal(0, (await _desk.RunAsync("edit", "cluster", "demo.example.com", "--set", "spec.channel=alpha")).ExitCode);
        UseCeph(values, "S3_ENDPOINT");
        Assert.Contains("access denied", (await _desk.RunAsync("get", "cluster", "demo.example.com")).Error, StringComparison.Ordinal);
        UseCeph(values, "S3_TLS_ENDPOINT");
        Assert.Equal(
            ["has", "skipped", "skipped", "skipped", "has", "has"],
            (await RunAsync("state", "init", address, "--yes")).Select(step => step.Outcome)
        );

        using var client = new AmazonS3Client(
            new BasicAWSCredentials(values["S3_ACCESS_KEY_ID"], values["S3_SECRET_ACCESS_KEY"]),
            new AmazonS3Config
            {
                ServiceURL = values["S3_ENDPOINT"],
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
        Assert.DoesNotContain(
            (await client.ListBucketsAsync(Token)).Buckets,
            each => each.BucketName.StartsWith("kops-check-", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_TLS_nobody_is_locked_out()
    {
        UseCeph(await servers.StartAsync("ceph"), "S3_ENDPOINT");
        var steps = await RunAsync("state", "init", "s3://" + TestServers.NewName(), "--yes");
        Assert.Equal("skipped", steps[4].Outcome);
        Assert.Contains("locked out", steps[4].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_OSS_policy_and_rules_that_are_there_stay()
    {
        var (bucket, server) = await servers.CreateOssBucketAsync(versioning: false);
        server.Set(
            bucket,
            "lifecycle",
            "<LifecycleConfiguration><Rule><ID>theirs</ID><Prefix>logs/</Prefix><Status>Enabled</Status>"
                + "<Expiration><Days>3</Days></Expiration></Rule></LifecycleConfiguration>"
        );
        (_desk.Environment["OSS_ENDPOINT"], _desk.Environment["OSS_REGION"]) = (server.Address.AbsoluteUri, server.Options.Region);
        (_desk.Environment["OSS_ACCESS_KEY_ID"], _desk.Environment["OSS_ACCESS_KEY_SECRET"]) = (
            server.Options.Owner.Id,
            server.Options.Owner.Secret
        );

        await RunAsync("state", "init", $"oss://{bucket}/clusters", "--yes");
        var rules = server.SettingOf(bucket, "lifecycle")!;
        Assert.Contains("<ID>theirs</ID><Prefix>logs/</Prefix>", rules, StringComparison.Ordinal);
        Assert.Contains(
            "<ID>kops-old-versions-clusters</ID><Prefix>clusters/</Prefix><Status>Enabled</Status>"
                + "<NoncurrentVersionExpiration><NoncurrentDays>90</NoncurrentDays>",
            rules,
            StringComparison.Ordinal
        );
        Assert.Contains("<SSEAlgorithm>AES256</SSEAlgorithm>", server.SettingOf(bucket, "encryption")!, StringComparison.Ordinal);

        // What removes files that are in use is named.
        Assert.Contains(
            "rule 'theirs' removes files",
            (await RunAsync("state", "init", $"oss://{bucket}"))[^1].Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task On_Cloud_Storage_rules_that_are_there_stay()
    {
        var (bucket, server) = await servers.CreateGcsBucketAsync();
        var key = Path.Combine(server.Directory, bucket + ".json");
        await File.WriteAllTextAsync(key, server.Accounts.Owner.KeyFile(server.Address), Token);
        (_desk.Environment["KOPS_GS_ENDPOINT"], _desk.Environment["GOOGLE_APPLICATION_CREDENTIALS"]) = (server.Address.AbsoluteUri, key);
        var address = "gs://" + bucket;
        server.CreateBucket(
            bucket,
            new BucketOptions { Rules = """[{"action":{"type":"SetStorageClass","storageClass":"NEARLINE"},"condition":{"age":30}}]""" }
        );

        Assert.Equal(
            ["has", "set", "has", "set", "set", "set"],
            (await RunAsync("state", "init", address, "--yes")).Select(step => step.Outcome)
        );
        Assert.Equal(
            ["has", "has", "has", "has", "has", "set"],
            (await RunAsync("state", "init", address, "--keep-versions", "30", "--yes")).Select(step => step.Outcome)
        );
        Assert.Equal(
            ["has", "has", "has", "has", "has", "has"],
            (await RunAsync("state", "init", address, "--yes")).Select(step => step.Outcome)
        );
        Assert.Equal(
            """[{"action":{"type":"SetStorageClass","storageClass":"NEARLINE"},"condition":{"age":30}},"""
                + """{"action":{"type":"Delete"},"condition":{"daysSinceNoncurrentTime":30}},"""
                + """{"action":{"type":"AbortIncompleteMultipartUpload"},"condition":{"age":7}}]""",
            server.SettingsOf(bucket).Rules
        );

        server.CreateBucket(bucket, new BucketOptions { Rules = """[{"action":{"type":"Delete"},"condition":{"age":30}}]""" });
        Assert.Contains("removes files that are in use", (await RunAsync("state", "init", address))[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_directory_is_made_for_its_owner_alone()
    {
        var directory = Directory.CreateDirectory(_desk.PathOf("open"), (UnixFileMode)0x1ED).FullName; // 0755
        Assert.Equal(
            [("directory", "has"), ("access", "wouldSet")],
            (await RunAsync("state", "init", directory)).Select(step => (step.Name, step.Outcome))
        );
        Assert.Equal(["has", "set"], (await RunAsync("state", "init", directory, "--yes")).Select(step => step.Outcome));
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(directory));
        Assert.Equal(["set", "has"], (await RunAsync("state", "init", _desk.PathOf("new"), "--yes")).Select(step => step.Outcome));
        Assert.Equal(["has", "has"], (await RunAsync("state", "init", _desk.PathOf("new"), "--yes")).Select(step => step.Outcome));
    }

    [Theory]
    [InlineData("--without", "--without", "s3://bucket", "--without", "moon")]
    [InlineData("days", "--keep-versions", "s3://bucket", "--keep-versions", "soon")]
    [InlineData("web", "nothing to set up", "https://example.com/state")]
    public async Task What_cannot_be_is_refused_with_the_cure(string what, string cure, params string[] arguments)
    {
        var run = await _desk.RunAsync(["state", "init", .. arguments]);
        Assert.True(run.ExitCode == 2, what);
        Assert.Contains(cure, run.Error, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AmazonS3Client AwsClient() =>
        new(
            new BasicAWSCredentials("owner", "secret"),
            new AmazonS3Config
            {
                ServiceURL = _desk.Environment["AWS_ENDPOINT_URL"],
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );

    private async Task<(string Address, string Bucket)> OpenAwsAsync()
    {
        var (bucket, values) = (TestServers.NewName(), await servers.StartAsync("moto"));
        (_desk.Environment["AWS_ENDPOINT_URL"], _desk.Environment["AWS_ACCESS_KEY_ID"], _desk.Environment["AWS_SECRET_ACCESS_KEY"]) = (
            values["AWS_ENDPOINT_URL"],
            "owner",
            "secret"
        );
        return ("s3://" + bucket, bucket);
    }

    private void UseCeph(IReadOnlyDictionary<string, string> values, string endpoint)
    {
        _desk.Environment["S3_ENDPOINT"] = values[endpoint];
        _desk.Environment["KOPS_S3_CA_FILE"] = values["S3_CA_FILE"];
        _desk.Environment["KOPS_S3_ENCRYPTION"] = "none";
        (_desk.Environment["S3_ACCESS_KEY_ID"], _desk.Environment["S3_SECRET_ACCESS_KEY"]) = (
            values["S3_ACCESS_KEY_ID"],
            values["S3_SECRET_ACCESS_KEY"]
        );
    }

    /// <summary>Runs a command; with AWS as a process of its own, since its SDK reads the process's variables.</summary>
    private async Task<KopsRun> EndAsync(string[] arguments)
    {
        if (!_desk.Environment.ContainsKey("AWS_ENDPOINT_URL"))
            return await _desk.RunAsync(arguments);
        var start = new ProcessStartInfo(NativeBinary.AtHand, arguments);
        start.Environment.Clear();
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } dotnet)
            start.Environment["DOTNET_ROOT"] = dotnet;
        return await start.RunAsync();
    }

    private async Task<IReadOnlyList<(string Name, string Outcome, string Detail)>> RunAsync(params string[] arguments)
    {
        var run = await EndAsync([.. arguments, "-o", "json"]);
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
        return
        [
            .. run
                .Out.TrimEnd()
                .Split('\n')
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Select(step =>
                    (
                        step.GetProperty("setting").GetString()!,
                        step.GetProperty("outcome").GetString()!,
                        step.TryGetProperty("detail", out var detail) ? detail.GetString()! : string.Empty
                    )
                ),
        ];
    }
}
