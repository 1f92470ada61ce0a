using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Tests.Servers;

namespace Kops.Vfs.Gcs.Tests.Faults;

public sealed class GcsUnsentWriteTests(TestServer server) : StoreUnsentWrites
{
    protected override ValueTask<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>> CreateAsync(
        CancellationToken cancellationToken
    )
    {
        var store = server.CreateBucket();
        return ValueTask.FromResult<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>>(wrap =>
            server.Open(store, options => options with { WrapNetwork = wrap })
        );
    }
}
