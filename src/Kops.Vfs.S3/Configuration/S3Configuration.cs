using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.S3.Configuration;

/// <summary>
/// Makes options out of what users say: the variables of kOps, those that AWS tools share, a few of our own, and profiles.
/// </summary>
/// <remarks>The rules for <c>S3_*</c> and <c>KOPS_STATE_S3_ACL</c> are those of kOps (<c>util/pkg/vfs/s3context.go</c>).</remarks>
public static class S3Configuration
{
    /// <summary>The canned ACLs of S3.</summary>
    private static readonly string[] Acls =
    [
        "private",
        "public-read",
        "public-read-write",
        "authenticated-read",
        "aws-exec-read",
        "bucket-owner-read",
        "bucket-owner-full-control",
        "log-delivery-write",
    ];

    private static readonly StoreSetting Endpoint = new("endpoint", "the address of the service; AWS where there is none", "S3_ENDPOINT");
    private static readonly StoreSetting Region = new("region", "the region that requests are signed for", "S3_REGION");
    private static readonly StoreSetting Service = new(
        "service",
        "what the service is, where its address does not tell: one of the presets",
        "KOPS_S3_SERVICE"
    );
    private static readonly StoreSetting PathStyle = new("pathStyle", "`true` puts the bucket into the path, `false` into the host's name");
    private static readonly StoreSetting DualStack = new("dualStack", "`false` reaches AWS over IPv4 alone");
    private static readonly StoreSetting Acl = new("acl", "the canned ACL of what is written", "KOPS_STATE_S3_ACL");
    private static readonly StoreSetting Encryption = new("encryption", "`bucket`, `kms` or `none`", "KOPS_S3_ENCRYPTION");
    private static readonly StoreSetting KmsKey = new("kmsKeyId", "the key of KMS that encrypts what is written", "KOPS_S3_KMS_KEY_ID");
    private static readonly StoreSetting RequesterPays = new(
        "requesterPays",
        "`true` accepts the costs of requests",
        "KOPS_S3_REQUESTER_PAYS"
    );
    private static readonly StoreSetting KeyId = new("credentials.accessKeyId", "an access key", "S3_ACCESS_KEY_ID")
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Secret = new(
        "credentials.secretAccessKey",
        "and its secret, in plain text",
        "S3_SECRET_ACCESS_KEY"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting SessionToken = new(
        "credentials.sessionToken",
        "and its session's token, where it has one",
        "S3_SESSION_TOKEN"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Profile = new("credentials.profile", "a profile of the shared AWS files");
    private static readonly StoreSetting RoleArn = new(
        "credentials.roleArn",
        "a role to assume, with the credentials that were found otherwise"
    );
    private static readonly StoreSetting ExternalId = new("credentials.externalId", "the external id that the role asks for");
    private static readonly StoreSetting Unquoted = new(
        "quirks.unquotedIfMatch",
        "`true`: the service wants ETags without quotes in If-Match"
    );
    private static readonly StoreSetting ConditionalCreate = new(
        "quirks.conditionalCreate",
        "`false`: the service does not check If-None-Match"
    );
    private static readonly StoreSetting ConditionalReplace = new(
        "quirks.conditionalReplace",
        "`false`: the service does not check If-Match"
    );
    private static readonly StoreSetting ConditionalDelete = new(
        "quirks.conditionalDelete",
        "`true`: the service checks If-Match on a delete"
    );
    private static readonly StoreSetting ConditionalMultipart = new(
        "quirks.conditionalMultipart",
        "`true`: the service checks conditions when a multipart upload ends"
    );
    private static readonly StoreSetting ConditionalCopy = new("quirks.conditionalCopy", "`true`: the service checks conditions of a copy");
    private static readonly StoreSetting Checksums = new(
        "quirks.checksums",
        "`true` sends the checksums of AWS, which many services refuse"
    );
    private static readonly StoreSetting Probe = new(
        "quirks.probe",
        "`false` trusts that the service honours conditions, without trying it out"
    );

    private static readonly string[] AuthorityVariables = ["KOPS_S3_CA_FILE", "AWS_CA_BUNDLE"];

    /// <summary>What can be said of these stores, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> Settings { get; } =
    [
        Endpoint,
        Region,
        Service,
        PathStyle,
        DualStack,
        Acl,
        Encryption,
        KmsKey,
        RequesterPays,
        Profile,
        RoleArn,
        ExternalId,
        KeyId,
        Secret,
        SessionToken,
        Unquoted,
        ConditionalCreate,
        ConditionalReplace,
        ConditionalDelete,
        ConditionalMultipart,
        ConditionalCopy,
        Checksums,
        Probe,
    ];

    /// <summary>The options for a store.</summary>
    /// <exception cref="StoreException">Something is missing or wrong; the message names it.</exception>
    public static S3Options Read(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var scheme = settings.Path[..Math.Max(0, settings.Path.IndexOf("://", StringComparison.Ordinal))];
        var options = WithCredentials(settings, WithService(settings, scheme));
        return settings.WithNetwork(WithQuirks(settings, WithEncryption(settings, options)), AuthorityVariables) with
        {
            CannedAcl = settings.OneOf(Acl, Acls),
            RequesterPays = settings.Flag(RequesterPays) ?? false,
        };
    }

    private static S3Options WithService(StoreSettings settings, string scheme)
    {
        var endpoint = settings.Address(Endpoint, "https", "https://s3.example.com");
        if (endpoint is null && scheme is not "s3")
        {
            throw settings.Wrong(
                settings.HasProfile
                    ? $"{settings.NameOf(Endpoint)} is missing; {scheme}:// needs the address of the service"
                    : $"required S3_ENDPOINT env var for path: \"{settings.Path}\"; set it to the address of the service"
            );
        }

        if (endpoint is null)
        {
            // An endpoint of AWS' own kind (a private one, or a test's) takes the place of all others, so of the dual-stack ones too.
            return S3Presets.Aws with
            {
                DualStack = settings.Variable("AWS_ENDPOINT_URL_S3") is null && settings.Variable("AWS_ENDPOINT_URL") is null,
                ProbeRegion = settings.Variable("AWS_REGION") ?? settings.Variable("AWS_DEFAULT_REGION") ?? "us-east-1",
                // S3_REGION goes with S3_ENDPOINT, as in kOps.
                Region = settings.HasProfile ? settings.Get(Region) : null,
            };
        }

        var preset =
            scheme is not "s3" ? S3Presets.ByName[scheme]
            : settings.OneOf(Service, S3Presets.ByName.Keys) is { } name ? S3Presets.ByName[name]
            : S3Presets.ForHost(endpoint.Host);
        return preset with { Endpoint = endpoint, Region = settings.Get(Region) ?? preset.Region ?? "us-east-1" };
    }

    private static S3Options WithCredentials(StoreSettings settings, S3Options options)
    {
        // Variables of kOps for keys count with an endpoint alone; in a profile they count wherever they stand.
        var (id, secret) = options.Endpoint is null && !settings.HasProfile ? default : (settings.Get(KeyId), settings.Get(Secret));
        var given = options with
        {
            AccessKey =
                id is not null && secret is not null
                    ? new S3AccessKey(id, secret)
                    {
                        SessionToken = settings.Get(SessionToken),
                        Source = (settings.NameOf(KeyId), settings.NameOf(Secret)),
                    }
                    : null,
            Profile = settings.Get(Profile),
            RoleArn = settings.Get(RoleArn),
            ExternalId = settings.Get(ExternalId),
        };
        if (given is { ExternalId: not null, RoleArn: null })
            throw settings.Wrong($"{settings.NameOf(ExternalId)} goes with a role; name it in {RoleArn.Key}");
        if (given is { AccessKey: not null, Profile: not null })
            throw settings.Wrong($"{settings.NameOf(KeyId)} and {settings.NameOf(Profile)} both give credentials; take one away");
        if (given.AccessKey is not null)
            return given;
        if (!settings.HasProfile && options.Endpoint is not null)
            throw settings.Wrong(
                $"{(id is null ? "S3_ACCESS_KEY_ID" : "S3_SECRET_ACCESS_KEY")} cannot be empty when S3_ENDPOINT is not empty"
            );
        if (id is not null || secret is not null)
            throw settings.Wrong($"{settings.NameOf(id is null ? KeyId : Secret)} is missing: an access key has two halves");
        // Requests must not go to just any service with the signature of just any account of AWS.
        if (options.Endpoint is not null && given is { Profile: null, RoleArn: null })
            throw settings.Wrong(
                $"{settings.NameOf(KeyId)} is missing; an endpoint needs {KeyId.Key} and {Secret.Key}, {Profile.Key}, {RoleArn.Key} or "
                    + $"{NetworkSettings.EnvironmentPrefix.Key}"
            );
        return given;
    }

    private static S3Options WithEncryption(StoreSettings settings, S3Options options) =>
        (settings.OneOf(Encryption, ["bucket", "kms", "none"]), settings.Get(KmsKey)) switch
        {
            ("none", null) => options with { Encryption = S3Encryption.None },
            ("bucket", null) => options with { Encryption = S3Encryption.BucketDefault },
            ("none" or "bucket", _) => throw settings.Wrong(
                $"{settings.NameOf(KmsKey)} names a key, but {settings.NameOf(Encryption)} does not say 'kms'; take one of them away"
            ),
            ("kms", var key) => options with { Encryption = S3Encryption.Kms, KmsKeyId = key },
            (_, { } key) => options with { Encryption = S3Encryption.Kms, KmsKeyId = key },
            _ => options,
        };

    private static S3Options WithQuirks(StoreSettings settings, S3Options options) =>
        options with
        {
            PathStyle = settings.Flag(PathStyle) ?? options.PathStyle,
            DualStack = settings.Flag(DualStack) ?? options.DualStack,
            UnquotedIfMatch = settings.Flag(Unquoted) ?? options.UnquotedIfMatch,
            ConditionalCreate = settings.Flag(ConditionalCreate) ?? options.ConditionalCreate,
            ConditionalReplace = settings.Flag(ConditionalReplace) ?? options.ConditionalReplace,
            ConditionalDelete = settings.Flag(ConditionalDelete) ?? options.ConditionalDelete,
            ConditionalMultipart = settings.Flag(ConditionalMultipart) ?? options.ConditionalMultipart,
            ConditionalCopy = settings.Flag(ConditionalCopy) ?? options.ConditionalCopy,
            Checksums = settings.Flag(Checksums) ?? options.Checksums,
            Probe = settings.Flag(Probe) ?? options.Probe,
        };
}
