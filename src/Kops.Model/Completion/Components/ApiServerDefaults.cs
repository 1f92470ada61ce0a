using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The Kubernetes API server.</summary>
internal static class ApiServerDefaults
{
    private static readonly string[] AdmissionPlugins =
    [
        "DefaultStorageClass",
        "DefaultTolerationSeconds",
        "LimitRanger",
        "MutatingAdmissionWebhook",
        "NamespaceLifecycle",
        "NodeRestriction",
        "ResourceQuota",
        "RuntimeClass",
        "ServiceAccount",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionWebhook",
    ];

    // What an etcd cluster of that name takes over from the main one, and the address that etcd-manager gives it.
    private static readonly Dictionary<string, string> Overrides = new()
    {
        ["events"] = "/events#https://127.0.0.1:4002",
        ["leases"] = "coordination.k8s.io/leases#https://127.0.0.1:4004",
    };

    public static void Apply(CompletionContext context)
    {
        var spec = context.Spec;
        var server = spec.EnsureKubeAPIServer();
        Serve(context, server);
        server.ApiServerCount ??= context.ApiServers;
        server.StorageBackend ??= "etcd" + (spec.EtcdClusters.FirstOrDefault()?.Version?.Split('.')[0].TrimStart('v') ?? "3");
        if (spec.Authorization?.AlwaysAllow is not null)
            server.AuthorizationMode = "AlwaysAllow";
        else if (spec.Authorization?.Rbac is not null)
            server.AuthorizationMode = "Node,RBAC";
        if (spec.Authentication?.Kopeio is not null)
            server.AuthenticationTokenWebhookConfigFile = "/etc/kubernetes/authn.config";
        if (spec.MetricsServer?.Enabled == true)
            server.EnableAggregatorRouting ??= true;
        Fill(server.KubeletPreferredAddressTypes, ["InternalIP", "Hostname", "ExternalIP"]);
        ServiceAccountIssuer.Apply(context, server);
    }

    private static void Serve(CompletionContext context, KubeAPIServerConfig server)
    {
        server.AllowPrivileged = true;
        server.BindAddress = context.IsIPv6Only ? "::" : "0.0.0.0";
        server.Image = context.KubernetesImage("kube-apiserver");
        server.LogLevel = 2;
        server.SecurePort = 443;
        server.ServiceClusterIPRange = context.Spec.ServiceClusterIPRange;
        // The flag is gone since Kubernetes 1.33.
        if (!context.Kubernetes.IsAtLeast(33))
            server.CloudProvider = "external";
        server.EnableAdmissionPlugins.Set(AdmissionPlugins.Concat(server.AppendAdmissionPlugins));
        server.EtcdServers.Set(context.Spec.EtcdClusters.Where(etcd => etcd.Name == "main").Select(_ => "https://127.0.0.1:4001"));
        server.EtcdServersOverrides.Set(
            context.Spec.EtcdClusters.Select(etcd => Overrides.GetValueOrDefault(etcd.Name ?? string.Empty)).OfType<string>()
        );
        server.RequestheaderAllowedNames.Set(["aggregator"]);
        server.RequestheaderExtraHeaderPrefixes.Set(["X-Remote-Extra-"]);
        server.RequestheaderGroupHeaders.Set(["X-Remote-Group"]);
        server.RequestheaderUsernameHeaders.Set(["X-Remote-User"]);
    }

    internal static void Fill(Api.Views.ListView<string> list, IEnumerable<string> items)
    {
        if (list.Count == 0)
            list.Set(items);
    }
}
