namespace Kops.Vfs.Oss.Server;

/// <summary>What other servers that speak as OSS do otherwise. Each value is a thing that one of them was seen to do.</summary>
public sealed record OssQuirks
{
    /// <summary>Whether nobody checks who signs.</summary>
    public bool AnyKey { get; init; }

    /// <summary>Whether a write that is signed with version 4 breaks the server.</summary>
    public bool OldSignatureOnly { get; init; }

    /// <summary>Whether the header is ignored that forbids to overwrite.</summary>
    public bool OverwritesAlways { get; init; }

    /// <summary>Whether an answer to a HEAD leaves the object's metadata out.</summary>
    public bool HeadWithoutMetadata { get; init; }

    /// <summary>Of which writes the metadata is lost.</summary>
    public bool NoMetadata { get; init; }

    /// <summary>
    /// Whether uploads in parts have their metadata from their end and not from their beginning, have no ETag and cannot be given up.
    /// </summary>
    public bool BarePartUploads { get; init; }

    /// <summary>Whether content comes without its length.</summary>
    public bool ContentWithoutLength { get; init; }

    /// <summary>Whether a listing is that of the first version of the API: it goes on after a marker, and does not say which.</summary>
    public bool OldListing { get; init; }

    /// <summary>Whether names in a listing are said to be encoded, and are not.</summary>
    public bool NamesAsTheyAre { get; init; }

    /// <summary>Whether a listing of one level breaks the server.</summary>
    public bool NoGroups { get; init; }

    /// <summary>The namespace of the answers; empty for none.</summary>
    public string Namespace { get; init; } = string.Empty;

    /// <summary>aliyun/oss-emulator, in Ruby.</summary>
    public static OssQuirks AliyunEmulator { get; } =
        new()
        {
            AnyKey = true,
            OldSignatureOnly = true,
            OverwritesAlways = true,
            HeadWithoutMetadata = true,
            BarePartUploads = true,
            ContentWithoutLength = true,
            OldListing = true,
            NamesAsTheyAre = true,
            NoGroups = true,
            Namespace = "http://doc.oss-cn-hangzhou.aliyuncs.com",
        };

    /// <summary>A server that keeps bytes and ETags, and nothing else that it need not.</summary>
    public static OssQuirks Bare { get; } =
        new()
        {
            OverwritesAlways = true,
            NoMetadata = true,
            OldListing = true,
        };
}
