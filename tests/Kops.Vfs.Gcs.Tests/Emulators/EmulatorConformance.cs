using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Server;

namespace Kops.Vfs.Gcs.Tests.Emulators;

/// <summary>
/// The suite that every store passes, on servers that do what emulators do: that they ignore conditions is found out, and writes are
/// guarded.
/// </summary>
public abstract class EmulatorConformance(EmulatorServers servers, EmulatorQuirks quirks, int chunk) : StoreConformance
{
    // These servers are tried for their answers; the service's conformance streams the whole GiB.
    protected override long LargeBytes => Math.Min(chunk, 1L << 24);

    protected override long? LargeMemoryBytes => null;

    protected override int ManyKeys => 1_200;

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var (bucket, address) = await servers.CreateBucketAsync(quirks);
        return new StoreUnderTest(Open()) { OpenAnother = () => ValueTask.FromResult(Open()) };

        IStoreDriver Open() => EmulatorServers.OpenChecked(bucket, address, chunk, EmulatorServers.Quick);
    }
}

public sealed class FakeGcsServerConformance(EmulatorServers servers)
    : EmulatorConformance(servers, EmulatorQuirks.FakeGcsServer, 256 * 1024)
{
    protected override long LargeBytes => 1 << 24;
}

// Where nobody says how long a content is, it must fit into a chunk there.
public sealed class GcpStorageEmulatorConformance(EmulatorServers servers)
    : EmulatorConformance(servers, EmulatorQuirks.GcpStorageEmulator, 1 << 24);

public sealed class FirebaseConformance(EmulatorServers servers) : EmulatorConformance(servers, EmulatorQuirks.Firebase, 1 << 24);
