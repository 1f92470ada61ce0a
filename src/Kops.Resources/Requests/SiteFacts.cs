using Kops.Model.Clouds;

namespace Kops.Resources.Requests;

/// <summary>What is known of the place that a cluster is made in. What is not known, and needed, ends in an error that names it.</summary>
public sealed record SiteFacts
{
    /// <summary>Account or project, DNS zones, networks.</summary>
    public ProviderFacts Cloud { get; init; } = ProviderFacts.None;

    /// <summary>AWS: the partition that the region lies in, as ARNs name it.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>What is known of machine images, by the name that an instance group gives them.</summary>
    public IReadOnlyDictionary<string, ImageFact> Images { get; init; } = new Dictionary<string, ImageFact>();

    /// <summary>What is known of machine types; one that is not here has no disks of its own.</summary>
    public IReadOnlyDictionary<string, MachineFact> Machines { get; init; } = new Dictionary<string, MachineFact>();

    /// <summary>The gateways of networks that the user brought along, by network.</summary>
    public IReadOnlyDictionary<string, GatewayFact> Gateways { get; init; } = new Dictionary<string, GatewayFact>();

    /// <summary>The bucket that managed files lie in.</summary>
    public BucketFact Bucket { get; init; } = new(null, EncryptsByItself: false);
}
