using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.Conformance.Races;
using Xunit.MicrosoftTestingPlatform;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>Runs the tests; or, called by one of them, is one of two processes that race.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        await Counter.TryRunAsync(args, Open)
            ? 0
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);

    private static AzureBlobStoreDriver Open(string container)
    {
        var (account, options) = AzureServer.FromEnvironment()!.Value;
        return new AzureBlobStoreDriver(account, container, options, TimeProvider.System);
    }
}
