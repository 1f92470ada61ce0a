using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.AzureBlob.Tests.Faults;

public sealed class AzureUnsentWriteTests(AzureServer server) : StoreUnsentWrites
{
    protected override async ValueTask<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>> CreateAsync(
        CancellationToken cancellationToken
    )
    {
        var store = await server.CreateContainerAsync(cancellationToken);
        return wrap => server.Open(store, options => options with { WrapNetwork = wrap });
    }
}
