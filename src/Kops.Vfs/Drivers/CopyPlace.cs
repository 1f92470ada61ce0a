namespace Kops.Vfs.Drivers;

/// <summary>A place that a server can copy from.</summary>
/// <param name="Service">The service and the access to it; places of one service have the same. It is compared, and never shown.</param>
/// <param name="Container">The bucket or container.</param>
/// <param name="Prefix">What the keys there begin with, other than those of the driver; empty, or ending in <c>/</c>.</param>
public sealed record CopyPlace(string Service, string Container, string Prefix = "");
