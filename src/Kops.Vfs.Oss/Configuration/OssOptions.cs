using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Oss.Configuration;

/// <summary>How Alibaba Cloud's object storage is reached, and as whom.</summary>
public sealed record OssOptions : NetworkOptions
{
    /// <summary>The service's address, without the bucket, for example <c>https://oss-cn-hangzhou.aliyuncs.com</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The bucket's region, for the signature: <c>cn-hangzhou</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The key; null for that of the instance's RAM role.</summary>
    public OssAccessKey? AccessKey { get; init; }

    /// <summary>The RAM role; null for the one that the instance has.</summary>
    public string? RoleName { get; init; }

    /// <summary>Where instances find their metadata.</summary>
    public Uri MetadataAddress { get; init; } = new("http://100.100.100.200/");

    /// <summary>How requests are signed.</summary>
    public OssSignature Signature { get; init; } = OssSignature.V4;

    /// <summary>
    /// Whether it has to be found out in what the server differs from OSS, since it is not the service's own: whether it keeps metadata,
    /// shows it to a
    /// HEAD, and can group a listing.
    /// </summary>
    public bool Probe { get; init; }

    /// <summary>Whether the bucket stands in the path and not before the host's name. On for addresses without names.</summary>
    public bool PathStyle { get; init; }

    /// <summary>The encryption at rest that is asked for: <c>AES256</c> or <c>KMS</c>; null for the bucket's own.</summary>
    public string? Encryption { get; init; }

    /// <summary>The key of KMS; null for the account's own.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Bytes of a part of an upload in several; longer contents are sent so. At least 100 KiB, which is what OSS wants.</summary>
    public int PartSize { get; init; } = 8 << 20;

    /// <summary>Rows that a listing asks for at a time, 1,000 at the most.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The times of the lock that guards writes.</summary>
    public LockOptions Lock { get; init; } = new();
}
