using Kops.Api;

namespace Kops.Resources.Requests;

/// <summary>A cluster as the builders for clouds see it whose clusters lie in one zone.</summary>
internal abstract class ZonedCluster
{
    /// <exception cref="FormatException">It has no name, or no zone.</exception>
    protected ZonedCluster(ResourceRequest request)
    {
        Request = request;
        Spec = request.Cluster.Spec;
        Name = request.Cluster.Metadata.Name ?? throw new FormatException("metadata.name is missing");
        Zone =
            Spec.Subnets.Select(subnet => subnet.Zone).FirstOrDefault(zone => zone is { Length: > 0 })
            ?? throw new FormatException("spec.subnets: no subnet has a zone");
        Groups = [.. request.Groups.OrderBy(group => group.Metadata.Name, StringComparer.Ordinal)];
    }

    public ResourceRequest Request { get; }

    public ClusterSpec Spec { get; }

    public string Name { get; }

    /// <summary>The zone of the first subnet: <c>fr-par-1</c>, <c>fsn1</c>.</summary>
    public string Zone { get; }

    public IReadOnlyList<InstanceGroup> Groups { get; }
}
