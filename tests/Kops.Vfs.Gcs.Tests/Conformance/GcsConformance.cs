using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests.Conformance;

/// <summary>The suite that every store passes.</summary>
public sealed class GcsConformance(TestServer server) : StoreConformance
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() => CheckDocumentation("gs", "a server in `tests/`");

    protected override ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var bucket = server.CreateBucket();
        return ValueTask.FromResult(
            new StoreUnderTest(server.Open(bucket)) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(bucket)) }
        );
    }
}
