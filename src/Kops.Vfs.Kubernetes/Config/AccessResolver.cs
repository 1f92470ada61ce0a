using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using YamlDotNet.RepresentationModel;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>
/// Finds the cluster that a path means: a context of the kubeconfig, the current one, or the cluster that this program runs in.
/// </summary>
internal static class AccessResolver
{
    /// <summary>Resolves a context.</summary>
    /// <param name="context">Its name; null for the current one.</param>
    /// <param name="options">Where to look.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="SignInException">There is no such context, or something in it is wrong.</exception>
    internal static ClusterAccess Resolve(string? context, KubernetesOptions options, TimeProvider clock)
    {
        var config = Kubeconfig.Read(options.KubeconfigFiles);
        var name = context ?? config.CurrentContext;
        var files = string.Join(Path.PathSeparator, options.KubeconfigFiles);
        if (name is null)
        {
            if (options.ServiceHost is { } host)
                return InCluster(host, options, clock);
            throw new SignInException(
                config.Files.Count > 0
                    ? $"the kubeconfig {string.Join(Path.PathSeparator, config.Files)} has no current context; name one "
                        + $"(k8s://CONTEXT/NAMESPACE), or run 'kubectl config use-context'"
                : files.Length > 0 ? $"there is no kubeconfig at {files}; name one in KUBECONFIG"
                : "there is no kubeconfig, and this is not a pod; name one in KUBECONFIG"
            );
        }

        if (config.Find("contexts", name) is not { } entry)
        {
            var known = config.Contexts.ToList();
            var read =
                config.Files.Count > 0 ? string.Join(Path.PathSeparator, config.Files) : $"the kubeconfig {files}, which does not exist";
            throw new SignInException(
                $"there is no context '{name}' in {read}"
                    + (known.Count > 0 ? $"; known are {string.Join(", ", known)}" : "; name a kubeconfig that has it in KUBECONFIG")
            );
        }

        var cluster = Refer(config, entry, "cluster", "clusters") ?? throw new SignInException($"{entry.What} names no cluster");
        var user = Refer(config, entry, "user", "users");
        return FromConfig(name, cluster, user, clock);
    }

    private static ConfigEntry? Refer(Kubeconfig config, ConfigEntry context, string kind, string list)
    {
        if (context.Text(kind) is not { } name)
            return null;
        return config.Find(list, name) ?? throw new SignInException($"{context.What} names the {kind} '{name}', which is not there");
    }

    private static ClusterAccess FromConfig(string context, ConfigEntry cluster, ConfigEntry? user, TimeProvider clock)
    {
        var server = cluster.Text("server") ?? throw new SignInException($"{cluster.What} has no 'server'");
        if (!server.Contains("://", StringComparison.Ordinal))
            server = "https://" + server;
        if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0)
            throw new SignInException(
                $"'server' of {cluster.What} is '{server}', which is not an address; write for example https://host:6443"
            );
        if (
            cluster.Text("proxy-url") is { } proxy
            && !(Uri.TryCreate(proxy, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "socks5")
        )
            throw new SignInException(
                $"'proxy-url' of {cluster.What} is '{proxy}'; write http://host:port, https://host:port or socks5://host:port"
            );
        return new ClusterAccess
        {
            Server = uri,
            Source = $"context '{context}'",
            Credentials = UserCredentials.Make(user, cluster, clock),
            Authorities = Authorities(cluster),
            Insecure = cluster.Flag("insecure-skip-tls-verify"),
            ServerName = cluster.Text("tls-server-name"),
            Proxy = cluster.Text("proxy-url") is { } text ? new Uri(text) : null,
            Impersonation = [.. UserCredentials.Impersonation(user)],
        };
    }

    private static X509Certificate2Collection? Authorities(ConfigEntry cluster)
    {
        try
        {
            return cluster.Content("certificate-authority") is { } pem ? Pem.Authorities(pem) : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new SignInException($"'certificate-authority' of {cluster.What} cannot be used: {e.Message}", cause: e);
        }
    }

    /// <remarks>Source: Kubernetes documentation, "Accessing the Kubernetes API from a Pod".</remarks>
    private static ClusterAccess InCluster(string host, KubernetesOptions options, TimeProvider clock)
    {
        var authority = Path.Combine(options.ServiceAccountDirectory, "ca.crt");
        try
        {
            return new ClusterAccess
            {
                Server = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{options.ServicePort}"),
                Source = "the service account of this pod",
                Credentials = new TokenFile(
                    Path.Combine(options.ServiceAccountDirectory, "token"),
                    "the service account of this pod",
                    "give the pod a service account that exists, with automountServiceAccountToken",
                    clock
                ),
                Authorities = File.Exists(authority) ? Pem.Authorities(File.ReadAllText(authority)) : null,
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or UriFormatException)
        {
            throw new SignInException(
                $"the service account of this pod cannot be used ({options.ServiceAccountDirectory}): {e.Message}",
                cause: e
            );
        }
    }
}
