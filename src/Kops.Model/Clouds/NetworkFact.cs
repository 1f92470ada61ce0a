namespace Kops.Model.Clouds;

/// <summary>A network that exists.</summary>
/// <param name="Id">The cloud's id for it: <c>vpc-12345678</c>.</param>
/// <param name="Cidr">Its address range; null when it has none of its own.</param>
/// <param name="Subnets">Its subnets.</param>
public sealed record NetworkFact(string Id, string? Cidr, IReadOnlyList<SubnetFact> Subnets)
{
    /// <summary>The subnet of that id; null when it is not known.</summary>
    public SubnetFact? FindSubnet(string id) => Subnets.FirstOrDefault(subnet => subnet.Id == id);
}
