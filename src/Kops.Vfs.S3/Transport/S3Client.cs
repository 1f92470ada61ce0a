using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Kops.Vfs.S3.Configuration;

namespace Kops.Vfs.S3.Transport;

/// <summary>The SDK's client with our retry policy and network.</summary>
internal sealed class S3Client : AmazonS3Client
{
    private readonly S3Options _options;
    private readonly TimeProvider _clock;

    private S3Client(AWSCredentials? credentials, AmazonS3Config config, S3Options options, TimeProvider clock)
        : base(credentials, config) => (_options, _clock) = (options, clock);

    internal static S3Client Create(S3Options options, string region, HttpClient http, TimeProvider clock)
    {
        // The base constructor builds the pipeline before the fields are set; the handler that depends on them is put in afterwards.
        var client = new S3Client(S3Credentials.From(options), Configure(options, region, http), options, clock);
        client.RuntimePipeline.ReplaceHandler<RetryHandler>(
            new S3RetryHandler(new S3RetryPolicy(client.Config, client._options, client._clock))
        );
        if (options.RequesterPays)
            client.BeforeRequestEvent += (_, e) => ((WebServiceRequestEventArgs)e).Headers["x-amz-request-payer"] = "requester";
        return client;
    }

    private static AmazonS3Config Configure(S3Options options, string region, HttpClient http)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            HttpClientFactory = new S3HttpClientFactory(http),
            MaxErrorRetry = options.MaxRetries,
            // These would be tries that nobody counts.
            MaxStaleConnectionRetries = 0,
            RetryMode = RequestRetryMode.Standard,
            RequestChecksumCalculation = options.Checksums
                ? RequestChecksumCalculation.WHEN_SUPPORTED
                : RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = options.Checksums
                ? ResponseChecksumValidation.WHEN_SUPPORTED
                : ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            config.UseDualstackEndpoint = options.DualStack;
        }

        return config;
    }

    /// <summary>One <see cref="HttpClient"/> for all requests of a client, which we own.</summary>
    private sealed class S3HttpClientFactory(HttpClient http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
