using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Rest.Web;

/// <summary>How files on the web are read.</summary>
public sealed record HttpStoreOptions : NetworkOptions
{
    /// <summary>
    /// The longest file that is read, in bytes: what is read here are manifests, and a wrong address must not fill the memory.
    /// </summary>
    public long MaxBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>Whether plain <c>http://</c> is refused wherever a server sends one, unless that is this machine.</summary>
    public bool KeepsToTls { get; init; }

    /// <summary>How many other addresses a server may send one to.</summary>
    public int MaxRedirects { get; init; } = 5;
}
