namespace Kops.Vfs.Kubernetes.Config;

/// <summary>A credential cannot be had. The message says why, and what to do.</summary>
internal sealed class CredentialException(string message, Exception? cause = null) : Exception(message, cause);
