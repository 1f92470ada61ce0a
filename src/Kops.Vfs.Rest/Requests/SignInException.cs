namespace Kops.Vfs.Rest.Requests;

/// <summary>No credential could be had. The message says why and what to do, without secrets.</summary>
public sealed class SignInException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="isTransient">Whether the same request may succeed later.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="kind">How it is reported; null for what usually is the matter.</param>
    public SignInException(string message, bool isTransient = false, Exception? cause = null, StoreErrorKind? kind = null)
        : base(message, cause) =>
        (IsTransient, Kind) = (isTransient, kind ?? (isTransient ? StoreErrorKind.Unavailable : StoreErrorKind.Unauthenticated));

    /// <summary>How it is reported.</summary>
    public StoreErrorKind Kind { get; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient { get; }
}
