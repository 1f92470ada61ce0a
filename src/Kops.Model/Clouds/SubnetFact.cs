namespace Kops.Model.Clouds;

/// <summary>A subnet that exists.</summary>
/// <param name="Id">The cloud's id for it.</param>
/// <param name="Zone">The zone that it lies in; null where subnets span zones.</param>
/// <param name="Cidr">Its address range.</param>
public sealed record SubnetFact(string Id, string? Zone, string Cidr);
