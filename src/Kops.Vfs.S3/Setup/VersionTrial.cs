using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.S3.Objects;

namespace Kops.Vfs.S3.Setup;

/// <summary>
/// Tries out, in a bucket of its own that it removes, whether a service still honours conditions where versions are kept. Ceph 16 does not,
/// and
/// versioning cannot be taken back once it is on.
/// </summary>
internal sealed class VersionTrial(S3Container bucket, string? region)
{
    private const string Key = "kops-check";
    private readonly string _name = $"kops-check-{Guid.NewGuid():N}";

    internal static PutBucketVersioningRequest TurnOn(string name) =>
        new()
        {
            BucketName = name,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        };

    /// <exception cref="StoreException">Of kind <see cref="StoreErrorKind.Unsupported"/>: it does not, or that cannot be tried
    /// out.</exception>
    internal async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bucket.CreateAsync(_name, region, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
            when (e.Kind is StoreErrorKind.PermissionDenied or StoreErrorKind.InvalidArgument or StoreErrorKind.QuotaExceeded)
        {
            throw Refused(
                $"it cannot be tried out whether the service honours conditions where versions are kept, since no bucket can be made "
                    + $"for it ({e.Message})",
                e
            );
        }

        var written = new List<string?>();
        try
        {
            await bucket
                .SendAsync((client, token) => client.PutBucketVersioningAsync(TurnOn(_name), token), cancellationToken)
                .ConfigureAwait(false);
            await PutAsync(written, cancellationToken).ConfigureAwait(false);
            if (await PutAsync(written, cancellationToken).ConfigureAwait(false))
                throw Refused(
                    "where versions are kept, the service ignores the condition that a file must not be there yet: two writers could "
                        + "destroy each other's work unseen",
                    null
                );
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken) && e is not StoreException)
        {
            throw bucket.Wrap("set up", string.Empty, "s3:PutBucketVersioning", e);
        }
        finally
        {
            await RemoveAsync(written).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> PutAsync(List<string?> written, CancellationToken cancellationToken)
    {
        try
        {
            var request = new PutObjectRequest
            {
                BucketName = _name,
                Key = Key,
                ContentBody = "1",
                IfNoneMatch = "*",
            };
            written.Add(
                (
                    await bucket
                        .SendAsync((client, token) => client.PutObjectAsync(request, token), cancellationToken)
                        .ConfigureAwait(false)
                ).VersionId
            );
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private async ValueTask RemoveAsync(IReadOnlyList<string?> written)
    {
        try
        {
            foreach (var version in written)
            {
                await bucket
                    .SendAsync(
                        (client, token) =>
                            client.DeleteObjectAsync(
                                new DeleteObjectRequest
                                {
                                    BucketName = _name,
                                    Key = Key,
                                    VersionId = version,
                                },
                                token
                            ),
                        CancellationToken.None
                    )
                    .ConfigureAwait(false);
            }

            await bucket
                .SendAsync(
                    (client, token) => client.DeleteBucketAsync(new DeleteBucketRequest { BucketName = _name }, token),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
        catch (AmazonS3Exception e)
        {
            throw new StoreException(
                StoreErrorKind.Other,
                "set up",
                bucket.PathOf(string.Empty),
                $"the bucket '{_name}', in which something was tried out, cannot be removed ({e.Message}); remove it",
                false,
                e
            );
        }
    }

    private StoreException Refused(string why, Exception? cause) =>
        new(StoreErrorKind.Unsupported, "set up", bucket.PathOf(string.Empty), why, false, cause);
}
