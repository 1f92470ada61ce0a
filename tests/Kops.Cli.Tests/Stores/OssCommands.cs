namespace Kops.Cli.Tests.Stores;

/// <summary>Alibaba Cloud's OSS.</summary>
public abstract class OssCommands(TestServers servers, bool versioning) : StoreCommands
{
    protected override async ValueTask<StoreAtHand> CreateAsync()
    {
        var (bucket, server) = await servers.CreateOssBucketAsync(versioning);
        var (owner, region) = (server.Options.Owner, server.Options.Region);
        return new StoreAtHand($"oss://{bucket}", new Dictionary<string, string>
        {
            ["OSS_ENDPOINT"] = server.Address.AbsoluteUri,
            ["OSS_REGION"] = region,
            ["OSS_ACCESS_KEY_ID"] = owner.Id,
            ["OSS_ACCESS_KEY_SECRET"] = owner.Secret,
        })
        {
            Secrets = [owner.Secret],
            Profile = $"    endpoint: {server.Address}\n    region: {region}\n    credentials: {{accessKeyId: {owner.Id}, accessKeySecret: {owner.Secret}}}\n",
        };
    }
}

public sealed class PlainOssCommands(TestServers servers) : OssCommands(servers, versioning: false);

public sealed class VersionedOssCommands(TestServers servers) : OssCommands(servers, versioning: true);
