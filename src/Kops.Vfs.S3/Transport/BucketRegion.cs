using System.Net;
using System.Runtime.ExceptionServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.S3.Transport;

/// <summary>Finds out where on AWS a bucket is.</summary>
internal static class BucketRegion
{
    /// <summary>Asks for the location; where that is not allowed, takes it from a header that AWS sends even with a refusal.</summary>
    /// <remarks>Source: Amazon S3 API reference, GetBucketLocation (its two odd values) and HeadBucket.</remarks>
    internal static async ValueTask<string> FindAsync(IAmazonS3 client, string bucket, CancellationToken cancellationToken)
    {
        AmazonServiceException refused;
        try
        {
            var answer = await client
                .GetBucketLocationAsync(new GetBucketLocationRequest { BucketName = bucket }, cancellationToken)
                .ConfigureAwait(false);
            return answer.Location?.Value switch
            {
                null or "" => "us-east-1",
                "EU" => "eu-west-1",
                var region => region,
            };
        }
        catch (AmazonServiceException e) when (S3Failure.IsAnswer(e) && e.ErrorCode is not "NoSuchBucket")
        {
            if (S3Failure.Header(e, "x-amz-bucket-region") is { Length: > 0 } told)
                return told;
            refused = e;
        }

        try
        {
            var head = await client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellationToken).ConfigureAwait(false);
            return head.BucketRegion is { Length: > 0 } region ? region : throw refused;
        }
        catch (AmazonServiceException e) when (S3Failure.Header(e, "x-amz-bucket-region") is { Length: > 0 })
        {
            return S3Failure.Header(e, "x-amz-bucket-region")!;
        }
        catch (AmazonServiceException e) when (S3Failure.IsAnswer(e) && e.StatusCode is not HttpStatusCode.NotFound)
        {
            // An answer to HEAD has no body that would say why; the first one had.
            ExceptionDispatchInfo.Throw(refused);
            throw;
        }
    }
}
