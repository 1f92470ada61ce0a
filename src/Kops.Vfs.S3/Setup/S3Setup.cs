using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Objects;
using Kops.Vfs.S3.Transport;
using Kops.Vfs.Setup;
using S3Encryption = Kops.Vfs.S3.Configuration.S3Encryption;

namespace Kops.Vfs.S3.Setup;

/// <summary>What a bucket of S3 should have. What is there already stays: a policy and rules for old versions are added to.</summary>
/// <remarks>Source: the API reference of Amazon S3, and its page "Security best practices for Amazon S3".</remarks>
internal sealed class S3Setup(S3Container bucket, BucketWishes wishes)
{
    private string Name => bucket.Name;

    internal IReadOnlyList<BucketSetting> Settings =>
        [
            new("bucket", "exists", LookBucketAsync, token => bucket.CreateAsync(wishes.Region, token)),
            new("versioning", "on", LookVersioningAsync, ApplyVersioningAsync),
            new(
                "encryption",
                bucket.Options.Encryption is S3Encryption.Kms
                    ? $"by default, with {bucket.Options.KmsKeyId ?? "the account's key"}"
                    : "by default",
                LookEncryptionAsync,
                ApplyEncryptionAsync
            ),
            new("public access", "blocked", LookPublicAsync, ApplyPublicAsync),
            bucket.Options.Endpoint is { Scheme: "http" } plain
                ? BucketSetting.TlsFor(plain)
                : new("TLS only", "others denied", LookTlsAsync, ApplyTlsAsync),
            new("old versions", $"removed after {wishes.DaysToSet} days", LookRulesAsync, ApplyRulesAsync),
        ];

    private async ValueTask<BucketFinding> LookBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bucket
                .SendAsync((client, token) => client.HeadBucketAsync(new HeadBucketRequest { BucketName = Name }, token), cancellationToken)
                .ConfigureAwait(false);
            return BucketFinding.Met();
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return BucketFinding.Unmet();
        }
        catch (StoreException e) when (e.Kind is StoreErrorKind.StoreNotFound)
        {
            return BucketFinding.Unmet();
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.Forbidden)
        {
            throw new StoreException(
                StoreErrorKind.PermissionDenied,
                "open",
                bucket.PathOf(string.Empty),
                "access denied: the bucket is somebody else's, or the credentials need the permission s3:ListBucket on it",
                false,
                e
            );
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap("open", string.Empty, "s3:ListBucket", e);
        }
    }

    private async ValueTask<BucketFinding> LookVersioningAsync(CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(
                "s3:GetBucketVersioning",
                (client, token) => client.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = Name }, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        var status = answer?.VersioningConfig?.Status?.Value;
        return BucketFinding.Of(status == VersionStatus.Enabled.Value, status is "Suspended" ? "suspended" : null);
    }

    private async ValueTask ApplyVersioningAsync(CancellationToken cancellationToken)
    {
        if (bucket.Options.Probe)
            await new VersionTrial(bucket, wishes.Region).RunAsync(cancellationToken).ConfigureAwait(false);
        await SetAsync(
                "s3:PutBucketVersioning",
                (client, token) => client.PutBucketVersioningAsync(VersionTrial.TurnOn(Name), token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async ValueTask<BucketFinding> LookEncryptionAsync(CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(
                "s3:GetEncryptionConfiguration",
                (client, token) => client.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = Name }, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        var found = answer?.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules?.FirstOrDefault()?.ServerSideEncryptionByDefault;
        var (kind, key) = (found?.ServerSideEncryptionAlgorithm?.Value, found?.ServerSideEncryptionKeyManagementServiceKeyId);
        var isMet =
            kind is { Length: > 0 }
            && (
                bucket.Options.Encryption is not S3Encryption.Kms
                || (
                    kind.StartsWith("aws:kms", StringComparison.Ordinal)
                    && (bucket.Options.KmsKeyId is null || key == bucket.Options.KmsKeyId)
                )
            );
        return BucketFinding.Of(
            isMet,
            kind is null ? null
                : key is null ? kind
                : $"{kind}, {key}"
        );
    }

    private ValueTask ApplyEncryptionAsync(CancellationToken cancellationToken)
    {
        var isKms = bucket.Options.Encryption is S3Encryption.Kms;
        var rule = new ServerSideEncryptionRule
        {
            ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault
            {
                ServerSideEncryptionAlgorithm = isKms ? ServerSideEncryptionMethod.AWSKMS : ServerSideEncryptionMethod.AES256,
                ServerSideEncryptionKeyManagementServiceKeyId = bucket.Options.KmsKeyId,
            },
        };
        if (isKms)
            rule.BucketKeyEnabled = true;
        var request = new PutBucketEncryptionRequest
        {
            BucketName = Name,
            ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration { ServerSideEncryptionRules = [rule] },
        };
        return SetAsync(
            "s3:PutEncryptionConfiguration",
            (client, token) => client.PutBucketEncryptionAsync(request, token),
            cancellationToken
        );
    }

    private async ValueTask<BucketFinding> LookPublicAsync(CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(
                "s3:GetBucketPublicAccessBlock",
                (client, token) => client.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = Name }, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        var found = answer?.PublicAccessBlockConfiguration;
        var blocked = new[]
        {
            found?.BlockPublicAcls,
            found?.IgnorePublicAcls,
            found?.BlockPublicPolicy,
            found?.RestrictPublicBuckets,
        }.Count(part => part == true);
        return BucketFinding.Of(blocked == 4, blocked is 0 or 4 ? null : "in part");
    }

    private async ValueTask ApplyPublicAsync(CancellationToken cancellationToken)
    {
        var all = new PublicAccessBlockConfiguration
        {
            BlockPublicAcls = true,
            IgnorePublicAcls = true,
            BlockPublicPolicy = true,
            RestrictPublicBuckets = true,
        };
        var isWritable = bucket.Options.Endpoint is null || await IsWritableAsync(cancellationToken).ConfigureAwait(false);
        await SetAsync(
                "s3:PutBucketPublicAccessBlock",
                (client, token) =>
                    client.PutPublicAccessBlockAsync(
                        new PutPublicAccessBlockRequest { BucketName = Name, PublicAccessBlockConfiguration = all },
                        token
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (bucket.Options.Endpoint is null || !isWritable || await IsWritableAsync(cancellationToken).ConfigureAwait(false))
            return;
        // Ceph 16 takes every write for one that asks for a public ACL.
        await SetAsync(
                "s3:PutBucketPublicAccessBlock",
                (client, token) => client.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = Name }, token),
                CancellationToken.None
            )
            .ConfigureAwait(false);
        throw new StoreException(
            StoreErrorKind.Unsupported,
            "set up",
            bucket.PathOf(string.Empty),
            "with it the service refuses every write, so that it was taken back"
        );
    }

    /// <summary>Whether a file can be written; what was written is gone afterwards, with its version.</summary>
    private async ValueTask<bool> IsWritableAsync(CancellationToken cancellationToken)
    {
        var key = $"{wishes.Prefix}.kops/check/{Guid.NewGuid():N}";
        try
        {
            var written = await bucket
                .SendAsync(
                    (client, token) =>
                        client.PutObjectAsync(
                            new PutObjectRequest
                            {
                                BucketName = Name,
                                Key = key,
                                ContentBody = "1",
                            },
                            token
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await bucket
                .SendAsync(
                    (client, token) =>
                        client.DeleteObjectAsync(
                            new DeleteObjectRequest
                            {
                                BucketName = Name,
                                Key = key,
                                VersionId = written.VersionId,
                            },
                            token
                        ),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            return true;
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.Forbidden)
        {
            return false;
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap("write", key, "s3:PutObject", e);
        }
    }

    /// <summary>The policy; null for none. The SDK hands out the text of "not found" as if it were one.</summary>
    private async ValueTask<string?> PolicyAsync(CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(
                "s3:GetBucketPolicy",
                (client, token) => client.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = Name }, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer?.Policy is { } policy && !policy.AsSpan().TrimStart().StartsWith("<") ? policy : null;
    }

    private async ValueTask<BucketFinding> LookTlsAsync(CancellationToken cancellationToken) =>
        BucketFinding.Of(Denial("aws").IsIn(await PolicyAsync(cancellationToken).ConfigureAwait(false)));

    private async ValueTask ApplyTlsAsync(CancellationToken cancellationToken)
    {
        var partition = await bucket.RegionAsync(cancellationToken).ConfigureAwait(false) switch
        {
            var region when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
            var region when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
            _ => "aws",
        };
        if (Denial(partition).AddTo(await PolicyAsync(cancellationToken).ConfigureAwait(false)) is not { } policy)
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "set up",
                bucket.PathOf(string.Empty),
                "the bucket's policy is not JSON as S3 documents it; look at it with 'aws s3api get-bucket-policy'"
            );
        await SetAsync(
                "s3:PutBucketPolicy",
                (client, token) => client.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = Name, Policy = policy }, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Ceph knows the key with TLS alone: "false" is "not there" to it.</summary>
    private TlsDenial Denial(string partition) =>
        new()
        {
            Bucket = Name,
            ResourcePrefix = $"arn:{partition}:s3:::",
            Language = "2012-10-17",
            AllActions = "s3:*",
            Key = "aws:SecureTransport",
            IsNamed = true,
            Test = bucket.Options.Endpoint is null ? "Bool" : "BoolIfExists",
        };

    private async ValueTask<IReadOnlyList<LifecycleRule>> RulesAsync(CancellationToken cancellationToken) =>
        (
            await ReadAsync(
                    "s3:GetLifecycleConfiguration",
                    (client, token) =>
                        client.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = Name }, token),
                    cancellationToken
                )
                .ConfigureAwait(false)
        )
            ?.Configuration
            ?.Rules
        ?? [];

    private async ValueTask<BucketFinding> LookRulesAsync(CancellationToken cancellationToken)
    {
        var rules = await RulesAsync(cancellationToken).ConfigureAwait(false);
        var found = OldVersionRule.Describe(rules, wishes);
        return OldVersionRule.RemovesCurrent(rules, wishes) is { } danger
            ? BucketFinding.OutOfReach(
                $"rule '{danger}' removes files that are in use: correct or remove it first, or clusters will be lost"
            )
            : BucketFinding.Of(OldVersionRule.IsMet(rules, wishes), found);
    }

    private async ValueTask ApplyRulesAsync(CancellationToken cancellationToken)
    {
        var rules = OldVersionRule.AddTo(await RulesAsync(cancellationToken).ConfigureAwait(false), wishes);
        var request = new PutLifecycleConfigurationRequest
        {
            BucketName = Name,
            Configuration = new LifecycleConfiguration { Rules = [.. rules] },
        };
        await SetAsync(
                "s3:PutLifecycleConfiguration",
                (client, token) => client.PutLifecycleConfigurationAsync(request, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Reads a part of the bucket's configuration; null where there is none.</summary>
    private async ValueTask<T?> ReadAsync<T>(
        string permission,
        Func<IAmazonS3, CancellationToken, Task<T>> send,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            return await bucket.SendAsync(send, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e)
            when (e.ErrorCode
                    is "NoSuchBucketPolicy"
                        or "NoSuchLifecycleConfiguration"
                        or "NoSuchPublicAccessBlockConfiguration"
                        or "ServerSideEncryptionConfigurationNotFoundError"
            )
        {
            return null;
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw Explain("look at", permission, e);
        }
    }

    private async ValueTask SetAsync<T>(
        string permission,
        Func<IAmazonS3, CancellationToken, Task<T>> send,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await bucket.SendAsync(send, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw Explain("set up", permission, e);
        }
    }

    /// <summary>
    /// Services that do not know a request have several words for it; some take it for another one, and choke on its answer.
    /// </summary>
    private StoreException Explain(string operation, string permission, Exception exception) =>
        exception
            is AmazonUnmarshallingException
                or AmazonServiceException
                {
                    ErrorCode: "NotImplemented"
                        or "MethodNotAllowed"
                        or "MalformedXML"
                        or "InvalidRequest"
                        or "InvalidArgument"
                        or "NotSupported"
                        or "NoSuchKey"
                }
        && bucket.Options.Endpoint is not null
            ? new StoreException(
                StoreErrorKind.Unsupported,
                operation,
                bucket.PathOf(string.Empty),
                $"the service does not know this, or is not made ready for it ({S3Failure.Describe(exception)})",
                false,
                exception
            )
            : bucket.Wrap(operation, string.Empty, permission, exception);
}
