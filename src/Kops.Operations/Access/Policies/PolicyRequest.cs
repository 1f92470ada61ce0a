namespace Kops.Operations.Access.Policies;

/// <summary>For whom a policy is written, and for what.</summary>
/// <param name="Grants">What is allowed.</param>
/// <param name="Principals">Who, in the cloud's words.</param>
public sealed record PolicyRequest(IReadOnlyList<AccessGrant> Grants, IReadOnlyList<string> Principals)
{
    /// <summary>
    /// Where roles are defined, on clouds that define them somewhere: a project, or a storage account's resource id; null when none is
    /// named.
    /// </summary>
    public string? Scope { get; init; }

    /// <summary>The key that files are encrypted with; null when none is named.</summary>
    public string? Key { get; init; }
}
