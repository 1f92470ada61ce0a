using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Tests.Servers;

namespace Kops.Vfs.Oss.Tests.Faults;

public sealed class OssUnsentWriteTests(TestServer server) : StoreUnsentWrites
{
    protected override ValueTask<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>> CreateAsync(
        CancellationToken cancellationToken
    )
    {
        var store = server.CreateBucket();
        return ValueTask.FromResult<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>>(wrap =>
            server.OpenBare(store, options => options with { WrapNetwork = wrap })
        );
    }
}
