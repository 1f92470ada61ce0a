namespace Kops.Vfs.S3.Configuration;

/// <summary>Who encrypts what is written.</summary>
public enum S3Encryption
{
    /// <summary>No header is sent: the service's own rule holds. For services that know no encryption headers.</summary>
    None,

    /// <summary>As kOps does on <c>s3://</c>: where the bucket has a default encryption, that; otherwise <c>AES256</c>.</summary>
    BucketDefault,

    /// <summary>A key of AWS KMS (<see cref="S3Options.KmsKeyId"/>).</summary>
    Kms,
}
