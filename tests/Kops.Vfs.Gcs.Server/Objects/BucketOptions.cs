namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>How a bucket is set up.</summary>
public sealed record BucketOptions
{
    /// <summary>Whether what is replaced or deleted is kept.</summary>
    public bool Versioning { get; init; }

    /// <summary>Whether access is a matter of the bucket alone, so that objects have no ACLs.</summary>
    public bool UniformAccess { get; init; }

    /// <summary>Whether nobody can let the public in: <c>enforced</c> or <c>inherited</c>.</summary>
    public string PublicAccessPrevention { get; init; } = "inherited";

    /// <summary>The rules of its life cycle, as JSON; nothing is removed by them here.</summary>
    public string Rules { get; init; } = "[]";

    /// <summary>How often its settings were changed, and one.</summary>
    public int Metageneration { get; init; } = 1;

    /// <summary>Whether requests must name a project that pays.</summary>
    public bool RequesterPays { get; init; }
}
