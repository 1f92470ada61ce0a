using System.Text;
using Kops.Api.Diff;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes;

/// <summary>One file of a change set: what stood there when the change was computed, and what shall stand there.</summary>
public sealed class FileChange
{
    private readonly Lazy<ReadOnlyMemory<byte>>? _after;
    private readonly ReadOnlyMemory<byte>? _preview;

    /// <param name="before">The file as it was read.</param>
    /// <param name="after">Makes the content when somebody wants it; null for a delete.</param>
    /// <param name="secrecy">How much may be kept and shown.</param>
    /// <param name="preview">What the content will be but for what is not made yet; null where it is known.</param>
    internal FileChange(StoredFile before, Lazy<ReadOnlyMemory<byte>>? after, FileSecrecy secrecy, ReadOnlyMemory<byte>? preview = null) =>
        (Before, _after, Secrecy, _preview) = (before, after, secrecy, preview);

    /// <summary>The file.</summary>
    public VfsPath Path => Before.Path;

    /// <summary>The file as it was read; the change is applied only while this still stands.</summary>
    public StoredFile Before { get; }

    /// <summary>The content to write; null for a delete. New keys are made when this is first asked for, and not by a plan.</summary>
    public ReadOnlyMemory<byte>? After => _after?.Value;

    /// <summary>Whether the content is there, or would have to be made.</summary>
    internal bool IsMade => _after?.IsValueCreated != false;

    /// <summary>How much may be kept and shown.</summary>
    public FileSecrecy Secrecy { get; }

    /// <summary>What happens to the file.</summary>
    public FileChangeKind Kind =>
        _after is null ? FileChangeKind.Delete
        : Before.Exists ? FileChangeKind.Replace
        : FileChangeKind.Create;

    /// <summary>Whether it is the file of a Cluster or an InstanceGroup.</summary>
    public bool IsObject => ObjectFiles.IsObject(Path);

    /// <summary>SHA-256 of the content to write in lower-case hexadecimal digits; null for a delete.</summary>
    public string? AfterSha256 => After is { } content ? ContentDigest.Of(content) : null;

    /// <summary>The old content as text; null when there was none, and for what may not be shown.</summary>
    public string? TextBefore => Secrecy is FileSecrecy.Plain && Before.Content is not null ? Before.Text : null;

    /// <summary>The new content as text; null when there is none, and for what may not be shown.</summary>
    public string? TextAfter => Secrecy is FileSecrecy.Plain && Shown is { } content ? Encoding.UTF8.GetString(content.Span) : null;

    /// <summary>The changed fields of a file of one YAML document that is replaced; null for any other file.</summary>
    public IReadOnlyList<FieldChange>? Fields => Secrecy is FileSecrecy.Plain ? ObjectFiles.Compare(Path, Before.Content, Shown) : null;

    // Looking at a plan makes no keys.
    private ReadOnlyMemory<byte>? Shown => IsMade ? After : _preview ?? After;

    /// <summary>What must hold in the store for the change to happen.</summary>
    internal WriteCondition Condition =>
        Before.Version is { } version ? WriteCondition.IfMatch(version)
        : Before.Exists ? WriteCondition.Any
        : WriteCondition.IfAbsent;
}
