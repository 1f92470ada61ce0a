using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Firewall;

/// <summary>A rule that lets traffic through: all of it, unless told otherwise.</summary>
/// <param name="Group">The group whose machines it lets through to, or from.</param>
/// <param name="Peer">The other side: a security group, or an address range or prefix list.</param>
internal sealed record SecurityRule(SecurityGroup Group, SecurityPeer Peer)
{
    /// <summary>The protocol by name or number; null for any.</summary>
    public string? Protocol { get; init; }

    /// <summary>The first port, or the kind of an ICMP message.</summary>
    public int From { get; init; }

    /// <summary>The last port, or the code of an ICMP message.</summary>
    public int To { get; init; }

    /// <summary>Whether it is about what goes out.</summary>
    public bool IsEgress { get; init; }

    /// <summary>What it is called; null to be called by what it says.</summary>
    public string? Name { get; init; }

    public static SecurityRule Egress(SecurityGroup group, string range) => new(group, range) { IsEgress = true };

    public static SecurityRule Tcp(SecurityGroup group, SecurityPeer peer, int from, int? to = null) =>
        new(group, peer)
        {
            Protocol = "tcp",
            From = from,
            To = to ?? from,
        };

    /// <summary>Lets through what tells senders how large their packets may be.</summary>
    public static SecurityRule PathMtu(string? name, SecurityGroup group, SecurityPeer peer) =>
        new(group, peer)
        {
            Name = name,
            Protocol = "icmp",
            From = 3,
            To = 4,
        };

    /// <summary>The same for IPv6, where it cannot be told apart.</summary>
    public static SecurityRule PathMtuIPv6(string name, SecurityGroup group, SecurityPeer peer) =>
        new(group, peer)
        {
            Name = name,
            Protocol = "icmpv6",
            From = -1,
            To = -1,
        };

    /// <summary>
    /// The rules as resources. kOps fails on several prefix lists, or one beside everyone, as it gives their rules the same name; here
    /// those then are called by their list.
    /// </summary>
    public static IEnumerable<Resource> ToResources(IEnumerable<SecurityRule> rules) =>
        from same in rules.GroupBy(rule => rule.Name ?? rule.Description())
        let isUnique = same.Count() == 1
        from rule in same
        select (isUnique || !rule.Peer.IsPrefixList ? rule : rule with { Peer = rule.Peer with { Name = rule.Peer.Id } }).ToResource();

    private Resource ToResource() =>
        new(
            AwsKinds.SecurityGroupRule,
            Name ?? Description(),
            new()
            {
                ["from_port"] = From,
                // A protocol that is told by number has no ports; all of them are meant.
                ["to_port"] = Protocol is not null && char.IsAsciiDigit(Protocol[0]) ? 65535 : To,
                ["protocol"] = Protocol ?? "-1",
                ["security_group_id"] = Group.Ref(),
                ["type"] = IsEgress ? "egress" : "ingress",
                [Peer.Attribute] = Peer.Value,
            }
        );

    private string Description()
    {
        var (from, to) = IsEgress ? (Group.Name, Peer.Name) : (Peer.Name, Group.Name);
        return $"from-{from}-{(IsEgress ? "egress" : "ingress")}-{Protocol ?? "all"}-{From}to{To}-{to}";
    }
}
