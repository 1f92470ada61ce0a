namespace Kops.Model.Clouds;

/// <summary>A DNS zone that exists.</summary>
/// <param name="Id">The cloud's id for it.</param>
/// <param name="Name">Its domain, without a final dot.</param>
/// <param name="IsPrivate">Whether it is seen from inside networks alone.</param>
public sealed record DnsZoneFact(string Id, string Name, bool IsPrivate);
