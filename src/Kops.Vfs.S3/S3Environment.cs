namespace Kops.Vfs.S3;

/// <summary>Makes options out of environment variables: those of kOps, those that AWS tools share, and a few of our own.</summary>
/// <remarks>The rules for <c>S3_*</c> and <c>KOPS_STATE_S3_ACL</c> are those of kOps (<c>util/pkg/vfs/s3context.go</c>).</remarks>
public static class S3Environment
{
    /// <summary>The canned ACLs of S3.</summary>
    private static readonly string[] Acls =
    [
        "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control",
        "log-delivery-write",
    ];

    /// <summary>The options for a path.</summary>
    /// <param name="path">What the user wrote: its scheme says which rules hold.</param>
    /// <param name="environment">The process' environment.</param>
    /// <exception cref="StoreException">A variable is missing or wrong; the message names it.</exception>
    public static S3Options Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(environment);
        var scheme = path[..Math.Max(0, path.IndexOf("://", StringComparison.Ordinal))];
        var options = Get("S3_ENDPOINT") is { } endpoint ? WithEndpoint(endpoint) : WithoutEndpoint();
        return WithEncryption(options with
        {
            CannedAcl = OneOf("KOPS_STATE_S3_ACL", Acls),
            CertificateAuthorityFile = Get("KOPS_S3_CA_FILE") ?? Get("AWS_CA_BUNDLE"),
        });

        string? Get(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

        StoreException Wrong(string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);

        string? OneOf(string name, IEnumerable<string> values) =>
            Get(name) is not { } value || values.Contains(value, StringComparer.Ordinal)
                ? Get(name)
                : throw Wrong($"{name} is '{value}', which is none of {string.Join(", ", values)}");

        S3Options WithoutEndpoint()
        {
            if (scheme is not "s3") throw Wrong($"required S3_ENDPOINT env var for path: \"{path}\"; set it to the address of the service");
            // An endpoint of AWS' own kind (a private one, or a test's) takes the place of all others, so of the dual-stack ones too.
            return S3Presets.Aws with
            {
                DualStack = Get("AWS_ENDPOINT_URL_S3") is null && Get("AWS_ENDPOINT_URL") is null,
                ProbeRegion = Get("AWS_REGION") ?? Get("AWS_DEFAULT_REGION") ?? "us-east-1",
            };
        }

        S3Options WithEndpoint(string value)
        {
            var address = value.Contains("://", StringComparison.Ordinal) ? value : "https://" + value;
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
                throw Wrong($"S3_ENDPOINT is '{value}', which is no address; write for example https://s3.example.com");
            var preset = scheme is "s3"
                ? OneOf("KOPS_S3_SERVICE", S3Presets.ByName.Keys) is { } name ? S3Presets.ByName[name] : S3Presets.ForHost(uri.Host)
                : S3Presets.ByName[scheme];
            var id = Get("S3_ACCESS_KEY_ID") ?? throw Wrong("S3_ACCESS_KEY_ID cannot be empty when S3_ENDPOINT is not empty");
            var secret = Get("S3_SECRET_ACCESS_KEY") ?? throw Wrong("S3_SECRET_ACCESS_KEY cannot be empty when S3_ENDPOINT is not empty");
            return preset with { Endpoint = uri, Region = Get("S3_REGION") ?? preset.Region ?? "us-east-1", AccessKey = new S3AccessKey(id, secret) };
        }

        S3Options WithEncryption(S3Options given) => (OneOf("KOPS_S3_ENCRYPTION", ["bucket", "kms", "none"]), Get("KOPS_S3_KMS_KEY_ID")) switch
        {
            ("none", null) => given with { Encryption = S3Encryption.None },
            ("bucket", null) => given with { Encryption = S3Encryption.BucketDefault },
            ("none" or "bucket", _) => throw Wrong("KOPS_S3_KMS_KEY_ID names a key, but KOPS_S3_ENCRYPTION does not say 'kms'; unset one of them"),
            ("kms", var key) => given with { Encryption = S3Encryption.Kms, KmsKeyId = key },
            (_, { } key) => given with { Encryption = S3Encryption.Kms, KmsKeyId = key },
            _ => given,
        };
    }
}
