using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.S3.Configuration;

namespace Kops.Vfs.S3;

/// <summary>Buckets of S3 services: <c>s3://bucket/prefix</c>, or with <c>do</c>, <c>hos</c>, <c>linode</c>, <c>scw</c>.</summary>
public static class S3Stores
{
    /// <summary>How their paths are read; one driver for each scheme and bucket.</summary>
    public static DriverKind<S3Options> Kind { get; } = new(["s3", .. S3Presets.SchemesWithEndpoint], Locate);

    private static StorePlace<S3Options> Locate(string path)
    {
        var address = StoreAddress.Parse(path);
        if (S3BucketName.Validate(address.Names[0]) is { } problem)
            throw StoreAddress.Wrong(path, problem);
        return new(address.Text, address.Key, (options, clock) => new S3StoreDriver(address.Names[0], address.Text, options, clock));
    }
}
