namespace Kops.Vfs.Kubernetes;

/// <summary>Makes options out of the environment variables that kubectl and pods know.</summary>
public static class KubernetesEnvironment
{
    /// <summary>The options.</summary>
    /// <param name="environment">The process' environment.</param>
    public static KubernetesOptions Read(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var options = new KubernetesOptions { KubeconfigFiles = Files(), ServiceHost = Get("KUBERNETES_SERVICE_HOST") };
        return Get("KUBERNETES_SERVICE_PORT") is { } port ? options with { ServicePort = port } : options;

        string? Get(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

        IReadOnlyList<string> Files() =>
            Get("KUBECONFIG") is { } list ? [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()]
            : (Get("HOME") ?? Get("USERPROFILE")) is { } home ? [Path.Combine(home, ".kube", "config")]
            : [];
    }
}
