namespace Kops.Model.Clouds;

/// <summary>How a network that the user brought along reaches the internet.</summary>
/// <param name="Internet">Its internet gateway; null when it has none.</param>
/// <param name="EgressOnly">Its gateway for IPv6 from the inside out; null when it has none.</param>
public sealed record GatewayFact(string? Internet, string? EgressOnly);
