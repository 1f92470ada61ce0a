using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>The certificates that machines trust, and which keys are in use.</summary>
internal static class Keys
{
    public const string Kubernetes = "kubernetes-ca";
    public const string ServiceAccount = "service-account";

    private const string CiliumClients = "etcd-clients-ca-cilium";
    private const string EtcdClients = "etcd-clients-ca";

    /// <summary>The certificates. Nodes get that of the cluster with their user data, since it is what they trust all else by.</summary>
    public static MappingNode Certificates(GroupContext group) =>
        Tree.Map(
            Trusted(group)
                .Where(name => group.RunsApi || name != Kubernetes)
                .Select(name => KeyValuePair.Create(name, Find(group.Cluster, name).Bundle))
        );

    /// <summary>The ids of the keys that are in use.</summary>
    public static MappingNode Ids(GroupContext group) =>
        Tree.Map(
            Trusted(group)
                .Concat(group.RunsApi ? [ServiceAccount] : [])
                .Concat(HasDiscoveryService(group.Cluster) && group.Role != MachineRole.Bastion ? ["discovery-ca"] : [])
                .Select(name => KeyValuePair.Create(name, Find(group.Cluster, name).PrimaryId))
        );

    /// <summary>The public keys that tokens of service accounts are checked by, under the label that kOps gives them.</summary>
    public static string ServiceAccountKeys(BuildContext context)
    {
        var text = new StringBuilder();
        foreach (var pem in Find(context, ServiceAccount).Certificates)
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            text.Append(
                    System.Security.Cryptography.PemEncoding.WriteString(
                        "RSA PUBLIC KEY",
                        certificate.PublicKey.ExportSubjectPublicKeyInfo()
                    )
                )
                .Append('\n');
        }

        return text.ToString();
    }

    public static KeysetFact Find(BuildContext context, string name) =>
        context.Request.Keysets.TryGetValue(name, out var keyset)
            ? keyset
            : throw new FormatException($"the keyset '{name}' is missing: 'kops update cluster' makes it");

    public static bool HasDiscoveryService(BuildContext context) =>
        context.Spec.ServiceAccountIssuerDiscovery?.DiscoveryService?.Url is { Length: > 0 };

    private static IEnumerable<string> Trusted(GroupContext group)
    {
        if (group.Role == MachineRole.Bastion)
            yield break;
        var etcds = group.Cluster.Spec.EtcdClusters.Select(etcd => etcd.Name).OfType<string>().ToList();
        yield return Kubernetes;
        if (etcds.Contains("cilium"))
            yield return CiliumClients;
        if (!group.RunsApi)
            yield break;
        yield return "apiserver-aggregator-ca";
        yield return EtcdClients;
        if (!group.IsControlPlane)
            yield break;
        foreach (var etcd in etcds)
        {
            yield return $"etcd-manager-ca-{etcd}";
            yield return $"etcd-peers-ca-{etcd}";
        }
    }
}
