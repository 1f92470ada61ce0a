using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Sftp.Tests.Servers;
using Xunit.MicrosoftTestingPlatform;

namespace Kops.Vfs.Sftp.Tests;

/// <summary>Runs the tests; or, called by one of them, is one of two processes that race.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        await Counter.TryRunAsync(
            args,
            root => new SftpStoreDriver(root, "ssh://server", SftpServer.FromEnvironment(), TimeProvider.System)
        )
            ? 0
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
