using Kops.Vfs.Drivers;

namespace Kops.Vfs.Rest.Web;

/// <summary>Files on the web, <c>http://</c> and <c>https://</c>: they can be read and not written.</summary>
public static class HttpStores
{
    /// <summary>
    /// How their paths are read: as they are. What stands in an address is neither encoded nor decoded, and a query belongs to the file's
    /// name.
    /// </summary>
    public static DriverKind<HttpStoreOptions> Kind { get; } = new(["http", "https"], Locate);

    private static StorePlace<HttpStoreOptions> Locate(string path)
    {
        if (!Uri.TryCreate(path, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw StoreAddress.Wrong(path, "it is not an address; write for example https://example.com/cluster.yaml");
        if (uri.UserInfo.Length > 0)
        {
            // Not even in the message: what is wrong with a password there is that it ends up in logs.
            throw StoreAddress.Wrong(
                uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped),
                "an address with a password in it ends up in logs; download the file with a tool that keeps passwords, and name it"
            );
        }

        if (path.Contains('#', StringComparison.Ordinal))
            path = path[..path.IndexOf('#', StringComparison.Ordinal)];
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var slash = path.LastIndexOf('/', query < 0 ? path.Length - 1 : query);
        var (directory, name) = (path[..slash], path[(slash + 1)..]);
        if (directory.EndsWith("//", StringComparison.Ordinal) || directory.EndsWith(":/", StringComparison.Ordinal))
            throw StoreAddress.Wrong(path, "it names a server and no file on it; write for example https://example.com/cluster.yaml");
        return new(directory, name, (options, clock) => new HttpStoreDriver(directory, options, clock));
    }
}
