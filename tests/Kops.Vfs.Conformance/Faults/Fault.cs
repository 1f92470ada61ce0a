namespace Kops.Vfs.Conformance.Faults;

/// <summary>What the proxy does to a request.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is reset before the server hears of the request.</summary>
    Reset,

    /// <summary>The server carries the request out, and the connection is reset before the answer.</summary>
    LostAnswer,

    /// <summary>Half of the answer arrives, then the connection is reset.</summary>
    Truncated,

    /// <summary>503 with Retry-After: the service asks to slow down.</summary>
    SlowDown,

    /// <summary>409 ConditionalRequestConflict, which only S3 says.</summary>
    TryAgain,

    /// <summary>500 InternalError, without the server hearing of the request.</summary>
    ServerError,

    /// <summary>No answer at all.</summary>
    Silence,

    /// <summary>The answer comes a little later.</summary>
    Delay,
}
