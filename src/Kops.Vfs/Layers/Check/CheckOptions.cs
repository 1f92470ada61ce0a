using Kops.Vfs.Layers.Lock;

namespace Kops.Vfs.Layers.Check;

/// <summary>What is checked.</summary>
public sealed record CheckOptions
{
    /// <summary>
    /// Where to probe, once and before the first conditional write, whether the server honours conditions: a prefix, ending in
    /// <c>/</c>, in which a small object is made and removed. Null trusts the driver.
    /// </summary>
    /// <remarks>Some S3-compatible services accept <c>If-Match</c> and <c>If-None-Match</c> and do nothing with them.</remarks>
    public string? ProbePrefix { get; init; }

    /// <summary>
    /// Whether an earlier run found that the server honours conditions, so that it need not be tried out again; null where nobody
    /// remembers.
    /// </summary>
    public Func<bool>? IsKnown { get; init; }

    /// <summary>Is told when the server turns out to honour conditions, for later runs; null where nobody remembers.</summary>
    public Action? Remember { get; init; }

    /// <summary>
    /// The lock that guards all writes to a server that turns out to ignore conditions, so that no writer among those who take it loses
    /// another's
    /// work. Null refuses conditional writes to such a server.
    /// </summary>
    public LockOptions? Guard { get; init; }
}
