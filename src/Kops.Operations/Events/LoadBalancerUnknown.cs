using Kops.Api;

namespace Kops.Operations.Events;

/// <summary>A cluster is reached by a load balancer whose address is known to its cloud alone.</summary>
/// <param name="Cluster">The cluster.</param>
public sealed record LoadBalancerUnknown(string Cluster) : OperationEvent(EventLevel.Note)
{
    /// <inheritdoc/>
    public override string Message =>
        $"the address of the load balancer of \"{Cluster}\" is known to its cloud alone; where its DNS name does not lead there, name it "
        + $"with --api-server";
}
