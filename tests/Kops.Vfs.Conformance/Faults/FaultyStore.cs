using Kops.Vfs.Drivers;

namespace Kops.Vfs.Conformance.Faults;

/// <summary>One store, reached directly and through a proxy that hurts requests.</summary>
/// <param name="Direct">A client that nothing happens to.</param>
/// <param name="Proxy">The proxy.</param>
/// <param name="Driver">A client behind the proxy, which waits milliseconds between its tries.</param>
public sealed record FaultyStore(IStoreDriver Direct, FaultProxy Proxy, IStoreDriver Driver) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await Proxy.DisposeAsync();
        await Direct.DisposeAsync();
    }
}
