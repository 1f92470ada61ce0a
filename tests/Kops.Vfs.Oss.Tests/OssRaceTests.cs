using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Oss.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Oss.Tests;

/// <summary>Writers in several processes.</summary>
public sealed class OssRaceTests(TestServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment(bool versioning)
    {
        var bucket = server.CreateBucket(versioning);
        await using var driver = server.Open(bucket);

        await Counter.RaceAsync(driver, bucket, server.Environment, TestContext.Current.CancellationToken);
    }
}
