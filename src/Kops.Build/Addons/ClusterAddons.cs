using Kops.Build.Input;

namespace Kops.Build.Addons;

/// <summary>The addons of a cluster, in kOps' order: every cluster's, those that its user wants, those of cloud and network.</summary>
internal static class ClusterAddons
{
    /// <summary>The one that every cluster has, and that is of kOps' own version.</summary>
    public const string Controller = "kops-controller" + Suffix;

    private const string Suffix = ".addons.k8s.io";

    public static IReadOnlyList<Addon> Of(BuildContext context) =>
        [
            .. Core(context),
            .. OptionalAddons.Of(context),
            .. StorageClasses(context),
            .. CloudAddons.Of(context),
            .. NetworkAddons.Of(context),
            .. Authentication(context),
            .. CloudAddons.Last(context),
            .. OptionalAddons.Last(context),
        ];

    /// <summary>An addon of kOps' own names.</summary>
    public static Addon Named(string name, string? id) => new(name + Suffix, id);

    private static IEnumerable<Addon> Core(BuildContext context)
    {
        var spec = context.Spec;
        yield return Named("kops-controller", "k8s-1.16") with
        {
            RollingUpdate = "control-plane",
        };
        if (spec.KubeDNS?.Provider == "KubeDNS")
            yield return Named("kube-dns", "k8s-1.12");
        if (spec.KubeDNS?.Provider is null or "" or "CoreDNS")
            yield return Named("coredns", "k8s-1.12");
        yield return Named("kubelet-api.rbac", "k8s-1.9");
        yield return Named("limit-range", null) with
        {
            File = "v1.5.0",
        };
        var usesExternalDns = spec.ExternalDns?.Provider == "external-dns";
        var controller = Named("dns-controller", "k8s-1.12");
        yield return context.UsesNoDns || usesExternalDns
            ? controller with
            {
                Prunes = true,
                KnownBody = ReadOnlyMemory<byte>.Empty,
            }
            : controller;
        if (usesExternalDns && !context.UsesNoDns)
            yield return Named("external-dns", "k8s-1.19");
        if (spec.KubeDNS is { NodeLocalDNS.Enabled: true, Provider: null or "" or "CoreDNS" })
            yield return Named("nodelocaldns", "k8s-1.12") with
            {
                RollingUpdate = "all",
            };
    }

    private static IEnumerable<Addon> StorageClasses(BuildContext context)
    {
        if (context.Spec.CloudConfig?.ManageStorageClasses == false)
            yield break;
        if (context.Cloud.Name == "aws")
            yield return Named("storage-aws", "v1.15.0");
        if (context.Cloud.Name == "azure")
            yield return Named("storage-azure", "k8s-1.31") with
            {
                Prunes = true,
            };
    }

    private static IEnumerable<Addon> Authentication(BuildContext context)
    {
        var label = ("role.kubernetes.io/authentication", "1");
        if (context.Spec.Authentication?.Kopeio is not null)
            yield return new Addon("authentication.kope.io", "k8s-1.12") { Selector = label };
        if (context.Spec.Authentication?.Aws is not null)
            yield return new Addon("authentication.aws", "k8s-1.12") { Selector = label };
    }
}
