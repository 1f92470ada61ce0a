namespace Kops.Vfs.Oss.Configuration;

/// <summary>How requests are signed.</summary>
public enum OssSignature
{
    /// <summary>V4, and V1 from then on when a server that refuses that takes it.</summary>
    Either,

    /// <summary>HMAC-SHA256 with a key for one day, region and service (<c>OSS4-HMAC-SHA256</c>).</summary>
    V4,

    /// <summary>HMAC-SHA1 with the secret itself, for services that know nothing else.</summary>
    V1,
}
