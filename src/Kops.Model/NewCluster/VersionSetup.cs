using Kops.Model.Flags;
using Semver;

namespace Kops.Model.NewCluster;

/// <summary>The Kubernetes version: as the user wrote it, else the channel's.</summary>
internal static class VersionSetup
{
    public static void Apply(ClusterDraft draft)
    {
        var version = draft.Flags.KubernetesVersion is { Length: > 0 } given
            ? given
            : draft.Request.Channel.RecommendedKubernetes(SemVersion.Parse(Versions.Kops))
                ?? throw new InvalidFlagException(
                    "kubernetes-version",
                    $"--kubernetes-version is needed: the channel '{draft.Spec.Channel}' recommends none"
                );
        if (!Versions.TryParseKubernetes(version, out _))
            throw new InvalidFlagException(
                "kubernetes-version",
                $"--kubernetes-version: '{version}' is not a Kubernetes version: write it as 1.36.3"
            );
        draft.Spec.KubernetesVersion = version;
    }
}
