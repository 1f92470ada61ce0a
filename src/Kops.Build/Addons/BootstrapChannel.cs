using System.Text;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Addons;

/// <summary>
/// The list of a cluster's addons, which the control plane applies. It names those alone whose manifests are there: one that is named and
/// missing would be fetched in vain for ever.
/// </summary>
internal sealed class BootstrapChannel
{
    private readonly List<(Addon Addon, ReadOnlyMemory<byte> Body)> _addons = [];
    private readonly List<ClusterAddon> _all = [];

    /// <param name="context">The cluster, with all manifests that there are.</param>
    /// <param name="made">Those of them that were made.</param>
    public BootstrapChannel(BuildContext context, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> made)
    {
        foreach (var addon in ClusterAddons.Of(context))
        {
            var (origin, body) =
                addon.KnownBody is { } known ? (AddonOrigin.Cluster, known)
                : !context.Request.Addons.TryGetValue(addon.Manifest, out var found) ? (AddonOrigin.Missing, default)
                : (made.ContainsKey(addon.Manifest) ? AddonOrigin.Source : AddonOrigin.Store, found);
            _all.Add(new(addon.Name, addon.Manifest, origin, body));
            if (origin != AddonOrigin.Missing)
                _addons.Add((addon, body));
        }
    }

    /// <summary>All addons, those too whose manifests nobody has.</summary>
    public IReadOnlyList<ClusterAddon> Addons => _all;

    public byte[] Content() =>
        Encoding.UTF8.GetBytes(
            YamlWriter.Write(
                Tree.Map(
                    ("kind", Tree.Text("Addons")),
                    ("metadata", Tree.Map(("name", Tree.Text("bootstrap")))),
                    ("spec", Tree.Map(("addons", Tree.List(_addons.Select(pair => (Node)Entry(pair.Addon, pair.Body))))))
                )
            )
        );

    private static MappingNode Entry(Addon addon, ReadOnlyMemory<byte> body) =>
        Tree.Map(
            ("id", Tree.Some(addon.Id)),
            ("manifest", Tree.Text(addon.Manifest)),
            ("manifestHash", Tree.Text(AddonBodies.HashOf(body))),
            ("name", Tree.Text(addon.Name)),
            ("needsPKI", Tree.If(addon.NeedsPki)),
            ("needsRollingUpdate", Tree.Some(addon.RollingUpdate)),
            ("prune", addon.Prunes ? Pruning.Of(addon, body) : null),
            ("selector", addon.Selector is var (key, value) ? Tree.Map((key, Tree.Text(value))) : ScalarNode.Null())
        );
}
