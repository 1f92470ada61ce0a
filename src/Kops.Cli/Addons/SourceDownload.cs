using Kops.Cli.Hosting;
using Kops.Operations.Addons;
using Kops.Vfs.Rest.Web;

namespace Kops.Cli.Addons;

/// <summary>Fetches an archive from the web: again where the network fails, bounded, and over TLS.</summary>
internal static class SourceDownload
{
    /// <exception cref="CommandException">There is none.</exception>
    /// <exception cref="Kops.Vfs.StoreException">It cannot be fetched; the message says why.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(KopsHost host, string address, CancellationToken cancellationToken)
    {
        var slash = address.LastIndexOf('/');
        var options = new HttpStoreOptions { MaxBytes = SourceLimits.Archive, KeepsToTls = true };
        await using var driver = new HttpStoreDriver(address[..slash], options, host.Time);
        await using var reader =
            await driver.OpenReadAsync(address[(slash + 1)..], cancellationToken)
            ?? throw CommandException.NotFound($"there is no source of addons {address}");
        var content = new byte[reader.Info.Size];
        await reader.Content.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
