using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Log;
using Kops.Vfs.Layers.Retry;

namespace Kops.Vfs.Layers;

/// <summary>Which layers a store gets. A local store needs none; what is left null is left out.</summary>
public sealed record StoreLayerOptions
{
    /// <summary>The time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Requests at a time; null for no limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Is told of each request after it.</summary>
    public Action<StoreRequest>? Log { get; init; }

    /// <summary>Tries again what failed for now. Only for drivers whose SDK does not: there is one retry loop around a request.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary>Checks what arrives, and whether the server honours conditions.</summary>
    public CheckOptions? Check { get; init; }

    /// <summary>Whether an object that was read is kept, for a command that must read nothing twice.</summary>
    public bool Cache { get; init; }
}
