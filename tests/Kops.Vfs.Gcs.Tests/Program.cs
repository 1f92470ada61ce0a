using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit.MicrosoftTestingPlatform;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>Runs the tests; or, called by one of them, is one of two processes that race.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        await Counter.TryRunAsync(
            args,
            bucket => new GcsStoreDriver(bucket, "gs://" + bucket, TestServer.FromEnvironment(), TimeProvider.System)
        )
            ? 0
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
