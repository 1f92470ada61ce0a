namespace Kops.Api.Paths;

/// <summary>
/// Names that fields have in v1alpha3 and in kOps itself, whose <c>--set</c> takes them, with the stored fields that they stand for.
/// Names that differ in case alone need no entry.
/// </summary>
internal static class NewerNames
{
    private static readonly (string Newer, string Stored)[] Moved =
    [
        ("spec.api.access", "spec.kubernetesApiAccess"),
        ("spec.api.additionalSANs", "spec.additionalSans"),
        ("spec.api.publicName", "spec.masterPublicName"),
        ("spec.authentication.oidc.clientID", "spec.kubeAPIServer.oidcClientID"),
        ("spec.authentication.oidc.groupsPrefix", "spec.kubeAPIServer.oidcGroupsPrefix"),
        ("spec.authentication.oidc.issuerURL", "spec.kubeAPIServer.oidcIssuerURL"),
        ("spec.authentication.oidc.usernameClaim", "spec.kubeAPIServer.oidcUsernameClaim"),
        ("spec.authentication.oidc.usernamePrefix", "spec.kubeAPIServer.oidcUsernamePrefix"),
        ("spec.cloudProvider.aws.disableSecurityGroupIngress", "spec.cloudConfig.disableSecurityGroupIngress"),
        ("spec.cloudProvider.aws.ebsCSIDriver", "spec.cloudConfig.awsEBSCSIDriver"),
        ("spec.cloudProvider.aws.elbSecurityGroup", "spec.cloudConfig.elbSecurityGroup"),
        ("spec.cloudProvider.aws.loadBalancerController", "spec.awsLoadBalancerController"),
        ("spec.cloudProvider.aws.nlbSecurityGroupMode", "spec.cloudConfig.nlbSecurityGroupMode"),
        ("spec.cloudProvider.aws.nodeIPFamilies", "spec.cloudConfig.nodeIPFamilies"),
        ("spec.cloudProvider.aws.nodeTerminationHandler", "spec.nodeTerminationHandler"),
        ("spec.cloudProvider.aws.podIdentityWebhook", "spec.podIdentityWebhook"),
        ("spec.cloudProvider.aws.spotinstOrientation", "spec.cloudConfig.spotinstOrientation"),
        ("spec.cloudProvider.aws.spotinstProduct", "spec.cloudConfig.spotinstProduct"),
        ("spec.cloudProvider.aws.useIPBasedNodeNames", "spec.cloudConfig.useIPBasedNodeNames"),
        ("spec.cloudProvider.aws.warmPool", "spec.warmPool"),
        ("spec.cloudProvider.azure", "spec.cloudConfig.azure"),
        ("spec.cloudProvider.gce.multizone", "spec.cloudConfig.multizone"),
        ("spec.cloudProvider.gce.nodeInstancePrefix", "spec.cloudConfig.nodeInstancePrefix"),
        ("spec.cloudProvider.gce.nodeTags", "spec.cloudConfig.nodeTags"),
        ("spec.cloudProvider.gce.pdCSIDriver", "spec.cloudConfig.gcpPDCSIDriver"),
        ("spec.cloudProvider.gce.project", "spec.project"),
        ("spec.cloudProvider.gce.serviceAccount", "spec.cloudConfig.gceServiceAccount"),
        ("spec.cloudProvider.gce.useStartupScript", "spec.cloudConfig.gceUseStartupScript"),
        ("spec.cloudProvider.openstack", "spec.cloudConfig.openstack"),
        ("spec.configStore.base", "spec.configBase"),
        ("spec.configStore.keypairs", "spec.keyStore"),
        ("spec.configStore.secrets", "spec.secretStore"),
        ("spec.controlPlaneKubelet", "spec.masterKubelet"),
        ("spec.networking.additionalNetworkCIDRs", "spec.additionalNetworkCIDRs"),
        ("spec.networking.amazonVPC.image", "spec.networking.amazonvpc.imageName"),
        ("spec.networking.amazonVPC.initImage", "spec.networking.amazonvpc.initImageName"),
        ("spec.networking.egressProxy", "spec.egressProxy"),
        ("spec.networking.gcp", "spec.networking.gce"),
        ("spec.networking.isolateControlPlane", "spec.isolateMasters"),
        ("spec.networking.networkCIDR", "spec.networkCIDR"),
        ("spec.networking.networkID", "spec.networkID"),
        ("spec.networking.nonMasqueradeCIDR", "spec.nonMasqueradeCIDR"),
        ("spec.networking.podCIDR", "spec.podCIDR"),
        ("spec.networking.serviceClusterIPRange", "spec.serviceClusterIPRange"),
        ("spec.networking.subnets", "spec.subnets"),
        ("spec.networking.topology", "spec.topology"),
        ("spec.networking.topology.bastion.publicName", "spec.topology.bastion.bastionPublicName"),
        ("spec.networking.topology.dns", "spec.topology.dns.type"),
        ("spec.rootVolume.encryption", "spec.rootVolumeEncryption"),
        ("spec.rootVolume.encryptionKey", "spec.rootVolumeEncryptionKey"),
        ("spec.rootVolume.iops", "spec.rootVolumeIops"),
        ("spec.rootVolume.optimization", "spec.rootVolumeOptimization"),
        ("spec.rootVolume.size", "spec.rootVolumeSize"),
        ("spec.rootVolume.throughput", "spec.rootVolumeThroughput"),
        ("spec.rootVolume.type", "spec.rootVolumeType"),
    ];

    // The same, but true means false.
    private static readonly (string Newer, string Stored)[] Turned =
    [
        ("spec.networking.cilium.installIptablesRules", "spec.networking.cilium.IPTablesRulesNoinstall"),
        ("spec.networking.cilium.masquerade", "spec.networking.cilium.disableMasquerade"),
        ("spec.networking.tagSubnets", "spec.DisableSubnetTags"),
    ];

    // Fields of kOps itself that no stored field stands for: it takes them, and they are gone when the cluster is written.
    private static readonly string[] Lost = ["spec.cloudProvider.aws.binariesLocation", "spec.cloudProvider.gce.binariesLocation"];

    /// <summary>Whether a field cannot be stored, and is taken without any effect, as in kOps.</summary>
    public static bool IsLost(FieldPath path) => Lost.Any(name => Rest(path, name) is { Count: 0 });

    public static IEnumerable<(string Newer, string Stored)> All => Moved.Concat(Turned);

    /// <summary>The stored field of a path, and whether its truth value is the opposite.</summary>
    public static (FieldPath Path, bool IsTurned) Stored(FieldPath path)
    {
        foreach (var (newer, stored) in Turned)
            if (Rest(path, newer) is { Count: 0 })
                return (FieldPath.Parse(stored), true);
        // The longest prefix tells most.
        foreach (var (newer, stored) in Moved.Reverse())
            if (Rest(path, newer) is { } rest)
                return (rest.Aggregate(FieldPath.Parse(stored), (whole, segment) => whole.Then(segment)), false);
        return (path, false);
    }

    private static IReadOnlyList<PathSegment>? Rest(FieldPath path, string prefix)
    {
        var names = prefix.Split('.');
        if (path.Segments.Count < names.Length)
            return null;
        for (var i = 0; i < names.Length; i++)
        {
            var segment = path.Segments[i];
            if (segment.Kind != PathSegmentKind.Field || !segment.Name.Equals(names[i], StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return [.. path.Segments.Skip(names.Length)];
    }
}
