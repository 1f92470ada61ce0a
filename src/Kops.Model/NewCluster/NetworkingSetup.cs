using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>The pod network.</summary>
internal static class NetworkingSetup
{
    private static readonly Dictionary<string, Action<ClusterDraft>> ByName = new()
    {
        ["amazonvpc"] = draft => draft.Spec.EnsureNetworking().EnsureAmazonvpc(),
        ["amazon-vpc-routed-eni"] = draft => draft.Spec.EnsureNetworking().EnsureAmazonvpc(),
        ["calico"] = draft => draft.Spec.EnsureNetworking().EnsureCalico(),
        ["cilium"] = Cilium,
        ["cilium-eni"] = draft =>
        {
            Cilium(draft);
            draft.Spec.EnsureNetworking().EnsureCilium().Ipam = "eni";
        },
        ["cilium-etcd"] = draft =>
        {
            Cilium(draft);
            draft.Spec.EnsureNetworking().EnsureCilium().EtcdManaged = true;
        },
        ["cni"] = draft => draft.Spec.EnsureNetworking().EnsureCni(),
        ["external"] = draft => draft.Spec.EnsureNetworking().EnsureExternal(),
        ["flannel"] = draft => draft.Spec.EnsureNetworking().EnsureFlannel().Backend = "vxlan",
        ["flannel-udp"] = draft =>
        {
            draft.Spec.EnsureNetworking().EnsureFlannel().Backend = "udp";
            draft.Warnings.Add("--networking flannel-udp is slow and meant for debugging: flannel-vxlan is the better choice");
        },
        ["flannel-vxlan"] = draft => draft.Spec.EnsureNetworking().EnsureFlannel().Backend = "vxlan",
        ["gce"] = draft => draft.Spec.EnsureNetworking().EnsureGce(),
        ["gcp"] = draft => draft.Spec.EnsureNetworking().EnsureGce(),
        ["kindnet"] = draft => draft.Spec.EnsureNetworking().EnsureKindnet(),
        ["kopeio"] = draft => draft.Spec.EnsureNetworking().EnsureKopeio(),
        ["kopeio-vxlan"] = draft => draft.Spec.EnsureNetworking().EnsureKopeio(),
        ["kube-router"] = draft =>
        {
            draft.Spec.EnsureNetworking().EnsureKuberouter();
            draft.Spec.EnsureKubeProxy().Enabled = false;
        },
        ["kubenet"] = draft => draft.Spec.EnsureNetworking().EnsureKubenet(),
    };

    public static string NameOf(ClusterFlags flags) => string.IsNullOrEmpty(flags.Networking) ? "cilium" : flags.Networking;

    public static void Apply(ClusterDraft draft)
    {
        var name = NameOf(draft.Flags);
        if (!ByName.TryGetValue(name, out var apply))
            throw new InvalidFlagException(
                "networking",
                $"--networking: there is no '{name}'; there are {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}"
            );
        apply(draft);
    }

    // Cilium does what kube-proxy does.
    private static void Cilium(ClusterDraft draft)
    {
        draft.Spec.EnsureNetworking().EnsureCilium().EnableNodePort = true;
        draft.Spec.EnsureKubeProxy().Enabled = false;
    }
}
