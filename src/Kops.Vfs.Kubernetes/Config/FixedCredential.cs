namespace Kops.Vfs.Kubernetes.Config;

/// <summary>A credential that stands in a kubeconfig.</summary>
internal sealed class FixedCredential(KubeCredential credential, string cure) : ICredentialSource
{
    public string Cure => cure;

    public ValueTask<KubeCredential> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credential);

    public bool Forget(KubeCredential refused) => false;
}
