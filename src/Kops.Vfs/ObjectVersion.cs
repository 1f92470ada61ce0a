namespace Kops.Vfs;

/// <summary>
/// The identity of one state of one object: an ETag, a generation, a resourceVersion. Opaque: two versions are equal or they
/// are not; a version is never a hash and never an order.
/// </summary>
/// <param name="Value">The token as the store gave it.</param>
public readonly record struct ObjectVersion(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
