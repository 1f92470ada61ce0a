using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Kubernetes.Tests;

/// <summary>Writers in several processes.</summary>
public sealed class KubernetesRaceTests(KubernetesServer server)
{
    [Fact]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment()
    {
        var space = await server.CreateNamespaceAsync();
        await using var driver = server.Open(space);

        await Counter.RaceAsync(driver, space, server.Environment, TestContext.Current.CancellationToken);
    }
}
