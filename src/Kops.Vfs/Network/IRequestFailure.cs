namespace Kops.Vfs.Network;

/// <summary>What a retry loop has to know of a request that failed.</summary>
public interface IRequestFailure
{
    /// <summary>Whether the same request may succeed later.</summary>
    bool IsTransient { get; }

    /// <summary>Whether the request may have been carried out all the same.</summary>
    bool MayHaveHappened { get; }

    /// <summary>How long the service asks to wait; null where it does not say.</summary>
    TimeSpan? RetryAfter { get; }
}
