using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kops.Cli.Tests.Support;
using Kops.Vfs.Conformance;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// Credentials for <c>s3:// </c> in all the forms that AWS tools have, in the native program: each is shown by the key with which a bucket
/// is asked. One server
/// plays S3, STS, single sign-on, and the metadata services of instances and containers.
/// </summary>
public sealed class AwsCredentialTests : IAsyncLifetime
{
    private readonly Desk _desk = new();
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private WebServer _aws = null!;
    private bool _isExpired;

    public async ValueTask InitializeAsync() => _aws = await WebServer.StartAsync(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task Variables() =>
        await ShowAsync(
            "AKVARIABLE/token-1",
            ("AWS_ACCESS_KEY_ID", "AKVARIABLE"),
            ("AWS_SECRET_ACCESS_KEY", "s"),
            ("AWS_SESSION_TOKEN", "token-1")
        );

    [Fact]
    public async Task A_profile_of_the_shared_files()
    {
        _desk.Write(
            ".aws/credentials",
            "[default]\naws_access_key_id = AKDEFAULT\naws_secret_access_key = s\n[other]\naws_access_key_id = AKOTHER\n"
                + "aws_secret_access_key = s\naws_session_token = token-2\n"
        );

        await ShowAsync("AKDEFAULT/");
        await ShowAsync("AKOTHER/token-2", ("AWS_PROFILE", "other"));
    }

    [Fact]
    public async Task A_program_that_a_profile_names()
    {
        var script = _desk.Write(
            "give.sh",
            """echo '{"Version":1,"AccessKeyId":"AKPROCESS","SecretAccessKey":"s","SessionToken":"token-3"}'"""
        );
        _desk.Write(".aws/config", $"[default]\ncredential_process = sh {script}\n");

        await ShowAsync("AKPROCESS/token-3");
    }

    [Fact]
    public async Task A_role_that_a_profile_assumes_with_the_key_of_another()
    {
        _desk.Write(".aws/credentials", "[base]\naws_access_key_id = AKBASE\naws_secret_access_key = s\n");
        _desk.Write(
            ".aws/config",
            "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/reader\nsource_profile = base\nexternal_id = ours\nregion = "
                + "us-east-1\n"
        );

        await ShowAsync("AKROLE/token-role", ("AWS_PROFILE", "role"));

        Assert.Contains(
            _asked,
            request =>
                request.Contains("AssumeRole&", StringComparison.Ordinal)
                && request.Contains("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Freader", StringComparison.Ordinal)
                && request.Contains("ExternalId=ours", StringComparison.Ordinal)
                && request.Contains("Credential=AKBASE/", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_role_of_the_stores_own_profile()
    {
        _desk.Write(
            ".kops/config",
            "stores:\n  s3://bucket:\n    credentials: {roleArn: 'arn:aws:iam::210987654321:role/state', externalId: theirs}\n"
        );

        await ShowAsync("AKROLE/token-role", ("AWS_ACCESS_KEY_ID", "AKACCOUNT"), ("AWS_SECRET_ACCESS_KEY", "s"));

        Assert.Contains(
            _asked,
            request =>
                request.Contains("role%2Fstate", StringComparison.Ordinal)
                && request.Contains("ExternalId=theirs", StringComparison.Ordinal)
                && request.Contains("Credential=AKACCOUNT/", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_web_identity_as_pods_have_it()
    {
        var token = _desk.Write("token", "header.claims.signature");

        await ShowAsync(
            "AKWEB/token-web",
            ("AWS_WEB_IDENTITY_TOKEN_FILE", token),
            ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod"),
            ("AWS_ROLE_SESSION_NAME", "kops")
        );

        Assert.Contains(_asked, request => request.Contains("WebIdentityToken=header.claims.signature", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_agent_of_a_container()
    {
        await ShowAsync(
            "AKCONTAINER/token-container",
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{_aws.Address}/container"),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let-me-in")
        );

        Assert.Contains(
            _asked,
            request =>
                request.StartsWith("GET /container", StringComparison.Ordinal) && request.EndsWith("let-me-in", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_role_of_an_instance()
    {
        await ShowAsync(
            "AKINSTANCE/token-instance",
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", _aws.Address),
            ("AWS_EC2_METADATA_DISABLED", "false")
        );

        Assert.Contains(_asked, request => request.StartsWith("PUT /latest/api/token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Single_sign_on_with_a_session_that_aws_sso_login_has_made()
    {
        SignOn(DateTimeOffset.UtcNow.AddHours(1));

        await ShowAsync("AKSSO/token-sso", ("AWS_PROFILE", "people"));

        Assert.Contains(
            _asked,
            request =>
                request.StartsWith("GET /federation/credentials?", StringComparison.Ordinal)
                && request.Contains("role_name=admin", StringComparison.Ordinal)
                && request.Contains("account_id=123456789012", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_session_of_single_sign_on_that_has_ended_is_an_error_that_says_how_to_sign_on()
    {
        SignOn(DateTimeOffset.UtcNow.AddHours(-1));

        var run = await RunAsync(("AWS_PROFILE", "people"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("or run 'aws sso login'", run.Error.Split("Error: ")[^1], StringComparison.Ordinal);
        Assert.Empty(_keys);
    }

    [Fact]
    public async Task Without_any_credentials_the_ways_to_give_some_are_said()
    {
        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "no credentials were found (neither in the environment nor in the shared AWS files, and this is not a container or instance "
                + "with a role); set AWS_ACCESS_KEY_ID",
            run.Error.Split("Error: ")[^1],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_said_to_have_expired()
    {
        _isExpired = true;

        var run = await RunAsync(("AWS_ACCESS_KEY_ID", "AKVARIABLE"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_SESSION_TOKEN", "token-1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("expired", run.Error.Split("Error: ")[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Lists a bucket, and compares the key and token with which that was asked for.</summary>
    private async Task ShowAsync(string expected, params (string Name, string Value)[] variables)
    {
        var run = await RunAsync(variables);

        Assert.True(
            run.ExitCode == 4 && run.Error.Contains("no clusters", StringComparison.OrdinalIgnoreCase),
            $"{run.ExitCode}: {run.Out}{run.Error}"
        );
        Assert.NotEmpty(_keys);
        Assert.All(_keys, key => Assert.Equal(expected, key));
        foreach (var secret in (string[])["token-", "let-me-in", "signature"])
            Assert.DoesNotContain(secret, run.Out + run.Error, StringComparison.Ordinal);
        _keys.Clear();
    }

    private async Task<KopsRun> RunAsync(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(await NativeBinary.PathOrBuiltAsync(), ["get", "clusters", "--state", "s3://bucket", "-v", "4"]);
        start.Environment.Clear();
        var common = new Dictionary<string, string>
        {
            ["HOME"] = _desk.Home,
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_ENDPOINT_URL_S3"] = _aws.Address,
            ["AWS_ENDPOINT_URL_STS"] = _aws.Address,
            ["AWS_ENDPOINT_URL_SSO"] = _aws.Address,
            ["AWS_ENDPOINT_URL_SSO_OIDC"] = _aws.Address,
            ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? string.Empty,
        };
        foreach (var (name, value) in variables)
            common[name] = value;
        foreach (var (name, value) in common)
            start.Environment[name] = value;
        return await start.RunAsync();
    }

    /// <summary>The files that <c>aws configure sso</c> and <c>aws sso login</c> write.</summary>
    private void SignOn(DateTimeOffset until)
    {
        _desk.Write(
            ".aws/config",
            "[profile people]\nsso_session = ours\nsso_account_id = 123456789012\nsso_role_name = admin\n[sso-session ours]\nsso_region "
                + "= us-east-1\nsso_start_url = https://ours.awsapps.com/start\n"
        );
#pragma warning disable CA5350 // The file's name is given; nothing is trusted by it.
        var name = Convert.ToHexStringLower(SHA1.HashData("ours"u8));
#pragma warning restore CA5350
        var time = until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _desk.Write(
            $".aws/sso/cache/{name}.json",
            $$"""{"startUrl":"https://ours.awsapps.com/start","region":"us-east-1","accessToken":"signed-on","expiresAt":"{{time}}"}"""
        );
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        var target = WebServer.Target(context);
        var authorization = context.Request.Headers.Authorization.ToString();
        _asked.Enqueue($"{context.Request.Method} {target} {body} {authorization}");
        switch (target)
        {
            case "/container":
                await WebServer.SayAsync(context, Json("AKCONTAINER", "token-container"));
                return;
            case "/latest/api/token":
                context.Response.Headers["x-aws-ec2-metadata-token-ttl-seconds"] = "21600";
                await WebServer.SayAsync(context, "metadata-session");
                return;
            case "/latest/meta-data/iam/security-credentials/" or "/latest/meta-data/iam/security-credentials":
                await WebServer.SayAsync(context, "instance-role");
                return;
            case "/latest/meta-data/iam/security-credentials/instance-role":
                context.Response.StatusCode = context.Request.Headers["x-aws-ec2-metadata-token"] == "metadata-session" ? 200 : 401;
                await WebServer.SayAsync(context, Json("AKINSTANCE", "token-instance"));
                return;
        }

        if (target.StartsWith("/federation/credentials", StringComparison.Ordinal))
        {
            context.Response.StatusCode = context.Request.Headers["x-amz-sso_bearer_token"] == "signed-on" ? 200 : 401;
            var expiration = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
            const string Keys = """{"accessKeyId":"AKSSO","secretAccessKey":"s","sessionToken":"token-sso","expiration":""";
            await WebServer.SayAsync(context, $$$"""{"roleCredentials":{{{Keys}}}{{{expiration}}} } }""");
        }
        else if (body.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal))
            await WebServer.SayAsync(context, Sts("AssumeRoleWithWebIdentity", "AKWEB", "token-web"));
        else if (body.Contains("Action=AssumeRole", StringComparison.Ordinal))
            await WebServer.SayAsync(context, Sts("AssumeRole", "AKROLE", "token-role"));
        else
            await AnswerS3Async(context, authorization);
    }

    private async Task AnswerS3Async(HttpContext context, string authorization)
    {
        var key = authorization.Split("Credential=", 2) is [_, var rest] ? rest.Split('/')[0] : "nobody";
        _keys.Enqueue($"{key}/{context.Request.Headers["x-amz-security-token"]}");
        context.Response.ContentType = "application/xml";
        if (_isExpired)
        {
            context.Response.StatusCode = 400;
            await WebServer.SayAsync(
                context,
                "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><RequestId>R1</RequestId></Error>"
            );
            return;
        }

        await WebServer.SayAsync(
            context,
            context.Request.QueryString.Value!.Contains("location", StringComparison.Ordinal)
                ? """<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></LocationConstraint>"""
                : """
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Name>bucket</Name><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>
                </ListBucketResult>
                """
        );
    }

    private static string Json(string key, string token) =>
        $$$"""
            {
              "Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "{{{key}}}", "SecretAccessKey": "s", "Token": "{{{token}}}",
              "LastUpdated": "2026-01-01T00:00:00Z", "Expiration": "{{{DateTime.UtcNow.AddHours(5):yyyy-MM-dd'T'HH:mm:ss'Z'}}}"
            }
            """;

    private static string Sts(string action, string key, string token) =>
        $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <{action}Result>
                <Credentials>
                  <AccessKeyId>{key}</AccessKeyId>
                  <SecretAccessKey>s</SecretAccessKey>
                  <SessionToken>{token}</SessionToken>
                  <Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration>
                </Credentials>
                <AssumedRoleUser>
                  <Arn>arn:aws:sts::1:assumed-role/r/kops</Arn>
                  <AssumedRoleId>A:kops</AssumedRoleId>
                </AssumedRoleUser>
              </{action}Result>
              <ResponseMetadata><RequestId>R2</RequestId></ResponseMetadata>
            </{action}Response>
            """;
}
