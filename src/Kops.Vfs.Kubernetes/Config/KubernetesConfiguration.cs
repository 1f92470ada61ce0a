using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>Makes options out of what users say: the environment variables that kubectl and pods know, and profiles.</summary>
public static class KubernetesConfiguration
{
    private static readonly StoreSetting Kubeconfig = new(
        "credentials.kubeconfig",
        "the kubeconfig, or several with `:` between them",
        "KUBECONFIG"
    )
    {
        IsCredential = true,
    };

    /// <summary>What can be said of these stores, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> Settings { get; } = [Kubeconfig];

    /// <summary>The options for a store.</summary>
    /// <exception cref="StoreException">Something is wrong; the message names it.</exception>
    public static KubernetesOptions Read(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = new KubernetesOptions
        {
            KubeconfigFiles = Files(settings),
            ServiceHost = settings.Variable("KUBERNETES_SERVICE_HOST"),
        };
        return settings.WithNetwork(
            settings.Variable("KUBERNETES_SERVICE_PORT") is { } port ? options with { ServicePort = port } : options
        );
    }

    /// <remarks>What the machine offers to everybody counts also where a profile names no kubeconfig.</remarks>
    private static IReadOnlyList<string> Files(StoreSettings settings) =>
        (settings.Get(Kubeconfig) ?? settings.Variable("KUBECONFIG")) is { } list
            ? [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()]
        : (settings.Variable("HOME") ?? settings.Variable("USERPROFILE")) is { } home ? [Path.Combine(home, ".kube", "config")]
        : [];
}
