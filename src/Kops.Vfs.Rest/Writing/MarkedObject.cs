using Kops.Vfs.Drivers;

namespace Kops.Vfs.Rest.Writing;

/// <summary>What stands at a key.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Mark">Who wrote it; null where the writer left no mark.</param>
public sealed record MarkedObject(ObjectVersion Version, WriteMark? Mark);
