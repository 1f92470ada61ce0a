namespace Kops.Build.Addons;

/// <summary>An addon of a cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Which of its manifests; null where it has but one.</param>
internal sealed record Addon(string Name, string? Id)
{
    /// <summary>The manifest's place below <c>addons/</c>.</summary>
    public string Manifest => $"{Name}/{File ?? Id}.yaml";

    /// <summary>The manifest's name where it is not its id.</summary>
    public string? File { get; init; }

    /// <summary>The label that its objects have: <c>k8s-addon</c> with its name unless another is said. Null for none.</summary>
    public (string Key, string Value)? Selector { get; init; } = ("k8s-addon", Name);

    /// <summary>Whether objects that it had before are deleted.</summary>
    public bool Prunes { get; init; }

    /// <summary>Kinds of its own that are deleted as well, with their groups.</summary>
    public IReadOnlyList<(string Group, string Kind)> OwnKinds { get; init; } = [];

    /// <summary>Whether it is given a certificate.</summary>
    public bool NeedsPki { get; init; }

    /// <summary>Which machines have to be replaced when it changes: <c>all</c>, <c>control-plane</c>; null for none.</summary>
    public string? RollingUpdate { get; init; }

    /// <summary>The manifest, where the project knows it: an empty one takes away what the addon had before. Null elsewhere.</summary>
    public ReadOnlyMemory<byte>? KnownBody { get; init; }
}
