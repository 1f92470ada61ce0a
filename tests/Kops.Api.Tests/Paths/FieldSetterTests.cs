using CsCheck;
using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Api.Schema;
using Xunit;
using static Kops.Api.Tests.Paths.Trees;

namespace Kops.Api.Tests.Paths;

public sealed class FieldSetterTests
{
    private static TypeSchema ClusterType => ApiSchema.V1Alpha2.Find("Cluster")!;

    private static TypeSchema GroupType => ApiSchema.V1Alpha2.Find("InstanceGroup")!;

    [Theory]
    [InlineData("spec.kubernetesVersion=1.36.3", "kubernetesVersion: 1.36.3")]
    [InlineData("cluster.spec.kubernetesVersion=1.36.3", "kubernetesVersion: 1.36.3")]
    [InlineData("spec.kubelet.maxPods=50", "kubelet: {maxPods: 50}")]
    [InlineData("spec.kubelet.anonymousAuth=F", "kubelet: {anonymousAuth: false}")]
    [InlineData("spec.networking.calico.bpfEnabled=true", "networking: {calico: {bpfEnabled: true}}")]
    [InlineData("spec.karpenter.featureGates=StaticCapacity=true", "karpenter: {featureGates: StaticCapacity=true}")]
    [InlineData("spec.networking.cni=", "networking: {cni: {}}")]
    [InlineData("spec.sshAccess=10.0.0.0/8,1.2.3.4/32", "sshAccess: [10.0.0.0/8, 1.2.3.4/32]")]
    [InlineData("spec.addons[0].manifest=https://example.com/addon.yaml", "addons: [{manifest: https://example.com/addon.yaml}]")]
    [InlineData("spec.cloudLabels.team=storage", "cloudLabels: {team: storage}")]
    [InlineData("spec.cloudLabels[example.com/team]=storage", "cloudLabels: {example.com/team: storage}")]
    [InlineData("spec.cloudLabels[\"a=b\"]=c=d", "cloudLabels: {a=b: c=d}")]
    [InlineData("spec.cloudLabels=a=1,b=2", "cloudLabels: {a: 1, b: 2}")]
    [InlineData("spec.subnets=[{\"name\":\"a\",\"zone\":\"us-east-1a\"}]", "subnets: [{name: a, zone: us-east-1a}]")]
    [InlineData("spec.networking.amazonvpc.env=A=B", "networking: {amazonvpc: {env: [{name: A, value: B}]}}")]
    [InlineData(
        "spec.etcdClusters[0].manager.env=A=B,C=",
        "etcdClusters: [{manager: {env: [{name: A, value: B}, {name: C, value: \"\"}]}}]"
    )]
    [InlineData("spec.kubeAPIServer.env=GOGC=50", "kubeAPIServer: {env: [{name: GOGC, value: 50}]}")]
    [InlineData("spec.externalPolicies=node=arn:a,arn:b,bastion=arn:c", "externalPolicies: {node: [arn:a, arn:b], bastion: [arn:c]}")]
    [InlineData("spec.kubeDNS.stubDomains=example.com=10.0.0.1,10.0.0.2", "kubeDNS: {stubDomains: {example.com: [10.0.0.1, 10.0.0.2]}}")]
    [InlineData("spec.rollingUpdate.maxUnavailable=2", "rollingUpdate: {maxUnavailable: 2}")]
    [InlineData("spec.rollingUpdate.maxUnavailable=20%", "rollingUpdate: {maxUnavailable: 20%}")]
    [InlineData("spec.kubelet.evictionPressureTransitionPeriod=90s", "kubelet: {evictionPressureTransitionPeriod: 1m30s}")]
    [InlineData("spec.etcdClusters[0].memoryRequest=1024Mi", "etcdClusters: [{memoryRequest: 1Gi}]")]
    [InlineData("spec.kubernetesversion=1.36.3", "kubernetesVersion: 1.36.3")]
    [InlineData("spec.api.access=10.0.0.0/8", "kubernetesApiAccess: [10.0.0.0/8]")]
    [InlineData("spec.networking.subnets[0].zone=a", "subnets: [{zone: a}]")]
    [InlineData("spec.networking.topology.dns=none", "topology: {dns: {type: None}}")]
    [InlineData("spec.networking.kubeRouter=", "networking: {kuberouter: {}}")]
    [InlineData("spec.networking.tagSubnets=false", "DisableSubnetTags: true")]
    public void A_value_becomes_what_the_schema_says(string expression, string spec)
    {
        var root = new MappingNode();
        FieldSetter.Set(root, ClusterType, expression);
        Assert.Equal($"{{{spec}}}", Kops.Api.Diff.DiffText.Inline(root["spec"]));
    }

    [Theory]
    [InlineData("spec.kubelet.maxPods=many", "spec.kubelet.maxPods: expected a whole number, got \"many\"")]
    [InlineData("spec.kubelet.maxPods=99999999999", "spec.kubelet.maxPods: expected a whole number of 32 bits, got \"99999999999\"")]
    [InlineData("spec.kubelet.anonymousAuth=maybe", "spec.kubelet.anonymousAuth: expected true or false, got \"maybe\"")]
    [InlineData("spec.kubelet.maxPod=1", "spec.kubelet.maxPod: there is no such field; did you mean 'maxPods'?")]
    [InlineData("spec.subnets[0].zoen=a", "spec.subnets[0].zoen: there is no such field; did you mean 'zone'?")]
    [InlineData("kubernetesVersion=1", "kubernetesVersion: there is no such field; did you mean 'spec.kubernetesVersion'?")]
    [InlineData("spec.kubelet=x", "spec.kubelet: is an object: set one of its fields")]
    [InlineData("spec.sshAccess=", "spec.sshAccess: needs a value; to take it away, unset spec.sshAccess")]
    [InlineData("spec.subnets=a", "spec.subnets: is a list of objects")]
    [InlineData("spec.networking.amazonvpc.env=A", "spec.networking.amazonvpc.env: is a list of names and values")]
    [InlineData("spec.externalPolicies=arn:a", "spec.externalPolicies: is a map of lists")]
    [InlineData("spec.subnets.zone=a", "spec.subnets: is a list: name its items, such as spec.subnets[0].zone")]
    [InlineData("spec.subnets[5].zone=a", "spec.subnets: has 2 items, so there is no [5]")]
    [InlineData("spec.subnets[us-east-1x].zone=a", "spec.subnets: has no item named 'us-east-1x'; did you mean 'us-east-1a'?")]
    [InlineData("spec.addons[*].manifest=a", "spec.addons: has no items yet")]
    [InlineData("spec.channel.x=a", "spec.channel: holds the plain value")]
    [InlineData("spec.cloudLabels=a", "spec.cloudLabels: is a map: set one key as spec.cloudLabels[key]=value")]
    [InlineData("spec.subnets=[{\"zoen\":\"a\"}]", "spec.subnets[0].zoen: there is no such field; did you mean 'zone'?")]
    [InlineData("spec.kubelet.evictionPressureTransitionPeriod=soon", "expected a duration such as 90s")]
    [InlineData("spec.channel", "spec.channel: has no value: write path=value")]
    [InlineData("spec..channel=a", "a field's name is missing")]
    [InlineData("=a", "the path is empty")]
    public void A_wrong_path_or_value_is_told_and_changes_nothing(string expression, string message)
    {
        var root = Cluster();
        var before = root.Clone();
        var mistake = Assert.Throws<InvalidObjectException>(() =>
            FieldSetter.Apply(root, ClusterType, [], ["spec.channel=alpha", expression])
        );
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.True(Node.DeepEquals(before, root));
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(
            2,
            Assert
                .Throws<InvalidObjectException>(() =>
                    FieldSetter.Apply(new MappingNode(), ClusterType, ["spec.chanel"], ["spec.kubelet.maxPods=x"])
                )
                .Problems.Count
        );

    [Fact]
    public void Lists_grow_and_hold_nothing_twice()
    {
        var root = Cluster();
        FieldSetter.Apply(root, ClusterType, [], ["spec.sshAccess=10.0.0.0/8", "spec.sshAccess=10.0.0.0/8,1.2.3.4/32"]);
        Assert.Equal(
            "[0.0.0.0/0, 10.0.0.0/8, 1.2.3.4/32]",
            Kops.Api.Diff.DiffText.Inline(FieldPath.Parse("spec.sshAccess").Find(root).Single())
        );
    }

    [Fact]
    public void A_list_is_replaced_by_unsetting_and_setting_it_at_once()
    {
        var root = Cluster();
        FieldSetter.Apply(root, ClusterType, ["spec.sshAccess"], ["spec.sshAccess=10.0.0.0/8"]);
        Assert.Equal("[10.0.0.0/8]", Kops.Api.Diff.DiffText.Inline(FieldPath.Parse("spec.sshAccess").Find(root).Single()));
    }

    [Fact]
    public void Every_item_is_set_or_the_one_of_a_name()
    {
        var root = Cluster();
        FieldSetter.Apply(root, ClusterType, [], ["spec.subnets[*].type=Private", "spec.subnets[us-east-1b].zone=us-east-1c"]);
        Assert.Equal(["Private", "Private"], FieldPath.Parse("spec.subnets[*].type").Find(root).Select(node => node.ToString()!));
        Assert.Equal(["us-east-1a", "us-east-1c"], FieldPath.Parse("spec.subnets[*].zone").Find(root).Select(node => node.ToString()!));
    }

    [Fact]
    public void A_group_is_set_by_its_own_prefix_and_types()
    {
        var root = new MappingNode();
        FieldSetter.Apply(
            root,
            GroupType,
            [],
            ["instancegroup.spec.maxSize=5", "spec.nodeLabels[kops.k8s.io/x]=y", "spec.role=Node", "spec.rootVolume.size=20"]
        );
        Assert.Equal(
            "{maxSize: 5, nodeLabels: {kops.k8s.io/x: y}, role: Node, rootVolumeSize: 20}",
            Kops.Api.Diff.DiffText.Inline(root["spec"])
        );
    }

    [Theory]
    [InlineData("spec.sshAccess")]
    [InlineData("spec.kubelet.maxPods")]
    [InlineData("spec.subnets[7]")]
    [InlineData("spec.subnets[nowhere].zone")]
    public void Unsetting_what_is_not_there_succeeds(string path)
    {
        var root = Mapping(("spec", Mapping(("channel", Text("stable")))));
        FieldSetter.Unset(root, ClusterType, path);
        Assert.Equal("{spec: {channel: stable}}", Kops.Api.Diff.DiffText.Inline(root));
    }

    [Fact]
    public void Unsetting_takes_items_fields_and_keys_away()
    {
        var root = Cluster();
        FieldSetter.Apply(
            root,
            ClusterType,
            ["spec.subnets[*].type", "spec.subnets[us-east-1a]", "spec.sshAccess[0]", "spec.cloudLabels[a/b]"],
            []
        );
        Assert.Equal(
            "{channel: stable, cloudLabels: {}, sshAccess: [], subnets: [{name: us-east-1b, zone: us-east-1b}]}",
            Kops.Api.Diff.DiffText.Inline(root["spec"])
        );
    }

    [Fact]
    public void What_was_set_is_found_and_unsetting_restores() =>
        Gen.Select(
                Gen.OneOf(
                    new[] { "spec.clusterDNSDomain", "spec.subnets[0].egress", "spec.cloudLabels[x/y]", "spec.cloudLabels[\"a b.c\"]" }
                        .Select(Gen.Const)
                        .ToArray()
                ),
                Gen.String[Gen.Char.AlphaNumeric, 1, 9]
            )
            .Sample(
                (path, value) =>
                {
                    var (root, before) = (Cluster(), Cluster());
                    FieldSetter.Set(root, ClusterType, $"{path}={value}");
                    var found = FieldPath.Parse(path).Find(root).Single().ToString() == value;
                    FieldSetter.Unset(root, ClusterType, path);
                    return found && Node.DeepEquals(before, root);
                }
            );

    [Fact]
    public void Every_newer_name_stands_for_a_stored_field() =>
        Assert.All(
            NewerNames.All,
            name =>
                FieldSetter.Unset(
                    new MappingNode(),
                    name.Stored.StartsWith("spec.rootVolume", StringComparison.Ordinal) ? GroupType : ClusterType,
                    name.Newer
                )
        );

    private static MappingNode Cluster() =>
        Mapping(
            (
                "spec",
                Mapping(
                    ("channel", Text("stable")),
                    ("cloudLabels", Mapping(("a/b", Text("c")))),
                    ("sshAccess", Texts("0.0.0.0/0")),
                    (
                        "subnets",
                        List(
                            Mapping(("name", Text("us-east-1a")), ("zone", Text("us-east-1a")), ("type", Text("Public"))),
                            Mapping(("name", Text("us-east-1b")), ("zone", Text("us-east-1b")), ("type", Text("Public")))
                        )
                    )
                )
            )
        );
}
