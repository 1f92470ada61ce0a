namespace Kops.Cli.Tests.Stores;

/// <summary>S3 and its relatives, by endpoint; all of them in front of one Ceph.</summary>
public abstract class S3Commands(TestServers servers, string scheme) : StoreCommands
{
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

public sealed class CephCommands(TestServers servers) : S3Commands(servers, "s3");

public sealed class DigitalOceanCommands(TestServers servers) : S3Commands(servers, "do");

public sealed class HetznerCommands(TestServers servers) : S3Commands(servers, "hos");

public sealed class LinodeCommands(TestServers servers) : S3Commands(servers, "linode");

public sealed class ScalewayCommands(TestServers servers) : S3Commands(servers, "scw");
