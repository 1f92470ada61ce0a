using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests.Conformance;

/// <summary>The suite that every store passes, on a real server.</summary>
public sealed class CephConformance(S3Server server) : StoreConformance
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() =>
        CheckDocumentation("s3, do, hos, linode, scw on Ceph", "Ceph 16");

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var bucket = await server.CreateBucketAsync(cancellationToken);
        return new StoreUnderTest(server.Open(bucket)) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(bucket)) };
    }
}
