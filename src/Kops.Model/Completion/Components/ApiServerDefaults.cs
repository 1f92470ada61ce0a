using Kops.Api;

namespace Kops.Model.Completion.Components;

/// <summary>The Kubernetes API server.</summary>
internal static class ApiServerDefaults
{
    private static readonly string[] AdmissionPlugins =
    [
        "DefaultStorageClass", "DefaultTolerationSeconds", "LimitRanger", "MutatingAdmissionWebhook", "NamespaceLifecycle", "NodeRestriction",
        "ResourceQuota", "RuntimeClass", "ServiceAccount", "ValidatingAdmissionPolicy", "ValidatingAdmissionWebhook",
    ];

    public static void Apply(CompletionContext context)
    {
        var spec = context.Spec;
        var server = spec.EnsureKubeAPIServer();
        server.AllowPrivileged ??= true;
        server.AnonymousAuth ??= false;
        server.ApiServerCount ??= context.ApiServers;
        server.AuthorizationMode ??= spec.Authorization?.AlwaysAllow is not null ? "AlwaysAllow" : "Node,RBAC";
        server.BindAddress ??= context.IsIPv6Only ? "::" : "0.0.0.0";
        server.Image ??= context.KubernetesImage("kube-apiserver");
        server.LogLevel ??= 2;
        server.SecurePort ??= 443;
        server.ServiceClusterIPRange ??= spec.ServiceClusterIPRange;
        server.StorageBackend ??= "etcd3";
        // The flag is gone since Kubernetes 1.33.
        if (!context.Kubernetes.IsAtLeast(33) && context.Cloud.Name != "metal") server.CloudProvider ??= "external";
        if (spec.MetricsServer?.Enabled == true) server.EnableAggregatorRouting ??= true;
        Fill(server.KubeletPreferredAddressTypes, ["InternalIP", "Hostname", "ExternalIP"]);
        Fill(server.EnableAdmissionPlugins, [.. AdmissionPlugins, .. server.AppendAdmissionPlugins.Except(AdmissionPlugins)]);
        Etcd(server);
        Aggregation(server);
        ServiceAccountIssuer.Apply(context, server);
    }

    internal static void Fill(Api.Views.ListView<string> list, IEnumerable<string> items)
    {
        if (list.Count == 0) list.Set(items);
    }

    private static void Etcd(KubeAPIServerConfig server)
    {
        Fill(server.EtcdServers, ["https://127.0.0.1:4001"]);
        Fill(server.EtcdServersOverrides, ["/events#https://127.0.0.1:4002"]);
    }

    private static void Aggregation(KubeAPIServerConfig server)
    {
        Fill(server.RequestheaderAllowedNames, ["aggregator"]);
        Fill(server.RequestheaderExtraHeaderPrefixes, ["X-Remote-Extra-"]);
        Fill(server.RequestheaderGroupHeaders, ["X-Remote-Group"]);
        Fill(server.RequestheaderUsernameHeaders, ["X-Remote-User"]);
    }
}
