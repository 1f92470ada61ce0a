using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Log;

namespace Kops.Vfs.Layers.Stack;

/// <summary>Which layers a store gets. A local store needs none; what is left null is left out.</summary>
public sealed record StoreLayerOptions
{
    /// <summary>The time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Requests at a time; null for no limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Is told of each request after it.</summary>
    public Action<StoreRequest>? Log { get; init; }

    /// <summary>Is told of each request before and after it, for traces and metrics.</summary>
    public IStoreObserver? Observer { get; init; }

    /// <summary>Checks what arrives, and whether the server honours conditions.</summary>
    public CheckOptions? Check { get; init; }
}
