using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Swift.Configuration;

/// <summary>How OpenStack's object store is reached, and as whom.</summary>
public sealed record SwiftOptions : NetworkOptions
{
    /// <summary>Who signs in, and where; null where a token and the store's address are given.</summary>
    public KeystoneSignIn? SignIn { get; init; }

    /// <summary>The account's address (<c>OS_STORAGE_URL</c>), in place of the one in Keystone's catalogue; null for that one.</summary>
    public Uri? StorageUrl { get; init; }

    /// <summary>The region whose store is used; null where the catalogue has one alone.</summary>
    public string? Region { get; init; }

    /// <summary>Which of the store's addresses is used: <c>public</c>, <c>internal</c> or <c>admin</c>.</summary>
    public string Interface { get; init; } = "public";

    /// <summary>Where all of this was found, for messages: the environment, or a file.</summary>
    public string Source { get; init; } = "the environment";

    /// <summary>Objects that are longer are written in segments. At most 5 GiB, which is what Swift takes at once.</summary>
    public long SegmentThreshold { get; init; } = 5L << 30;

    /// <summary>Bytes of a segment.</summary>
    public long SegmentSize { get; init; } = 1L << 30;

    /// <summary>Bytes of a stream that are held in memory to see whether that is all of it.</summary>
    public int BufferSize { get; init; } = 8 << 20;

    /// <summary>The times of the lock that guards writes.</summary>
    public LockOptions Lock { get; init; } = new();
}
