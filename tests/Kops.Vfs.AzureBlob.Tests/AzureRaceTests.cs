using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.Conformance.Races;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>Writers in several processes.</summary>
public sealed class AzureRaceTests(AzureServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment()
    {
        var container = await server.CreateContainerAsync(Token);
        await using var driver = server.Open(container);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AzureServer.AccountVariable] = server.Account,
            [AzureServer.KeyVariable] = server.Options.Key!.Value,
            [AzureServer.EndpointVariable] = server.Options.Endpoint?.AbsoluteUri ?? string.Empty,
        };

        await Counter.RaceAsync(driver, container, environment, Token);
    }
}
