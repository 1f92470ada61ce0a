using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Build.Input;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Flags;

namespace Kops.Build.Tests.Samples;

/// <summary>A small cluster on AWS, with a control plane and nodes, to change and to build.</summary>
internal sealed class SampleCluster
{
    private const string Text = """
        apiVersion: kops.k8s.io/v1alpha2
        kind: Cluster
        metadata:
          name: demo.example.com
        spec:
          channel: stable
          cloudProvider: aws
          configBase: s3://state/demo.example.com
          etcdClusters:
          - name: main
            etcdMembers:
            - name: a
              instanceGroup: control-plane
          - name: events
            etcdMembers:
            - name: a
              instanceGroup: control-plane
          kubernetesVersion: 1.36.3
          networkCIDR: 172.20.0.0/16
          networking:
            cilium: {}
          nonMasqueradeCIDR: 100.64.0.0/10
          subnets:
          - name: us-east-1a
            cidr: 172.20.0.0/16
            type: Public
            zone: us-east-1a
          topology:
            dns:
              type: None
        ---
        apiVersion: kops.k8s.io/v1alpha2
        kind: InstanceGroup
        metadata:
          name: control-plane
        spec:
          role: Master
          machineType: t3.medium
          subnets:
          - us-east-1a
        ---
        apiVersion: kops.k8s.io/v1alpha2
        kind: InstanceGroup
        metadata:
          name: nodes
        spec:
          role: Node
          machineType: t3.medium
          subnets:
          - us-east-1a
        """;

    private static readonly Lazy<string> Certificate = new(MakeCertificate);

    public SampleCluster()
    {
        var objects = KopsCodec.Decode(Encoding.UTF8.GetBytes(Text), "sample").Select(document => document.Object).ToList();
        Cluster = objects.OfType<Cluster>().Single();
        Groups = [.. objects.OfType<InstanceGroup>()];
    }

    public Cluster Cluster { get; }

    public List<InstanceGroup> Groups { get; }

    public InstanceGroup Nodes => Groups[1];

    public InstanceGroup ControlPlane => Groups[0];

    /// <summary>What its files follow from.</summary>
    public BuildRequest Request(FeatureFlags? features = null)
    {
        var completed = ClusterCompleter.Complete(new(Cluster, Groups, CloudSnapshot.Load()));
        var flags = features ?? FeatureFlags.Default;
        return new BuildRequest(completed)
        {
            Described = Cluster,
            Groups =
            [
                .. Groups.Select(group =>
                    GroupCompleter.Complete(new(completed, group, ChannelSnapshots.Find("stable")!, CloudSnapshot.Load(), flags))
                ),
            ],
            Features = flags,
            Keysets = ClusterFiles
                .Keysets(new(completed))
                .ToDictionary(name => name, name => new KeysetFact(name, "1", [Certificate.Value]), StringComparer.Ordinal),
        };
    }

    private static string MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=service-account", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return made.ExportCertificatePem() + "\n";
    }
}
