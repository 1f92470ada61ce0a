using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Config;

namespace Kops.Vfs.Kubernetes.Tests;

/// <summary>A page in place of an API server.</summary>
public sealed class KubernetesForeignAnswerTests : StoreForeignAnswers, IDisposable
{
    private readonly string _kubeconfig = Path.GetTempFileName();

    public void Dispose() => File.Delete(_kubeconfig);

    protected override IStoreDriver Open(Uri server)
    {
        File.WriteAllText(
            _kubeconfig,
            $$$"""
            apiVersion: v1
            kind: Config
            current-context: page
            clusters: [{name: page, cluster: {server: "{{{server}}}"}}]
            contexts: [{name: page, context: {cluster: page, user: somebody}}]
            users: [{name: somebody, user: {token: secret}}]
            """
        );
        return new KubernetesStoreDriver(
            null,
            "space",
            "k8s:///space",
            new KubernetesOptions { KubeconfigFiles = [_kubeconfig] },
            TimeProvider.System
        );
    }
}
