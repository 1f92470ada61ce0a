using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Validation;
using Kops.Model;
using Kops.Model.Updates;
using Kops.Operations.Events;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Updates;

/// <summary>What an update does not do unless its user insists: it is compared with what the last one left in the store.</summary>
internal static class UpdateGuards
{
    /// <summary>Refuses to update as an older kOps than the one that did it last, and tells when an older one is shut out.</summary>
    /// <exception cref="OperationException">A newer kOps updated the cluster, or nobody can tell.</exception>
    public static void CheckKops(ClusterSession session, ClusterState state, StoredFile file, UpdateOptions options)
    {
        if (!file.Exists || options.AllowKopsDowngrade)
            return;
        try
        {
            if (KopsDowngrade.IsOne(file.Text))
                throw OperationException.Failed(
                    $"cluster \"{state.Name}\" was last updated by kOps {file.Text.Trim()}, and this program works as kOps "
                        + $"{Versions.Kops}, which is older; --allow-kops-downgrade goes on"
                );
            if (KopsDowngrade.IsRise(file.Text))
                session.Tell(new KopsVersionRises(state.Name, file.Text.Trim(), Versions.Kops));
        }
        catch (FormatException unreadable)
        {
            throw OperationException.Failed(
                $"{file.Path}: {unreadable.Message}, so that nobody can tell which kOps updated cluster \"{state.Name}\" last; "
                    + $"--allow-kops-downgrade goes on and writes it anew",
                unreadable
            );
        }
    }

    /// <summary>The cluster as the last update completed it; null when there was none, or it cannot be read.</summary>
    public static Cluster? Applied(StoredFile completedSpec)
    {
        try
        {
            return completedSpec.Exists ? KopsCodec.DecodeStored<Cluster>(completedSpec.Bytes, completedSpec.Path.ToString()).Value : null;
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }

    /// <summary>Refuses what cannot be done to a cluster that runs.</summary>
    /// <exception cref="OperationException">It cannot.</exception>
    public static void CheckChange(ClusterState state, Cluster? applied, string? nodeVersion, UpdateOptions options)
    {
        if (applied is null || options.AllowUnsafeChanges)
            return;
        var problems = ClusterValidator
            .ValidateUpdate(applied, state.Cluster.Value, isApplied: true)
            .Select(problem => problem.ToString()!)
            .Concat(VersionJump(applied, state.Cluster.Value))
            .Concat(NodesLag(state.Cluster.Value, nodeVersion))
            .ToList();
        if (problems.Count > 0)
            throw OperationException.Failed(
                $"cluster \"{state.Name}\" runs already, and cannot become like that; --allow-unsafe-changes goes on:\n"
                    + string.Join('\n', problems.Select(problem => $"  {problem}"))
            );
    }

    /// <summary>
    /// The version that nodes boot with while the control plane is still to be upgraded: a kubelet must not be newer than its API server.
    /// Null when they boot with the cluster's. Nobody can tell from the store when the control plane was replaced, so they keep the oldest
    /// that one of them boots with, until the user says that it was.
    /// </summary>
    /// <param name="state">The cluster as it is wanted.</param>
    /// <param name="booted">The versions that nodes boot with by now, and the control plane's where there are none.</param>
    /// <param name="options">Whether the user says so.</param>
    public static string? NodeVersion(ClusterState state, IEnumerable<string?> booted, UpdateOptions options)
    {
        if (options.IgnoreKubeletVersionSkew || !Parse(state.Cluster.Value.Spec.KubernetesVersion, out var wanted))
            return null;
        var (oldest, text) = (wanted!, (string?)null);
        foreach (var told in booted)
        {
            if (Parse(told, out var version) && version!.ComparePrecedenceTo(oldest) < 0)
                (oldest, text) = (version, told);
        }

        return text;
    }

    // What Kubernetes supports: https://kubernetes.io/releases/version-skew-policy/#kubelet
    private static IEnumerable<string> NodesLag(Cluster wanted, string? nodeVersion)
    {
        const int Supported = 3;
        if (
            Parse(nodeVersion, out var nodes)
            && Parse(wanted.Spec.KubernetesVersion, out var after)
            && nodes!.Major == after!.Major
            && after.Minor > nodes.Minor + Supported
        )
            yield return $"spec.kubernetesVersion: nodes still boot with {nodes}, and an API server of {after} supports those of "
                + $"{after.Major}.{after.Minor - Supported} and newer: set the version that the control plane "
                + "runs, and give nodes that first, with --ignore-kubelet-version-skew";
    }

    private static IEnumerable<string> VersionJump(Cluster applied, Cluster wanted)
    {
        const string Field = "spec.kubernetesVersion";
        if (!Parse(applied.Spec.KubernetesVersion, out var before) || !Parse(wanted.Spec.KubernetesVersion, out var after))
            yield break;
        if (after!.Major == before!.Major && after.Minor > before.Minor + 1)
            yield return $"{Field}: {before} cannot become {after} at once: {before.Major}.{before.Minor + 1} comes in between";
        if (after.Major == before.Major && after.Minor < before.Minor)
            yield return $"{Field}: {before} cannot become {after}: what a newer API server stored, an older one may not read";
    }

    private static bool Parse(string? text, out Semver.SemVersion? version) => Versions.TryParseKubernetes(text, out version);
}
