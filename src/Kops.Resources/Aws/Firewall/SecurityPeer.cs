using Kops.Resources.Values;

namespace Kops.Resources.Aws.Firewall;

/// <summary>The other side of a rule.</summary>
/// <param name="Name">What it is called in the rule's name.</param>
/// <param name="Attribute">The rule's attribute for it.</param>
/// <param name="Value">What that attribute holds.</param>
internal sealed record SecurityPeer(string Name, string Attribute, Value Value)
{
    private const string PrefixLists = "prefix_list_ids";

    /// <summary>The address range or prefix list itself.</summary>
    public string Id { get; private init; } = Name;

    public bool IsPrefixList => Attribute == PrefixLists;

    public bool IsIPv4 => Attribute == "cidr_blocks";

    public bool IsIPv6 => Attribute == "ipv6_cidr_blocks";

    public static implicit operator SecurityPeer(SecurityGroup group) => new(group.Name, "source_security_group_id", group.Ref());

    // kOps calls a rule about a prefix list as if it were about everyone.
    public static implicit operator SecurityPeer(string range) =>
        range.StartsWith("pl-", StringComparison.Ordinal) ? new("0.0.0.0/0", PrefixLists, Value.List([range])) { Id = range }
        : range.Contains(':', StringComparison.Ordinal) ? new(range, "ipv6_cidr_blocks", Value.List([range]))
        : new(range, "cidr_blocks", Value.List([range]));
}
