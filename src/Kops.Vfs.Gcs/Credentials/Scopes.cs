namespace Kops.Vfs.Gcs.Credentials;

/// <summary>What tokens are good for.</summary>
internal static class Scopes
{
    /// <summary>Objects and their ACLs: the scope that kOps asks for.</summary>
    internal const string Storage = "https://www.googleapis.com/auth/devstorage.full_control";

    /// <summary>Acting as a service account, and with that all that IAM allows.</summary>
    internal const string CloudPlatform = "https://www.googleapis.com/auth/cloud-platform";
}
