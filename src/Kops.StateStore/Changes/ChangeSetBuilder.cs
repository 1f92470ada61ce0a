using Kops.StateStore.Files;
using Kops.StateStore.Layout;

namespace Kops.StateStore.Changes;

/// <summary>Gathers file changes. Equal content is no change.</summary>
/// <param name="cluster">The cluster that is changed. Its files lie in kOps' default places.</param>
/// <param name="title">What is done, in the words of the command line, without secrets: it is recorded.</param>
public sealed class ChangeSetBuilder(string cluster, string title)
{
    private readonly ClusterLayout? _layout;
    private readonly Dictionary<string, FileChange> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredFile> _requires = new(StringComparer.Ordinal);

    /// <summary>Gathers changes of a cluster whose files lie where its layout says.</summary>
    public ChangeSetBuilder(ClusterLayout layout, string title)
        : this(Of(layout).Cluster, title) => _layout = layout;

    /// <summary>The change that this one takes back, if it is an undo.</summary>
    public string? Undoes { get; init; }

    /// <summary>Writes a file, conditional on what was read there.</summary>
    /// <param name="read">The file as it was read, absence included.</param>
    /// <param name="content">What shall stand there. The caller does not change the bytes afterwards.</param>
    /// <param name="secrecy">How much may be kept and shown; contents that hold private keys or Secret objects are never kept.</param>
    public ChangeSetBuilder Write(StoredFile read, ReadOnlyMemory<byte> content, FileSecrecy secrecy = FileSecrecy.Plain)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (read.Content is { } before && before.Span.SequenceEqual(content.Span))
            return this;
        return Add(new FileChange(read, new Lazy<ReadOnlyMemory<byte>>(content), Guard(secrecy, read, content)));
    }

    /// <summary>Writes a secret file where none stands. Its content is made when the change is applied, or somebody asks for it.</summary>
    /// <param name="absent">Where; nothing stands there.</param>
    /// <param name="make">Makes the content, once.</param>
    public ChangeSetBuilder Create(StoredFile absent, Func<ReadOnlyMemory<byte>> make)
    {
        ArgumentNullException.ThrowIfNull(absent);
        ArgumentNullException.ThrowIfNull(make);
        return Add(new FileChange(absent, new Lazy<ReadOnlyMemory<byte>>(make), FileSecrecy.Secret));
    }

    /// <summary>Writes a file whose content follows from secrets that are made when the change is applied.</summary>
    /// <param name="read">The file as it was read, absence included.</param>
    /// <param name="content">Makes the content, once.</param>
    /// <param name="preview">What the content will be but for what follows from those secrets.</param>
    public ChangeSetBuilder Write(StoredFile read, Lazy<ReadOnlyMemory<byte>> content, ReadOnlyMemory<byte> preview)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(content);
        if (read.Content is { } before && before.Span.SequenceEqual(preview.Span))
            return this;
        return Add(new FileChange(read, content, Guard(FileSecrecy.Plain, read, preview), preview));
    }

    /// <summary>Deletes a file, conditional on what was read there; nothing when nothing stood there.</summary>
    public ChangeSetBuilder Delete(StoredFile read, FileSecrecy secrecy = FileSecrecy.Plain)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!read.Exists)
            return this;
        if (read.Content is null)
            secrecy = FileSecrecy.Opaque;
        return Add(new FileChange(read, null, Guard(secrecy, read, default)));
    }

    /// <summary>Makes the whole conditional on a file that is not changed.</summary>
    public ChangeSetBuilder Require(StoredFile read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _requires[read.Path.ToString()] = read;
        return this;
    }

    /// <summary>The change set.</summary>
    /// <exception cref="InvalidOperationException">
    /// Two secrets are replaced. Neither could be restored after a crash between the two, so each wants a change set of its own.
    /// </exception>
    public ChangeSet Build()
    {
        var files = ApplyOrder.Sort(_files.Values);
        return files.Count(file => file is { Secrecy: FileSecrecy.Secret, Kind: FileChangeKind.Replace }) > 1
            ? throw new InvalidOperationException("one change set replaces one secret at most: apply them one after the other")
            : new ChangeSet(cluster, title, files, [.. _requires.Where(pair => !_files.ContainsKey(pair.Key)).Select(pair => pair.Value)])
            {
                Undoes = Undoes,
                Layout = _layout,
            };
    }

    private static ClusterLayout Of(ClusterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout;
    }

    private static FileSecrecy Guard(FileSecrecy secrecy, StoredFile read, ReadOnlyMemory<byte> content) =>
        secrecy is FileSecrecy.Plain && (SecretContent.IsIn(read.Bytes) || SecretContent.IsIn(content)) ? FileSecrecy.Sensitive : secrecy;

    private ChangeSetBuilder Add(FileChange change) =>
        _files.TryAdd(change.Path.ToString(), change)
            ? this
            : throw new InvalidOperationException($"{change.Path} is changed twice in one change set");
}
