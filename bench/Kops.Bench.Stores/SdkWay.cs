using System.Globalization;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kops.Bench.Stores;

/// <summary>The SDK of AWS as it comes, with what Ceph needs: path style, and checksums where they are required alone.</summary>
internal sealed class SdkWay(Uri endpoint, string id, string secret, string bucket) : IWay, IDisposable
{
    private readonly AmazonS3Client _client = new(
        new BasicAWSCredentials(id, secret),
        new AmazonS3Config
        {
            ServiceURL = endpoint.AbsoluteUri,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        }
    );

    public string Name => "AWSSDK.S3";

    public Task CreateBucketAsync() => _client.PutBucketAsync(bucket);

    public Task WriteAsync(string key, byte[] content) => PutAsync(key, content, null);

    public async Task<int> ReadAsync(string key) => (await GetAsync(key)).Content.Length;

    public async Task<int> ListAsync(string directory)
    {
        var count = 0;
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = directory + "/" };
        while (true)
        {
            var page = await _client.ListObjectsV2Async(request);
            count += page.S3Objects?.Count ?? 0;
            if (page.IsTruncated is not true)
                return count;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    public async Task IncrementAsync(string key)
    {
        var (content, etag) = await GetAsync(key);
        var next = int.Parse(Encoding.UTF8.GetString(content), CultureInfo.InvariantCulture) + 1;
        // Ceph compares without quotes.
        await PutAsync(key, Encoding.UTF8.GetBytes(next.ToString(CultureInfo.InvariantCulture)), etag.Trim('"'));
    }

    public void Dispose() => _client.Dispose();

    private Task<PutObjectResponse> PutAsync(string key, byte[] content, string? match) =>
        _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = new MemoryStream(content),
                UseChunkEncoding = false,
                IfMatch = match,
            }
        );

    private async Task<(byte[] Content, string ETag)> GetAsync(string key)
    {
        using var response = await _client.GetObjectAsync(bucket, key);
        var content = new byte[response.ContentLength];
        await response.ResponseStream.ReadExactlyAsync(content);
        return (content, response.ETag);
    }
}
