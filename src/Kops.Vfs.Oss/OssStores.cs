using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Oss;

/// <summary>Buckets of Alibaba Cloud's object storage: <c>oss://bucket/prefix</c>.</summary>
public static class OssStores
{
    /// <summary>How their paths are read; one driver for each bucket, with the lock that makes its conditions safe.</summary>
    public static DriverKind<OssOptions> Kind { get; } = new(["oss"], Locate);

    private static StorePlace<OssOptions> Locate(string path)
    {
        var address = StoreAddress.Parse(path);
        if (Validate(address.Names[0]) is { } problem)
            throw StoreAddress.Wrong(path, problem);
        return new(address.Text, address.Key, (options, clock) => Open(address.Names[0], address.Text, options, clock));
    }

    /// <summary>A bucket's driver within its lock.</summary>
    internal static LockLayer Open(string bucket, string address, OssOptions options, TimeProvider clock) =>
        new(new OssStoreDriver(bucket, address, options, clock), address, options.Lock, clock);

    /// <remarks>Source: OSS user guide, "Bucket naming conventions".</remarks>
    private static string? Validate(string bucket)
    {
        if (bucket.Length == 0)
            return "it names no bucket; write oss://BUCKET/path";
        return
            bucket.Length is >= 3 and <= 63
            && bucket[0] != '-'
            && bucket[^1] != '-'
            && bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')
            ? null
            : $"'{bucket}' is not a bucket name: 3 to 63 lower-case letters, digits and '-', which neither begins nor ends it";
    }
}
