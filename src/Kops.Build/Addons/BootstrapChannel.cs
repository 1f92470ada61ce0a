using System.Security.Cryptography;
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
    private readonly List<Addon> _missing = [];

    public BootstrapChannel(BuildContext context)
    {
        foreach (var addon in ClusterAddons.Of(context))
        {
            if (addon.KnownBody is { } known)
                _addons.Add((addon, known));
            else if (context.Request.Addons.TryGetValue(addon.Manifest, out var body))
                _addons.Add((addon, body));
            else
                _missing.Add(addon);
        }
    }

    /// <summary>The addons whose manifests nobody has.</summary>
    public IReadOnlyList<Addon> Missing => _missing;

    /// <summary>The manifests that the project itself knows.</summary>
    public IEnumerable<(string Manifest, ReadOnlyMemory<byte> Body)> Known =>
        _addons.Where(pair => pair.Addon.KnownBody is not null).Select(pair => (pair.Addon.Manifest, pair.Body));

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
            ("manifestHash", Tree.Text(Hash(body))),
            ("name", Tree.Text(addon.Name)),
            ("needsPKI", Tree.If(addon.NeedsPki)),
            ("needsRollingUpdate", Tree.Some(addon.RollingUpdate)),
            ("prune", addon.Prunes ? Pruning.Of(addon, body) : null),
            ("selector", addon.Selector is var (key, value) ? Tree.Map((key, Tree.Text(value))) : ScalarNode.Null())
        );

    // White space at the ends does not count.
    private static string Hash(ReadOnlyMemory<byte> body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span).Trim())));
}
