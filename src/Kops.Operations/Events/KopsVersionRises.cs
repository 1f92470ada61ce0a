namespace Kops.Operations.Events;

/// <summary>An update marks a cluster as updated by a newer kOps than before: older ones refuse to update it from then on.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Before">The kOps that updated it last.</param>
/// <param name="After">The kOps that it is marked with.</param>
public sealed record KopsVersionRises(string Cluster, string Before, string After) : OperationEvent(EventLevel.Note)
{
    /// <inheritdoc/>
    public override string Message =>
        $"cluster \"{Cluster}\" was last updated by kOps {Before} and will be marked as updated by {After} (kops-version.txt): an older "
        + $"kOps then refuses to update it, unless it is given --allow-kops-downgrade";
}
