namespace Kops.Vfs.Swift.Identity;

/// <summary>No token could be had. The message says why and what to do, without secrets.</summary>
internal sealed class SignInException(StoreErrorKind kind, string message, bool isTransient = false, Exception? inner = null)
    : Exception(message, inner)
{
    internal StoreErrorKind Kind { get; } = kind;

    /// <summary>Whether the same request may succeed later.</summary>
    internal bool IsTransient { get; } = isTransient;
}
