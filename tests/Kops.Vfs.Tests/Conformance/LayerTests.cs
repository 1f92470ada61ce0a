using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Limit;
using Kops.Vfs.Layers.Log;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.Memory;
using Kops.Vfs.Tests.Layers;
using Kops.Vfs.Tests.Layers.Lock;

namespace Kops.Vfs.Tests.Conformance;

public sealed class LimitLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => new LimitLayer(memory, 2);
}

public sealed class LogLayerTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => new LogLayer(memory, "memfs://test", _ => { }, TimeProvider.System);
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

public sealed class AllLayersTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) =>
        StoreLayers
            .Apply(
                new Store("memfs://test", memory),
                new StoreLayerOptions
                {
                    Clock = TimeProvider.System,
                    Check = new CheckOptions { ProbePrefix = ".kops/" },
                    Log = _ => { },
                    MaxConcurrency = 4,
                }
            )
            .Driver;
}
