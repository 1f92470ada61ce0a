namespace Kops.StateStore.Changes.Journal;

/// <summary>One file of a recorded change.</summary>
public sealed record RecordedFile
{
    /// <summary>The file: a key below the state store's root, or an address in another store.</summary>
    public string Path => Address.Store is null ? Address.Key : $"{Address.Store}/{Address.Key}";

    /// <summary>What was done to it.</summary>
    public required FileChangeKind Kind { get; init; }

    /// <summary>How much of it is kept.</summary>
    public required FileSecrecy Secrecy { get; init; }

    /// <summary>SHA-256 of the content before; null when there was none, or it was not read.</summary>
    public string? BeforeSha256 { get; init; }

    /// <summary>The version that the change was computed from; null when there was none.</summary>
    public string? BeforeVersion { get; init; }

    /// <summary>SHA-256 of the content after; null when the file was deleted.</summary>
    public string? AfterSha256 { get; init; }

    /// <summary>Where it stands.</summary>
    internal FileAddress Address { get; init; } = new(null, string.Empty);

    /// <summary>Whether the journal holds the contents, so that the step can be repeated and restored.</summary>
    internal bool IsKept => Secrecy is FileSecrecy.Plain;
}
