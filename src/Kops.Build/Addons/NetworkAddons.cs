using Kops.Build.Input;

namespace Kops.Build.Addons;

/// <summary>What makes the network between pods.</summary>
internal static class NetworkAddons
{
    public static IEnumerable<Addon> Of(BuildContext context)
    {
        var networking = context.Spec.Networking;
        if (networking?.Kopeio is not null)
            yield return Network("networking.kope.io", "k8s-1.12") with
            {
                Prunes = true,
            };
        if (networking?.Flannel is not null)
            yield return Network("networking.flannel", "k8s-1.25") with
            {
                Prunes = true,
            };
        if (networking?.Calico is not null)
            yield return Network("networking.projectcalico.org", "k8s-1.25") with
            {
                Prunes = true,
            };
        if (networking?.Kuberouter is not null)
            yield return Network("networking.kuberouter", "k8s-1.12");
        if (networking?.Amazonvpc is not null)
            yield return Network("networking.amazon-vpc-routed-eni", "k8s-1.16") with
            {
                RollingUpdate = "all",
            };
        if (networking?.Kindnet is not null)
            yield return Network("networking.kindnet", "k8s-1.32") with
            {
                RollingUpdate = "all",
            };
        if (networking?.Cilium is { } cilium)
            yield return Network("networking.cilium.io", "k8s-1.16") with
            {
                File = "k8s-1.16-v1.15",
                RollingUpdate = "all",
                NeedsPki = cilium.Hubble?.Enabled == true,
            };
    }

    private static Addon Network(string name, string id) => new(name, id) { Selector = ("role.kubernetes.io/networking", "1") };
}
