using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>Writers in several processes.</summary>
public sealed class GcsRaceTests(TestServer server)
{
    [Fact]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment()
    {
        var bucket = server.CreateBucket();
        await using var driver = server.Open(bucket);

        await Counter.RaceAsync(driver, bucket, server.Environment, TestContext.Current.CancellationToken);
    }
}
