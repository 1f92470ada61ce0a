using Kops.Resources.Aws.Core;
using Kops.Resources.Requests;

namespace Kops.Resources.Aws.Identity;

/// <summary>The service accounts that have a role: the user's, and those of addons where these are not to act as their machine.</summary>
internal static class ServiceAccounts
{
    private const string System = "kube-system";

    // The addons: the account that each runs as, whether the cluster has it, and what it may do.
    private static readonly (string Name, Func<AwsCluster, bool> IsUsed, Func<AwsCluster, IEnumerable<Rights>> Rights)[] Addons =
    [
        ("aws-cloud-controller-manager", _ => true, AddonRights.CloudController),
        (
            "aws-load-balancer-controller",
            cluster => cluster.Spec.AwsLoadBalancerController?.Enabled == true,
            AddonRights.BalancerController
        ),
        ("aws-node-termination-handler", cluster => cluster.HasTerminationQueue, AddonRights.NodeTermination),
        ("cert-manager", HasCertificateZones, AddonRights.Certificates),
        ("cluster-autoscaler", cluster => cluster.Spec.ClusterAutoscaler?.Enabled == true, AddonRights.ClusterAutoscaler),
        ("dns-controller", cluster => KeepsNames(cluster, "dns-controller"), AddonRights.Dns),
        ("ebs-csi-controller-sa", _ => true, AddonRights.DiskDriver),
        ("external-dns", cluster => KeepsNames(cluster, "external-dns"), AddonRights.Dns),
        ("karpenter", cluster => cluster.Spec.Karpenter?.Enabled == true, KarpenterRights.Of),
    ];

    public static IEnumerable<ServiceAccount> Of(AwsCluster cluster)
    {
        if (cluster.UsesServiceAccountRoles)
        {
            foreach (var (name, isUsed, rights) in Addons.Where(addon => addon.IsUsed(cluster)))
                yield return new(System, name) { Policy = PolicyDocument.Of(cluster, rights(cluster)) };
        }

        foreach (var permission in (cluster.Spec.Iam?.ServiceAccountExternalPermissions).OrNone())
            yield return new(permission.Namespace ?? string.Empty, permission.Name ?? string.Empty)
            {
                Policy = permission.Aws?.InlinePolicy is { Length: > 0 } inline
                    ? PolicyDocument.Read(inline, $"spec.iam.serviceAccountExternalPermissions: {permission.Name}")
                    : new(),
                ExternalPolicies = [.. (permission.Aws?.PolicyARNs).OrNone()],
            };
    }

    private static bool HasCertificateZones(AwsCluster cluster) =>
        cluster.Spec.CertManager is { Enabled: true } manager && manager.HostedZoneIDs.Count > 0;

    private static bool KeepsNames(AwsCluster cluster, string by) =>
        !cluster.UsesNoDns && (cluster.Spec.ExternalDns?.Provider ?? "dns-controller") == by;
}
