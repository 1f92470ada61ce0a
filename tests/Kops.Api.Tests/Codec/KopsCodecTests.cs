using System.Text;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Tests.Yaml;
using Xunit;

namespace Kops.Api.Tests.Codec;

public sealed class KopsCodecTests
{
    private const string Stored = """
        apiVersion: kops.k8s.io/v1alpha2
        kind: Cluster
        metadata:
          creationTimestamp: "2026-11-22T13:25:39Z"
          name: demo.example.com
        spec:
          api:
            dns: {}
          authorization:
            rbac: {}
          cloudLabels:
            "1": "true"
            team: a b
          etcdClusters:
          - cpuRequest: 200m
            etcdMembers:
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1a
              name: a
            memoryRequest: 100Mi
            name: main
          iam:
            allowContainerRegistry: true
            legacy: false
          kubelet:
            anonymousAuth: false
            nodeStatusUpdateFrequency: 1m30s
          kubernetesVersion: 1.34.1
          subnets:
          - cidr: 172.20.32.0/19
            name: us-east-1a
            type: Public
            zone: us-east-1a
          topology:
            dns:
              type: Public

        """;

    [Fact]
    public void An_object_in_kops_form_comes_back_to_the_byte()
    {
        var cluster = KopsCodec.DecodeStored<Cluster>(Bytes(Stored), "config");
        Assert.Empty(cluster.UnknownFields);
        Assert.Equal(Stored, Encoding.UTF8.GetString(KopsCodec.Encode(cluster.Value)));
    }

    [Theory]
    [InlineData("configBase: \"\"", "")]
    [InlineData("sshAccess: []", "")]
    [InlineData("sshAccess: ~", "")]
    [InlineData("cloudLabels: {}", "")]
    [InlineData("cloudLabels: {a: ~}", "cloudLabels:\n  a: \"\"")]
    [InlineData("useHostCertificates: false", "useHostCertificates: false")]
    [InlineData("api: {}", "api: {}")]
    [InlineData("iam: {}", "iam:\n  legacy: false")]
    [InlineData(
        "kubeAPIServer: {cpuRequest: 0.5, memoryRequest: 1024Mi, eventTTL: 60m}",
        "kubeAPIServer:\n  cpuRequest: 500m\n  eventTTL: 1h0m0s\n  memoryRequest: 1Gi"
    )]
    [InlineData("subnets: [{name: a, zone: \"\"}]", "subnets:\n- name: a")]
    public void Values_are_written_as_Go_writes_its_types(string given, string written)
    {
        var cluster = Cluster($"spec:\n  {given.Replace("\n", "\n  ", StringComparison.Ordinal)}");
        var expected = written.Length == 0 ? "spec: {}\n" : $"spec:\n  {written.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";
        Assert.Equal(
            $"apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata:\n  name: a\n{expected}",
            Encoding.UTF8.GetString(KopsCodec.Encode(cluster))
        );
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_with_places_and_guesses()
    {
        const string Text = """
            apiVersion: kops.k8s.io/v1alpha2
            kind: Cluster
            metadata: {name: a}
            spec:
              kubernetesVersion: 1.34
              subnet: []
              subnets:
              - name: a
                zoen: b
                name: c
              anonymousAuth: true
              hubble: {}
              sshAccess: 10.0.0.0/8
              kubelet:
                maxPods: many
                evictionHard: {a: b}
            """;
        var expected = """
            in.yaml:5:22: spec.kubernetesVersion: expected text, found the number 1.34; put it in quotes
            in.yaml:6:3: spec.subnet: no such field; did you mean 'subnets'?
            in.yaml:9:5: spec.subnets[0].zoen: no such field; did you mean 'zone'?
            in.yaml:10:5: spec.subnets[0].name: is set a second time; the first is at 8:5
            """;
        var message = Refused(Text);
        Assert.StartsWith(expected, message, StringComparison.Ordinal);
        Assert.Contains(
            "in.yaml:12:3: spec.hubble: no such field; it belongs at spec.networking.cilium.hubble",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "in.yaml:13:14: spec.sshAccess: expected a list, found the text \"10.0.0.0/8\"; start each item with '- '",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "in.yaml:15:14: spec.kubelet.maxPods: expected a whole number of 32 bits, found the text \"many\"",
            message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("apiVersion: v1", "in.yaml:1:1: kind: is missing; every object has apiVersion and kind")]
    [InlineData("kind: Cluster", "in.yaml:1:1: apiVersion: is missing; every object has apiVersion and kind")]
    [InlineData(
        "apiVersion: kops.k8s.io/v1alpha9\nkind: Cluster",
        "in.yaml:1:13: apiVersion: cannot read version kops.k8s.io/v1alpha9; known are kops.k8s.io/v1alpha2, kops.k8s.io/v1alpha3, "
            + "kops/v1alpha2"
    )]
    [InlineData(
        "apiVersion: kops.k8s.io/v1alpha2\nkind: Clutser",
        "in.yaml:2:7: kind: kOps has no kind 'Clutser'; did you mean 'Cluster'?"
    )]
    [InlineData("- a", "in.yaml:1:3: expected an object with apiVersion and kind")]
    public void What_is_no_object_is_refused(string text, string message) => Assert.Equal(message, Refused(text));

    [Fact]
    public void Other_objects_are_written_anew_as_kOps_stores_them()
    {
        const string Other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x} # mine\n";
        var documents = KopsCodec.Decode(Bytes(Stored + "---\n" + Other), "in.yaml");
        Assert.Equal(2, documents.Count);
        Assert.IsType<Cluster>(documents[0].Object);
        Assert.Null(documents[1].Object);
        Assert.Equal("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n", documents[1].Raw);
    }

    [Fact]
    public void What_get_printed_as_JSON_is_read_back()
    {
        var cluster = Assert.Single(KopsCodec.Decode(Bytes(Stored), "in.yaml")).Object!;
        var printed = KopsCodec.ToJson([cluster, cluster]);
        Assert.StartsWith("[", printed, StringComparison.Ordinal);
        var documents = KopsCodec.Decode(Bytes(printed), "all.json");
        Assert.Equal([Stored, Stored], documents.Select(document => Encoding.UTF8.GetString(KopsCodec.Encode(document.Object!))));
    }

    [Theory]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[ITEM,ITEM]}")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- ITEM\n- ITEM\n")]
    [InlineData("- ITEM\n- ITEM\n")]
    public void A_list_is_read_as_the_objects_in_it(string text)
    {
        const string Item = "{\"apiVersion\":\"kops.k8s.io/v1alpha2\",\"kind\":\"InstanceGroup\",\"metadata\":{\"name\":\"nodes\"}}";
        var documents = KopsCodec.Decode(Bytes(text.Replace("ITEM", Item, StringComparison.Ordinal)), "list");
        Assert.Equal(["nodes", "nodes"], documents.Select(document => document.Object!.Metadata.Name));
    }

    [Fact]
    public void What_is_wrong_in_a_list_is_told_with_its_place() =>
        Assert.Equal(
            "in.yaml:4:3: role: is missing; every object has apiVersion and kind".Replace("role", "kind", StringComparison.Ordinal),
            Refused("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n")
        );

    [Fact]
    public void The_old_group_is_read_and_the_new_one_written()
    {
        var old = Stored.Replace("kops.k8s.io/v1alpha2", "kops/v1alpha2", StringComparison.Ordinal);
        var value = Assert.Single(KopsCodec.Decode(Bytes(old), "in.yaml")).Object!;
        Assert.Equal(Stored, Encoding.UTF8.GetString(KopsCodec.Encode(value)));
    }

    [Fact]
    public void A_stored_object_keeps_the_fields_that_a_newer_kops_wrote_and_names_them()
    {
        var newer = Stored.Replace("  subnets:\n", "  newer:\n    inside:\n    - 1\n  subnets:\n", StringComparison.Ordinal);
        var stored = KopsCodec.DecodeStored<Cluster>(Bytes(newer), "config");
        var field = Assert.Single(stored.UnknownFields);
        Assert.Equal("spec.newer", field.Path);
        Assert.Equal("no such field", field.Message);
        Assert.Equal(newer, Encoding.UTF8.GetString(KopsCodec.Encode(stored.Value)));
    }

    [Theory]
    [InlineData("", "config: is empty; expected one document")]
    [InlineData("apiVersion: kops.k8s.io/v1alpha2\nkind: InstanceGroup", "config:2:7: kind: expected Cluster, found InstanceGroup")]
    [InlineData("a: 1\n---\na: 1", "config: holds 2 documents; expected one")]
    public void What_a_store_holds_must_be_one_object_of_the_kind(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidObjectException>(() => KopsCodec.DecodeStored<Cluster>(Bytes(text), "config")).Message);

    [Fact]
    public void A_truncated_object_is_refused_or_read_but_never_breaks()
    {
        for (var length = 0; length < Stored.Length; length++)
        {
            try
            {
                KopsCodec.DecodeStored<Cluster>(Bytes(Stored[..length]), "config");
            }
            catch (InvalidObjectException exception)
            {
                Assert.NotEmpty(exception.Problems);
            }
        }
    }

    [Fact]
    public void JSON_has_the_fields_in_kops_order_on_one_line()
    {
        var cluster = Cluster("spec:\n  zz: {b: 1, a: <&>}\n  sshAccess: [::/0]\n  channel: stable\n  iam: {}");
        const string Json =
            """{"kind":"Cluster","apiVersion":"kops.k8s.io/v1alpha2","metadata":{"name":"a"},"spec":"""
            + """{"channel":"stable","sshAccess":["::/0"],"iam":{"legacy":false},"zz":{"a":"\u003c\u0026\u003e","b":1}}}""";
        Assert.Equal(Json + "\n", KopsCodec.ToJson([cluster], single: true));
        Assert.Equal($"[{Json}\n,{Json}\n]", KopsCodec.ToJson([cluster, cluster]));
        Assert.Equal("[]", KopsCodec.ToJson([]));
        Assert.Equal(KopsCodec.Encode(cluster), KopsCodec.Encode(new Cluster((MappingNode)Texts.Read(Json))));
    }

    [Fact]
    public void Several_objects_are_joined_as_kops_prints_them()
    {
        var cluster = Cluster("spec: {}");
        var one = Encoding.UTF8.GetString(KopsCodec.Encode(cluster));
        Assert.Equal($"{one}\n---\n\n{one}", KopsCodec.ToYaml([cluster, cluster]));
    }

    // As it is, without what decoding fills in.
    private static Cluster Cluster(string spec) =>
        new((MappingNode)Texts.Read($"apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: {{name: a}}\n{spec}\n"));

    private static string Refused(string text) =>
        Assert.Throws<InvalidObjectException>(() => KopsCodec.Decode(Bytes(text), "in.yaml")).Message;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
