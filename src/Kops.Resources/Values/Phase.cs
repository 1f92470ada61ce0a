namespace Kops.Resources.Values;

/// <summary>When a resource is made. A phase stands on those before it.</summary>
public enum Phase
{
    /// <summary>First, what machines stand in: networks, subnets, routes.</summary>
    Network,

    /// <summary>Then, who may do what: firewalls, roles, keys.</summary>
    Security,

    /// <summary>Then all else: machines, balancers, names, files.</summary>
    Cluster,
}
