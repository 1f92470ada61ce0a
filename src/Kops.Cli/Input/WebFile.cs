using Kops.Cli.Hosting;
using Kops.Vfs;
using Kops.Vfs.Rest.Web;

namespace Kops.Cli.Input;

/// <summary>Files that the user, or a cluster, names by an address of the web: channels, objects, hashes, programs.</summary>
internal static class WebFile
{
    /// <summary>The longest file that a user names, in bytes.</summary>
    public const long Limit = 16L * 1024 * 1024;

    // Somebody waits: what a server cannot give within seconds, a file of this machine can.
    private const int Retries = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a name is such an address.</summary>
    public static bool IsAddress(string name) =>
        name.StartsWith("https://", StringComparison.Ordinal) || name.StartsWith("http://", StringComparison.Ordinal);

    /// <summary>Reads it. A failure that may pass is tried again.</summary>
    /// <exception cref="CommandException">It is not there, or cannot be read.</exception>
    /// <exception cref="StoreException">It is no address that can be read, or the file is too long.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(KopsHost host, string address, long limit, CancellationToken cancellationToken)
    {
        var options = new HttpStoreOptions
        {
            MaxBytes = limit,
            MaxRetries = Retries,
            RetryDelay = FirstPause,
        };
        await using var stores = new StoreRegistry();
        new StoreOpener<HttpStoreOptions>(HttpStores.Kind, _ => options, host.Time).AddTo(stores);
        try
        {
            return await stores.Resolve(address).ReadAsync(cancellationToken) is { } content
                ? content.Bytes
                : throw CommandException.NotFound($"there is no file {address}");
        }
        catch (StoreException failure) when (failure.Kind is not StoreErrorKind.InvalidArgument)
        {
            throw CommandException.Failed($"{address} cannot be read: {failure.Message}; a file of this machine does as well", failure);
        }
    }
}
