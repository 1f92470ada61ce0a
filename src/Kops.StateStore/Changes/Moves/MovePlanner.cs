using Kops.Api;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>
/// Computes what a move copies and what it rewrites. What lies below the old store goes to the same key below the new one; other stores
/// stay.
/// </summary>
internal static class MovePlanner
{
    public static MovePlan Plan(ClusterState state, VfsPath targetRoot, Func<Cluster, ReadOnlyMemory<byte>> encode)
    {
        var layout = state.Layout;
        if (layout.Original is { } original)
            throw new StateStoreException(
                StateErrorKind.AlreadyExists,
                $"cluster \"{layout.Cluster}\" in {layout.Root} is a copy: its spec names {original}, where the original still stands. "
                    + $"Move that one, or make the copy a cluster of its own first: kops edit cluster {layout.Cluster} --set "
                    + $"spec.configBase={layout.Registry} (and --unset spec.keyStore, spec.secretStore where they are set). Nothing was "
                    + "changed"
            );
        var places = layout.Places.Select(place => Place(place, layout.Root, targetRoot)).ToArray();
        var trees = Trees(places);
        foreach (var (from, to) in trees.SelectMany(tree => trees.Select(other => (tree.From, other.To))))
        {
            if (from.Overlaps(to))
                throw new StateStoreException(
                    StateErrorKind.Invalid,
                    $"{to}, where cluster \"{layout.Cluster}\" would move to, and {from}, where it is, lie within each other; choose "
                        + $"another store. Nothing was changed"
                );
        }

        var cluster = state.Cluster.Copy();
        var mentions = new List<string>();
        if (cluster.Node["spec"] is MappingNode spec)
        {
            PathRewriting.Visit(
                spec,
                [.. places.Where(place => !place.Stays).Select(place => (place.Before.ToString(), place.After.ToString()))],
                (path, text) =>
                {
                    if (Mentions(text, layout.Root))
                        mentions.Add(path);
                },
                "spec"
            );

            // A store that was copied still names where it once was; what is meant is the registry's directory.
            if (layout.IsMoved && !layout.ConfigBase.ToString().Equals(cluster.Spec.ConfigBase, StringComparison.Ordinal))
                spec["configBase"] = ScalarNode.Of(targetRoot.Join(layout.Cluster).ToString());
        }

        return new MovePlan(state, trees, encode(cluster))
        {
            Places = places,
            Fields = FieldDiff.Compare(state.Cluster.Value.Node, cluster.Node),
            Mentions = mentions,
        };
    }

    private static MovePlace Place(ClusterPlace place, VfsPath root, VfsPath targetRoot) =>
        place.Path.RelativeTo(root) is { } below
            ? new MovePlace(place.Role, place.Name, place.Path, targetRoot.Join(below), Stays: false)
            : new MovePlace(place.Role, place.Name, place.Path, place.Path, Stays: true);

    /// <summary>The places that move, without those that lie within another one.</summary>
    private static List<MoveTree> Trees(IReadOnlyList<MovePlace> places)
    {
        var trees = new List<MoveTree>();
        foreach (var place in places.Where(place => !place.Stays).OrderBy(place => place.Before.FullAddress.Length))
        {
            if (!trees.Exists(tree => place.Before.IsSamePlace(tree.From) || place.Before.RelativeTo(tree.From) is not null))
                trees.Add(new MoveTree(place.Before, place.After));
        }

        return trees;
    }

    private static bool Mentions(string text, VfsPath root)
    {
        // A policy names the bucket alone.
        var address = root.ToString();
        var name = address[(address.IndexOf("://", StringComparison.Ordinal) is var end and >= 0 ? end + 3 : 0)..];
        return text.Contains(address, StringComparison.Ordinal)
            || (name.Length > 3 && text.Contains($":::{name}", StringComparison.Ordinal));
    }
}
