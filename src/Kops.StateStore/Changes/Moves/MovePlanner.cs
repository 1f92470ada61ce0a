using Kops.Api;
using Kops.Api.Codec;
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
    /// <param name="state">The cluster.</param>
    /// <param name="targetRoot">The store that it goes to.</param>
    /// <param name="encode">Gives the file of an object that was read, and changed.</param>
    public static MovePlan Plan(ClusterState state, VfsPath targetRoot, Func<StoredObject<Cluster>, Cluster, ReadOnlyMemory<byte>> encode)
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

        var mentions = new List<string>();
        var cluster = Rewritten(state.Cluster, mentions.Add);
        return new MovePlan(state, trees, encode(state.Cluster, cluster))
        {
            Places = places,
            Fields = FieldDiff.Compare(state.Cluster.Value.Node, cluster.Node),
            Mentions = mentions,
            Rewrite = config =>
            {
                try
                {
                    var file = new StoredFile(layout.Config, null, config);
                    var (value, unknown) = KopsCodec.DecodeStored<Cluster>(config, layout.Config.ToString());
                    var older = new StoredObject<Cluster>(layout.Cluster, value, file, unknown);
                    return encode(older, Rewritten(older, static _ => { }));
                }
                catch (Exception unreadable) when (unreadable is InvalidObjectException or StateStoreException)
                {
                    return config;
                }
            },
        };

        Cluster Rewritten(StoredObject<Cluster> read, Action<string> mention)
        {
            var copy = read.Copy();
            if (copy.Node["spec"] is not MappingNode spec)
                return copy;
            PathRewriting.Visit(
                spec,
                [.. places.Where(place => !place.Stays).Select(place => (place.Before.ToString(), place.After.ToString()))],
                (path, text) =>
                {
                    if (Mentions(text, layout.Root))
                        mention(path);
                },
                "spec"
            );

            // A store that was copied still names where it once was; what is meant is the registry's directory.
            if (layout.IsMoved && !layout.ConfigBase.ToString().Equals(copy.Spec.ConfigBase, StringComparison.Ordinal))
                spec["configBase"] = ScalarNode.Of(targetRoot.Join(layout.Cluster).ToString());
            return copy;
        }
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
