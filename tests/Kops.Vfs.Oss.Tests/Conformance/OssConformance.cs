using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Oss.Tests.Conformance;

/// <summary>The suite that every store passes, with conditions by the lock.</summary>
public abstract class OssConformance(TestServer server, bool versioning, OssSignature signature) : StoreConformance
{
    protected override ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var bucket = server.CreateBucket(versioning);
        return ValueTask.FromResult(new StoreUnderTest(Open()) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(Open()) });

        IStoreDriver Open() => server.Open(bucket, options => options with { Signature = signature });
    }
}

/// <summary>A bucket as it is made.</summary>
public sealed class PlainBucketConformance(TestServer server) : OssConformance(server, versioning: false, OssSignature.V4)
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() =>
        CheckDocumentation("oss, by a lock", "a server in `tests/`");
}

/// <summary>A bucket with versioning, where OSS ignores that an object must not be overwritten.</summary>
public sealed class VersionedBucketConformance(TestServer server) : OssConformance(server, versioning: true, OssSignature.V4)
{
    // The plain bucket streams the whole GiB, through the same code.
    protected override long LargeBytes => 1L << 26;

    protected override long? LargeMemoryBytes => null;
}

/// <summary>A service that knows the older signature alone.</summary>
public sealed class OldSignatureConformance(TestServer server) : OssConformance(server, versioning: false, OssSignature.V1)
{
    // As above.
    protected override long LargeBytes => 1L << 26;

    protected override long? LargeMemoryBytes => null;
}
