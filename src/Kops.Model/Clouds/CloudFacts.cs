namespace Kops.Model.Clouds;

/// <summary>
/// What is known of the clouds without asking them: their zones, and what a site has there: networks, subnets, DNS zones. It
/// stands where kOps makes live calls, so that a cluster can be planned offline.
/// </summary>
/// <param name="ByCloud">The facts of each cloud, by kOps' name for it.</param>
public sealed record CloudFacts(IReadOnlyDictionary<string, ProviderFacts> ByCloud)
{
    /// <summary>The facts of one cloud; nothing is known of a cloud that is not there.</summary>
    public ProviderFacts Of(string cloud) => ByCloud.TryGetValue(cloud, out var facts) ? facts : ProviderFacts.None;

    /// <summary>The same with other facts of one cloud.</summary>
    public CloudFacts With(string cloud, ProviderFacts facts) => new(new Dictionary<string, ProviderFacts>(ByCloud) { [cloud] = facts });
}
