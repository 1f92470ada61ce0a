namespace Kops.Vfs.Gcs.Credentials;

/// <summary>No token could be had. The message says why and what to do, without secrets.</summary>
internal sealed class CredentialException(string message, bool isTransient = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same request may succeed later.</summary>
    internal bool IsTransient { get; } = isTransient;
}
