namespace Kops.Vfs.Drivers;

/// <summary>Where a path leads: to a store, and to a key in it.</summary>
/// <typeparam name="TOptions">How stores of this kind are reached.</typeparam>
/// <param name="Address">The store's root as users write it, without a final slash.</param>
/// <param name="Key">The key; empty for the root.</param>
/// <param name="Open">Makes the store's driver. Nothing is sent before it is used.</param>
public sealed record StorePlace<TOptions>(string Address, string Key, Func<TOptions, TimeProvider, IStoreDriver> Open)
{
    /// <summary>Tells the driver of the path, each time that one is opened; null where no driver wants to know.</summary>
    public Action<IStoreDriver>? Visit { get; init; }
}
