using Kops.Resources.Values;

namespace Kops.Resources.Graphs;

/// <summary>A box of the picture: a resource, or several details of one kind.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Names">The names of those that it stands for.</param>
/// <param name="IsShared">Whether the user brought it along.</param>
public sealed record GraphNode(ResourceKind Kind, IReadOnlyList<string> Names, bool IsShared);
