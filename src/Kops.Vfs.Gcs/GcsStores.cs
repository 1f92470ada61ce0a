using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Gcs;

/// <summary>Buckets of Google Cloud Storage: <c>gs://bucket/prefix</c>.</summary>
public static class GcsStores
{
    /// <summary>How their paths are read; one driver for each bucket.</summary>
    public static DriverKind<GcsOptions> Kind { get; } = new(["gs"], Locate);

    private static StorePlace<GcsOptions> Locate(string path)
    {
        var address = StoreAddress.Parse(path);
        if (Validate(address.Names[0]) is { } problem)
            throw StoreAddress.Wrong(path, problem);
        return new(address.Text, address.Key, (options, clock) => new GcsStoreDriver(address.Names[0], address.Text, options, clock));
    }

    /// <remarks>Source: "About Cloud Storage buckets", bucket names. Stricter rules are the service's own.</remarks>
    private static string? Validate(string bucket)
    {
        if (bucket.Length == 0)
            return "it names no bucket; write gs://BUCKET/path";
        foreach (var c in bucket)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.' or '_'))
                return $"the bucket's name '{bucket}' holds '{c}'; lower-case letters, digits, '-', '_' and '.' are allowed";
        }

        return bucket.Trim('.').Length == 0 ? $"'{bucket}' is not a bucket name" : null;
    }
}
