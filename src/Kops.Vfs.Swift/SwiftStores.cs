using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Vfs.Swift;

/// <summary>Containers of OpenStack Swift: <c>swift://container/prefix</c>.</summary>
public static class SwiftStores
{
    /// <summary>How their paths are read; one driver for each container, with the lock that makes its conditions safe.</summary>
    public static DriverKind<SwiftOptions> Kind { get; } = new(["swift"], Locate);

    private static StorePlace<SwiftOptions> Locate(string path)
    {
        var address = StoreAddress.Parse(path);
        if (Validate(address.Names[0]) is { } problem)
            throw StoreAddress.Wrong(path, problem);
        return new(address.Text, address.Key, (options, clock) => Open(address.Names[0], address.Text, options, clock));
    }

    /// <summary>A container's driver within its lock.</summary>
    internal static LockLayer Open(string container, string address, SwiftOptions options, TimeProvider clock) =>
        new(new SwiftStoreDriver(container, address, options, clock), address, options.Lock, clock);

    /// <remarks>Source: Object Storage API, "Containers": up to 256 bytes, no slash.</remarks>
    private static string? Validate(string container)
    {
        if (container.Length == 0)
            return "it names no container; write swift://CONTAINER/path";
        if (container is "." or "..")
            return $"'{container}' is not a container name";
        return System.Text.Encoding.UTF8.GetByteCount(container) > 256 ? "the container's name is longer than 256 bytes" : null;
    }
}
