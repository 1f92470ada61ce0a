using Kops.Api;
using Kops.Api.Documents;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.StateStore.Layout;

/// <summary>
/// Where every file of a cluster stands: kOps' paths. The registry (<c>config</c>, <c>instancegroup/</c>, <c>clusteraddons/</c>) lies
/// in the state store; what <c>update cluster</c> generates lies below <c>spec.configBase </c>, keys below <c>spec.keyStore </c>, secrets
/// below
/// <c>spec.secretStore</c>, each of which may be in another store. Other stores are opened when a property first asks for them.
/// </summary>
public sealed class ClusterLayout
{
    private readonly StoreRegistry _stores;
    private readonly MappingNode? _spec;

    private ClusterLayout(VfsPath root, string cluster, MappingNode? spec, StoreRegistry stores, bool isMoved)
    {
        (Root, Cluster, _spec, _stores, IsMoved) = (root, ClusterName.Check(cluster), spec, stores, isMoved);
        Registry = root.Join(cluster);
    }

    /// <summary>The root of the state store.</summary>
    public VfsPath Root { get; }

    /// <summary>The cluster's name.</summary>
    public string Cluster { get; }

    /// <summary>
    /// Whether <c>spec.configBase</c> is passed over because the store was moved: what it names holds nothing of the cluster, while the
    /// registry's directory does (see <see cref="Moved"/>).
    /// </summary>
    public bool IsMoved { get; }

    /// <summary>
    /// The entry of this cluster in another state store, in which its own paths lie: this store was copied, and the original is still
    /// there. Null for a cluster whose paths are its own.
    /// </summary>
    public VfsPath? Original { get; private init; }

    /// <summary>The cluster's directory in the state store.</summary>
    public VfsPath Registry { get; }

    /// <summary>What <c>update cluster</c> generates: <c>spec.configBase</c>, by default the registry's directory.</summary>
    public VfsPath ConfigBase => IsMoved ? Registry : Resolve(Text("configBase")) ?? Registry;

    /// <summary>Keysets and SSH keys: <c>spec.keyStore</c>, by default <c>pki</c> below the config base.</summary>
    public VfsPath KeyStore => Resolve(Text("keyStore")) ?? ConfigBase.Join("pki");

    /// <summary>Secrets: <c>spec.secretStore</c>, by default <c>secrets</c> below the config base.</summary>
    public VfsPath SecretStore => Resolve(Text("secretStore")) ?? ConfigBase.Join("secrets");

    /// <summary>The OIDC discovery documents: <c>spec.serviceAccountIssuerDiscovery.discoveryStore</c>; null when there is none.</summary>
    public VfsPath? DiscoveryStore => Resolve(Text("serviceAccountIssuerDiscovery", "discoveryStore"));

    /// <summary>Whether <c>spec.keyStore</c> names a place of its own.</summary>
    public bool HasOwnKeyStore => Text("keyStore") is not null;

    /// <summary>Whether <c>spec.secretStore</c> names a place of its own.</summary>
    public bool HasOwnSecretStore => Text("secretStore") is not null;

    /// <summary>The Cluster object.</summary>
    public VfsPath Config => Registry.Join("config");

    /// <summary>The directory of the InstanceGroup objects.</summary>
    public VfsPath InstanceGroups => Registry.Join("instancegroup");

    /// <summary>The additional objects, as raw YAML documents; an empty file when there are none.</summary>
    public VfsPath AdditionalObjects => Registry.Join("clusteraddons", "default");

    /// <summary>The completed Cluster object.</summary>
    public VfsPath CompletedSpec => ConfigBase.Join("cluster-completed.spec");

    /// <summary>The version of the kOps that last updated the cluster; no newline at its end.</summary>
    public VfsPath KopsVersion => ConfigBase.Join("kops-version.txt");

    /// <summary>Addon manifests and the channel that lists them.</summary>
    public VfsPath Addons => ConfigBase.Join("addons");

    /// <summary>Manifests of static pods.</summary>
    public VfsPath Manifests => ConfigBase.Join("manifests");

    /// <summary>Node configuration, a directory for each role.</summary>
    public VfsPath NodeConfigs => ConfigBase.Join("igconfig");

    /// <summary>The list of addons.</summary>
    public VfsPath BootstrapChannel => Addons.Join("bootstrap-channel.yaml");

    /// <summary>The pod that applies addons.</summary>
    public VfsPath ChannelsManifest => Manifests.Join("channels", "kops-channels.yaml");

    /// <summary>The directory of the manifests of etcd's members.</summary>
    public VfsPath EtcdManifests => Manifests.Join("etcd");

    /// <summary>Where the issuer of service accounts has its keys; null when it publishes nothing.</summary>
    public VfsPath? IssuerConfiguration => DiscoveryStore?.Join(".well-known", "openid-configuration");

    /// <summary>The keys of the issuer of service accounts; null when it publishes nothing.</summary>
    public VfsPath? IssuerKeys => DiscoveryStore?.Join("openid", "v1", "jwks");

    /// <summary>The directory of the keysets, a directory each.</summary>
    public VfsPath Keysets => KeyStore.Join("private");

    /// <summary>The directory of the SSH public keys.</summary>
    public VfsPath SshKeys => KeyStore.Join("ssh", "public", "admin");

    /// <summary>
    /// The instance groups as the last update found them. What of them concerns the cloud alone stands in no other file: so this tells
    /// which of them were edited since. It is part of the update's change. Where it is missing, nobody knows.
    /// </summary>
    public VfsPath AppliedGroups => Applied.Join("instancegroups.yaml");

    /// <summary>What the flags of <c>create cluster</c> said the last time.</summary>
    public VfsPath SaidFlags => Applied.Join("flags.json");

    /// <summary>The directory of what was said and done last, and stands in no file of kOps.</summary>
    internal VfsPath Applied => new KopsDirectory(Root).AppliedOf(Cluster);

    /// <summary>
    /// Every place where the cluster keeps files, as its spec says: the registry first, and last, if there is one, the discovery store.
    /// Places may be equal or lie within each other, and in other stores.
    /// </summary>
    public IReadOnlyList<ClusterPlace> Places =>
        [
            new(ClusterPlaceRole.Registry, Registry),
            new(ClusterPlaceRole.ConfigBase, ConfigBase),
            new(ClusterPlaceRole.KeyStore, KeyStore),
            new(ClusterPlaceRole.SecretStore, SecretStore),
            .. EtcdClusters().Select(name => new ClusterPlace(ClusterPlaceRole.Backups, BackupStore(name), name)),
            .. DiscoveryStore is { } discovery ? [new ClusterPlace(ClusterPlaceRole.Discovery, discovery)] : (ClusterPlace[])[],
        ];

    /// <summary>The layout of a cluster.</summary>
    /// <param name="root">The state store.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="value">The Cluster object, which may place parts elsewhere; null for kOps' defaults.</param>
    /// <param name="stores">Opens the other stores.</param>
    /// <exception cref="StateStoreException">The name cannot be a cluster's.</exception>
    public static ClusterLayout For(VfsPath root, string cluster, Cluster? value, StoreRegistry stores)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(stores);
        return new ClusterLayout(root, cluster, (MappingNode?)(value?.Node["spec"] as MappingNode)?.Clone(), stores, isMoved: false);
    }

    /// <summary>
    /// The same cluster with everything generated read from the registry's directory, for a store that was copied elsewhere.
    /// </summary>
    public ClusterLayout Moved() => new(Root, Cluster, _spec, _stores, isMoved: true);

    /// <summary>The same cluster, known as a copy of that one.</summary>
    public ClusterLayout CopyOf(VfsPath original) => new(Root, Cluster, _spec, _stores, IsMoved) { Original = original };

    /// <summary>The InstanceGroup object of that name.</summary>
    public VfsPath InstanceGroup(string name) => InstanceGroups.Join(ClusterName.Segment(name, "instance group name"));

    /// <summary>The keyset of that name.</summary>
    public VfsPath Keyset(string name) => Keysets.Join(ClusterName.Segment(name, "keyset name"), "keyset.yaml");

    /// <summary>The SSH public key with that fingerprint (MD5; colons are left out of the file's name).</summary>
    public VfsPath SshKey(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        return SshKeys.Join(ClusterName.Segment(fingerprint.Replace(":", string.Empty, StringComparison.Ordinal), "fingerprint"));
    }

    /// <summary>What the machines of an instance group boot from.</summary>
    /// <param name="role">The directory of the group's role: <c>control-plane</c>, <c>node</c>.</param>
    /// <param name="group">The group's name.</param>
    public VfsPath NodeConfig(string role, string group) =>
        NodeConfigs.Join(role, ClusterName.Segment(group, "instance group name"), "nodeupconfig.yaml");

    /// <summary>The boot script of an instance group whose machines Karpenter makes.</summary>
    /// <param name="role">The directory of the group's role.</param>
    /// <param name="group">The group's name.</param>
    public VfsPath NodeScript(string role, string group) =>
        NodeConfigs.Join(role, ClusterName.Segment(group, "instance group name"), "nodeupscript.sh");

    /// <summary>The manifest of an addon, by its place below the directory of addons.</summary>
    public VfsPath AddonManifest(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return Addons.Join([.. place.Split('/').Select(part => ClusterName.Segment(part, "addon"))]);
    }

    /// <summary>The secret of that name.</summary>
    public VfsPath Secret(string name) => SecretStore.Join(ClusterName.Segment(name, "secret name"));

    /// <summary>
    /// The backups of an etcd cluster: its <c>backups.backupStore </c>, by default <c>backups/etcd/&lt;name&gt; </c> below the config base.
    /// </summary>
    public VfsPath BackupStore(string etcdCluster)
    {
        var set = EtcdNodes()
            .Where(etcd => NameOf(etcd) == etcdCluster)
            .Select(etcd => Scalar((etcd["backups"] as MappingNode)?["backupStore"]))
            .FirstOrDefault();
        return Resolve(set) ?? ConfigBase.Join("backups", "etcd", ClusterName.Segment(etcdCluster, "etcd cluster name"));
    }

    /// <summary>
    /// The places of the cluster's files by the names that records give them, the widest first. One whose store cannot be opened is left
    /// out.
    /// </summary>
    internal IEnumerable<(string Name, VfsPath Path)> PlacesThatOpen()
    {
        yield return (FileAddress.Registry, Registry);
        if (Try(() => ConfigBase) is { } configBase)
            yield return ("configBase", configBase);
        if (Try(() => KeyStore) is { } keys)
            yield return ("keyStore", keys);
        if (Try(() => SecretStore) is { } secrets)
            yield return ("secretStore", secrets);
        foreach (var etcd in (_spec?["etcdClusters"] as SequenceNode)?.OfType<MappingNode>() ?? [])
        {
            if (Scalar(etcd["name"]) is { } name && Try(() => BackupStore(name)) is { } backups)
                yield return (FileAddress.BackupStore + name, backups);
        }

        if (Try(() => DiscoveryStore) is { } discovery)
            yield return ("discoveryStore", discovery);
        yield return (FileAddress.Applied, Applied);

        static VfsPath? Try(Func<VfsPath?> place)
        {
            try
            {
                return place();
            }
            catch (KopsException)
            {
                return null;
            }
        }
    }

    /// <summary>What etcd-manager is told of an etcd cluster: member count and version.</summary>
    public VfsPath EtcdClusterSpec(string etcdCluster) => BackupStore(etcdCluster).Join("control", "etcd-cluster-spec");

    private IEnumerable<MappingNode> EtcdNodes() => (_spec?["etcdClusters"] as SequenceNode)?.OfType<MappingNode>() ?? [];

    private IEnumerable<string> EtcdClusters() => EtcdNodes().Select(NameOf).OfType<string>();

    private static string? NameOf(MappingNode etcd) =>
        etcd["name"] is ScalarNode { Kind: not ScalarKind.Null, Text.Length: > 0 } name ? name.Text : null;

    private static string? Scalar(Node? node) => node is ScalarNode { Kind: ScalarKind.Text, Text.Length: > 0 } scalar ? scalar.Text : null;

    private string? Text(params ReadOnlySpan<string> path)
    {
        Node? node = _spec;
        foreach (var name in path)
            node = (node as MappingNode)?[name];
        return Scalar(node);
    }

    private VfsPath? Resolve(string? address) => address is null ? null : _stores.Resolve(address.TrimEnd('/'));
}
