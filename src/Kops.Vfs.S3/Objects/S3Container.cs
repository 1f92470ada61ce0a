using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Writing;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Transport;

namespace Kops.Vfs.S3.Objects;

/// <summary>One bucket: its client, made when it is first needed, and its requests with their errors explained.</summary>
internal sealed class S3Container(string name, string address, S3Options options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private readonly S3Errors _errors = new(name, address, options);
    private HttpClient? _http;
    private volatile S3Client? _client;
    private volatile bool _exists;

    internal string Name => name;

    /// <summary>Tells of each try.</summary>
    internal RequestTrace Trace { get; } = new();

    internal S3Options Options => options;

    /// <summary>Buckets that the same requests, signed by the same user, reach in one service.</summary>
    internal CopyPlace Place { get; } =
        new(
            string.Join(
                '\n',
                options.Endpoint,
                options.AccessKey?.Id,
                options.Profile,
                options.RoleArn,
                options.ExternalId,
                options.RequesterPays
            ),
            name
        );

    public void Dispose()
    {
        _client?.Dispose();
        _http?.Dispose();
        _opening.Dispose();
    }

    /// <summary>Sends a request, and explains its failure.</summary>
    internal async ValueTask<T> RunAsync<T>(
        string operation,
        string key,
        string permission,
        Func<IAmazonS3, CancellationToken, Task<T>> send,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SendAsync(send, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!IsCancelled(e, cancellationToken))
        {
            throw _errors.Wrap(operation, key, permission, e);
        }
    }

    /// <summary>Sends a request whose failures the caller looks at.</summary>
    internal async ValueTask<T> SendAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var client = _client ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
        var result = await send(client, cancellationToken).ConfigureAwait(false);
        _exists = true;
        return result;
    }

    /// <summary>Looks an object up; null when there is none.</summary>
    internal async ValueTask<MarkedObject?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = name, Key = key };
        try
        {
            var head = await SendAsync((client, token) => client.GetObjectMetadataAsync(request, token), cancellationToken)
                .ConfigureAwait(false);
            return new MarkedObject(S3ETag.ToVersion(head.ETag), WriteMark.Parse(head.Metadata[WriteMark.Name]));
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    internal string PathOf(string key) => key.Length == 0 ? address : $"{address}/{key}";

    internal StoreException Wrap(string operation, string key, string permission, Exception exception) =>
        _errors.Wrap(operation, key, permission, exception);

    /// <summary>
    /// Makes sure that "not found" means the object and not the bucket. An answer to a HEAD has no body that could tell; once
    /// anything in the bucket has been seen, nobody needs to ask.
    /// </summary>
    internal async ValueTask RequireAsync(string operation, string key, CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        await RunAsync(
                operation,
                key,
                "s3:ListBucket",
                (client, token) => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = name, MaxKeys = 1 }, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Makes the bucket.</summary>
    internal ValueTask CreateAsync(string? region, CancellationToken cancellationToken) => CreateAsync(name, region, cancellationToken);

    /// <summary>Makes a bucket beside it.</summary>
    /// <param name="bucket">Its name.</param>
    /// <param name="region">Where; null for the region that is asked first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    internal async ValueTask CreateAsync(string bucket, string? region, CancellationToken cancellationToken)
    {
        _http ??= OpenNetwork();
        // What is not AWS has one region for an endpoint; AWS itself wants to be asked in the region where the bucket shall be, and told
        // so.
        var place = (options.Endpoint is null ? region : null) ?? options.Region ?? options.ProbeRegion;
        using var client = S3Client.Create(options, place, _http, clock);
        var request = new PutBucketRequest { BucketName = bucket, UseClientRegion = false };
        if (options.Endpoint is null && place != "us-east-1")
            request.BucketRegionName = place;
        if (options.Endpoint is not null && region is not null)
            request.BucketRegionName = region;
        try
        {
            await client.PutBucketAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "BucketAlreadyExists")
        {
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "create",
                address,
                "a bucket of that name is somebody else's; take another name",
                false,
                e
            );
        }
        catch (Exception e) when (!IsCancelled(e, cancellationToken))
        {
            throw _errors.Wrap("create", string.Empty, "s3:CreateBucket", e);
        }
    }

    /// <summary>Asks where the bucket is, whatever else would tell.</summary>
    internal async ValueTask AskLocationAsync(CancellationToken cancellationToken) =>
        await RunAsync(
                "locate",
                string.Empty,
                "s3:GetBucketLocation",
                (client, token) => client.GetBucketLocationAsync(new GetBucketLocationRequest { BucketName = name }, token),
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>Asks whether the bucket encrypts by itself.</summary>
    internal async ValueTask AskEncryptionAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(
                    (client, token) => client.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = name }, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "ServerSideEncryptionConfigurationNotFoundError") { }
        catch (Exception e) when (!IsCancelled(e, cancellationToken))
        {
            throw _errors.Wrap("look at", string.Empty, "s3:GetEncryptionConfiguration", e);
        }
    }

    /// <summary>The region that the bucket is in, as far as anybody needs to know.</summary>
    internal async ValueTask<string> RegionAsync(CancellationToken cancellationToken)
    {
        var client = _client ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
        return client.Config.RegionEndpoint?.SystemName ?? client.Config.AuthenticationRegion ?? options.ProbeRegion;
    }

    /// <summary>
    /// Whether an answer of success is the service's own: AWS has an id for each request; of others that speak as it does some have none.
    /// </summary>
    private static bool IsOwn(HttpResponseMessage response) =>
        response.Headers.Any(header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase))
        || !(ForeignAnswerException.IsPage(response) || IsEmptyYes(response));

    /// <summary>A deletion is answered with 204 by everybody who has no ids: 200 without a word is what a proxy or a stub says.</summary>
    private static bool IsEmptyYes(HttpResponseMessage response) =>
        response is { StatusCode: HttpStatusCode.OK, RequestMessage.Method.Method: "DELETE" };

    internal static bool IsCancelled(Exception exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested && NetworkFailure.Find<OperationCanceledException>(exception) is not null;

    private HttpClient OpenNetwork() =>
        StoreNetwork.Create(
            options with
            {
                WrapNetwork = network => new KeptCause(options.WrapNetwork?.Invoke(network) ?? network),
            },
            clock,
            Trace,
            IsOwn
        );

    private async ValueTask<S3Client> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_client is { } open)
                return open;
            _http ??= OpenNetwork();
            if (options.Region is { } given)
                return _client = S3Client.Create(options, given, _http, clock);
            var probe = S3Client.Create(options, options.ProbeRegion, _http, clock);
            var region = await BucketRegion.FindAsync(probe, name, cancellationToken).ConfigureAwait(false);
            if (region == options.ProbeRegion)
                return _client = probe;
            probe.Dispose();
            return _client = S3Client.Create(options, region, _http, clock);
        }
        catch (AmazonServiceException e)
        {
            throw _errors.Wrap("open", string.Empty, "s3:GetBucketLocation", e);
        }
        finally
        {
            _opening.Release();
        }
    }
}
