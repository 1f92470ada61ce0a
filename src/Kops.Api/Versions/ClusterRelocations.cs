using static Kops.Api.Versions.RelocationRows;

namespace Kops.Api.Versions;

/// <summary>
/// What v1alpha3 changes in a cluster, as kOps' conversion of v1alpha2 to its internal types has it; those are v1alpha3's. First all
/// fields that v1alpha3 lacks, then the relocations, then the fields that v1alpha2 lacks: so each is reported by its own version's path.
/// </summary>
internal static class ClusterRelocations
{
    /// <summary>The relocations, in order.</summary>
    public static IReadOnlyList<Relocation> All { get; } =
    [
        .. Gone("spec", "masterInternalName configStore"),
        .. Internal("spec", "docker containerRuntime nodeAuthorization"),
        .. Gone("spec.topology.bastion", "idleTimeoutSeconds"),
        // Classic load balancers had them (kOps 1.37, #18617).
        .. Gone("spec.api.loadBalancer", "idleTimeoutSeconds"),
        .. Gone("spec.api.loadBalancer.accessLog", "interval"),
        .. Internal("spec.topology", "masters nodes"),
        .. Gone("spec.etcdClusters[]", "enableEtcdTLS enableTLSAuth"),
        .. Internal("spec.etcdClusters[]", "provider leaderElectionTimeout heartbeatInterval"),
        .. Gone("spec.kubeDNS", "image replicas"),
        .. Internal(
            "spec.kubeAPIServer",
            """
            etcdCaFile etcdCertFile etcdKeyFile basicAuthFile tlsCertFile tlsPrivateKeyFile allowPrivileged kubeletClientCertificate
            kubeletClientKey proxyClientCertFile proxyClientKeyFile authorizationRbacSuperUser experimentalEncryptionProviderConfig
            requestheaderClientCAFile etcdQuorumRead
            """
        ),
        .. Internal("spec.kubeControllerManager", "serviceAccountPrivateKeyFile rootCAFile"),
        .. Internal("spec.kubeProxy", "hostnameOverride bindAddress"),
        .. KubeletLosses("spec.kubelet"),
        .. KubeletLosses("spec.masterKubelet"),
        .. Gone(
            "spec.cloudConfig",
            "vSphereUsername vSpherePassword vSphereServer vSphereDatacenter vSphereResourcePool vSphereDatastore vSphereCoreDNSServer"
        ),
        .. Internal("spec.cloudConfig.awsEBSCSIDriver", "enabled"),
        .. Internal("spec.networking", "classic romana lyftvpc"),
        .. Internal("spec.networking.calico", "crossSubnet"),
        .. Gone("spec.networking.calico", "majorVersion"),
        .. Gone("spec.networking.flannel", "disableTxChecksumOffloading"),
        .. Gone("spec.networking.canal", "disableTxChecksumOffloading"),
        .. Gone(
            "spec.networking.cilium",
            """
            accessLog agentLabels allowLocalhost autoIpv6NodeRoutes bpfRoot containerRuntime containerRuntimeEndpoint debugVerbose device
            disableConntrack disableIpv4 disableK8sServices enableTracing envoyLog ipv4ClusterCidrMaskSize ipv4Node ipv4Range
            ipv4ServiceRange ipv6ClusterAllocCidr ipv6Node ipv6Range ipv6ServiceRange k8sApiServer k8sKubeconfigPath keepBpfTemplates
            keepConfig labelPrefixFile labels lb libDir logDriver logOpt logstash logstashAgent logstashProbeTimer nat46Range pprof
            prefilterDevice prometheusServeAddr restore singleClusterRoute socketPath stateDir tracePayloadlen enableipv6 enableipv4
            containerRuntimeLabels removeCbrBridge restartPods reconfigureKubelet nodeInitBootstrapFile cniBinPath
            """
        ),
        new("spec.iam", "legacy", null) { IsKeptInStored = true, Implied = "false" },
        // The cloud's own settings.
        new("spec", "project", "cloudProvider.gce.project") { Cloud = "gce", IsDroppedElsewhere = true },
        new("spec", "cloudConfig.azure", "cloudProvider.azure") { Cloud = "azure", IsDroppedElsewhere = true },
        new("spec.cloudProvider.azure", "subscriptionId", "subscriptionID"),
        new("spec.cloudProvider.azure", "tenantId", "tenantID"),
        new("spec", "cloudConfig.openstack", "cloudProvider.openstack") { Cloud = "openstack", IsDroppedElsewhere = true },
        .. Of("aws", "nodeTerminationHandler", "nodeTerminationHandler"),
        .. Of("aws", "awsLoadBalancerController", "loadBalancerController"),
        .. Of("aws", "podIdentityWebhook", "podIdentityWebhook"),
        .. Of("aws", "warmPool", "warmPool"),
        .. Of("aws", "cloudConfig.awsEBSCSIDriver", "ebsCSIDriver"),
        .. Of("aws", "cloudConfig.disableSecurityGroupIngress", "disableSecurityGroupIngress"),
        .. Of("aws", "cloudConfig.elbSecurityGroup", "elbSecurityGroup"),
        .. Of("aws", "cloudConfig.nlbSecurityGroupMode", "nlbSecurityGroupMode"),
        .. Of("aws", "cloudConfig.nodeIPFamilies", "nodeIPFamilies"),
        .. Of("aws", "cloudConfig.spotinstProduct", "spotinstProduct"),
        .. Of("aws", "cloudConfig.spotinstOrientation", "spotinstOrientation"),
        .. Of("aws", "cloudConfig.useIPBasedNodeNames", "useIPBasedNodeNames"),
        .. Of("gce", "cloudConfig.multizone", "multizone"),
        .. Of("gce", "cloudConfig.nodeTags", "nodeTags"),
        .. Of("gce", "cloudConfig.nodeInstancePrefix", "nodeInstancePrefix"),
        .. Of("gce", "cloudConfig.gceServiceAccount", "serviceAccount"),
        .. Of("gce", "cloudConfig.gceUseStartupScript", "useStartupScript"),
        .. Of("gce", "cloudConfig.gcpPDCSIDriver", "pdCSIDriver"),
        // Where the state is.
        new("spec", "configBase", "configStore.base"),
        new("spec", "keyStore", "configStore.keypairs"),
        new("spec", "secretStore", "configStore.secrets"),
        // The network.
        new("spec.networking", "amazonvpc", "amazonVPC"),
        new("spec.networking", "gce", "gcp"),
        new("spec.networking", "kuberouter", "kubeRouter"),
        new("spec.networking.amazonVPC", "imageName", "image"),
        new("spec.networking.amazonVPC", "initImageName", "initImage"),
        new("spec.networking.canal", "disableFlannelForwardRules", "flanneldIptablesForwardRules", new Negated()),
        new("spec.networking.cilium", "disableMasquerade", "masquerade", new Negated()),
        new("spec.networking.cilium", "IPTablesRulesNoinstall", "installIptablesRules", new Negated()),
        new("spec.networking.cilium", "toFqdnsDnsRejectResponseCode", "toFQDNsDNSRejectResponseCode"),
        new("spec.networking.cilium", "toFqdnsEnablePoller", "toFQDNsEnablePoller"),
        .. Into(
            "networking",
            "subnets networkCIDR additionalNetworkCIDRs networkID topology serviceClusterIPRange podCIDR nonMasqueradeCIDR egressProxy"
        ),
        new("spec", "isolateMasters", "networking.isolateControlPlane"),
        new("spec", "DisableSubnetTags", "networking.tagSubnets", new Negated()),
        new("spec.networking.topology", "dns", "dns", new Unwrapped("type")),
        new("spec.networking.topology.bastion", "bastionPublicName", "publicName"),
        // The API.
        new("spec", "masterPublicName", "api.publicName"),
        new("spec", "additionalSans", "api.additionalSANs"),
        new("spec", "kubernetesApiAccess", "api.access"),
        new("spec.api.loadBalancer", "useForInternalApi", "useForInternalAPI"),
        new("spec.api.loadBalancer.subnets[]", "allocationId", "allocationID"),
        new("spec", "kubeAPIServer.oidcClientID", "authentication.oidc.clientID"),
        new("spec", "kubeAPIServer.oidcIssuerURL", "authentication.oidc.issuerURL"),
        new("spec", "kubeAPIServer.oidcUsernameClaim", "authentication.oidc.usernameClaim"),
        new("spec", "kubeAPIServer.oidcUsernamePrefix", "authentication.oidc.usernamePrefix"),
        new("spec", "kubeAPIServer.oidcGroupsPrefix", "authentication.oidc.groupsPrefix"),
        new("spec", "kubeAPIServer.oidcGroupsClaim", "authentication.oidc.groupsClaims", new CommaList()),
        new("spec", "kubeAPIServer.oidcRequiredClaim", "authentication.oidc.requiredClaims", new PairList()),
        // Components.
        new("spec.kubeAPIServer", "authorizationWebhookCacheAuthorizedTtl", "authorizationWebhookCacheAuthorizedTTL"),
        new("spec.kubeAPIServer", "authorizationWebhookCacheUnauthorizedTtl", "authorizationWebhookCacheUnauthorizedTTL"),
        new("spec.kubeControllerManager", "concurrentRcSyncs", "concurrentRCSyncs"),
        new("spec.kubeProxy", "ipvsExcludeCidrs", "ipvsExcludeCIDRs"),
        new("spec", "masterKubelet", "controlPlaneKubelet"),
        .. Kubelet("spec.kubelet"),
        .. Kubelet("spec.controlPlaneKubelet"),
        new("spec", "externalDns", "externalDNS", new ExternalDnsSwitch()),
        new("spec.etcdClusters[].etcdMembers[]", "volumeIops", "volumeIOPS"),
        new("spec.etcdClusters[].etcdMembers[]", "kmsKeyId", "kmsKeyID"),
        // Names of roles. Those of fileAssets stay: kOps does not convert them.
        new("spec.additionalPolicies", "master", "control-plane"),
        new("spec.externalPolicies", "master", "control-plane"),
        .. Hooks("spec.hooks[]"),
        new("spec.cloudProvider.aws", null, "binariesLocation"),
        new("spec.cloudProvider.gce", null, "binariesLocation"),
    ];

    /// <summary>Objects of v1alpha3 alone, and those that kOps writes in v1alpha2 only when they hold something.</summary>
    public static IReadOnlyList<Relocation> LeftWhenEmpty { get; } =
    [new("spec", null, "configStore"), new("spec.authentication", null, "oidc"), new("spec", null, "api"), new("spec", null, "networking")];

    private static IEnumerable<Relocation> Of(string cloud, string stored, string later) =>
        [new("spec", stored, $"cloudProvider.{cloud}.{later}") { Cloud = cloud }];

    private static IEnumerable<Relocation> Into(string place, string names) =>
        Names(names).Select(name => new Relocation("spec", name, $"{place}.{name}"));
}
