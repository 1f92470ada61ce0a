using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Xunit.MicrosoftTestingPlatform;

namespace Kops.Vfs.Kubernetes.Tests;

/// <summary>Runs the tests; or, called by one of them, is one of two processes that race.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        await Counter.TryRunAsync(
            args,
            space => new KubernetesStoreDriver(
                "admin",
                space,
                "k8s://admin/" + space,
                KubernetesServer.FromEnvironment(),
                TimeProvider.System
            )
        )
            ? 0
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
