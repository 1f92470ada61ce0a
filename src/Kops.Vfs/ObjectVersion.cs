namespace Kops.Vfs;

/// <summary>
/// The identity of one state of one object: an ETag, a generation, a resourceVersion. Opaque: two versions are equal or they
/// are not; a version is not to be read as a hash, nor as an order. It is no name of a write either: where
/// <see cref="StoreCapabilities.VersionsNameWrites"/> does not say so, equal bytes written by two people may have one version. Who wrote
/// an object is told by its mark (<see cref="ObjectInfo.Mark"/>).
/// </summary>
/// <param name="Value">The token as the store gave it.</param>
public readonly record struct ObjectVersion(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
