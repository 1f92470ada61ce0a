namespace Kops.Vfs.Swift.Configuration;

/// <summary>A text that is never printed.</summary>
/// <param name="value">The secret.</param>
public sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>The secret, for a request.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && other.Reveal() == value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "(secret)";
}
