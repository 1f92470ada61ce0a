namespace Kops.Resources.Graphs;

/// <summary>A line of the picture: one box needs the other.</summary>
/// <param name="From">Which box needs it, by its place in the list.</param>
/// <param name="To">What it needs.</param>
public readonly record struct GraphEdge(int From, int To);
