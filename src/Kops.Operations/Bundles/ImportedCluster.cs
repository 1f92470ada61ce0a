namespace Kops.Operations.Bundles;

/// <summary>A cluster from an archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StandsInTheWay">After a dry run: whether such a cluster is in the state store already, and so not imported.</param>
public sealed record ImportedCluster(string Name, bool StandsInTheWay);
