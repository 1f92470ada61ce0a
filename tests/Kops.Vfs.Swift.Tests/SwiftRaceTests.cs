using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Swift.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Swift.Tests;

/// <summary>Writers in several processes, with the times of the lock that the program has.</summary>
public sealed class SwiftRaceTests(SwiftServer server)
{
    [Fact]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment()
    {
        var container = await server.CreateContainerAsync();
        await using var driver = server.Open(container);

        await Counter.RaceAsync(driver, container, server.Environment, TestContext.Current.CancellationToken);
    }
}
