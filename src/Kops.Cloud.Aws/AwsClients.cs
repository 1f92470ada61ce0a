using System.Diagnostics.CodeAnalysis;
using Amazon;
using Amazon.EC2;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace Kops.Cloud.Aws;

/// <summary>Makes the SDK's clients. Their retry loop is the only one.</summary>
internal static class AwsClients
{
    public static AmazonEC2Client Ec2(AwsOptions options, string region, HttpClient http) =>
        new(Credentials(options), Configure(new AmazonEC2Config(), options, region, http));

    public static AmazonSecurityTokenServiceClient Sts(AwsOptions options, string region, HttpClient http) =>
        new(Credentials(options), Configure(new AmazonSecurityTokenServiceConfig(), options, region, http));

    public static AmazonKeyManagementServiceClient Kms(AwsOptions options, string region, HttpClient http) =>
        new(Credentials(options), Configure(new AmazonKeyManagementServiceConfig(), options, region, http));

    private static T Configure<T>(T config, AwsOptions options, string region, HttpClient http)
        where T : ClientConfig
    {
        config.HttpClientFactory = new OneClient(http);
        config.MaxErrorRetry = options.MaxRetries;
        config.RetryMode = RequestRetryMode.Standard;
        config.Timeout = options.Timeout;
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    // The SDK makes the clients for roles (STS) and single sign-on by name: their constructors are kept for it in native programs.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCConfig))]
    private static AWSCredentials? Credentials(AwsOptions options) =>
        options switch
        {
            { AccessKey: { Token: { } token } key } => new SessionAWSCredentials(key.Id, key.Secret, token),
            { AccessKey: { } key } => new BasicAWSCredentials(key.Id, key.Secret),
            { Profile: { } profile } => new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var credentials)
                ? credentials
                : throw new AmazonClientException($"the profile '{profile}' is not in the shared AWS files, or holds no credentials"),
            _ => null,
        };

    private sealed class OneClient(HttpClient http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
