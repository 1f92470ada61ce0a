using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>Gives credentials, and new ones when those are refused.</summary>
internal interface ICredentialSource
{
    /// <summary>The credential to send now.</summary>
    /// <exception cref="SignInException">There is none.</exception>
    ValueTask<KubeCredential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Forgets a credential that was refused.</summary>
    /// <returns>Whether another one may be had.</returns>
    bool Forget(KubeCredential refused);

    /// <summary>What helps when it is refused, one clause.</summary>
    string Cure { get; }
}
