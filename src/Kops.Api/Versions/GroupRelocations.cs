using static Kops.Api.Versions.RelocationRows;

namespace Kops.Api.Versions;

/// <summary>What v1alpha3 changes in an instance group.</summary>
internal static class GroupRelocations
{
    /// <summary>The relocations, in order.</summary>
    public static IReadOnlyList<Relocation> All { get; } =
    [
        .. Gone("spec", "rootVolumeDeleteOnTermination"),
        .. KubeletLosses("spec.kubelet"),
        new("spec", "role", "role", new RoleName()),
        .. RootVolume("size type iops throughput optimization encryption encryptionKey"),
        new("spec", "associatePublicIp", "associatePublicIP"),
        new("spec.externalLoadBalancers[]", "targetGroupArn", "targetGroupARN"),
        .. Kubelet("spec.kubelet"),
        // kOps forgets to negate "disabled" here, which it does for a cluster: its v1alpha3 says "enabled" of a hook that is disabled.
        // We say what is meant. In v1alpha2, which is what stores hold, there is no difference.
        .. Hooks("spec.hooks[]"),
    ];

    /// <summary>Objects of v1alpha3 alone.</summary>
    public static IReadOnlyList<Relocation> LeftWhenEmpty { get; } = [new("spec", null, "rootVolume")];

    private static IEnumerable<Relocation> RootVolume(string names) =>
        Names(names).Select(name => new Relocation("spec", $"rootVolume{char.ToUpperInvariant(name[0])}{name[1..]}", $"rootVolume.{name}"));
}
