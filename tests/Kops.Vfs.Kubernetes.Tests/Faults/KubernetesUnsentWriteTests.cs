using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Tests.Servers;

namespace Kops.Vfs.Kubernetes.Tests.Faults;

public sealed class KubernetesUnsentWriteTests(KubernetesServer server) : StoreUnsentWrites
{
    protected override async ValueTask<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>> CreateAsync(
        CancellationToken cancellationToken
    )
    {
        var store = await server.CreateNamespaceAsync();
        return wrap => server.Open(store, options => options with { WrapNetwork = wrap });
    }
}
