namespace Kops.Vfs.Conformance.Faults;

/// <summary>How often what goes wrong. Shares of 1; all zero by default.</summary>
public sealed record FaultOptions
{
    /// <summary>Seed of the draws, so that a failing run can be run again.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The request fails before it does anything, as with HTTP 503.</summary>
    public double Unavailable { get; init; }

    /// <summary>A write is refused, to be tried again, as with S3's 409 ConditionalRequestConflict.</summary>
    public double TryAgain { get; init; }

    /// <summary>A write happens, but its answer is lost.</summary>
    public double LostAnswer { get; init; }

    /// <summary>The content of a read breaks off, or a listing does.</summary>
    public double Truncation { get; init; }

    /// <summary>Longest delay before a request.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>Faults in a row before one request is let through, so that a bounded retry can pass.</summary>
    public int MaxInARow { get; init; } = 3;
}
