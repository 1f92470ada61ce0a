using Kops.Vfs.Conformance.Races;
using Kops.Vfs.S3.Tests.Servers;
using Xunit.MicrosoftTestingPlatform;

namespace Kops.Vfs.S3.Tests;

/// <summary>Runs the tests; or, called by one of them, is one of two processes that race.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        await Counter.TryRunAsync(
            args,
            bucket => new S3StoreDriver(bucket, "s3://" + bucket, S3Server.FromEnvironment()!, TimeProvider.System)
        )
            ? 0
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
