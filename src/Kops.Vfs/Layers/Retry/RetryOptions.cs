namespace Kops.Vfs.Layers.Retry;

/// <summary>How often and how soon a request is tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>Tries after the first one.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>Wait before the second try; it doubles with each, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait between two tries.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);
}
