using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;

namespace Kops.StateStore.Tests.Support;

/// <summary>A driver that does something before each read.</summary>
internal sealed class HookDriver(IStoreDriver inner) : StoreLayer(inner)
{
    public required Func<string, Task> BeforeRead { get; init; }

    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        await BeforeRead(key);
        return await base.OpenReadAsync(key, cancellationToken);
    }
}
