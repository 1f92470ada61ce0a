using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Xunit;

namespace Kops.Api.Tests.Codec;

/// <summary>What it costs to read a cluster: thousands are read to list them.</summary>
public sealed class DecodeCostTests
{
    private const string Text = """
        apiVersion: kops.k8s.io/v1alpha2
        kind: Cluster
        metadata:
          creationTimestamp: "2026-01-01T00:00:00Z"
          name: demo.example.com
        spec:
          api:
            loadBalancer:
              class: Network
              type: Public
          authorization:
            rbac: {}
          channel: stable
          cloudProvider: aws
          configBase: s3://state/demo.example.com
          etcdClusters:
          - cpuRequest: 200m
            etcdMembers:
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1a
              name: a
            memoryRequest: 100Mi
            name: main
          kubernetesVersion: 1.36.3
          networkCIDR: 172.20.0.0/16
          networking:
            cilium:
              enableNodePort: true
          subnets:
          - cidr: 172.20.0.0/18
            name: us-east-1a
            type: Public
            zone: us-east-1a
          - cidr: 172.20.64.0/18
            name: us-east-1b
            type: Public
            zone: us-east-1b

        """;

    [Fact]
    public void A_cluster_is_decoded_in_sixteen_times_the_size_of_its_text()
    {
        var text = Encoding.UTF8.GetBytes(Text);
        KopsCodec.DecodeStored<Cluster>(text, "config");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoded = KopsCodec.DecodeStored<Cluster>(text, "config");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, text.Length, 16 * text.Length);
        Assert.Equal("demo.example.com", decoded.Value.Metadata.Name);
    }
}
