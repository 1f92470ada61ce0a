namespace Kops.Operations.Addons;

/// <summary>How much of a source of addons is read. A source of kOps is far below; what is above means no good.</summary>
public static class SourceLimits
{
    /// <summary>Bytes of an archive as it lies.</summary>
    public const int Archive = 256 << 20;

    /// <summary>Bytes of an archive once it is unpacked, whatever is kept of them.</summary>
    public const long Unpacked = 1L << 30;

    /// <summary>Entries of an archive.</summary>
    public const int Entries = 200_000;

    /// <summary>Files of addons.</summary>
    public const int Files = 2_000;

    /// <summary>Bytes of one of them.</summary>
    public const int File = 8 << 20;

    /// <summary>Bytes of all of them.</summary>
    public const int All = 64 << 20;
}
