namespace Kops.Cloud.Aws;

/// <summary>How AWS is reached: what the tools of AWS read from the environment.</summary>
public sealed record AwsOptions
{
    private static readonly string[] CredentialVariables =
    [
        "AWS_ACCESS_KEY_ID",
        "AWS_PROFILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    /// <summary>The address of the service in place of the region's own: a private endpoint, or a test's server.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The access key; null leaves credentials to the SDK's chain: profiles, single sign-on, roles, the machine's own.</summary>
    public AwsAccessKey? AccessKey { get; init; }

    /// <summary>The profile of the shared AWS files; null for the SDK's chain.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether the environment names credentials.</summary>
    public bool HasCredentials { get; init; }

    /// <summary>How long one try of a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a request that failed is tried again.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The options that the environment asks for.</summary>
    /// <param name="environment">The variables.</param>
    /// <param name="service">The service, as its variable for an endpoint calls it: <c>EC2</c>, <c>KMS</c>.</param>
    /// <exception cref="FormatException">A variable is wrong; the message names it.</exception>
    public static AwsOptions Read(IReadOnlyDictionary<string, string> environment, string service)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new()
        {
            Endpoint = Address($"AWS_ENDPOINT_URL_{service}") ?? Address("AWS_ENDPOINT_URL"),
            AccessKey =
                Get("AWS_ACCESS_KEY_ID") is { } id && Get("AWS_SECRET_ACCESS_KEY") is { } secret
                    ? new(id, secret, Get("AWS_SESSION_TOKEN"))
                    : null,
            Profile = Get("AWS_PROFILE"),
            HasCredentials = CredentialVariables.Any(name => Get(name) is not null),
        };

        string? Get(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

        Uri? Address(string name) =>
            Get(name) is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri
            : throw new FormatException(
                $"{name} is '{text}', which is not an address; write for example "
                    + $"https://{service.ToLowerInvariant()}.eu-west-1.amazonaws.com"
            );
    }
}
