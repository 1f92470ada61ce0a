using System.Text;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Codec;
using Kops.Build.Addons;
using Kops.Build.Assets;
using Kops.Build.Boot;
using Kops.Build.Discovery;
using Kops.Build.Input;
using Kops.Build.Manifests;
using Kops.Build.Nodes;
using Kops.Model.Updates;

namespace Kops.Build;

/// <summary>What a cluster's state holds besides the objects that people edit: all that its machines boot from.</summary>
/// <param name="Files">The files that follow from the cluster.</param>
/// <param name="Nodes">What the machines of each instance group boot from; the files are among the others.</param>
/// <param name="Gaps">What kOps would write beside them and this program cannot, each with the reason.</param>
public sealed record ClusterFiles(IReadOnlyList<WantedFile> Files, IReadOnlyList<NodeConfig> Nodes, IReadOnlyList<string> Gaps)
{
    /// <summary>What follows from a cluster. A pure function.</summary>
    /// <exception cref="FormatException">The cluster contradicts itself, or a keyset, a secret or a hash is missing.</exception>
    public static ClusterFiles Of(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (context, made) = Prepare(request);
        var channel = new BootstrapChannel(context, made);
        var nodes = NodeConfigs.Of(context);
        return new ClusterFiles(
            [
                One(FileRole.CompletedSpec, KopsCodec.Encode(request.Cluster)),
                One(FileRole.KopsVersion, Encoding.UTF8.GetBytes(request.Release)),
                .. nodes.Select(node => new WantedFile(FileRole.NodeConfig, NameOf(node), node.Content)),
                .. Scripts(context, nodes),
                .. Etcd(context),
                new WantedFile(FileRole.StaticManifest, HealthcheckManifest.Key, HealthcheckManifest.Of(context)),
                One(FileRole.ChannelsManifest, ChannelsManifest.Of(context)),
                One(FileRole.BootstrapChannel, channel.Content()),
                .. channel
                    .Addons.Where(addon => addon.Origin != AddonOrigin.Missing)
                    .Select(addon => new WantedFile(FileRole.AddonManifest, addon.Manifest, addon.Body)),
                .. Issuer(context),
            ],
            nodes,
            [.. GapsOf(context)]
        )
        {
            Addons = channel.Addons,
        };
    }

    /// <summary>The addons of the cluster, in the order in which they are applied. Files are those whose manifests are there.</summary>
    public IReadOnlyList<ClusterAddon> Addons { get; init; } = [];

    /// <summary>The file of a role and name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public WantedFile Find(FileRole role, string name) => Files.Single(file => file.Role == role && file.Name == name);

    /// <summary>The keysets that a cluster must have before its files can be made.</summary>
    public static IReadOnlyList<string> Keysets(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ClusterKeys.KeysetsOf(request.Cluster);
    }

    /// <summary>The files whose hashes have to be asked for before a cluster's files can be built.</summary>
    /// <exception cref="FormatException">The cluster contradicts itself.</exception>
    public static IReadOnlyList<AssetQuestion> Questions(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. NodeDownloads.Questions(request), .. NeedsScripts(request) ? BootScripts.Questions(request) : []];
    }

    /// <summary>The manifests of addons that are taken as they lie in the store, by their places below <c>addons/</c>.</summary>
    /// <exception cref="FormatException">The cluster contradicts itself.</exception>
    public static IReadOnlyList<string> AddonPlaces(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. ClusterAddons.Of(new BuildContext(request)).Where(addon => addon.KnownBody is null).Select(addon => addon.Manifest)];
    }

    /// <summary>The secrets that a cluster must have, with random tokens.</summary>
    public static IReadOnlyList<string> Tokens => ClusterKeys.Tokens;

    /// <summary>What files are built from, with the manifests of addons that are made from a source.</summary>
    internal static (BuildContext Context, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Made) Prepare(BuildRequest request)
    {
        var context = new BuildContext(WithBootScripts(request));
        var made = AddonManifests.Of(context);
        // What follows from addons follows from those that are made.
        return made.Count > 0
            ? (new BuildContext(context.Request with { Addons = AddonManifests.Over(request.Addons, made) }), made)
            : (context, made);
    }

    // What machines run first: addons that make machines hand it on, and Karpenter's lie in the store.
    private static BuildRequest WithBootScripts(BuildRequest request) =>
        NeedsScripts(request) && request.BootScripts.Count == 0
            ? request with
            {
                BootScripts = BootScripts.Of(request, NodeConfigs.Of(request)),
            }
            : request;

    private static bool NeedsScripts(BuildRequest request)
    {
        var spec = request.Cluster.Spec;
        var makesMachines =
            spec.Karpenter?.Enabled == true
            || (spec.ClusterAutoscaler?.Enabled == true && CloudProfiles.Of(request.Cluster).Name == "hetzner");
        return request.Groups.Any(IsKarpenters) || (request.AddonSource is not null && makesMachines);
    }

    private static bool IsKarpenters(InstanceGroup group) => group.Spec.Manager == GroupContext.Karpenter;

    private static string NameOf(NodeConfig node) => $"{RoleNames.Directory(node.Role)}/{node.Group}";

    private static IEnumerable<WantedFile> Scripts(BuildContext context, IEnumerable<NodeConfig> nodes)
    {
        var karpenters = context.Request.Groups.Where(IsKarpenters).Select(group => group.Metadata.Name).ToHashSet();
        return nodes
            .Where(node => karpenters.Contains(node.Group))
            .Select(node => new WantedFile(
                FileRole.NodeScript,
                NameOf(node),
                Encoding.UTF8.GetBytes(context.Request.BootScripts[node.Group])
            ));
    }

    private static WantedFile One(FileRole role, ReadOnlyMemory<byte> content) => new(role, string.Empty, content);

    private static IEnumerable<WantedFile> Etcd(BuildContext context)
    {
        foreach (var etcd in context.Spec.EtcdClusters)
            yield return new(FileRole.EtcdTarget, etcd.Name ?? string.Empty, EtcdTarget.Of(etcd));
        if (!EtcdDisks.AreKnown(context))
            yield break;
        foreach (var member in EtcdMember.AllOf(context.Spec))
            yield return new(FileRole.EtcdManifest, member.FileName, EtcdManifest.Of(context, member));
    }

    private static IEnumerable<WantedFile> Issuer(BuildContext context)
    {
        if (
            context.Spec.ServiceAccountIssuerDiscovery?.DiscoveryStore is not { Length: > 0 }
            || context.Spec.KubeAPIServer?.ServiceAccountIssuer is not { Length: > 0 } issuer
        )
            yield break;
        yield return One(FileRole.IssuerConfiguration, IssuerDocuments.Configuration(issuer));
        yield return One(FileRole.IssuerKeys, IssuerDocuments.Keys(Keys.Find(context, Keys.ServiceAccount)));
    }

    private static IEnumerable<string> GapsOf(BuildContext context)
    {
        if (!EtcdDisks.AreKnown(context))
            yield return $"manifests/etcd: how etcd finds its disks on {context.Cloud.Name} is not known here";
    }
}
