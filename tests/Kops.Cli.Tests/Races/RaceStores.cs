using Kops.Cli.Tests.Stores;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>Makes stores that many processes share.</summary>
internal static class RaceStores
{
    private static int s_directories;

    /// <summary>Makes an empty store; skips the test where the machine cannot.</summary>
    public static async Task<StoreAtHand> CreateStoreAsync(this TestServers servers, string scheme, Desk desk)
    {
        switch (scheme)
        {
            case "file":
                return OfPath("file://" + desk.PathOf($"state{Interlocked.Increment(ref s_directories)}"));
            case "s3":
                var (bucket, values) = await servers.CreateBucketAsync(TestContext.Current.CancellationToken);
                string[] names = ["S3_ENDPOINT", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];
                return OfPath($"s3://{bucket}") with { Environment = names.ToDictionary(name => name, name => values[name]) };
            case "sftp":
                return await SftpStores.CreateAsync(servers);
            case "swift":
                return await SwiftStores.CreateAsync(servers);
            default:
                throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "no such kind of store");
        }
    }

    private static StoreAtHand OfPath(string address) => new(address, new Dictionary<string, string>()) { Profile = string.Empty };
}
