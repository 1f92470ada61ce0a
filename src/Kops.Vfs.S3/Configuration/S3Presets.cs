namespace Kops.Vfs.S3.Configuration;

/// <summary>What is known of each service, as values.</summary>
public static class S3Presets
{
    /// <summary>AWS.</summary>
    public static S3Options Aws { get; } =
        new()
        {
            Probe = false,
            ConditionalDelete = true,
            ConditionalMultipart = true,
            ConditionalCopy = true,
            Encryption = S3Encryption.BucketDefault,
        };

    /// <summary>A service of which nothing is known but its endpoint, as kOps treats <c>s3://</c> with <c>S3_ENDPOINT</c>.</summary>
    public static S3Options Compatible { get; } =
        new()
        {
            PathStyle = true,
            Checksums = false,
            Region = "us-east-1",
            Encryption = S3Encryption.BucketDefault,
        };

    /// <summary>Ceph's gateway.</summary>
    public static S3Options Ceph { get; } = Compatible with { Encryption = S3Encryption.None, UnquotedIfMatch = true };

    /// <summary>MinIO.</summary>
    public static S3Options MinIO { get; } = Compatible with { Encryption = S3Encryption.None, ConditionalMultipart = true };

    /// <summary>Cloudflare R2.</summary>
    public static S3Options R2 { get; } = Compatible with { Encryption = S3Encryption.None, Region = "auto" };

    /// <summary>DigitalOcean Spaces, Linode (Akamai) and Hetzner Object Storage: Ceph with a company in front. Scaleway: its own.</summary>
    internal static S3Options Hosted { get; } = Compatible with { Encryption = S3Encryption.None };

    /// <summary>Presets by the name that users write (<c>KOPS_S3_SERVICE</c>).</summary>
    public static IReadOnlyDictionary<string, S3Options> ByName { get; } =
        new SortedDictionary<string, S3Options>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws"] = Aws,
            ["ceph"] = Ceph,
            ["do"] = Hosted,
            ["hos"] = Hosted,
            ["linode"] = Hosted,
            ["minio"] = MinIO,
            ["other"] = Compatible,
            ["r2"] = R2,
            ["scw"] = Hosted,
        };

    /// <summary>Schemes other than <c>s3</c>, which need an endpoint; the scheme is the preset's name.</summary>
    public static IReadOnlyList<string> SchemesWithEndpoint { get; } = ["do", "hos", "linode", "scw"];

    /// <summary>The preset for an endpoint on <c>s3://</c>.</summary>
    internal static S3Options ForHost(string host)
    {
        foreach (var (suffix, name) in Hosts)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return ByName[name];
        }

        return Compatible;
    }

    private static (string Suffix, string Name)[] Hosts { get; } =
    [
        (".digitaloceanspaces.com", "do"),
        (".linodeobjects.com", "linode"),
        (".your-objectstorage.com", "hos"),
        (".scw.cloud", "scw"),
        (".r2.cloudflarestorage.com", "r2"),
    ];
}
