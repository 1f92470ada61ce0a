namespace Kops.Resources.Values;

/// <summary>
/// A kind of resource: a row of its cloud's table. The name, and those of the attributes, are the ones of Terraform's provider.
/// </summary>
/// <param name="Name">The provider's name for it: <c>aws_vpc</c>.</param>
public sealed record ResourceKind(string Name)
{
    /// <summary>Whether one that the user brought along is looked up, since others need to know more of it than its id.</summary>
    public bool IsLookedUp { get; init; }

    /// <summary>When it is made.</summary>
    public Phase Phase { get; init; } = Phase.Cluster;

    /// <summary>How a picture shows it.</summary>
    public Shape Shape { get; init; }

    /// <summary>What kOps calls it in <c>--lifecycle-overrides</c>: <c>VPC</c>; null where it has no other name.</summary>
    public string? Task { get; init; }

    /// <summary>A property of the resource of this kind and that name.</summary>
    public Reference Of(string name, string property = "id") => new(this, name, property);
}
