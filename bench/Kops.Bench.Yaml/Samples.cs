namespace Kops.Bench.Yaml;

/// <summary>What a small cluster's <c>config</c> looks like.</summary>
internal static class Samples
{
    public const string Config = """
        apiVersion: kops.k8s.io/v1alpha2
        kind: Cluster
        metadata:
          creationTimestamp: "2026-11-22T13:25:39Z"
          name: bench.example.com
        spec:
          api:
            loadBalancer:
              class: Network
              type: Public
          authorization:
            rbac: {}
          channel: stable
          cloudProvider: aws
          configBase: s3://example-state/bench.example.com
          etcdClusters:
          - cpuRequest: 200m
            etcdMembers:
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1a
              name: a
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1b
              name: b
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1c
              name: c
            manager:
              backupRetentionDays: 90
            memoryRequest: 100Mi
            name: main
          - cpuRequest: 100m
            etcdMembers:
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1a
              name: a
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1b
              name: b
            - encryptedVolume: true
              instanceGroup: control-plane-us-east-1c
              name: c
            manager:
              backupRetentionDays: 90
            memoryRequest: 100Mi
            name: events
          iam:
            allowContainerRegistry: true
            legacy: false
          kubelet:
            anonymousAuth: false
          kubernetesApiAccess:
          - 0.0.0.0/0
          - ::/0
          kubernetesVersion: 1.34.1
          networkCIDR: 172.20.0.0/16
          networking:
            cilium:
              enableNodePort: true
          nonMasqueradeCIDR: 100.64.0.0/10
          sshAccess:
          - 0.0.0.0/0
          - ::/0
          subnets:
          - cidr: 172.20.0.0/18
            name: us-east-1a
            type: Public
            zone: us-east-1a
          - cidr: 172.20.64.0/18
            name: us-east-1b
            type: Public
            zone: us-east-1b
          - cidr: 172.20.128.0/18
            name: us-east-1c
            type: Public
            zone: us-east-1c
          topology:
            dns:
              type: None

        """;
}
