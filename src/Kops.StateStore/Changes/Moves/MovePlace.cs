using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>One of the places where a cluster keeps its files, before a move and after it.</summary>
/// <param name="Role">What the cluster keeps there.</param>
/// <param name="Name">The place by the name of its field: <c>configBase</c>, <c>backupStore of main</c>; <c>registry</c> for the objects
/// themselves.</param>
/// <param name="Before">Where it is.</param>
/// <param name="After">Where it will be.</param>
/// <param name="Stays">Whether it lies in another store than the cluster, and is left there.</param>
public sealed record MovePlace(ClusterPlaceRole Role, string Name, VfsPath Before, VfsPath After, bool Stays);
