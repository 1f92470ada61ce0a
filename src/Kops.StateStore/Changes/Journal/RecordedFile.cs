using Kops.StateStore.Layout;

namespace Kops.StateStore.Changes.Journal;

/// <summary>One file of a recorded change.</summary>
public sealed record RecordedFile
{
    /// <summary>The file, for people: a key below the state store's root, or a place of the cluster and a key there.</summary>
    public string Path => Address.Describe(Cluster);

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

    /// <summary>The cluster whose file it is.</summary>
    internal string Cluster { get; init; } = string.Empty;

    /// <summary>Where it stands.</summary>
    internal FileAddress Address { get; init; } = new(FileAddress.Registry, string.Empty);

    /// <summary>
    /// Whether the store has confirmed the step to the process that made it, and the version that it made (none for a deletion). It tells
    /// who wrote a file where the store keeps no marks, and who deleted one everywhere.
    /// </summary>
    internal bool IsConfirmed { get; init; }

    /// <summary>The version that a confirmed step made.</summary>
    internal string? AfterVersion { get; init; }

    /// <summary>Whether the journal holds the contents, so that the step can be repeated and restored.</summary>
    internal bool IsKept => Secrecy is FileSecrecy.Plain;
}
