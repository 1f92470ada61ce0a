using System.Diagnostics.CodeAnalysis;
using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace Kops.Cloud.Aws;

/// <summary>Makes the SDK's client. Its retry loop is the only one.</summary>
internal static class Ec2
{
    public static AmazonEC2Client Create(AwsOptions options, string region, HttpClient http)
    {
        var config = new AmazonEC2Config
        {
            HttpClientFactory = new OneClient(http),
            MaxErrorRetry = options.MaxRetries,
            RetryMode = RequestRetryMode.Standard,
            Timeout = options.Timeout,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return new AmazonEC2Client(Credentials(options), config);
    }

    // The SDK makes the clients for roles (STS) and single sign-on by name: their constructors are kept for it in native programs.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCConfig))]
    private static AWSCredentials? Credentials(AwsOptions options) => options switch
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
