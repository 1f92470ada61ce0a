using CsCheck;
using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Strict;
using Kops.Api.Versions;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Versions;

/// <summary>Nothing that both versions can say is lost between them, whichever field it is.</summary>
public sealed class RoundTripTests
{
    private const string Later = "kops.k8s.io/v1alpha3";

    // No effect any more; v1alpha2 has never had it.
    private static readonly string[] LostFromLater = ["spec.cloudProvider.aws.binariesLocation", "spec.cloudProvider.gce.binariesLocation"];

    // v1alpha2 holds the setting in another object than v1alpha3. That object stays behind when the setting is relocated, as in kOps.
    private static readonly string[] LeftBehind = ["cloudConfig", "kubeAPIServer", "authentication"];

    // A cloud's settings need the cloud; all others do without.
    private static readonly Dictionary<string, string> Clouds = new(StringComparer.Ordinal)
    {
        ["nodeTerminationHandler"] = "aws",
        ["awsLoadBalancerController"] = "aws",
        ["podIdentityWebhook"] = "aws",
        ["warmPool"] = "aws",
        ["awsEBSCSIDriver"] = "aws",
        ["disableSecurityGroupIngress"] = "aws",
        ["elbSecurityGroup"] = "aws",
        ["nlbSecurityGroupMode"] = "aws",
        ["nodeIPFamilies"] = "aws",
        ["spotinstProduct"] = "aws",
        ["spotinstOrientation"] = "aws",
        ["useIPBasedNodeNames"] = "aws",
        ["multizone"] = "gce",
        ["nodeTags"] = "gce",
        ["nodeInstancePrefix"] = "gce",
        ["gceServiceAccount"] = "gce",
        ["gceUseStartupScript"] = "gce",
        ["gcpPDCSIDriver"] = "gce",
        ["project"] = "gce",
        ["azure"] = "azure",
        ["openstack"] = "openstack",
    };

    // What v1alpha3 lacks, and kOps keeps in v1alpha2. A name with a dot at its end stands for the fields below it.
    private static readonly string[] KeptInStored =
    [
        .. At("spec", "docker. containerRuntime nodeAuthorization."),
        .. At("spec.topology", "masters nodes"),
        .. At("spec.iam", "legacy"),
        .. At("spec.etcdClusters.[]", "provider leaderElectionTimeout heartbeatInterval"),
        .. At("spec.kubeAPIServer", "etcdCaFile etcdCertFile etcdKeyFile basicAuthFile tlsCertFile tlsPrivateKeyFile allowPrivileged"),
        .. At("spec.kubeAPIServer", "kubeletClientCertificate kubeletClientKey proxyClientCertFile proxyClientKeyFile etcdQuorumRead"),
        .. At("spec.kubeAPIServer", "authorizationRbacSuperUser experimentalEncryptionProviderConfig requestheaderClientCAFile"),
        .. At("spec.kubeControllerManager", "serviceAccountPrivateKeyFile rootCAFile"),
        .. At("spec.kubeProxy", "hostnameOverride bindAddress"),
        .. new[] { "spec.kubelet", "spec.masterKubelet" }.SelectMany(kubelet =>
            At(
                kubelet,
                "apiServers clientCaFile requireKubeconfig hostnameOverride allowPrivileged configureCbr0 babysitDaemons nvidiaGPUs "
                    + "reconcileCIDR"
                    + " registerSchedulable nodeLabels.[KEY] enableCustomMetrics experimentalAllowedUnsafeSysctls.[] dockerDisableSharedPID"
            )
        ),
        .. At("spec.cloudConfig.awsEBSCSIDriver", "enabled"),
        .. At("spec.networking", "classic romana. lyftvpc. calico.crossSubnet"),
    ];

    // What kOps drops from v1alpha2. The many of cilium are found by the schema.
    private static readonly string[] Gone =
    [
        .. At("spec", "masterInternalName configStore rootVolumeDeleteOnTermination"),
        .. At("spec.topology.bastion", "idleTimeoutSeconds"),
        .. At("spec.api.loadBalancer", "idleTimeoutSeconds accessLog.interval"),
        .. At("spec.etcdClusters.[]", "enableEtcdTLS enableTLSAuth"),
        .. At("spec.kubeDNS", "image replicas"),
        .. At(
            "spec.cloudConfig",
            "vSphereUsername vSpherePassword vSphereServer vSphereDatacenter vSphereResourcePool vSphereDatastore vSphereCoreDNSServer"
        ),
        .. At("spec.networking", "flannel.disableTxChecksumOffloading canal.disableTxChecksumOffloading calico.majorVersion"),
    ];

    private static readonly string[] CiliumRenames =
    [
        "disableMasquerade",
        "toFqdnsDnsRejectResponseCode",
        "toFqdnsEnablePoller",
        "IPTablesRulesNoinstall",
    ];

    [Theory]
    [InlineData("Cluster")]
    [InlineData("InstanceGroup")]
    [InlineData("Keyset")]
    [InlineData("SSHCredential")]
    [InlineData("Host")]
    public void From_the_later_version_and_back_is_the_same(string kind) =>
        Each(
            ApiSchema.V1Alpha3,
            kind,
            (path, before) =>
            {
                var isLost = LostFromLater.Contains(path);
                var after = (MappingNode)before.Clone();
                var notes = new ConversionNotes();
                VersionConverter.ToStored(after, notes);
                AssertKnown(after, ApiSchema.V1Alpha2, kind);
                Assert.Equal(isLost ? [path] : [], notes.Dropped.Select(field => field.Path));
                VersionConverter.FromStored(after, Later, notes);
                Assert.Empty(notes.Refused);
                Assert.Equal(!isLost, Node.DeepEquals(before, Cleared(before, after)));
            }
        );

    [Theory]
    [InlineData("Cluster")]
    [InlineData("InstanceGroup")]
    [InlineData("Keyset")]
    [InlineData("SSHCredential")]
    [InlineData("Host")]
    public void From_the_stored_version_and_back_is_the_same(string kind) =>
        Each(
            ApiSchema.V1Alpha2,
            kind,
            (path, before) =>
            {
                var isLost = IsIn(KeptInStored, path) || IsGone(path);
                if (IsImplied(path, before))
                    isLost = false;
                var after = (MappingNode)before.Clone();
                var notes = new ConversionNotes();
                VersionConverter.FromStored(after, Later, notes);
                AssertKnown(after, ApiSchema.V1Alpha3, kind);
                Assert.Equal(isLost, notes.Dropped.Count == 1);
                VersionConverter.ToStored(after, notes);
                Assert.Empty(notes.Refused);
                Assert.Equal(!isLost, Node.DeepEquals(before, Cleared(before, after)));
            }
        );

    [Theory]
    [InlineData("Cluster")]
    [InlineData("InstanceGroup")]
    [InlineData("Keyset")]
    public void The_stored_form_keeps_all_that_kops_keeps(string kind) =>
        Each(
            ApiSchema.V1Alpha2,
            kind,
            (path, before) =>
            {
                var after = (MappingNode)before.Clone();
                var notes = new ConversionNotes();
                VersionConverter.ThereAndBack(after, notes);
                Assert.Empty(notes.Refused);
                Assert.Equal(IsGone(path), notes.Dropped.Count == 1);
                var once = (MappingNode)after.Clone();
                Assert.Equal(!IsGone(path), Node.DeepEquals(before, Cleared(before, after)));
                VersionConverter.ThereAndBack(after, notes);
                Assert.True(Node.DeepEquals(once, after));
            }
        );

    private static void Each(ApiSchema schema, string kind, Action<string, MappingNode> check)
    {
        var count = 0;
        foreach (var (steps, values) in SchemaValues.Of(schema, kind))
        {
            var path = string.Join('.', steps);
            values.Sample(
                value =>
                {
                    var document = SchemaValues.Document(schema, kind, steps, value.Clone());
                    Prepare(document, schema, steps);
                    new Normalizer(schema).Object(document, schema.Find(kind)!);
                    // "provider: none" comes back as "disable: true", as in kOps.
                    if (path == "spec.externalDns.provider" && value.ToString() == "none")
                        return;
                    try
                    {
                        check(path, document);
                    }
                    catch (Xunit.Sdk.XunitException exception)
                    {
                        throw new InvalidOperationException($"{path}: {exception.Message}\n{YamlWriter.Write(document)}", exception);
                    }
                },
                iter: 2,
                threads: 1
            );
            count++;
        }

        Assert.True(count > 0);
    }

    private static void Prepare(MappingNode document, ApiSchema schema, string[] steps)
    {
        if (schema == ApiSchema.V1Alpha3 || document["kind"].ToString() != "Cluster")
            return;
        var setting = steps[1] == "cloudConfig" ? steps[2] : steps[1];
        if (Clouds.TryGetValue(setting, out var cloud))
            ((MappingNode)document["spec"])["cloudProvider"] = ScalarNode.Of(cloud);
        // These two always come with their settings.
        if (document["spec"] is MappingNode spec && spec["cloudProvider"]?.ToString() is "azure" or "openstack")
            ((MappingNode)document["spec"]).Ensure("cloudConfig").Ensure(((MappingNode)document["spec"])["cloudProvider"].ToString()!);
    }

    // Without the empty objects that the way through the other version has left behind.
    private static MappingNode Cleared(MappingNode before, MappingNode after)
    {
        foreach (var name in LeftBehind)
        {
            if (after["spec"] is MappingNode spec && spec[name] is MappingNode { Count: 0 } && !((MappingNode)before["spec"]).Has(name))
                spec.Remove(name);
        }

        return after;
    }

    private static void AssertKnown(MappingNode document, ApiSchema schema, string kind)
    {
        var (unknown, wrong) = SchemaCheck.Of((MappingNode)document.Clone(), schema, schema.Find(kind)!, UnknownFields.Tell);
        Assert.Empty(unknown.Concat(wrong).Select(problem => problem.ToString()));
    }

    private static bool IsGone(string path) =>
        IsIn(Gone, path)
        || (
            path.Split('.') is ["spec", "networking", "cilium", var name, ..]
            && ApiSchema.V1Alpha3.Find("CiliumNetworkingSpec")!.Find(name) is null
            && !CiliumRenames.Contains(name)
        );

    private static bool IsImplied(string path, MappingNode document) =>
        path == "spec.iam.legacy" && ((MappingNode)((MappingNode)document["spec"])["iam"])["legacy"].ToString() == "false";

    private static bool IsIn(string[] list, string path) =>
        list.Any(each => each.EndsWith('.') ? path.StartsWith(each, StringComparison.Ordinal) : path == each);

    private static IEnumerable<string> At(string place, string names) => names.Split(' ').Select(name => $"{place}.{name}");
}
