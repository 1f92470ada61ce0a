namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>How a bucket is set up.</summary>
public sealed record BucketOptions
{
    /// <summary>Whether what is replaced or deleted is kept.</summary>
    public bool Versioning { get; init; }

    /// <summary>Whether access is a matter of the bucket alone, so that objects have no ACLs.</summary>
    public bool UniformAccess { get; init; }

    /// <summary>Whether requests must name a project that pays.</summary>
    public bool RequesterPays { get; init; }
}
