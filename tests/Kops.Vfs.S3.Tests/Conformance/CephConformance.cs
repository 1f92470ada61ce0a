using Kops.Vfs.Conformance;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests.Conformance;

/// <summary>The suite that every store passes, on a real server.</summary>
public sealed class CephConformance(S3Server server) : StoreConformance
{
    /// <summary>Half of the suite's size: the server holds it in memory, on the same two cores.</summary>
    protected override long LargeBytes => 1L << 29;

    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() => CheckDocumentation("s3, do, hos, linode, scw on Ceph", "Ceph 16");

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var bucket = await server.CreateBucketAsync(cancellationToken);
        return new StoreUnderTest(server.Open(bucket)) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(bucket)) };
    }
}
