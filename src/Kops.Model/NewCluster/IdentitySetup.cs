using Kops.Api;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>Permissions of machines and of service accounts.</summary>
internal static class IdentitySetup
{
    public static void Apply(ClusterDraft draft)
    {
        var iam = draft.Spec.EnsureIam();
        iam.AllowContainerRegistry = true;
        iam.Legacy = false;

        Discover(draft.Spec, draft.Cloud.Name, draft.Request.Name, draft.Flags);
        if (draft.Flags.InstanceManager == "karpenter" && string.IsNullOrEmpty(draft.Flags.DiscoveryStore))
            throw new InvalidFlagException(
                "instance-manager",
                "--instance-manager karpenter needs --discovery-store: Karpenter works with IAM roles for service accounts"
            );
    }

    /// <summary>Publishes discovery documents, each cluster in its own directory; AWS trusts them then.</summary>
    public static void Discover(ClusterSpec spec, string cloud, string cluster, ClusterFlags flags)
    {
        if (flags.DiscoveryStore is not { Length: > 0 } store)
            return;
        var discovery = spec.EnsureServiceAccountIssuerDiscovery();
        discovery.DiscoveryStore = store.TrimEnd('/') + "/" + cluster;
        if (cloud != "aws")
            return;
        discovery.EnableAWSOIDCProvider = true;
        spec.EnsureIam().UseServiceAccountExternalPermissions = true;
    }
}
