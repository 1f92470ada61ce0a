namespace Kops.Vfs.Drivers;

/// <summary>A version of an object that a server has kept.</summary>
/// <param name="Id">The server's id of the version; not an <see cref="ObjectVersion"/>, which names a state to condition a write
/// on.</param>
/// <param name="IsCurrent">Whether it is what a read gives.</param>
/// <param name="Time">When it was written, or deleted.</param>
/// <param name="Object">What was written; null when this version is a deletion.</param>
public sealed record StoredVersion(string Id, bool IsCurrent, DateTimeOffset Time, ObjectInfo? Object);
