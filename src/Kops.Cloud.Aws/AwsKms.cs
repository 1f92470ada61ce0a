using System.Runtime.InteropServices;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Cloud.Aws;

/// <summary>Encrypts with keys of AWS KMS.</summary>
/// <param name="options">How AWS is reached.</param>
/// <param name="http">The network under the SDK.</param>
public sealed class AwsKms(AwsOptions options, HttpClient http)
{
    private const string Permission = "kms:Encrypt";

    /// <summary>Encrypts, with one request, so that <c>aws kms decrypt</c> needs nothing but the answer.</summary>
    /// <param name="key">A symmetric key.</param>
    /// <param name="content">At most 4,096 bytes, which is what KMS encrypts by itself.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>KMS' ciphertext blob, which names the key.</returns>
    /// <exception cref="InvalidFlagException">The key cannot be used; the message says why, and what to do.</exception>
    /// <exception cref="CloudLookupException">KMS could not be asked; the message says why, and what to do.</exception>
    public async Task<byte[]> EncryptAsync(KmsKey key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        // The caller's own bytes, so that nothing is left of them here when the caller overwrites them.
        using var plaintext = MemoryMarshal.TryGetArray(content, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToArray());
        try
        {
            using var client = AwsClients.Kms(options, key.Region, http);
            var answer = await client
                .EncryptAsync(new EncryptRequest { KeyId = key.Arn, Plaintext = plaintext }, cancellationToken)
                .ConfigureAwait(false);
            return answer.CiphertextBlob.ToArray();
        }
        catch (Exception e) when (AwsFailure.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Wrap(key, e);
        }
    }

    private static Exception Wrap(KmsKey key, Exception exception)
    {
        return exception switch
        {
            NotFoundException => Refused(
                $"'{key}' is not in its account and region; check the ARN, or make the key ('aws kms create-key --region {key.Region}')"
            ),
            DisabledException => Refused(
                $"'{key}' is disabled; enable it ('aws kms enable-key --region {key.Region} --key-id KEY'), or name another key"
            ),
            KMSInvalidStateException => Refused(
                $"'{key}' cannot be used as it is ({AwsFailure.Said(exception)}); cancel its deletion or finish its import, or name "
                    + $"another key"
            ),
            InvalidKeyUsageException => Refused(
                $"'{key}' is for another use; name a symmetric key that encrypts and decrypts (SYMMETRIC_DEFAULT)"
            ),
            AmazonServiceException { ErrorCode: "AccessDeniedException" or "AccessDenied" } => Failed(
                $"the credentials lack the permission {Permission} on it; allow it in their policy, or in the key's own "
                    + $"({AwsFailure.Said(exception)})"
            ),
            AmazonServiceException
            {
                ErrorCode: "KeyUnavailableException"
                    or "DependencyTimeoutException"
                    or "KMSInternalException"
                    or "KeyUnavailable"
                    or "DependencyTimeout"
                    or "KMSInternal"
            } => Failed($"KMS has trouble of its own ({AwsFailure.Said(exception)}); try again later"),
            _ => Failed(AwsFailure.Explain(exception, "KMS", Permission, "the region in the ARN")),
        };

        InvalidFlagException Refused(string problem) => new("kms-key", $"--kms-key: the key {problem}");

        CloudLookupException Failed(string problem) => new($"KMS in {key.Region} cannot encrypt with {key}: {problem}", exception);
    }
}
