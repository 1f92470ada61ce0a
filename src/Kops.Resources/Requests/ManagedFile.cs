namespace Kops.Resources.Requests;

/// <summary>A file of the state store that is a resource of its own.</summary>
/// <param name="Name">What kOps calls it: <c>nodeupconfig-nodes</c>.</param>
/// <param name="Address">Where it lies: <c>s3://bucket/key</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ManagedFile(string Name, string Address, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether everyone may read it.</summary>
    public bool IsPublic { get; init; }
}
