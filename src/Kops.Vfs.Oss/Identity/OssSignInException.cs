namespace Kops.Vfs.Oss.Identity;

/// <summary>There is no key to sign with.</summary>
internal sealed class OssSignInException(string message, bool isTransient, Exception? cause = null) : Exception(message, cause)
{
    internal bool IsTransient => isTransient;
}
