using System.Text;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Strict;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Versions;

public sealed class RelocationTests
{
    // Each pair says the same. Defaults are left out: what is not here is filled in on both sides.
    public static TheoryData<string, string, string> Pairs =>
        new()
        {
            // A field that goes to another object, alone or as one of several.
            { "Cluster", "configBase: s3://a/b", "configStore: {base: s3://a/b}" },
            {
                "Cluster",
                "topology: {bastion: {bastionPublicName: b.example.com}}",
                "networking: {topology: {bastion: {publicName: b.example.com}}}"
            },
            { "InstanceGroup", "{rootVolumeSize: 30, rootVolumeType: gp3}", "rootVolume: {size: 30, type: gp3}" },
            // A name alone, in lists too.
            {
                "Cluster",
                "networking: {amazonvpc: {imageName: a, initImageName: b}}",
                "networking: {amazonVPC: {image: a, initImage: b}}"
            },
            {
                "Cluster",
                "etcdClusters: [{name: main, etcdMembers: [{name: a, volumeIops: 7, kmsKeyId: k}]}]",
                "etcdClusters: [{name: main, etcdMembers: [{name: a, volumeIOPS: 7, kmsKeyID: k}]}]"
            },
            {
                "Cluster",
                "{masterKubelet: {authenticationTokenWebhookCacheTtl: 1m0s}}",
                "{controlPlaneKubelet: {authenticationTokenWebhookCacheTTL: 1m0s}}"
            },
            { "InstanceGroup", "externalLoadBalancers: [{targetGroupArn: arn}]", "externalLoadBalancers: [{targetGroupARN: arn}]" },
            // The cloud.
            { "Cluster", "cloudProvider: hetzner", "cloudProvider: {hetzner: {}}" },
            { "Cluster", "cloudProvider: digitalocean", "cloudProvider: {do: {}}" },
            {
                "Cluster",
                "{cloudProvider: gce, project: p, cloudConfig: {multizone: true}}",
                "{cloudProvider: {gce: {project: p, multizone: true}}, cloudConfig: {}}"
            },
            {
                "Cluster",
                "{cloudProvider: azure, cloudConfig: {azure: {tenantId: t, subscriptionId: s}}}",
                "{cloudProvider: {azure: {tenantID: t, subscriptionID: s}}, cloudConfig: {}}"
            },
            {
                "Cluster",
                "{cloudProvider: aws, warmPool: {minSize: 1}, cloudConfig: {manageStorageClasses: false, awsEBSCSIDriver: {managed: "
                    + "true}}}",
                "{cloudProvider: {aws: {warmPool: {minSize: 1}, ebsCSIDriver: {managed: true}}}, cloudConfig: {manageStorageClasses: "
                    + "false}}"
            },
            // A switch turned round.
            { "Cluster", "DisableSubnetTags: true", "networking: {tagSubnets: false}" },
            {
                "Cluster",
                "networking: {cilium: {disableMasquerade: false, IPTablesRulesNoinstall: true}}",
                "networking: {cilium: {masquerade: true, installIptablesRules: false}}"
            },
            {
                "Cluster",
                "hooks: [{name: a, disabled: true, roles: [Master, Node]}]",
                "hooks: [{name: a, enabled: false, roles: [ControlPlane, Node]}]"
            },
            // kOps forgets the group's hooks, and a cluster whose network is canal.
            {
                "InstanceGroup",
                "hooks: [{name: a, disabled: true, roles: [Master]}]",
                "hooks: [{name: a, enabled: false, roles: [ControlPlane]}]"
            },
            {
                "Cluster",
                "networking: {canal: {disableFlannelForwardRules: true}}",
                "networking: {canal: {flanneldIptablesForwardRules: false}}"
            },
            // Values of another form.
            { "InstanceGroup", "role: Master", "role: ControlPlane" },
            { "Cluster", "topology: {dns: {type: Private}}", "networking: {topology: {dns: Private}}" },
            { "Cluster", "externalDns: {disable: true, watchIngress: true}", "externalDNS: {provider: none, watchIngress: true}" },
            {
                "Cluster",
                "{authentication: {}, kubeAPIServer: {oidcGroupsClaim: 'a,b', oidcRequiredClaim: [a=1, b=x=y]}}",
                "{authentication: {oidc: {groupsClaims: [a, b], requiredClaims: {a: '1', b: x=y}}}, kubeAPIServer: {}}"
            },
            // Keys of a map.
            {
                "Cluster",
                "{additionalPolicies: {master: '[]', node: '[]'}, externalPolicies: {master: [arn]}}",
                "{additionalPolicies: {control-plane: '[]', node: '[]'}, externalPolicies: {control-plane: [arn]}}"
            },
            // What looks alike and stays.
            { "Cluster", "fileAssets: [{name: a, roles: [Master]}]", "fileAssets: [{name: a, roles: [Master]}]" },
            {
                "Cluster",
                "kubeAPIServer: {oidcCAFile: /ca, authenticationTokenWebhookCacheTtl: 1m0s}",
                "kubeAPIServer: {oidcCAFile: /ca, authenticationTokenWebhookCacheTtl: 1m0s}"
            },
            { "Keyset", "type: Keypair", "type: Keypair" },
        };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_versions_say_the_same(string kind, string stored, string later)
    {
        var (before, after) = (Sample.Text("v1alpha2", kind, stored), Sample.Text("v1alpha3", kind, later));
        AssertSame(Sample.Decode(before).Root, Sample.Decode(after).Root);
        var written = KopsCodec.Encode(Sample.Decode(before).Object!, "kops.k8s.io/v1alpha3", out var lost);
        Assert.Empty(lost);
        foreach (var (name, value) in Expected(after, kind))
            AssertHolds(value, ((MappingNode)Sample.Tree(Encoding.UTF8.GetString(written))["spec"])[name]);
    }

    [Fact]
    public void A_converted_value_keeps_its_place_in_the_text()
    {
        var cluster = (Cluster)
            Sample
                .Decode(Sample.Text("v1alpha3", "Cluster", "channel: stable\nconfigStore:\n  base: s3://a/b\nhooks:\n- enabled: false"))
                .Object!;
        Assert.Equal(new(8, 11), cluster.Spec.Node["configBase"].Position);
        Assert.Equal(new(8, 5), cluster.Spec.Node.NamePosition("configBase"));
        Assert.Equal(new(10, 14), cluster.Spec.Hooks[0].Node["disabled"].Position);
    }

    [Fact]
    public void Mistakes_are_named_by_the_path_of_the_version_that_was_written()
    {
        var problem = Assert.Single(Sample.Refused(Sample.Text("v1alpha3", "Cluster", "networking:\n  topology:\n    dns: 3")).Problems);
        Assert.Equal(("spec.networking.topology.dns", new SourcePosition(8, 12)), (problem.Path, problem.Position!.Value));
        problem = Assert.Single(Sample.Refused(Sample.Text("v1alpha3", "Cluster", "masterPublicName: a")).Problems);
        Assert.Equal("spec.masterPublicName", problem.Path);
    }

    [Fact]
    public void A_stored_object_of_another_version_is_read_and_its_unknown_fields_stay_where_they_are()
    {
        var text = Sample.Text(
            "v1alpha3",
            "Cluster",
            "cloudProvider:\n  aws:\n    later: 1\nnetworking:\n  other: 1\n  networkID: net\nnew: 1"
        );
        var stored = KopsCodec.DecodeStored<Cluster>(Encoding.UTF8.GetBytes(text), "demo.yaml");
        Assert.Equal("net", stored.Value.Spec.NetworkID);
        Assert.Equal("aws", stored.Value.Spec.CloudProvider);
        Assert.Equal("1", stored.Value.Spec.Node["new"].ToString());
        Assert.Equal("1", stored.Value.Spec.Networking!.Node["other"].ToString());
        Assert.Superset(
            new HashSet<string> { "spec.new", "spec.networking.other", "spec.cloudProvider.aws.later" },
            stored.UnknownFields.Select(field => field.Path).ToHashSet()
        );
    }

    [Theory]
    [InlineData(
        "v1alpha2",
        "{cloudProvider: gce, warmPool: {minSize: 1}}",
        "spec.warmPool",
        "is a setting of aws, and the cluster's cloud is gce: remove it"
    )]
    [InlineData(
        "v1alpha2",
        "{cloudProvider: aws, cloudConfig: {nodeTags: a}}",
        "spec.cloudConfig.nodeTags",
        "is a setting of gce, and the cluster's cloud is aws: remove it"
    )]
    [InlineData(
        "v1alpha2",
        "cloudConfig: {elbSecurityGroup: sg}",
        "spec.cloudConfig.elbSecurityGroup",
        "is a setting of aws, and the cluster's cloud is none: remove it"
    )]
    [InlineData(
        "v1alpha2",
        "{cloudProvider: aliyun, warmPool: {minSize: 1}}",
        "spec.cloudProvider",
        "there is no cloud 'aliyun'; there are aws, azure, digitalocean, gce, hetzner, linode, openstack, scaleway"
    )]
    [InlineData(
        "v1alpha2",
        "kubeAPIServer: {oidcRequiredClaim: [a]}",
        "spec.kubeAPIServer.oidcRequiredClaim",
        "expected KEY=VALUE, found \"a\""
    )]
    [InlineData(
        "v1alpha2",
        "additionalPolicies: {master: a, control-plane: b}",
        "spec.additionalPolicies.master",
        "says the same as 'control-plane', which is set too: keep one of them"
    )]
    [InlineData("v1alpha3", "cloudProvider: {aws: {}, gce: {}}", "spec.cloudProvider", "sets aws and gce; a cluster has one cloud")]
    [InlineData(
        "v1alpha3",
        "authentication: {oidc: {requiredClaims: {a=b: c}}}",
        "spec.authentication.oidc.requiredClaims",
        "v1alpha2 cannot say the key \"a=b\": it holds KEY=VALUE in one text; use a key without '='"
    )]
    public void What_the_other_version_cannot_say_is_refused_with_its_place(string version, string spec, string path, string message)
    {
        var problem = Assert.Single(Sample.Refused(Sample.Text(version, "Cluster", spec)).Problems);
        Assert.Equal((path, message), (problem.Path, problem.Message));
        Assert.Equal(6, problem.Position!.Value.Line);
    }

    [Fact]
    public void What_the_later_version_lacks_is_told()
    {
        var cluster = Sample
            .Decode(Sample.Text("v1alpha2", "Cluster", "{containerRuntime: docker, iam: {legacy: true}, kubelet: {hostnameOverride: h}}"))
            .Object!;
        var text = Encoding.UTF8.GetString(KopsCodec.Encode(cluster, "kops.k8s.io/v1alpha3", out var lost));
        Assert.Equal(
            ["spec.containerRuntime", "spec.iam.legacy", "spec.kubelet.hostnameOverride"],
            lost.Select(field => field.Path).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("hostnameOverride", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_kops_does_not_have_cannot_be_written() =>
        Assert.Contains(
            "kops.k8s.io/v1alpha3",
            Assert.Throws<ArgumentException>(() => KopsCodec.Encode(new Cluster(), "kops.k8s.io/v1", out _)).Message,
            StringComparison.Ordinal
        );

    private static MappingNode Expected(string text, string kind)
    {
        var tree = Sample.Tree(text);
        new Normalizer(ApiSchema.V1Alpha3).Object(tree, ApiSchema.V1Alpha3.Find(kind)!);
        return (MappingNode)tree["spec"];
    }

    // Everything that is expected is there; defaults may be there too.
    private static void AssertHolds(Node expected, Node? actual)
    {
        if (expected is MappingNode fields)
        {
            var mapping = Assert.IsType<MappingNode>(actual);
            foreach (var (name, value) in fields)
                AssertHolds(value, mapping[name]);
        }
        else
        {
            AssertSame(expected, actual);
        }
    }

    private static void AssertSame(Node expected, Node? actual) =>
        Assert.True(
            Node.DeepEquals(expected, actual),
            $"expected:\n{YamlWriter.Write(expected)}\nfound:\n{(actual is null ? "nothing" : YamlWriter.Write(actual))}"
        );
}
