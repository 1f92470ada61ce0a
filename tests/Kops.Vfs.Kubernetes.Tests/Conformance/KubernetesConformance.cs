using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Kubernetes.Tests.Conformance;

/// <summary>The suite that every store passes, on a real API server.</summary>
public sealed class KubernetesConformance(KubernetesServer server) : StoreConformance
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() => CheckDocumentation("k8s", "kube-apiserver 1.20.2");

    /// <summary>A cluster's database is not made for more; it holds 2 GiB in all where nobody raises its quota.</summary>
    protected override long LargeBytes => 192 << 20;

    /// <summary>
    /// A store that buffered would need the object and its base64, three times as much; the most of this is what the tests beside this one
    /// use.
    /// </summary>
    protected override long? LargeMemoryBytes => 160 << 20;

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var space = await server.CreateNamespaceAsync();
        return new StoreUnderTest(server.Open(space)) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(space)) };
    }
}
