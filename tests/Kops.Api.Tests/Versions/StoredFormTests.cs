using Kops.Api.Codec;
using Xunit;

namespace Kops.Api.Tests.Versions;

public sealed class StoredFormTests
{
    [Theory]
    [InlineData("topology.dns.type: the records are public", "{}", "topology:\n  dns:\n    type: Public")]
    [InlineData("topology.dns.type: what is there stays", "topology: {dns: {type: None}}", "topology:\n  dns:\n    type: None")]
    [InlineData("authorization: by role", "{}", "authorization:\n  rbac: {}")]
    [InlineData("authorization: an empty one too", "authorization: {}", "authorization:\n  rbac: {}")]
    [InlineData("authorization: what is there stays", "authorization: {alwaysAllow: {}}", "authorization:\n  alwaysAllow: {}")]
    [InlineData(
        "api: a load balancer is public, and on AWS classic",
        "{cloudProvider: aws, api: {loadBalancer: {}}}",
        "api:\n  loadBalancer:\n    class: Classic\n    type: Public"
    )]
    [InlineData(
        "api: a load balancer is public",
        "{cloudProvider: gce, api: {loadBalancer: {}}}",
        "api:\n  loadBalancer:\n    type: Public"
    )]
    [InlineData(
        "api: on OpenStack nothing is filled in",
        "{cloudProvider: openstack, api: {loadBalancer: {}}}",
        "api:\n  loadBalancer: {}"
    )]
    [InlineData("api: a way in stays", "api: {dns: {}}", "api:\n  dns: {}")]
    [InlineData("flannel: the backend of old", "networking: {flannel: {}}", "networking:\n  flannel:\n    backend: udp")]
    [InlineData("flannel: what is there stays", "networking: {flannel: {backend: vxlan}}", "networking:\n  flannel:\n    backend: vxlan")]
    public void A_document_comes_with_what_kops_fills_in_as_it_reads(string why, string spec, string expected)
    {
        Assert.NotEmpty(why);
        Assert.Contains(
            expected.Replace("\n", "\n  ", StringComparison.Ordinal),
            Written("v1alpha2", "Cluster", spec),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("networking: {topology: {}, flannel: {}}", "backend: udp")]
    [InlineData("cloudProvider: {aws: {}}\napi: {loadBalancer: {}}", "class: Classic")]
    public void So_does_a_document_of_the_later_version(string spec, string expected)
    {
        var written = Written("v1alpha3", "Cluster", spec);
        Assert.Contains(expected, written, StringComparison.Ordinal);
        Assert.Contains("topology:\n    dns:\n      type: Public", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_filled_in_for_other_kinds() =>
        Assert.Equal(Sample.Text("v1alpha2", "InstanceGroup", "role: Node"), Written("v1alpha2", "InstanceGroup", "role: Node"));

    [Theory]
    [InlineData("Cluster", "role", "fileAssets: [{roles: [ControlPlane]}]", "- ControlPlane")]
    [InlineData("Cluster", "an empty api", "api: {}", null)]
    [InlineData("Cluster", "an empty network", "networking: {}", null)]
    [InlineData("Cluster", "canal, which kOps forgets", "networking: {canal: {}}", "canal: {}")]
    [InlineData("Cluster", "external DNS that is off", "externalDns: {provider: none}", "disable: true")]
    [InlineData("Cluster", "a policy of the control plane", "additionalPolicies: {control-plane: '[]'}", "master: '[]'")]
    [InlineData("Cluster", "claims, sorted and once", "kubeAPIServer: {oidcRequiredClaim: [b=1, a=2, b=3]}", "- a=2\n    - b=3")]
    [InlineData("Cluster", "OpenID Connect", "kubeAPIServer: {oidcClientID: a}", "authentication: {}")]
    [InlineData("Cluster", "a cloud with settings", "cloudProvider: azure", "cloudConfig:\n    azure:\n      tenantId: \"\"")]
    [InlineData("Cluster", "another cloud with settings", "cloudProvider: openstack", "cloudConfig:\n    openstack: {}")]
    [InlineData("InstanceGroup", "the role", "role: ControlPlane", "role: Master")]
    [InlineData("InstanceGroup", "a hook", "hooks: [{disabled: true}]", "- disabled: true")]
    public void A_document_takes_the_form_that_kops_gives_it(string kind, string what, string spec, string? expected)
    {
        Assert.NotEmpty(what);
        var document = Sample.Decode(Sample.Text("v1alpha2", kind, spec));
        Assert.Empty(document.DroppedFields);
        var written = KopsCodec.ToYaml([document.Object!]);
        if (expected is null)
            Assert.DoesNotContain($"  {spec}", written, StringComparison.Ordinal);
        else
            Assert.Contains(expected, written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cluster", "masterInternalName: a", "spec.masterInternalName", 6)]
    [InlineData("Cluster", "topology:\n  bastion:\n    idleTimeoutSeconds: 5", "spec.topology.bastion.idleTimeoutSeconds", 8)]
    [InlineData("Cluster", "api:\n  loadBalancer:\n    idleTimeoutSeconds: 5", "spec.api.loadBalancer.idleTimeoutSeconds", 8)]
    [InlineData("Cluster", "api:\n  loadBalancer:\n    accessLog:\n      interval: 5", "spec.api.loadBalancer.accessLog.interval", 9)]
    [InlineData("Cluster", "etcdClusters:\n- name: main\n- enableEtcdTLS: true", "spec.etcdClusters[1].enableEtcdTLS", 8)]
    [InlineData("Cluster", "networking:\n  cilium:\n    keepConfig: true", "spec.networking.cilium.keepConfig", 8)]
    [InlineData("Cluster", "cloudProvider: aws\nproject: p", "spec.project", 7)]
    [InlineData("Cluster", "cloudProvider: aws\ncloudConfig:\n  azure:\n    adminUser: u", "spec.cloudConfig.azure", 8)]
    [InlineData("Cluster", "externalDns:\n  provider: external-dns\n  disable: true", "spec.externalDns.provider", 7)]
    [InlineData("InstanceGroup", "rootVolumeDeleteOnTermination: false", "spec.rootVolumeDeleteOnTermination", 6)]
    public void What_kops_drops_is_dropped_and_told(string kind, string spec, string path, int line)
    {
        var document = Sample.Decode(Sample.Text("v1alpha2", kind, spec));
        var field = Assert.Single(document.DroppedFields);
        Assert.Equal((path, line), (field.Path, field.Position!.Value.Line));
        Assert.DoesNotContain(path[(path.LastIndexOf('.') + 1)..] + ":", KopsCodec.ToYaml([document.Object!]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enableEtcdTLS: false")]
    [InlineData("enableTLSAuth: null")]
    public void A_field_that_says_nothing_goes_without_a_word(string field) =>
        Assert.Empty(Sample.Decode(Sample.Text("v1alpha2", "Cluster", $"etcdClusters: [{{name: main, {field}}}]")).DroppedFields);

    [Theory]
    [InlineData("containerRuntime: docker")]
    [InlineData("topology: {masters: private, nodes: private}")]
    [InlineData("kubelet: {hostnameOverride: h}")]
    [InlineData("networking: {classic: {}}")]
    [InlineData("gossipConfig: {protocol: mesh}")]
    public void What_kops_keeps_stays_though_it_has_no_effect(string spec)
    {
        var document = Sample.Decode(Sample.Text("v1alpha2", "Cluster", spec));
        Assert.Empty(document.DroppedFields);
        Assert.Contains(
            spec[..spec.IndexOf(':', StringComparison.Ordinal)],
            KopsCodec.ToYaml([document.Object!]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("v1alpha2")]
    [InlineData("v1alpha3")]
    public void A_bastions_security_groups_are_kept(string version)
    {
        var topology = "topology: {bastion: {loadBalancer: {additionalSecurityGroups: [sg-1]}}}";
        var written = Written(version, "Cluster", version == "v1alpha2" ? topology : $"networking: {{{topology}}}");
        Assert.Contains("additionalSecurityGroups:\n        - sg-1", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1alpha2", "etcdClusters: [{name: main, etcdMembers: [{name: a, kmsKeyID: k}]}]", "kmsKeyID: k", "kmsKeyId")]
    [InlineData("v1alpha2", "controlPlaneKubelet: {maxPods: 5}", "controlPlaneKubelet:", "masterKubelet")]
    [InlineData("v1alpha3", "masterKubelet: {maxPods: 5}", null, "masterKubelet")]
    public void What_is_let_in_though_nobody_knows_it_never_comes_to_mean_something(
        string version,
        string spec,
        string? kept,
        string meaning
    )
    {
        var text = System.Text.Encoding.UTF8.GetBytes(Sample.Text(version, "Cluster", spec));
        var document = KopsCodec.Decode(text, "demo.yaml", UnknownFieldPolicy.Keep).Single();
        var written = KopsCodec.ToYaml([document.Object!]);
        Assert.Single(document.UnknownFields);
        Assert.Equal(kept is null ? 1 : 0, document.DroppedFields.Count);
        Assert.DoesNotContain(meaning, written, StringComparison.Ordinal);
        if (kept is not null)
            Assert.Contains(kept, written, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_from_a_store_is_left_as_it_is()
    {
        var text = Sample.Text("v1alpha2", "Cluster", "masterInternalName: a");
        var stored = KopsCodec.DecodeStored<Cluster>(System.Text.Encoding.UTF8.GetBytes(text), "config");
        Assert.Empty(stored.UnknownFields);
        Assert.Equal(text, KopsCodec.ToYaml([stored.Value]));
    }

    private static string Written(string version, string kind, string spec) =>
        KopsCodec.ToYaml([Sample.Decode(Sample.Text(version, kind, spec)).Object!]);
}
