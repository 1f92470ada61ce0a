using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Limit;
using Kops.Vfs.Layers.Log;

namespace Kops.Vfs.Layers.Stack;

/// <summary>Puts layers around a driver, always in one order.</summary>
public static class StoreLayers
{
    /// <summary>
    /// From outside to inside: limit, observer, log, check, driver. So a request that waits for its place is not logged as a slow one,
    /// and what a check finds is. Drivers try again by themselves, and tell the log of each try.
    /// </summary>
    public static Store Apply(Store store, StoreLayerOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        var driver = store.Driver;
        if (options.Check is { } check)
            driver = new CheckLayer(driver, store.Address, check, options.Clock);
        if (options.Log is { } log)
        {
            driver.As<ITracedStore>()?.Trace(tried => log(StoreRequest.Of(tried)));
            driver = new LogLayer(driver, store.Address, log, options.Clock);
        }

        if (options.Observer is { } observer)
            driver = new LogLayer(driver, store.Address, observer, options.Clock);
        if (options.MaxConcurrency is { } limit)
            driver = new LimitLayer(driver, limit);
        return store with { Driver = driver };
    }
}
