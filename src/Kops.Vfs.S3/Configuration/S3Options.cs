using Amazon.Runtime;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.S3.Configuration;

/// <summary>
/// Everything that distinguishes one S3 service, and one user's access to it, from another. What is peculiar to a service is a value
/// here, set by its preset (<see cref="S3Presets"/>); the driver never asks which service it talks to.
/// </summary>
public sealed record S3Options : NetworkOptions
{
    /// <summary>Where the service is; null for AWS, where it follows from the bucket's region.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region that requests are signed for. On AWS null means: ask for the bucket's.</summary>
    public string? Region { get; init; }

    /// <summary>The region of AWS that is asked first where a bucket is.</summary>
    public string ProbeRegion { get; init; } = "us-east-1";

    /// <summary>
    /// A static key; null for the chain of AWS tools: environment, profiles, SSO, roles, container and instance metadata.
    /// </summary>
    public S3AccessKey? AccessKey { get; init; }

    /// <summary>
    /// Credentials of the SDK, which the program has already; before <see cref="AccessKey"/> and <see cref="Profile"/>. Null for none.
    /// </summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>The profile in the shared AWS files to take credentials from, in place of the chain.</summary>
    public string? Profile { get; init; }

    /// <summary>A role to assume, with the credentials that the members above give; null for none.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The external id that the role asks for; null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether who asks pays for requests to a bucket whose owner wants that.</summary>
    public bool RequesterPays { get; init; }

    /// <summary>Whether the bucket stands in the path (<c>host/bucket/key</c>) and not in the host's name.</summary>
    public bool PathStyle { get; init; }

    /// <summary>Whether AWS is reached over its IPv4 and IPv6 addresses, as kOps does.</summary>
    public bool DualStack { get; init; } = true;

    /// <summary>
    /// Whether requests carry the checksums that AWS has and many others refuse. Off means: only where a request needs one.
    /// </summary>
    public bool Checksums { get; init; } = true;

    /// <summary>
    /// Whether <c>If-Match</c> carries the ETag without its quotes, as older Ceph wants it. The driver finds this out by itself; set,
    /// it saves the first conditional write two requests.
    /// </summary>
    public bool UnquotedIfMatch { get; init; }

    /// <summary>Whether the service checks <c>If-None-Match: *</c> atomically on a put.</summary>
    public bool ConditionalCreate { get; init; } = true;

    /// <summary>Whether the service checks <c>If-Match</c> atomically on a put.</summary>
    public bool ConditionalReplace { get; init; } = true;

    /// <summary>Whether the service checks <c>If-Match</c> on a delete. Otherwise the driver looks first, which is not atomic.</summary>
    public bool ConditionalDelete { get; init; }

    /// <summary>Whether the service checks conditions when a multipart upload is completed, and not on a plain put alone.</summary>
    public bool ConditionalMultipart { get; init; }

    /// <summary>Whether the service checks conditions on the target of a copy.</summary>
    public bool ConditionalCopy { get; init; }

    /// <summary>Whether it has to be tried out that the service honours the conditions above, since nobody vouches for it.</summary>
    public bool Probe { get; init; } = true;

    /// <summary>Who encrypts what is written.</summary>
    public S3Encryption Encryption { get; init; }

    /// <summary>The key for <see cref="S3Encryption.Kms"/>: an id, an ARN or an alias; null for the account's default key.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>The canned ACL of what is written, for example <c>bucket-owner-full-control</c>; null for none.</summary>
    public string? CannedAcl { get; init; }

    /// <summary>Bytes of a part of a multipart upload, at least 5 MiB. What is not longer is written with one put.</summary>
    public int PartSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>Parts that are sent at the same time; with <see cref="PartSize"/> this bounds the memory of an upload.</summary>
    public int ParallelParts { get; init; } = 4;
}
