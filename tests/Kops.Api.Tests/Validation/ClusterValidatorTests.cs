using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Api.Validation;
using Xunit;

namespace Kops.Api.Tests.Validation;

public sealed class ClusterValidatorTests
{
    [Theory]
    [InlineData("spec.api.loadBalancer.class=Network & spec.api.loadBalancer.securityGroupOverride=sg-1")]
    [InlineData("spec.kubelet.cloudProvider=external")]
    [InlineData("spec.kubernetesVersion=1.34.0 & spec.kubelet.podInfraContainerImage=p:1")]
    [InlineData("spec.kubeDNS.serverIP=100.64.0.10 & spec.kubelet.clusterDNS=100.64.0.10")]
    [InlineData("spec.kubeDNS.nodeLocalDNS.enabled=true & spec.kubelet.clusterDNS=169.254.20.10")]
    [InlineData("spec.cloudConfig.nlbSecurityGroupMode=Managed")]
    [InlineData("spec.subnets[0].zone=us-east-1-wl1-bos-wlz-1")]
    [InlineData("spec.project=p")]
    [InlineData("spec.kubeAPIServer.serviceNodePortRange=30000")]
    [InlineData("spec.networking.cni=")]
    [InlineData("spec.serviceAccountIssuerDiscovery.discoveryStore=s3://example-com/a.b")]
    public void What_kOps_takes_is_taken(string settings)
    {
        var cluster = Samples.Cluster();
        foreach (var setting in settings.Split(" & "))
            FieldSetter.Set(cluster.Node, cluster.Type, setting);
        Assert.Empty(ClusterValidator.Validate(cluster, Samples.Groups()));
    }

    [Theory]
    [InlineData("metadata.name=Master")]
    [InlineData("metadata.name=my_ig")]
    [InlineData("metadata.name=nodes-nova_1")]
    [InlineData("spec.taints=dedicated=gpu:Whenever")]
    [InlineData("spec.taints=dedicated:NoSchedule")]
    [InlineData("spec.taints=dedicated=gpu")]
    [InlineData("spec.volumes[0].device=/dev/a & spec.volumes[0].size=1 & spec.volumes[1].device=/dev/a & spec.volumes[1].size=2")]
    [InlineData("spec.role=Master")]
    public void What_kOps_takes_of_a_group_is_taken(string settings)
    {
        var group = Samples.Group("nodes", "Node");
        foreach (var setting in settings.Split(" & "))
            FieldSetter.Set(group.Node, group.Type, setting);
        Assert.Empty(ClusterValidator.Validate(group, Samples.Cluster()));
    }

    [Fact]
    public void A_control_plane_may_grow_in_two_steps_whichever_comes_first_but_must_be_whole_in_the_end()
    {
        var unfinished = new ValidationOptions { AllowUnfinishedControlPlane = true };
        List<InstanceGroup> groups = [.. Samples.Groups(), Samples.Group("control-plane-us-east-1b", "Master")];
        Assert.Empty(ClusterValidator.Validate(Samples.Cluster(), groups, unfinished));
        Assert.Contains(
            ClusterValidator.Validate(Samples.Cluster(), groups),
            problem => problem.Message.Contains("needs a member in each etcd cluster, and 'main' has none", StringComparison.Ordinal)
        );

        var members = Samples.Cluster();
        foreach (var etcd in members.Spec.EtcdClusters)
        foreach (var name in new[] { "b", "c" })
            etcd.EtcdMembers.Add(new EtcdMemberSpec { Name = name, InstanceGroup = "control-plane-us-east-1" + name });
        Assert.Empty(ClusterValidator.Validate(members, Samples.Groups(), unfinished));
        Assert.Contains(
            ClusterValidator.Validate(members, Samples.Groups()),
            problem => problem.Message.Contains("there is no instance group 'control-plane-us-east-1b'", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_sound_cluster_has_no_problems() => Assert.Empty(ClusterValidator.Validate(Samples.Cluster(), Samples.Groups()));

    // What is set on the sound cluster (several settings stand behind " & "), and where the problem is told.
    [Theory]
    [InlineData("metadata.name=demo", "metadata.name", "add a domain, such as demo.example.com")]
    [InlineData("metadata.name=Demo.example.com", "metadata.name", "lower-case letters")]
    [InlineData("metadata.name=a..b", "metadata.name", "is not a DNS name")]
    [InlineData("spec.kubernetesVersion=latest", "spec.kubernetesVersion", "'latest' is not a version such as 1.35.0")]
    [InlineData("spec.kubernetesVersion=1.20.0", "spec.kubernetesVersion", "the oldest is 1.32.0")]
    [InlineData("spec.kubernetesVersion=1.99.0", "spec.kubernetesVersion", "KOPS_RUN_TOO_NEW_VERSION")]
    [InlineData("spec.cloudProvider=asw", "spec.cloudProvider", "did you mean 'aws'?")]
    [InlineData("spec.sshAccess[0]=10.0.0.0", "spec.sshAccess[0]", "did you mean '10.0.0.0/32'?")]
    [InlineData("spec.sshAccess[0]=10.0.0.1/8", "spec.sshAccess[0]", "did you mean '10.0.0.0/8'?")]
    [InlineData("spec.sshAccess[0]=010.0.0.0/8", "spec.sshAccess[0]", "is not an address range")]
    [InlineData("spec.sshAccess[0]=10/8", "spec.sshAccess[0]", "is not an address range")]
    [InlineData("spec.kubernetesApiAccess[0]=2001:db8::1", "spec.kubernetesApiAccess[0]", "did you mean '2001:db8::1/64'?")]
    [InlineData("spec.nodePortAccess[0]=10.0.0.0/33", "spec.nodePortAccess[0]", "is not an address range")]
    [InlineData("spec.networkCIDR=172.20.0.0", "spec.networkCIDR", "is not an address range")]
    [InlineData("spec.networkCIDR=100.64.0.0/16", "spec.nonMasqueradeCIDR", "overlaps the cluster's network 100.64.0.0/16")]
    [InlineData("spec.additionalNetworkCIDRs[0]=100.65.0.0/16", "spec.nonMasqueradeCIDR", "overlaps")]
    [InlineData("spec.nonMasqueradeCIDR=fd00::/8", "spec.nonMasqueradeCIDR", "must be ::/0")]
    [InlineData("spec.podCIDR=10.0.0.0/16", "spec.podCIDR", "must lie within spec.nonMasqueradeCIDR")]
    [InlineData("spec.serviceClusterIPRange=100.64.0.0", "spec.serviceClusterIPRange", "is not an address range")]
    [InlineData("spec.subnets[0].cidr=10.0.0.0/16", "spec.subnets[0].cidr", "does not lie within the cluster's network")]
    [InlineData("spec.subnets[1].cidr=172.20.64.0/20", "spec.subnets[1].cidr", "overlaps 172.20.64.0/18 of subnet 'us-east-1a'")]
    [InlineData("spec.subnets[1].name=us-east-1a", "spec.subnets[1].name", "names must differ")]
    [InlineData("spec.subnets[1].zone=us-west-2b", "spec.subnets[1].zone", "lies in us-west-2, other subnets in us-east-1")]
    [InlineData("spec.subnets[1].type=DualStack", "spec.subnets[1].type", "is for IPv6 clusters")]
    [InlineData("spec.subnets[1].id=subnet-1", "spec.subnets[1].id", "cannot be mixed")]
    [InlineData("spec.subnets[1].egress=nat-1", "spec.subnets[1].egress", "is for private subnets")]
    [InlineData("spec.subnets[1].egress=gateway", "spec.subnets[1].egress", "is not a way out of a subnet")]
    [InlineData("spec.subnets[1].ipv6CIDR=/200#0", "spec.subnets[1].ipv6CIDR", "is not a range such as /64#0")]
    [InlineData("spec.topology.bastion.idleTimeoutSeconds=7200", "spec.topology.bastion.idleTimeoutSeconds", "between 1 and 3600")]
    [InlineData("spec.api.loadBalancer.type=Internal", "spec.api.loadBalancer.type", "needs at least one subnet of type Private")]
    [InlineData("spec.api.loadBalancer.type=Public", "spec.api.loadBalancer.class", "set class to Network")]
    [InlineData("spec.api.loadBalancer.class=Classic", "spec.api.loadBalancer.class", "'Classic' is no longer supported")]
    [InlineData(
        "metadata.name=demo.k8s.local & spec.topology.dns.type=Public",
        "spec.topology.dns.type",
        "must be None for a name under k8s.local"
    )]
    [InlineData("spec.gossipConfig.secret=x", "spec.gossipConfig", "gossip is no longer supported")]
    [InlineData(
        "spec.api.loadBalancer.class=Network & spec.api.loadBalancer.sslPolicy=x",
        "spec.api.loadBalancer.sslPolicy",
        "needs sslCertificate"
    )]
    [InlineData("spec.api.loadBalancer.subnets[0].name=x", "spec.api.loadBalancer.subnets[0].name", "is none of spec.subnets")]
    [InlineData("spec.networking.calico=", "spec.networking.cilium", "calico is chosen already")]
    [InlineData("spec.networking.weave=", "spec.networking.weave", "is no longer supported")]
    [InlineData("spec.networking.canal=", "spec.networking.canal", "is no longer supported")]
    [InlineData(
        "spec.cloudProvider=hetzner & spec.topology.dns.type=Public",
        "spec.topology.dns.type",
        "'Public' does not work on hetzner: use None"
    )]
    [InlineData("spec.cloudProvider=scaleway & spec.topology.dns.type=Private", "spec.topology.dns.type", "use Public or None")]
    [InlineData("spec.cloudProvider=linode & spec.networkCIDR=8.0.0.0/16", "spec.networkCIDR", "must be a private range")]
    [InlineData("spec.networking.cilium.version=1.18", "spec.networking.cilium.version", "is not a version such as v1.18.0")]
    [InlineData("spec.networking.cilium.version=v1.15.0", "spec.networking.cilium.version", "is of another minor version than v1.18")]
    [InlineData("spec.networking.cilium.version=v1.2.18", "spec.networking.cilium.version", "is of another minor version than v1.18")]
    [InlineData("spec.networking.cilium.tunnel=gre", "spec.networking.cilium.tunnel", "use one of vxlan, geneve, disabled")]
    [InlineData("spec.networking.cilium.etcdManaged=true", "spec.etcdClusters", "needs a cluster named cilium")]
    [InlineData("spec.networking.cilium.encryptionType=ipsec", "spec.networking.cilium.encryptionType", "needs enableEncryption")]
    [InlineData(
        "spec.networking.cilium.ipam=eni & spec.networking.cilium.disableMasquerade=true",
        "spec.networking.cilium.disableMasquerade",
        "needs masquerading"
    )]
    [InlineData("spec.networking.cilium.hubble.enabled=true", "spec.networking.cilium.hubble.enabled", "needs spec.certManager.enabled")]
    [InlineData("spec.etcdClusters[0].image=e:1", "spec.etcdClusters[0].image", "needs version")]
    [InlineData("spec.etcdClusters[0].heartbeatInterval=1s", "spec.etcdClusters[0].heartbeatInterval", "cannot be set for etcd-manager")]
    [InlineData("spec.etcdClusters[0].leaderElectionTimeout=1s", "spec.etcdClusters[0].leaderElectionTimeout", "cannot be set")]
    [InlineData("spec.subnets[0].zone=us-east-1", "spec.subnets[0].zone", "is not a zone such as us-east-1a")]
    [InlineData("spec.subnets[0].zone=mars", "spec.subnets[0].zone", "is not a zone such as us-east-1a")]
    [InlineData("spec.cloudConfig.nlbSecurityGroupMode=Unmanaged", "spec.cloudConfig.nlbSecurityGroupMode", "use one of Managed")]
    [InlineData("spec.cloudConfig.multizone=true", "spec.cloudConfig.multizone", "is a setting of gce, and the cluster's cloud is aws")]
    [InlineData("spec.cloudConfig.gcpPDCSIDriver.enabled=true", "spec.cloudConfig.gcpPDCSIDriver", "is a setting of gce")]
    [InlineData("spec.cloudProvider=gce & spec.warmPool.minSize=1", "spec.warmPool", "is a setting of aws, and the cluster's cloud is gce")]
    [InlineData("spec.cloudProvider=azure & spec.configBase=s3://b/c", "spec.configBase", "azureblob://ACCOUNT/CONTAINER/PATH")]
    [InlineData("spec.configBase=~/state/demo", "spec.configBase", "'~' stands for no directory here: write it out")]
    [InlineData("spec.keyStore=file://~ada/pki", "spec.keyStore", "'~' stands for no directory here")]
    [InlineData("spec.secretStore=s3:/b/c", "spec.secretStore", "lacks the '://' after its scheme: write s3://b/c")]
    [InlineData("spec.secretStore=s3:b", "spec.secretStore", "lacks the '://' after its scheme: write s3://b")]
    [InlineData("spec.secretStore=s3//b", "spec.secretStore", "lacks the '://' after its scheme: write s3://b")]
    [InlineData("spec.configBase=file:/srv/x", "spec.configBase", "write file:///srv/x")]
    [InlineData("spec.configBase=file:x", "spec.configBase", "write file://x")]
    [InlineData("spec.configBase=$HOME/x", "spec.configBase", "names a variable")]
    [InlineData("spec.configBase=bucket.name", "spec.configBase", "write s3://bucket.name for a bucket")]
    [InlineData("spec.keyStore=https://example.com/x", "spec.keyStore", "is a page of the web")]
    [InlineData("spec.etcdClusters[0].backups.backupStore=file:/srv/c", "spec.etcdClusters[0].backups.backupStore", "write file:///srv/c")]
    [InlineData(
        "spec.serviceAccountIssuerDiscovery.discoveryStore=gs:/b",
        "spec.serviceAccountIssuerDiscovery.discoveryStore",
        "write gs://b"
    )]
    [InlineData("spec.configBase=arn:aws:s3:::b/c", "spec.configBase", "the name that AWS has for a bucket: write s3://b/c")]
    [InlineData(
        "spec.nonMasqueradeCIDR=100.64.0.0/10 & spec.kubelet.clusterDNS=10.0.0.1",
        "spec.kubelet.clusterDNS",
        "is neither spec.kubeDNS.serverIP"
    )]
    [InlineData("spec.kubelet.podInfraContainerImage=p:1", "spec.kubelet.podInfraContainerImage", "was removed in Kubernetes 1.35")]
    [InlineData("spec.kubelet.cloudProvider=gce", "spec.kubelet.cloudProvider", "is not the cluster's cloud")]
    [InlineData("spec.masterKubelet.cloudProvider=azure", "spec.masterKubelet.cloudProvider", "is not the cluster's cloud")]
    [InlineData(
        "spec.kubeDNS.serverIP=100.64.0.10 & spec.serviceClusterIPRange=100.64.0.0/13 & spec.kubelet.clusterDNS=100.64.0.11",
        "spec.kubelet.clusterDNS",
        "is neither spec.kubeDNS.serverIP"
    )]
    [InlineData(
        "spec.serviceClusterIPRange=100.64.0.0/13 & spec.kubelet.clusterDNS=8.8.8.8",
        "spec.kubelet.clusterDNS",
        "is neither spec.kubeDNS.serverIP"
    )]
    [InlineData(
        "spec.nodeTerminationHandler.enableRebalanceMonitoring=true",
        "spec.nodeTerminationHandler.enableRebalanceMonitoring",
        "needs enableRebalanceDraining"
    )]
    [InlineData("spec.etcdClusters[0].name=mian", "spec.etcdClusters[0].name", "did you mean 'main'?")]
    [InlineData("spec.etcdClusters[0].name=events", "spec.etcdClusters[1].name", "names must differ")]
    [InlineData("spec.etcdClusters[0].version=2.3.7", "spec.etcdClusters[0].version", "is not a version of etcd 3")]
    [InlineData("spec.etcdClusters[1].version=3.5.21", "spec.etcdClusters[1].version", "must have one version")]
    [InlineData(
        "spec.etcdClusters[0].etcdMembers[0].instanceGroup=control-plane-us-east-1b",
        "spec.etcdClusters[0].etcdMembers[0].instanceGroup",
        "did you mean 'control-plane-us-east-1a'?"
    )]
    [InlineData(
        "spec.etcdClusters[0].etcdMembers[0].instanceGroup=nodes",
        "spec.etcdClusters[0].etcdMembers[0].instanceGroup",
        "etcd runs on groups with the role Master"
    )]
    [InlineData(
        "spec.etcdClusters[0].etcdMembers[1].instanceGroup=control-plane-us-east-1b & spec.etcdClusters[0].etcdMembers[1].name=b",
        "spec.etcdClusters[0].etcdMembers",
        "have an odd number"
    )]
    [InlineData(
        "spec.kubeDNS.serverIP=10.0.0.10 & spec.serviceClusterIPRange=100.64.0.0/13",
        "spec.kubeDNS.serverIP",
        "must lie within spec.serviceClusterIPRange"
    )]
    [InlineData("spec.kubeDNS.upstreamNameservers=ns.example.com", "spec.kubeDNS.upstreamNameservers[0]", "is not an IP address")]
    [InlineData("spec.kubeAPIServer.serviceNodePortRange=70000", "spec.kubeAPIServer.serviceNodePortRange", "is not a range of ports")]
    [InlineData(
        "spec.kubeAPIServer.authenticationConfigFile=/a & spec.kubeAPIServer.oidcClientID=b",
        "spec.kubeAPIServer.authenticationConfigFile",
        "goes with no oidc options"
    )]
    [InlineData(
        "spec.nodeTerminationHandler.enabled=true & spec.nodeTerminationHandler.enableSpotInterruptionDraining=false",
        "spec.nodeTerminationHandler.enableSpotInterruptionDraining",
        "cannot be false in queue mode"
    )]
    [InlineData("spec.keyStore=s3://bad_bucket!/x", "spec.keyStore", "names no bucket")]
    [InlineData("spec.secretStore=gs:///x", "spec.secretStore", "names no bucket")]
    [InlineData("metadata.name=nodots", "metadata.name", "is not fully qualified")]
    [InlineData(
        "spec.etcdClusters[*].backups.backupStore=s3://bucket/backups",
        "spec.etcdClusters[1].backups.backupStore",
        "etcd cluster 'main' has its backups there already"
    )]
    [InlineData("spec.kubeAPIServer.proxyClientCertFile=/a", "spec.kubeAPIServer", "needs both")]
    [InlineData("spec.kubeAPIServer.authorizationMode=Webhook", "spec.kubeAPIServer.authorizationWebhookConfigFile", "is required by")]
    [InlineData("spec.kubeAPIServer.auditWebhookConfigFile=/a", "spec.kubeAPIServer.auditWebhookConfigFile", "needs auditPolicyFile")]
    [InlineData("spec.kubelet.networkPluginName=cni", "spec.kubelet.networkPluginName", "was removed in Kubernetes 1.24")]
    [InlineData(
        "spec.kubelet.shutdownGracePeriod=30s & spec.kubelet.shutdownGracePeriodCriticalPods=1m",
        "spec.kubelet.shutdownGracePeriodCriticalPods",
        "cannot be longer"
    )]
    [InlineData("spec.kubeProxy.ipvsExcludeCidrs=x", "spec.kubeProxy.ipvsExcludeCidrs[0]", "is not an address range")]
    [InlineData("spec.iam.legacy=true", "spec.iam.legacy", "is no longer supported")]
    [InlineData("spec.additionalPolicies.nodes=[]", "spec.additionalPolicies[nodes]", "did you mean 'node'?")]
    [InlineData("spec.additionalPolicies.node={}", "spec.additionalPolicies[node]", "must be a JSON list")]
    [InlineData("spec.additionalPolicies.node=[{\"Effect\":\"Maybe\"}]", "spec.additionalPolicies[node]", "neither Allow nor Deny")]
    [InlineData("spec.externalPolicies={\"node\":[\"policy\"]}", "spec.externalPolicies[node][0]", "is not the ARN of a policy")]
    [InlineData("spec.karpenter.enabled=true", "spec.karpenter.enabled", "needs spec.iam.useServiceAccountExternalPermissions")]
    [InlineData("spec.metricsServer.enabled=true", "spec.metricsServer.insecure", "must be true")]
    [InlineData("spec.clusterAutoscaler.expander=best", "spec.clusterAutoscaler.expander", "use one of least-waste")]
    [InlineData("spec.hooks[0].name=a", "spec.hooks[0]", "needs manifest or execContainer")]
    [InlineData("spec.fileAssets[0].name=a", "spec.fileAssets[0].content", "is required")]
    [InlineData(
        "spec.rollingUpdate.maxUnavailable=some",
        "spec.rollingUpdate.maxUnavailable",
        "neither a count, such as 2, nor a percentage"
    )]
    [InlineData(
        "spec.rollingUpdate.maxUnavailable=0 & spec.rollingUpdate.maxSurge=0%",
        "spec.rollingUpdate.maxSurge",
        "nothing could be replaced"
    )]
    [InlineData("spec.containerd.version=1.2.0", "spec.containerd.version", "is too old")]
    [InlineData("spec.containerd.packages.urlAmd64=https://example.com/x", "spec.containerd.packages.hashAmd64", "is required by urlAmd64")]
    [InlineData("spec.sysctlParameters=vm.max_map_count", "spec.sysctlParameters[0]", "has no value")]
    [InlineData("spec.docker=", "spec.docker", "is not supported since")]
    [InlineData("spec.containerd.gvisor.enabled=false", "spec.containerd.gvisor", "is for instance groups")]
    [InlineData(
        "spec.cloudProvider=gce & spec.containerd.nvidiaGPU.enabled=true",
        "spec.containerd.nvidiaGPU",
        "is only supported on AWS and OpenStack"
    )]
    [InlineData(
        "spec.configBase=azureblob://one/state/demo & spec.keyStore=azureblob://two/state/demo/pki",
        "spec.keyStore",
        "lies in the storage account 'two': all of it must lie in that of configBase, 'one'"
    )]
    [InlineData(
        "spec.configBase=s3://state/demo & spec.secretStore=azureblob://two/state/demo",
        "spec.secretStore",
        "lies in the storage account 'two'"
    )]
    [InlineData("spec.configBase=azureblob://one", "spec.configBase", "names no container")]
    [InlineData(
        "spec.assets.fileRepository=example.com/files",
        "spec.assets.fileRepository",
        "is not an address such as https://example.com/files"
    )]
    [InlineData("spec.warmPool.minSize=3 & spec.warmPool.maxSize=2", "spec.warmPool.maxSize", "cannot be less than minSize, 3")]
    [InlineData(
        "spec.serviceAccountIssuerDiscovery.enableAWSOIDCProvider=true",
        "spec.serviceAccountIssuerDiscovery.enableAWSOIDCProvider",
        "in a discoveryStore"
    )]
    [InlineData(
        "spec.serviceAccountIssuerDiscovery.discoveryStore=s3://example.com/demo",
        "spec.serviceAccountIssuerDiscovery.discoveryStore",
        "has a dot"
    )]
    [InlineData("spec.cloudProvider=gce", "spec.subnets[0].zone", "spans its region")]
    public void What_is_wrong_with_a_cluster_is_told_with_its_path(string settings, string path, string message)
    {
        var cluster = Samples.Cluster();
        Set(cluster.Node, "Cluster", settings);
        Assert.Contains(
            ClusterValidator.Validate(cluster, Samples.Groups()),
            problem => problem.Path == path && problem.Message.Contains(message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Words_that_are_none_of_a_field_are_told_with_those_that_are()
    {
        var cluster = Samples.Cluster();
        cluster.Spec.Subnets[1].Type = "Pubic";
        cluster.Spec.EnsureTopology().EnsureDns().Type = "Secret";
        Assert.Equal(
            [
                "spec.subnets[1].type: 'Pubic' is not supported: use one of Public, Private, DualStack, Utility; did you mean 'Public'?",
                "spec.topology.dns.type: 'Secret' is not supported: use one of Public, Private, None",
            ],
            ClusterValidator.Validate(cluster, Samples.Groups()).Select(problem => $"{problem.Path}: {problem.Message}")
        );
    }

    [Theory]
    [InlineData("spec.role=Worker", "spec.role", "use one of Master, Node, Bastion, APIServer")]
    [InlineData("metadata.name=a/b", "metadata.name", "is not a file name")]
    [InlineData("spec.minSize=3", "spec.maxSize", "cannot be less than minSize, 3")]
    [InlineData("spec.minSize=-1", "spec.minSize", "cannot be negative")]
    [InlineData("spec.subnets[0]=us-east-1c", "spec.subnets[0]", "the cluster has no subnet 'us-east-1c'; did you mean 'us-east-1a'?")]
    [InlineData("spec.role=Master & spec.maxSize=3", "spec.maxSize", "add a group for each more")]
    [InlineData("spec.role=Master & spec.rollingUpdate.maxSurge=1", "spec.rollingUpdate.maxSurge", "cannot surge")]
    [InlineData("spec.taints=dedicated=gpu:", "spec.taints[0]", "is not a taint such as dedicated=gpu:NoSchedule")]
    [InlineData("spec.nodeLabels[a/b/c]=d", "spec.nodeLabels[a/b/c]", "has more than one '/'")]
    [InlineData("spec.cloudLabels[KubernetesCluster]=demo", "spec.cloudLabels[KubernetesCluster]", "'KubernetesCluster' is reserved")]
    [InlineData(
        "spec.cloudLabels[kubernetes.io/cluster/demo]=owned",
        "spec.cloudLabels[kubernetes.io/cluster/demo]",
        "begins with a reserved prefix"
    )]
    [InlineData(
        "spec.cloudLabels[kops.k8s.io/instancegroup]=other",
        "spec.cloudLabels[kops.k8s.io/instancegroup]",
        "must be the group's name"
    )]
    [InlineData("spec.volumes[0].device=/dev/xvdd", "spec.volumes[0].size", "must be more than 0")]
    [InlineData(
        "spec.volumeMounts[0].device=/dev/xvdd & spec.volumeMounts[0].path=/a & spec.volumeMounts[0].filesystem=ntfs",
        "spec.volumeMounts[0].filesystem",
        "use one of ext3, ext4, xfs"
    )]
    [InlineData("spec.rootVolumeType=fast", "spec.rootVolumeType", "use one of standard, gp3")]
    [InlineData("spec.mixedInstancesPolicy.onDemandBase=5", "spec.mixedInstancesPolicy.onDemandBase", "cannot be more than maxSize, 1")]
    [InlineData("spec.mixedInstancesPolicy.onDemandAboveBase=101", "spec.mixedInstancesPolicy.onDemandAboveBase", "is a percentage")]
    [InlineData(
        "spec.mixedInstancesPolicy.spotAllocationStrategy=cheap",
        "spec.mixedInstancesPolicy.spotAllocationStrategy",
        "use one of lowest-price"
    )]
    [InlineData("spec.spotDurationInMinutes=61", "spec.spotDurationInMinutes", "use one of 60")]
    [InlineData("spec.instanceMetadata.httpPutResponseHopLimit=65", "spec.instanceMetadata.httpPutResponseHopLimit", "between 1 and 64")]
    [InlineData("spec.maxInstanceLifetime=1h", "spec.maxInstanceLifetime", "must be at least 24h")]
    [InlineData("spec.additionalSecurityGroups=web", "spec.additionalSecurityGroups[0]", "is not a security group")]
    [InlineData("spec.iam.profile=role", "spec.iam.profile", "is not the ARN of an instance profile")]
    [InlineData(
        "spec.externalLoadBalancers[0].targetGroupArn=x",
        "spec.externalLoadBalancers[0].targetGroupArn",
        "is not the ARN of a target group"
    )]
    [InlineData("spec.warmPool.minSize=1 & spec.maxPrice=1", "spec.maxPrice", "cannot wait in a warm pool")]
    [InlineData("spec.manager=Karpenter & spec.minSize=0", "spec.minSize", "must be more than 0")]
    [InlineData("spec.additionalUserData[0].type=text/plain", "spec.additionalUserData[0].type", "is not supported")]
    [InlineData("spec.kubelet.apiServers=x", "spec.kubelet.apiServers", "was removed in Kubernetes 1.6")]
    public void What_is_wrong_with_an_instance_group_is_told_with_its_path(string settings, string path, string message)
    {
        var group = Samples.Group("nodes", "Node");
        Set(group.Node, "InstanceGroup", settings);
        Assert.Contains(
            ClusterValidator.Validate(group, Samples.Cluster()),
            problem => problem.Path == path && problem.Message.Contains(message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("spec.gcpProvisioningModel=CHEAP", "spec.gcpProvisioningModel")]
    [InlineData("spec.volumes[0].device=/dev/sdb & spec.volumes[0].size=5", "spec.volumes")]
    public void What_is_wrong_with_an_instance_group_of_Google_Cloud_alone_is_told(string settings, string path)
    {
        var (group, cluster) = (Samples.Group("nodes", "Node"), Samples.Cluster());
        Set(group.Node, "InstanceGroup", settings);
        Assert.DoesNotContain(ClusterValidator.Validate(group, cluster), problem => problem.Path == path);

        cluster.Spec.CloudProvider = "gce";

        Assert.Contains(ClusterValidator.Validate(group, cluster), problem => problem.Path == path);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Other=true", false)]
    [InlineData("StaticCapacity=true", true)]
    [InlineData("StaticCapacity=false, StaticCapacity=true", true)]
    [InlineData("StaticCapacity=true,StaticCapacity=false", false)]
    public void Karpenter_keeps_a_number_of_nodes_only_with_its_gate_and_the_last_word_on_it_counts(string gates, bool isOk)
    {
        var cluster = Samples.Cluster();
        cluster.Spec.EnsureKarpenter().FeatureGates = gates;
        var group = Samples.Group("nodes", "Node");
        Set(group.Node, "InstanceGroup", "spec.manager=Karpenter & spec.minSize=1");

        Assert.Equal(
            isOk,
            !ClusterValidator.Validate(group, cluster).Any(problem => problem.Message.Contains("StaticCapacity", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("spec.kubernetesVersion")]
    [InlineData("spec.cloudProvider")]
    [InlineData("spec.networkCIDR")]
    [InlineData("spec.nonMasqueradeCIDR")]
    [InlineData("spec.subnets")]
    [InlineData("spec.subnets[0].name")]
    [InlineData("spec.subnets[0].zone")]
    [InlineData("spec.etcdClusters")]
    [InlineData("spec.etcdClusters[1].etcdMembers")]
    [InlineData("spec.etcdClusters[0].etcdMembers[0].instanceGroup")]
    [InlineData("metadata.name")]
    public void What_a_cluster_must_have_is_asked_for(string path)
    {
        var cluster = Samples.Cluster();
        FieldSetter.Unset(cluster.Node, cluster.Type, path);
        Assert.Contains(
            ClusterValidator.Validate(cluster),
            problem => problem.Path == path && problem.Message.StartsWith("is required: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void All_problems_of_all_objects_are_told_at_once()
    {
        var (cluster, groups) = (Samples.Cluster(), Samples.Groups());
        cluster.Spec.NetworkCIDR = "x";
        cluster.Spec.KubernetesVersion = "y";
        groups[1].Spec.Role = "z";
        groups.Add(Samples.Group("nodes", "Node"));
        Assert.Equal(
            [
                "Cluster demo.example.com: spec.kubernetesVersion",
                "Cluster demo.example.com: spec.networkCIDR",
                "InstanceGroup nodes: metadata.name",
                "InstanceGroup nodes: spec.role",
            ],
            ClusterValidator.Validate(cluster, groups).Select(problem => $"{problem.Subject}: {problem.Path}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_cluster_to_be_applied_needs_groups_of_both_roles()
    {
        var problems = ClusterValidator.Validate(Samples.Cluster(), []);
        Assert.Contains(problems, problem => problem.Message.Contains("role Master: add one", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Message.Contains("role Node: add one", StringComparison.Ordinal));
    }

    [Fact]
    public void A_too_new_version_passes_where_it_is_allowed()
    {
        var cluster = Samples.Cluster();
        cluster.Spec.KubernetesVersion = "1.99.0";
        Assert.Empty(ClusterValidator.Validate(cluster, new ValidationOptions { AllowTooNewKubernetes = true }));
    }

    [Fact]
    public void A_problem_stands_where_its_value_or_the_object_around_it_stands()
    {
        var cluster = Samples.Cluster();
        cluster.Node["spec"] = new MappingNode { Position = new SourcePosition(4, 1) };
        cluster.Spec.Node["networkCIDR"] = new ScalarNode(ScalarKind.Text, "x") { Position = new SourcePosition(7, 16) };
        var problems = ClusterValidator.Validate(cluster);
        Assert.Equal(new SourcePosition(7, 16), problems.Single(problem => problem.Path == "spec.networkCIDR").Position);
        Assert.Equal(new SourcePosition(4, 1), problems.Single(problem => problem.Path == "spec.kubernetesVersion").Position);
    }

    [Theory]
    [InlineData("metadata.name=other.example.com", false, "metadata.name")]
    [InlineData("spec.etcdClusters[1].name=other", false, "spec.etcdClusters")]
    [InlineData("spec.etcdClusters[0].etcdMembers[0].instanceGroup=b", true, "spec.etcdClusters[0].etcdMembers[0].instanceGroup")]
    [InlineData("spec.etcdClusters[0].etcdMembers[0].instanceGroup=b", false, null)]
    [InlineData("spec.etcdClusters[0].etcdMembers[0].volumeSize=20", true, null)]
    [InlineData("spec.etcdClusters[0].etcdMembers[0].kmsKeyId=other", true, null)]
    [InlineData("spec.etcdClusters[0].version=3.6.12", true, null)]
    [InlineData("spec.etcdClusters[0].version=3.6.12 & spec.etcdClusters[0].image=etcd:v3.6.12", true, "spec.etcdClusters[0].image")]
    [InlineData("spec.etcdClusters[0].version=3.6.12 & spec.etcdClusters[0].image=etcd:v3.6.12", false, null)]
    [InlineData("spec.etcdClusters[0].etcdMembers[0].encryptedVolume=false", true, null)]
    [InlineData("spec.networkCIDR=10.0.0.0/16", true, null)]
    [InlineData("spec.cloudLabels[Name]=mine", false, "spec.cloudLabels[Name]")]
    [InlineData("spec.cloudLabels[Owner]=Jane", false, null)]
    public void An_edit_may_not_change_what_etcd_stands_on(string settings, bool isApplied, string? path)
    {
        var after = Samples.Cluster();
        Set(after.Node, "Cluster", settings);
        Assert.Equal(
            path is null ? [] : [path],
            ClusterValidator.ValidateUpdate(Samples.Cluster(), after, isApplied).Select(problem => problem.Path)
        );
    }

    [Theory]
    [InlineData("spec.etcdClusters[0].version=3.6.13", "spec.etcdClusters[0].version")]
    [InlineData("spec.etcdClusters[0].image=other:v3.6.12", "spec.etcdClusters[0].image")]
    public void The_version_of_an_etcd_that_runs_an_image_of_its_own_stays(string settings, string path)
    {
        var (before, after) = (Samples.Cluster(), Samples.Cluster());
        foreach (var cluster in (Cluster[])[before, after])
            Set(cluster.Node, "Cluster", "spec.etcdClusters[0].version=3.6.12 & spec.etcdClusters[0].image=etcd:v3.6.12");
        Set(after.Node, "Cluster", settings);

        Assert.Equal(path, Assert.Single(ClusterValidator.ValidateUpdate(before, after, isApplied: true)).Path);
    }

    private static void Set(MappingNode root, string type, string settings) =>
        FieldSetter.Apply(root, Kops.Api.Schema.ApiSchema.V1Alpha2.Find(type)!, [], settings.Split(" & "));
}
