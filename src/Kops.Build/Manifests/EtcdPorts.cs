namespace Kops.Build.Manifests;

/// <summary>The ports of one of a cluster's etcds: all run on the same machines.</summary>
/// <param name="Grpc">Where its managers talk to each other.</param>
/// <param name="Quarantine">Where it is reached while it is kept from its clients.</param>
/// <param name="Client">Where its clients reach it.</param>
/// <param name="Peer">Where its members reach each other.</param>
internal sealed record EtcdPorts(int Grpc, int Quarantine, int Client, int Peer)
{
    private static readonly Dictionary<string, EtcdPorts> Known = new(StringComparer.Ordinal)
    {
        ["main"] = new(3996, 3994, 4001, 2380),
        ["events"] = new(3997, 3995, 4002, 2381),
        ["cilium"] = new(3991, 3992, 4003, 2382),
        ["leases"] = new(4006, 4005, 4004, 2383),
    };

    public static EtcdPorts Of(string etcd) =>
        Known.TryGetValue(etcd, out var ports)
            ? ports
            : throw new FormatException($"spec.etcdClusters: there is no etcd '{etcd}'; there are {string.Join(", ", Known.Keys)}");
}
