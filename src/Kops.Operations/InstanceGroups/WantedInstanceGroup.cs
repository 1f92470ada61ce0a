namespace Kops.Operations.InstanceGroups;

/// <summary>An instance group that is wanted.</summary>
/// <param name="Name">Its name.</param>
public sealed record WantedInstanceGroup(string Name)
{
    /// <summary>What its machines are: <c>control-plane</c>, <c>node</c>, <c>bastion</c>, <c>apiserver</c>.</summary>
    public string Role { get; init; } = "node";

    /// <summary>Subnets of the cluster to run in.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Zones to run in, for clouds whose subnets span zones.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];
}
