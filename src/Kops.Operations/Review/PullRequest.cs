namespace Kops.Operations.Review;

/// <summary>What is pulled into a directory, and for whom keys and secrets are sealed there.</summary>
public sealed record PullRequest
{
    /// <summary>As <see cref="Key"/>: no key of a service opens what is sealed from now on.</summary>
    public const string NoKey = "none";

    /// <summary>The clusters; empty for those of the last time, or all.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>Whether edits that stand against changes in the store are given up.</summary>
    public bool Force { get; init; }

    /// <summary>Recipients of age who open what is sealed; empty for those of the last time.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>
    /// The key of a key management service that opens what is sealed, too; null for that of the last time, if there was one.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// Encrypts a little text with a key of a key management service. Asked only where the key was never used for the directory, or its
    /// file is not what it was.
    /// </summary>
    public Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>>? Encrypt { get; init; }
}
