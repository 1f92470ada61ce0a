using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.Swift.Tests.Servers;

namespace Kops.Vfs.Swift.Tests.Faults;

public sealed class SwiftUnsentWriteTests(SwiftServer server) : StoreUnsentWrites
{
    protected override async ValueTask<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>> CreateAsync(
        CancellationToken cancellationToken
    )
    {
        var store = await server.CreateContainerAsync();
        return wrap => server.OpenBare(store, options => options with { WrapNetwork = wrap });
    }
}
