using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>Alibaba Cloud's OSS.</summary>
public abstract class OssCommands(TestServers servers, bool versioning) : BucketCommands
{
    protected override string Hardened => "set set set set skipped set";

    protected override async ValueTask<StoreAtHand> CreateAsync()
    {
        var (bucket, server) = await servers.CreateOssBucketAsync(versioning);
        var (owner, region) = (server.Options.Owner, server.Options.Region);
        return new StoreAtHand(
            $"oss://{bucket}",
            new Dictionary<string, string>
            {
                ["OSS_ENDPOINT"] = server.Address.AbsoluteUri,
                ["OSS_REGION"] = region,
                ["OSS_ACCESS_KEY_ID"] = owner.Id,
                ["OSS_ACCESS_KEY_SECRET"] = owner.Secret,
            }
        )
        {
            Secrets = [owner.Secret],
            Profile =
                $"    endpoint: {server.Address}\n    region: {region}\n    credentials: {{accessKeyId: {owner.Id}, accessKeySecret: "
                + $"{owner.Secret}}}\n",
        };
    }
}

public sealed class PlainOssCommands(TestServers servers) : OssCommands(servers, versioning: false)
{
    [Fact]
    public async Task Who_may_only_read_is_told_what_is_missing_to_change_something()
    {
        var store = await CreateAsync();
        Assert.Equal(0, (await RunAsync(store, "create cluster c.example.com --cloud aws --zones us-east-1a")).ExitCode);
        var reader = store with
        {
            Environment = new Dictionary<string, string>(store.Environment)
            {
                ["OSS_ACCESS_KEY_ID"] = TestServers.OssReader.Id,
                ["OSS_ACCESS_KEY_SECRET"] = TestServers.OssReader.Secret,
            },
        };

        var look = await RunAsync(reader, "state check --mode read");
        var change = await RunAsync(reader, "state check");

        Assert.Equal((0, 1), (look.ExitCode, change.ExitCode));
        Assert.Contains("MISSING create   STORE/.kops/check/", change.Out, StringComparison.Ordinal);
        Assert.Contains("needs 'oss:PutObject'", change.Out, StringComparison.Ordinal);
        Assert.Contains("?       delete", change.Out, StringComparison.Ordinal);
        Assert.Contains("3 of 6 rights are missing", change.Out, StringComparison.Ordinal);
    }
}

public sealed class VersionedOssCommands(TestServers servers) : OssCommands(servers, versioning: true);
