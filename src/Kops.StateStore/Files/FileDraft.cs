namespace Kops.StateStore.Files;

/// <summary>
/// A file of this machine that is written beside its place and put there when it is whole, in one step: nobody ever sees a half. The draft
/// is made anew, with the mode that was asked for, whatever stood there before; and neither it nor the file is written through a link that
/// somebody laid. Without <see cref="Commit"/>, nothing is left.
/// </summary>
public sealed class FileDraft : IAsyncDisposable, IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private readonly FileStream _content;
    private bool _isCommitted;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it shall stand; what stands there is replaced.</param>
    /// <param name="suffix">What the draft's name ends in.</param>
    /// <param name="isPrivate">Whether nobody but the user may read it.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public FileDraft(string path, string suffix, bool isPrivate)
    {
        ArgumentNullException.ThrowIfNull(path);
        (_path, _draft) = (path, path + suffix);
        // What another process left, or somebody put there, is none of this file's: CreateNew takes nothing over and follows no link.
        File.Delete(_draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _content = new FileStream(_draft, options);
    }

    /// <summary>What is written.</summary>
    public Stream Content => _content;

    /// <summary>Puts it in its place, once it is on the disk.</summary>
    /// <exception cref="IOException">It cannot be put there.</exception>
    public void Commit()
    {
        _content.Flush(flushToDisk: true);
        _content.Dispose();
        File.Move(_draft, _path, overwrite: true);
        _isCommitted = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        if (!_isCommitted)
            File.Delete(_draft);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }
}
