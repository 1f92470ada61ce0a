using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Memory;

namespace Kops.Vfs.Tests.Conformance;

/// <summary>The suite over the store in memory, with a layer around it.</summary>
public abstract class MemoryConformance : StoreConformance
{
    // The store in memory holds what it stores: it can show that a large object streams, but not in how little memory.
    protected override long LargeBytes => 8 << 20;

    protected override long? LargeMemoryBytes => null;

    protected abstract IStoreDriver Wrap(MemoryStoreDriver memory);

    protected override ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        return ValueTask.FromResult(new StoreUnderTest(Wrap(memory)) { OpenAnother = () => ValueTask.FromResult(Wrap(memory)) });
    }
}
