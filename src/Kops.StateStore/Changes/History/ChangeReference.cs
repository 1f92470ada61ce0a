namespace Kops.StateStore.Changes.History;

/// <summary>A recorded change by name.</summary>
/// <param name="Cluster">The cluster that it changed.</param>
/// <param name="Id">Its name; names sort by time.</param>
public sealed record ChangeReference(string Cluster, string Id);
