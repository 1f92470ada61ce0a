using Kops.Vfs.S3.Configuration;

/// <summary>How the bucket is reached. With no endpoint it is AWS, with the credentials that AWS' own tools would take.</summary>
internal static class Bucket
{
    public static S3Options Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Bucket");
        if (section["Endpoint"] is not { } endpoint)
            return S3Presets.Aws;
        return S3Presets.Compatible with
        {
            Endpoint = new Uri(endpoint),
            AccessKey = new S3AccessKey(section["AccessKeyId"] ?? "", section["SecretAccessKey"] ?? ""),
            Encryption = S3Encryption.None,
        };
    }
}
