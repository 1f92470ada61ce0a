using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>Profiles of stores in <c>~/.kops/config</c>: what is said wrongly is named with file and line.</summary>
public sealed class ProfileTests(TestServers servers) : IDisposable
{
    private readonly Desk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("  s3://a: {endpint: x}", ":2:12: stores.s3://a.endpint: is not known; known here are acl, ca, ")]
    [InlineData("  s3://a:\n    credentials: {profil: x}", ":3:19: stores.s3://a.credentials.profil: is not known")]
    [InlineData("  s3://a: {endpoint: [x]}", ":2:12: stores.s3://a.endpoint: must have a value, and a single one")]
    [InlineData("  s3://a: x", ":2:3: stores.s3://a: must hold settings")]
    [InlineData("  ftp://a: {ca: x}", ":2:3: stores.ftp://a: is of the scheme 'ftp', which has no settings; those that have are ")]
    [InlineData("  backup: {ca: x}", ":2:3: stores.backup: says no address; write 'url: s3://bucket'")]
    [InlineData("  s3://a: {url: s3://b}", ":2:12: stores.s3://a: has two addresses")]
    [InlineData("  - s3://a", ":1:1: stores: must hold stores by name or address")]
    public async Task What_is_no_setting_is_named_with_its_line(string stores, string expected)
    {
        var file = _desk.Write(".kops/config", $"stores:\n{stores}\n");

        var run = await _desk.RunAsync("get", "clusters", "--state", "s3://a");

        Assert.Contains($"Error: {file}{expected}", run.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, run.ExitCode);
    }

    [Theory]
    [InlineData("endpoint: ftp://x", "endpoint ({0}:3) is 'ftp://x', which is not an address")]
    [InlineData(
        "endpoint: https://x",
        "credentials.accessKeyId ({0}:2) is missing; an endpoint needs credentials.accessKeyId and credentials.secretAccessKey, "
    )]
    [InlineData("pathStyle: perhaps", "pathStyle ({0}:3) is 'perhaps', which is none of true, false")]
    [InlineData("connectTimeout: soon", "connectTimeout ({0}:3) is 'soon', which is not a number of seconds")]
    [InlineData("credentials: {accessKeyId: x}", "credentials.secretAccessKey ({0}:2) is missing: an access key has two halves")]
    [InlineData("ca: /nowhere.pem", "it should hold certificates of authorities in PEM form (named by ca ({0}:3))")]
    public async Task What_is_a_wrong_value_is_named_with_its_line(string setting, string expected)
    {
        var file = _desk.Write(".kops/config", $"stores:\n  s3://a:\n    {setting}\n    region: us-east-1\n");

        var run = await _desk.RunAsync("get", "clusters", "--state", "s3://a");

        Assert.Contains(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, file),
            run.Error,
            StringComparison.Ordinal
        );
        Assert.NotEqual(0, run.ExitCode);
    }

    [Fact]
    public async Task A_store_is_meant_by_its_name_and_its_credentials_come_from_variables_with_a_prefix()
    {
        var (bucket, values) = await servers.CreateBucketAsync(Token);
        var file = _desk.Write(
            "stores.yaml",
            $"""
            stores:
              backup:
                url: s3://{bucket}/team
                endpoint: {values["S3_ENDPOINT"]}
                credentials:
                  envPrefix: BACKUP_
            """
        );
        _desk.Environment["BACKUP_S3_ACCESS_KEY_ID"] = values["S3_ACCESS_KEY_ID"];
        _desk.Environment["BACKUP_S3_SECRET_ACCESS_KEY"] = values["S3_SECRET_ACCESS_KEY"];

        var created = await _desk.RunAsync(
            "create",
            "cluster",
            DeskClusters.Name,
            "--zones",
            "us-east-1a",
            "--state",
            "backup",
            "--config",
            file
        );
        var listed = await _desk.RunAsync("get", "clusters", "--state", $"s3://{bucket}/team", "--config", file);

        Assert.True(created.ExitCode == 0, created.Error);
        Assert.Contains(DeskClusters.Name, listed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_services_meet_in_one_command()
    {
        var (bucket, values) = await servers.CreateBucketAsync(Token);
        var keys = $"{{accessKeyId: {values["S3_ACCESS_KEY_ID"]}, secretAccessKey: {values["S3_SECRET_ACCESS_KEY"]}}}";
        _desk.Write(
            ".kops/config",
            $"""
            stores:
              s3://{bucket}: {"{"}endpoint: "{values["S3_ENDPOINT"]}", credentials: {keys}{"}"}
              s3://{bucket}/elsewhere: {"{"}endpoint: "http://127.0.0.1:1", credentials: {keys}, maxRetries: 0{"}"}
            """
        );

        await using var stores = _desk.OpenStores();

        Assert.Null(await stores.Resolve($"s3://{bucket}/elsewhere2/key").StatAsync(Token));
        Assert.Null(await stores.Resolve($"s3://{bucket}/key").StatAsync(Token));
        var e = await Assert.ThrowsAsync<Kops.Vfs.StoreException>(async () =>
            await stores.Resolve($"s3://{bucket}/elsewhere/key").StatAsync(Token)
        );
        Assert.Contains("no connection to http://127.0.0.1:1", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();
}
