using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Rest.Web;

/// <summary>How files on the web are read.</summary>
public sealed record HttpStoreOptions : NetworkOptions
{
    /// <summary>
    /// The longest file that is read, in bytes: what is read here are manifests, and a wrong address must not fill the memory.
    /// </summary>
    public long MaxBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>How many other addresses a server may send one to.</summary>
    public int MaxRedirects { get; init; } = 5;
}
