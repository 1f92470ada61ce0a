namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>
/// A version: the Secret's <c>resourceVersion</c>, and the parts that hold the content of a long object, so that who replaces it knows what
/// then is garbage. Written <c>1234</c> or <c>1234+SET</c>.
/// </summary>
internal readonly record struct SecretVersion(string Resource, string? Set)
{
    /// <summary>Null for what can be no version here.</summary>
    /// <remarks>An empty version, or 0, would mean "whatever is there" to the API server.</remarks>
    internal static SecretVersion? Parse(ObjectVersion version)
    {
        var parts = version.Value?.Split('+', 2) ?? [];
        return
            parts.Length > 0
            && ulong.TryParse(
                parts[0],
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var number
            )
            && number > 0
            ? new SecretVersion(parts[0], parts.Length == 2 ? parts[1] : null)
            : null;
    }

    internal ObjectVersion ToVersion() => new(Set is null ? Resource : $"{Resource}+{Set}");
}
