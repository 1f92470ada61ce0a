using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Swift.Tests.Servers;
using Xunit.MicrosoftTestingPlatform;

namespace Kops.Vfs.Swift.Tests;

/// <summary>Runs the tests; or, called by one of them, is one of two processes that race.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        await Counter.TryRunAsync(
            args,
            container => SwiftStores.Open(container, "swift://" + container, SwiftServer.FromEnvironment(), TimeProvider.System)
        )
            ? 0
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
