using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;
using Kops.Vfs.S3.Configuration;

namespace Kops.Vfs.S3.Transport;

/// <summary>Where credentials come from.</summary>
internal static class S3Credentials
{
    /// <summary>The credentials that options ask for; null for the SDK's own chain.</summary>
    /// <remarks>
    /// The SDK makes the clients for roles (STS) and single sign-on by name, with the credentials of the source profile; the registry that
    /// it offers for native programs has no way to hand those on. So the constructors are kept for it instead.
    /// </remarks>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCConfig))]
    internal static AWSCredentials? From(S3Options options)
    {
        var own = Own(options);
        if (options.RoleArn is not { } role)
            return own;
        return new AssumeRoleAWSCredentials(
            own ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(),
            role,
            "kops",
            new AssumeRoleAWSCredentialsOptions { ExternalId = options.ExternalId }
        );
    }

    private static AWSCredentials? Own(S3Options options)
    {
        if (options.Credentials is { } given)
            return given;
        if (options.AccessKey is { SessionToken: { } token } session)
            return new SessionAWSCredentials(session.Id, session.Secret, token);
        if (options.AccessKey is { } key)
            return new BasicAWSCredentials(key.Id, key.Secret);
        if (options.Profile is not { } profile)
            return null;
        return new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var credentials)
            ? credentials
            : throw new AmazonClientException($"the profile '{profile}' is not in the shared AWS files, or holds no credentials");
    }
}
