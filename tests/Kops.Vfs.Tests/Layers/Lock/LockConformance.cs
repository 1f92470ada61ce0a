using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Memory;

namespace Kops.Vfs.Tests.Layers.Lock;

/// <summary>The suite that every store passes, on a store without conditions, in its lock.</summary>
public sealed class LockConformance : StoreConformance
{
    protected override long LargeBytes => 1L << 24;

    protected override long? LargeMemoryBytes => null;

    protected override ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        var shared = new RacyStore.Shared();
        LockLayer Open() =>
            new(new RacyStore(memory, shared, TimeSpan.FromMilliseconds(5)), "memfs://lock", LockTests.Times, TimeProvider.System);
        return ValueTask.FromResult(new StoreUnderTest(Open()) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(Open()) });
    }
}
