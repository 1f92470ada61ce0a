using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Objects;
using S3Encryption = Kops.Vfs.S3.Configuration.S3Encryption;

namespace Kops.Vfs.S3.Writing;

/// <summary>Encryption and ACL of what is written. Whether the bucket encrypts by itself is asked once.</summary>
internal sealed class S3WriteHeaders(S3Container bucket) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1);
    private volatile ServerSideEncryptionMethod? _encryption = bucket.Options.Encryption switch
    {
        S3Encryption.None => ServerSideEncryptionMethod.None,
        S3Encryption.Kms => ServerSideEncryptionMethod.AWSKMS,
        _ => null,
    };

    internal string? KmsKeyId => bucket.Options.KmsKeyId;

    internal S3CannedACL? Acl { get; } = bucket.Options.CannedAcl is { } acl ? new S3CannedACL(acl) : null;

    public void Dispose() => _asking.Dispose();

    /// <summary>The encryption to ask for; <see cref="ServerSideEncryptionMethod.None"/> sends no header.</summary>
    internal async ValueTask<ServerSideEncryptionMethod> EncryptionAsync(string key, CancellationToken cancellationToken)
    {
        if (_encryption is { } known)
            return known;
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _encryption ??= await AskAsync(key, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _asking.Release();
        }
    }

    private async ValueTask<ServerSideEncryptionMethod> AskAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetBucketEncryptionRequest { BucketName = bucket.Name };
        try
        {
            var answer = await bucket
                .SendAsync((client, token) => client.GetBucketEncryptionAsync(request, token), cancellationToken)
                .ConfigureAwait(false);
            return answer.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules is { Count: > 0 }
                ? ServerSideEncryptionMethod.None
                : ServerSideEncryptionMethod.AES256;
        }
        catch (AmazonServiceException e)
            when (e.ErrorCode is "ServerSideEncryptionConfigurationNotFoundError" or "NotImplemented" or "MethodNotAllowed")
        {
            return ServerSideEncryptionMethod.AES256;
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap("write", key, "s3:GetEncryptionConfiguration (or KOPS_S3_ENCRYPTION=none)", e);
        }
    }
}
