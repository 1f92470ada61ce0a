using System.Buffers.Text;
using System.Security.Cryptography;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Manifests;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>What machines must know that run the API server, and those that run the rest of the control plane with it.</summary>
internal static class ControlPlaneParts
{
    public static void AddTo(MappingNode config, GroupContext group)
    {
        if (!group.RunsApi)
            return;
        var context = group.Cluster;
        config["APIServerConfig"] = ApiServer(context);
        config["ApiserverAdditionalIPs"] = Tree.Some(context.Request.ApiAddresses.Order(StringComparer.Ordinal));
        config["configStore"] = Tree.Map(
            ("keypairs", Tree.Copy(context.Internal, "configStore", "keypairs")),
            ("secrets", Tree.Copy(context.Internal, "configStore", "secrets"))
        );
        config["staticManifests"] = Tree.List([
            (Node)
                Tree.Map(
                    ("key", Tree.Text(HealthcheckManifest.Key)),
                    ("path", Tree.Text($"manifests/static/{HealthcheckManifest.Key}.yaml"))
                ),
        ]);
        if (group.IsControlPlane)
            AddControlPlane(config, group);
    }

    private static void AddControlPlane(MappingNode config, GroupContext group)
    {
        var context = group.Cluster;
        config["ControlPlaneConfig"] = Tree.Map(
            ("KubeControllerManager", Tree.Copy(context.Internal, "kubeControllerManager")),
            ("KubeScheduler", Tree.Copy(context.Internal, "kubeScheduler"))
        );
        config["DNSZone"] = Tree.Some(context.Spec.DnsZone);
        config["EtcdClusterNames"] = Tree.Some(context.Spec.EtcdClusters.Select(etcd => etcd.Name ?? string.Empty));
        config["etcdManifests"] = Tree.Some(
            EtcdMember
                .AllOf(context.Spec)
                .Where(member => member.Group == group.Name)
                .Select(member => $"{context.ConfigBase}/manifests/etcd/{member.FileName}.yaml")
        );
        config["channelsManifest"] = Tree.Text($"{context.ConfigBase}/manifests/channels/kops-channels.yaml");
    }

    private static MappingNode ApiServer(BuildContext context) =>
        Tree.Map(
            ("API", Api(context)),
            ("Authentication", Authentication(context)),
            ("ClusterDNSDomain", Tree.Some(context.Spec.ClusterDNSDomain)),
            ("EncryptionConfigSecretHash", Tree.Some(EncryptionHash(context))),
            ("KubeAPIServer", Tree.Copy(context.Internal, "kubeAPIServer")),
            ("ServiceAccountPublicKeys", Tree.Text(Keys.ServiceAccountKeys(context)))
        );

    private static MappingNode Api(BuildContext context) =>
        Tree.Map(
            ("additionalSANs", Tree.Copy(context.Internal, "api", "additionalSANs")),
            ("dns", Tree.Find(context.Internal, "api", "dns") is null ? null : new MappingNode()),
            ("loadBalancer", context.Spec.Api?.LoadBalancer?.UseForInternalApi == true ? Tree.Map(("useForInternalAPI", Tree.True)) : null),
            ("publicName", Tree.Copy(context.Internal, "api", "publicName"))
        );

    // Who may sign in through AWS is told to the authenticator alone.
    private static MappingNode? Authentication(BuildContext context)
    {
        var authentication = Tree.Copy(context.Internal, "authentication") as MappingNode;
        if (authentication?["aws"] is MappingNode)
            authentication["aws"] = new MappingNode();
        return authentication;
    }

    private static string? EncryptionHash(BuildContext context) =>
        context.Spec.EncryptionConfig != true ? null
        : context.Request.EncryptionConfig is { } secret ? Padded(Base64Url.EncodeToString(SHA256.HashData(secret.Span)))
        : throw new FormatException(
            "spec.encryptionConfig: the secret 'encryptionconfig' is missing: 'kops create secret encryptionconfig' makes it"
        );

    private static string Padded(string text) => text.PadRight((text.Length + 3) / 4 * 4, '=');
}
