using System.Net;
using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Oss.Configuration;

/// <summary>
/// Makes options out of what users say: the variables of Alibaba Cloud's tools and of kOps, a few of our own (<c>KOPS_OSS_*</c>), and
/// profiles.
/// </summary>
public static class OssConfiguration
{
    private static readonly StoreSetting Region = new(
        "region",
        "the bucket's region: `cn-hangzhou`",
        "OSS_REGION",
        "ALIBABA_CLOUD_REGION_ID",
        "ALIYUN_REGION_ID"
    );
    private static readonly StoreSetting Endpoint = new(
        "endpoint",
        "`internal` (from within Alibaba Cloud), `accelerate`, or an address without the bucket",
        "OSS_ENDPOINT"
    );
    private static readonly StoreSetting Encryption = new(
        "encryption",
        "the encryption at rest: `AES256` or `KMS`; else the bucket's own",
        "KOPS_OSS_ENCRYPTION"
    );
    private static readonly StoreSetting KmsKey = new("kmsKeyId", "the key of KMS", "KOPS_OSS_KMS_KEY");
    private static readonly StoreSetting Id = new(
        "credentials.accessKeyId",
        "the AccessKey ID",
        "OSS_ACCESS_KEY_ID",
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIYUN_ACCESS_KEY_ID"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Secret = new(
        "credentials.accessKeySecret",
        "its secret, in plain text",
        "OSS_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIYUN_ACCESS_KEY_SECRET"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Token = new(
        "credentials.securityToken",
        "the token of STS that belongs to a temporary key",
        "OSS_SESSION_TOKEN",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
        "ALIYUN_SECURITY_TOKEN"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Role = new(
        "credentials.roleName",
        "the RAM role of the instance, where it has several",
        "ALIBABA_CLOUD_ECS_METADATA"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Signature = new(
        "quirks.signature",
        "`v4` or `v1`; otherwise `v4`, and for other servers than OSS whichever they take",
        "KOPS_OSS_SIGNATURE"
    );
    private static readonly StoreSetting PathStyle = new(
        "quirks.pathStyle",
        "`true`: the bucket stands in the path; so it is anyway for IP addresses and for names without a dot",
        "KOPS_OSS_PATH_STYLE"
    );
    private static readonly StoreSetting Probe = new(
        "quirks.probe",
        "`false` trusts that the server does all as OSS; `true` finds out, and is for other addresses than OSS' own"
    );

    /// <summary>What can be said of these stores, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> Settings { get; } =
    [Region, Endpoint, Encryption, KmsKey, Id, Secret, Token, Role, Signature, PathStyle, Probe];

    /// <summary>The options for a store.</summary>
    /// <exception cref="StoreException">Something is missing or wrong; the message names it.</exception>
    public static OssOptions Read(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // The older tools write it with the service's name before it.
        var region = settings.Get(Region) is { } given
            ? given.StartsWith("oss-", StringComparison.Ordinal)
                ? given[4..]
                : given
            : null;
        var endpoint = EndpointOf(settings, region);
        var isService = endpoint.Host.EndsWith(".aliyuncs.com", StringComparison.OrdinalIgnoreCase);
        // A machine nearby has no region; what is signed for must be said all the same.
        var isNear = IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out _) || !endpoint.Host.Contains('.', StringComparison.Ordinal);
        region ??=
            RegionOf(endpoint.Host)
            ?? (isNear ? "cn-hangzhou" : null)
            ?? throw settings.Wrong($"the bucket's region is not known; set {settings.NameOf(Region)}, for example to cn-hangzhou");
        return settings.WithNetwork(
            new OssOptions
            {
                Endpoint = endpoint,
                Region = region,
                AccessKey = KeyOf(settings),
                RoleName = settings.Get(Role),
                Signature = settings.OneOf(Signature, ["v4", "v1"]) switch
                {
                    "v1" => OssSignature.V1,
                    null when !isService => OssSignature.Either,
                    _ => OssSignature.V4,
                },
                Probe = settings.Flag(Probe) ?? !isService,
                PathStyle = settings.Flag(PathStyle) ?? isNear,
                Encryption = settings.OneOf(Encryption, ["AES256", "KMS"]) ?? (settings.Get(KmsKey) is null ? null : "KMS"),
                KmsKeyId = settings.Get(KmsKey),
            },
            "KOPS_OSS_CA_FILE"
        );
    }

    private static Uri EndpointOf(StoreSettings settings, string? region) =>
        settings.Get(Endpoint) switch
        {
            null or "internal" when region is null => throw settings.Wrong(
                $"the bucket's region is not known; set {settings.NameOf(Region)}, for example to cn-hangzhou"
            ),
            null => new Uri($"https://oss-{region}.aliyuncs.com"),
            "internal" => new Uri($"https://oss-{region}-internal.aliyuncs.com"),
            "accelerate" => new Uri("https://oss-accelerate.aliyuncs.com"),
            _ => settings.Address(Endpoint, "https", "https://oss-cn-hangzhou.aliyuncs.com")!,
        };

    /// <summary>The region that the service's own addresses name; null for others.</summary>
    private static string? RegionOf(string host)
    {
        if (!host.StartsWith("oss-", StringComparison.Ordinal) || !host.EndsWith(".aliyuncs.com", StringComparison.Ordinal))
            return null;
        var name = host[4..host.IndexOf('.', StringComparison.Ordinal)];
        if (name.EndsWith("-internal", StringComparison.Ordinal))
            name = name[..^"-internal".Length];
        return name.StartsWith("accelerate", StringComparison.Ordinal) ? null : name;
    }

    private static OssAccessKey? KeyOf(StoreSettings settings) =>
        (settings.Get(Id), settings.Get(Secret)) switch
        {
            (null, null) => null,
            ({ } id, { } secret) => new OssAccessKey(id, secret, settings.Get(Token)),
            (null, _) => throw settings.Wrong($"{settings.NameOf(Secret)} is set, but {settings.NameOf(Id)} is not"),
            _ => throw settings.Wrong($"{settings.NameOf(Id)} is set, but {settings.NameOf(Secret)} is not"),
        };
}
