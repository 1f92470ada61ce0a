using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Cache;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Limit;
using Kops.Vfs.Layers.Log;
using Kops.Vfs.Layers.Prefix;
using Kops.Vfs.Layers.Retry;
using Kops.Vfs.Memory;
using Kops.Vfs.Tests.Layers;
using Kops.Vfs.Tests.Layers.Lock;

namespace Kops.Vfs.Tests.Conformance;

public sealed class PrefixLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => new PrefixLayer(memory, "some/prefix");
}

public sealed class LimitLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => new LimitLayer(memory, 2);
}

public sealed class LogLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => new LogLayer(memory, "memfs://test", _ => { }, TimeProvider.System);
}

public sealed class CacheLayerTests : MemoryConformance
{
    // The cache is for one command: what other clients write shows in it as conflicts.
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => new CacheLayer(memory);
}

public sealed class CheckLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) =>
        new CheckLayer(memory, "memfs://test", new CheckOptions { ProbePrefix = ".kops/" }, TimeProvider.System);
}

/// <summary>A server that ignores conditions, in the lock that guards writes to it then.</summary>
public sealed class GuardedCheckLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) =>
        new CheckLayer(
            new IgnoresConditions(memory),
            "memfs://test",
            new CheckOptions { ProbePrefix = ".kops/", Guard = LockTests.Times },
            TimeProvider.System
        );
}

public sealed class RetryLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) =>
        new RetryLayer(memory, "memfs://test", new RetryOptions(), TimeProvider.System);
}

public sealed class AllLayersTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) =>
        StoreLayers
            .Apply(
                new Store("memfs://test", memory),
                new StoreLayerOptions
                {
                    Clock = TimeProvider.System,
                    Cache = true,
                    Check = new CheckOptions { ProbePrefix = ".kops/" },
                    Log = _ => { },
                    MaxConcurrency = 4,
                    Retry = new RetryOptions(),
                }
            )
            .Driver;
}

public sealed class FaultLayerTests : MemoryConformance
{
    protected override int ManyKeys => 1000; // each with a fair share of faults and delays

    protected override IStoreDriver Wrap(MemoryStoreDriver memory) =>
        new RetryLayer(
            new FaultLayer(
                memory,
                new FaultOptions
                {
                    Unavailable = 0.1,
                    TryAgain = 0.1,
                    LostAnswer = 0.2,
                    Truncation = 0.2,
                    MaxDelay = TimeSpan.FromMilliseconds(1),
                    MaxInARow = 4,
                }
            ),
            "memfs://test",
            new RetryOptions { MaxRetries = 200, BaseDelay = TimeSpan.Zero },
            TimeProvider.System
        );
}
