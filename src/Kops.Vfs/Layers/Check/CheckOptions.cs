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
}
