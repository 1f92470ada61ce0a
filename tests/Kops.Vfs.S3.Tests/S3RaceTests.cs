using Kops.Vfs.Conformance.Races;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>Writers in several processes.</summary>
public sealed class S3RaceTests(S3Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment()
    {
        var bucket = await server.CreateBucketAsync(Token);
        await using var driver = server.Open(bucket);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [S3Server.EndpointVariable] = server.Options.Endpoint!.AbsoluteUri,
            [S3Server.AccessKeyVariable] = server.Options.AccessKey!.Id,
            [S3Server.SecretKeyVariable] = server.Options.AccessKey.Secret,
        };

        await Counter.RaceAsync(driver, bucket, environment, Token);
    }
}
