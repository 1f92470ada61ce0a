using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Server;

namespace Kops.Vfs.Oss.Tests.Others;

/// <summary>The suite that every store passes, on servers that are otherwise than OSS: in what, is found out.</summary>
public abstract class OtherServerConformance(OtherServers servers, OssQuirks quirks) : StoreConformance
{
    // These servers are tried for their answers; the service's conformance streams the whole GiB.
    protected override long LargeBytes => 1L << 24;

    protected override long? LargeMemoryBytes => null;

    protected override int ManyKeys => 2_200;

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var (bucket, server) = await servers.CreateBucketAsync(quirks);
        return new StoreUnderTest(OtherServers.Open(bucket, server))
        {
            OpenAnother = () => ValueTask.FromResult<IStoreDriver>(OtherServers.Open(bucket, server)),
        };
    }
}

public sealed class AliyunEmulatorConformance(OtherServers servers) : OtherServerConformance(servers, OssQuirks.AliyunEmulator);
