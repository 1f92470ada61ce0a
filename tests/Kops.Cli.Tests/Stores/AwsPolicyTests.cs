using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;
using Kops.Cli.Tests.Support;
using Kops.Vfs.Conformance.Servers;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// The printed policies of an identity, on moto with its check of IAM switched on: they suffice for what they claim to serve and for
/// nothing
/// else, and <c>kops state check</c> names each statement that is taken away.
/// </summary>
public sealed class AwsPolicyTests : IAsyncLifetime
{
    private const string Cluster = DeskClusters.Name;
    private const string Bucket = "kops-state";
    private readonly Desk _owner = new();
    private readonly Desk _guest = new();
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, KopsRun> _printed = new(StringComparer.Ordinal);
    private ServerScript? _server;
    private string? _reason;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_server, _reason) = await ServerScript.StartAsync("moto-iam");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _http.Dispose();
        _owner.Dispose();
        _guest.Dispose();
    }

    [Fact]
    public async Task Each_identity_can_do_what_its_policy_is_for()
    {
        await OpenAsync();
        await AllowAsync("write");
        await DoneAsync("create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a");
        await DoneAsync("edit", "cluster", Cluster, "--set", "spec.kubernetesVersion=1.33.1");
        await DoneAsync("update", "cluster", Cluster, "--yes");
        var (file, target) = (_guest.PathOf("cluster.yaml"), _guest.PathOf("moved"));
        _guest.Write(
            "cluster.yaml",
            (await RunAsync(_guest, "get", "cluster", Cluster, "-o", "yaml")).Out.Replace(
                "channel: stable",
                "channel: alpha",
                StringComparison.Ordinal
            )
        );
        await DoneAsync("replace", "-f", file);
        var history = await RunAsync(_guest, "history", Cluster);
        await DoneAsync("undo", history.Out.Split('\n')[1].Split('\t')[0], "--yes");
        await DoneAsync("state", "check", "--cluster", Cluster);
        await DoneAsync("state", "move", Cluster, "--to", target, "--yes");
        await DoneAsync("update", "cluster", Cluster, "--yes", "--state", target);
        await DoneAsync("state", "move", Cluster, "--finish", "--yes");
        await DoneAsync("state", "move", Cluster, "--to", "s3://" + Bucket, "--state", target, "--yes");
        await DoneAsync("update", "cluster", Cluster, "--yes");
        await DeniedAsync("state", "copy", $"s3://{Bucket}/{Cluster}/config", $"s3://{Bucket}/other.example.com/config");

        await AllowAsync("read");
        await DoneAsync("get", "all", "--name", Cluster);
        await DoneAsync("history", Cluster);
        await DoneAsync("update", "cluster", Cluster);
        await DoneAsync("export", "kubeconfig", Cluster, "--admin");
        await DoneAsync("state", "export", Cluster, "-o", _guest.PathOf("bundle.tar.zst"));
        await DoneAsync("state", "check", "--cluster", Cluster, "--mode", "read");
        await DeniedAsync("edit", "cluster", Cluster, "--set", "spec.kubernetesVersion=1.33.2");

        await AllowAsync("node");
        await DoneAsync("state", "check", "--cluster", Cluster, "--mode", "node");
        await DoneAsync("state", "hash", Cluster + "/pki");
        await DeniedAsync("edit", "cluster", Cluster, "--set", "spec.kubernetesVersion=1.33.2");

        await AllowAsync("write");
        await DoneAsync("delete", "cluster", Cluster, "--unregister", "--yes");
    }

    /// <summary>
    /// Each one that is printed. Whether a bucket encrypts is no right of its own to this server, so that AskEncryption is tried beside the
    /// driver.
    /// </summary>
    [Theory]
    [InlineData("read", "FindBucket", "ListFiles", "ReadCluster", "ReadRecords")]
    [InlineData("write", "FindBucket", "ListFiles", "AskEncryption", "ChangeCluster", "WriteRecords")]
    [InlineData("node", "FindBucket", "ListFiles", "AskEncryption", "ListVersions", "ReadCluster", "KeepBackups")]
    public async Task A_statement_that_is_taken_away_is_named(string mode, params string[] statements)
    {
        await OpenAsync();
        await SwitchAsync(isOn: false);
        var made = await RunAsync(_owner, "create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a");
        Assert.True(made.ExitCode == 0, made.Error);
        await AllowAsync(mode);
        Assert.Equal(
            statements,
            JsonNode.Parse(_printed[mode].Out)!["Statement"]!.AsArray().Select(statement => (string?)statement!["Sid"])
        );
        foreach (var statement in statements.Where(statement => statement is not "AskEncryption"))
        {
            await AllowAsync(mode, without: statement);
            var run = await RunAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", mode);
            Assert.True(run.ExitCode == 1, $"{mode} without {statement}: {run.Out}{run.Error}");
            Assert.Matches($@"(?m)^MISSING .*\({statement}\)$", run.Out);
        }
    }

    [Fact]
    public async Task A_role_is_assumed_and_its_rights_are_tried()
    {
        await OpenAsync();
        await SwitchAsync(isOn: false);
        var made = await RunAsync(_owner, "create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a");
        Assert.True(made.ExitCode == 0, made.Error);
        await AllowAsync("read");
        const string Anybody =
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}""";
        await SwitchAsync(isOn: false);
        var role = (await AskIamAsync("CreateRole", ("RoleName", "ci"), ("AssumeRolePolicyDocument", Anybody)))
            .Descendants()
            .First(element => element.Name.LocalName == "Arn")
            .Value;
        await AskIamAsync(
            "PutUserPolicy",
            ("UserName", "guest"),
            ("PolicyName", "state"),
            ("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""")
        );
        foreach (var (without, code) in new[] { (string.Empty, 0), ("ReadRecords", 1) })
        {
            var policy = JsonNode.Parse(_printed["read"].Out)!;
            policy["Statement"]!.AsArray().RemoveAll(statement => (string?)statement!["Sid"] == without);
            await SwitchAsync(isOn: false);
            await AskIamAsync("PutRolePolicy", ("RoleName", "ci"), ("PolicyName", "state"), ("PolicyDocument", policy.ToJsonString()));
            await SwitchAsync(isOn: true);
            var run = await RunAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", "read", "--principal", role);
            Assert.True(run.ExitCode == code, run.Out + run.Error);
            if (code == 1)
                Assert.Matches(@"(?m)^MISSING read .*\(ReadRecords\)$", run.Out);
        }

        // The guest alone may nothing of that.
        Assert.Equal(1, (await RunAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", "read")).ExitCode);
    }

    private async Task OpenAsync()
    {
        Assert.SkipWhen(_server is null, _reason ?? "moto");
        var endpoint = _server!.Values["AWS_ENDPOINT_URL"];
        using var admin = new AmazonS3Client(
            new BasicAWSCredentials("owner", "secret"),
            new AmazonS3Config
            {
                ServiceURL = endpoint,
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
        await admin.PutBucketAsync(Bucket, Token);
        await AskIamAsync("CreateUser", ("UserName", "guest"));
        var key = (await AskIamAsync("CreateAccessKey", ("UserName", "guest")))
            .Descendants()
            .ToLookup(element => element.Name.LocalName, element => element.Value);
        foreach (
            var (desk, id, secret) in new[]
            {
                (_owner, "owner", "secret"),
                (_guest, key["AccessKeyId"].Single(), key["SecretAccessKey"].Single()),
            }
        )
        {
            desk.Environment["AWS_ENDPOINT_URL"] = endpoint;
            (desk.Environment["AWS_ACCESS_KEY_ID"], desk.Environment["AWS_SECRET_ACCESS_KEY"]) = (id, secret);
            desk.Environment["KOPS_STATE_STORE"] = "s3://" + Bucket;
            desk.Environment["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? string.Empty;
        }
    }

    /// <summary>Gives the guest the printed policy, and nothing else.</summary>
    private async Task AllowAsync(string mode, string? without = null)
    {
        await SwitchAsync(isOn: false);
        if (!_printed.TryGetValue(mode, out var printed))
            _printed[mode] = printed = await RunAsync(
                _owner,
                "state",
                "policy",
                "--cluster",
                Cluster,
                "--mode",
                mode,
                "--part",
                "identity"
            );
        Assert.True(printed.ExitCode == 0, printed.Error);
        var policy = JsonNode.Parse(printed.Out)!;
        // This server asks of a batch of deletes for a right on the bucket, too, which gives nobody anything on AWS.
        policy["Statement"]!
            .AsArray()
            .Add(JsonNode.Parse($$"""{"Effect":"Allow","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::{{Bucket}}"}"""));
        if (without is not null)
            Assert.Equal(1, policy["Statement"]!.AsArray().RemoveAll(statement => (string?)statement!["Sid"] == without));
        await AskIamAsync("PutUserPolicy", ("UserName", "guest"), ("PolicyName", "state"), ("PolicyDocument", policy.ToJsonString()));
        await SwitchAsync(isOn: true);
    }

    /// <summary>Switches moto's check of signatures and policies on or off.</summary>
    private async Task SwitchAsync(bool isOn)
    {
        using var count = new StringContent(isOn ? "0" : "1000000");
        using var answer = await _http.PostAsync(_server!.Values["AWS_ENDPOINT_URL"] + "/moto-api/reset-auth", count, Token);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<XDocument> AskIamAsync(string action, params (string Name, string Value)[] parameters)
    {
        using var content = new FormUrlEncodedContent(
            parameters
                .Append(("Action", action))
                .Append(("Version", "2010-05-08"))
                .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, _server!.Values["AWS_ENDPOINT_URL"]) { Content = content };
        // The service is told by the scope of the signature, which is not looked at now.
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            "Credential=owner/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await _http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return XDocument.Parse(text);
    }

    private async Task DoneAsync(params string[] command)
    {
        var run = await RunAsync(_guest, command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}{run.Out}");
    }

    private async Task DeniedAsync(params string[] command)
    {
        var run = await RunAsync(_guest, command);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("access denied", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A process of its own: AWS' SDK reads the process's variables.</summary>
    private static Task<KopsRun> RunAsync(Desk desk, params string[] command)
    {
        var start = new ProcessStartInfo(NativeBinary.AtHand, command);
        start.Environment.Clear();
        foreach (var (name, value) in desk.Environment.Where(variable => variable.Value.Length > 0))
            start.Environment[name] = value;
        return start.RunAsync();
    }
}
