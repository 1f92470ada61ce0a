using System.Text;
using Kops.Api;
using Kops.Build.Tests.Samples;
using static Kops.Build.Tests.Addons.SampleSource;

namespace Kops.Build.Tests.Addons;

/// <summary>What functions of kOps' templates give where no golden case reaches.</summary>
public sealed class Functions_of_templates
{
    private readonly SampleCluster _sample = new();

    [Theory]
    [InlineData("{{replace \"a.b.c\" \".\" \"-\"}}", "a-b-c")]
    [InlineData("{{joinHostPort \"fd00::1\" \"53\"}} {{joinHostPort \"10.0.0.1\" \"53\"}}", "[fd00::1]:53 10.0.0.1:53")]
    [InlineData("{{WithDefaultBool .EncryptionConfig true}} {{WithDefaultBool .Networking.Cilium.EnableL7Proxy false}}", "true true")]
    [InlineData("{{GetString .SSHKeyName}}|{{GetCloudProvider}}|{{Region}}", "|aws|us-east-1")]
    [InlineData("{{IsKubernetesGTE \"1.36.0\"}} {{IsKubernetesGTE \"1.37.0\"}}", "true false")]
    [InlineData("{{NodeLocalDNSClusterIP}} {{NodeLocalDNSHealthCheck}}", "__PILLAR__CLUSTER__DNS__ 3989")]
    [InlineData("{{ClusterDNSDomain}} {{APIInternalName}}", "demo.example.com api.internal.demo.example.com")]
    [InlineData("{{PublishesDNSRecords}} {{IsControlPlaneMode}} {{ControlPlaneControllerReplicas true}}", "false false 1")]
    [InlineData("{{KubeDNS.Domain}} {{KubeDNS.ServerIP}}", "cluster.local 100.64.0.10")]
    [InlineData("{{APIServerNodeRole}}", "node-role.kubernetes.io/control-plane")]
    [InlineData("{{OpenStackCCMTag}}", "v1.36.0")]
    [InlineData("{{KopsFeatureEnabled \"SELinuxMount\"}}", "false")]
    public void Give(string template, string expected) => Assert.Equal(expected, Written(template));

    [Fact]
    public void Labels_of_the_cloud_are_sorted_and_name_the_cluster()
    {
        _sample.Cluster.Spec.CloudLabels["B"] = "2";

        Assert.Equal("B=2,KubernetesCluster=demo.example.com", Written("{{CloudLabels}}"));
    }

    [Fact]
    public void Calico_keeps_within_the_network_unless_told_otherwise()
    {
        _sample.Cluster.Spec.Networking = null;
        _sample.Cluster.Spec.EnsureNetworking().EnsureCalico().EncapsulationMode = "vxlan";
        const string Modes = "{{CalicoIPv4PoolIPIPMode}} {{CalicoIPv4PoolVXLANMode}} {{CalicoIPv6PoolVXLANMode}}";

        Assert.Equal("Never CrossSubnet Never", Written(Modes));
        _sample.Cluster.Spec.Networking!.Calico!.VxlanMode = "Always";
        Assert.Equal("Never Always Always", Written(Modes));
    }

    [Fact]
    public void A_proxy_is_told_to_pods_with_what_it_leaves_out()
    {
        var proxy = _sample.Cluster.Spec.EnsureEgressProxy();
        proxy.EnsureHttpProxy().Host = "proxy";
        proxy.HttpProxy!.Port = 3128;
        proxy.Excludes = "127.0.0.1";

        Assert.Contains(
            "https_proxy=http://proxy:3128;",
            Written("{{range $k, $v := ProxyEnv}}{{$k}}={{$v}};{{end}}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_cannot_be_known_is_refused_with_the_cure() =>
        Assert.Contains(
            "aws.project",
            Assert.Throws<FormatException>(() => Written("{{DefaultQueueName}}")).Message,
            StringComparison.Ordinal
        );

    private string Written(string template)
    {
        var source = Of((Coredns + ".template", $"kind: ConfigMap\nmetadata: {{name: a}}\ndata: |\n  [{template}]\n"));
        var files = ClusterFiles.Of(_sample.Request() with { AddonSource = source }).Files;
        var text = Encoding.UTF8.GetString(
            Assert.Single(files, file => file.Role == FileRole.AddonManifest && file.Name == Coredns).Content.Span
        );
        var start = text.IndexOf("  [", StringComparison.Ordinal) + 3;
        return text[start..text.IndexOf("]\n", start, StringComparison.Ordinal)];
    }
}
