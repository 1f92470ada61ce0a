using Kops.Vfs.Layers.Cache;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Limit;
using Kops.Vfs.Layers.Log;
using Kops.Vfs.Layers.Retry;

namespace Kops.Vfs.Layers;

/// <summary>Puts layers around a driver, always in one order.</summary>
public static class StoreLayers
{
    /// <summary>
    /// From outside to inside: cache, retry, limit, log, check, driver. So what is cached costs no request; a request that waits for
    /// its next try holds no place; each try is logged; and content that arrives broken is tried again.
    /// </summary>
    public static Store Apply(Store store, StoreLayerOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        var driver = store.Driver;
        if (options.Check is { } check)
            driver = new CheckLayer(driver, store.Address, check, options.Clock);
        if (options.Log is { } log)
            driver = new LogLayer(driver, store.Address, log, options.Clock);
        if (options.MaxConcurrency is { } limit)
            driver = new LimitLayer(driver, limit);
        if (options.Retry is { } retry)
            driver = new RetryLayer(driver, store.Address, retry, options.Clock);
        if (options.Cache)
            driver = new CacheLayer(driver);
        return store with { Driver = driver };
    }
}
