using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.S3.Tests.Servers;

namespace Kops.Vfs.S3.Tests.Faults;

public sealed class S3UnsentWriteTests(S3Server server) : StoreUnsentWrites
{
    protected override async ValueTask<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>> CreateAsync(
        CancellationToken cancellationToken
    )
    {
        var store = await server.CreateBucketAsync(cancellationToken);
        return wrap => server.Open(store, options => options with { WrapNetwork = wrap });
    }
}
