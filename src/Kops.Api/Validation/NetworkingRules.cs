namespace Kops.Api.Validation;

/// <summary>The network plug-in: one at most, and one that suits the cloud and the address family.</summary>
internal static class NetworkingRules
{
    // The plug-ins that kOps still sets up, with the clouds and address families that they do not serve.
    private static readonly (string Name, bool IsIPv4Only, string? OnlyOn)[] Options =
    [
        ("kubenet", true, null),
        ("external", false, null),
        ("kopeio", true, null),
        ("cni", false, null),
        ("calico", false, null),
        ("cilium", false, null),
        ("kindnet", false, null),
        ("kuberouter", true, null),
        ("flannel", true, null),
        ("amazonvpc", true, "aws"),
        ("gce", true, "gce"),
    ];

    private static readonly string[] Gone = ["classic", "weave", "romana", "lyftvpc", "canal"];

    public static void Check(ClusterContext cluster)
    {
        var networking = cluster.Spec["networking"];
        foreach (var name in Gone)
            networking[name].Forbid("is no longer supported: choose cilium, calico, kindnet or cni");
        string? taken = null;
        foreach (var (name, isIPv4Only, onlyOn) in Options)
        {
            var option = networking[name];
            if (!option.IsSet)
                continue;
            option.FailIf(taken is not null, $"{taken} is chosen already: keep one network plug-in");
            // cni leaves the network to somebody else, and hinders none that comes after it.
            taken = name == "cni" ? taken : name;
            option.FailIf(isIPv4Only && cluster.IsIPv6Only, "does not support IPv6: choose cilium, calico or kindnet");
            option.FailIf(onlyOn is not null && cluster.Cloud.Name != onlyOn, $"is only supported on {onlyOn}: choose cilium or calico");
        }

        networking["external"].Forbid("is no longer supported: choose cni for a plug-in of your own");
        networking["kuberouter"]
            .FailIf(
                networking["kuberouter"].IsSet && cluster.Spec["kubeProxy"].IsSet && !cluster.Spec["kubeProxy"]["enabled"].IsFalse,
                "replaces kube-proxy: set spec.kubeProxy.enabled to false"
            );
        if (networking["flannel"].IsSet && networking["flannel"]["backend"].Require("use vxlan or udp"))
            networking["flannel"]["backend"].OneOf("vxlan", "udp");
        CalicoRules.Check(cluster, networking["calico"]);
        CiliumRules.Check(cluster, networking["cilium"]);
    }
}
