namespace Kops.Resources.Values;

/// <summary>Something that a cluster needs in its cloud.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name among those of its kind. What the cloud calls it is an attribute.</param>
/// <param name="Attributes">What it shall be like. A shared one has an <c>id</c> alone.</param>
public sealed record Resource(ResourceKind Kind, string Name, Block Attributes)
{
    /// <summary>Whose it is.</summary>
    public Ownership Ownership { get; init; }

    /// <summary>Which of several ways to speak to its cloud it takes (<see cref="Provider.Alias"/>); null for the main one.</summary>
    public string? ProviderAlias { get; init; }

    /// <summary>A property of it, for others to refer to.</summary>
    public Reference Ref(string property = "id") => Kind.Of(Name, property);

    /// <summary>One that the user brought along.</summary>
    public static Resource Shared(ResourceKind kind, string name, string id) =>
        new(kind, name, new Block { ["id"] = id }) { Ownership = Ownership.Shared };
}
