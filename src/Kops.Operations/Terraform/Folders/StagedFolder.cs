namespace Kops.Operations.Terraform.Folders;

/// <summary>
/// What is about to stand in a folder, made ready beside, on the disk, so that nothing but moving it into place can still fail. A run
/// that is killed while it moves is finished by the next one. While it is there nobody else writes into the folder.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    /// <summary>Where it is made ready.</summary>
    public const string Draft = ".kops-new";

    private const string Lock = ".kops-lock";
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FolderPlan _plan;
    private readonly string _draft;
    private readonly FileStream _lock;
    private bool _isKept;

    private StagedFolder(FolderPlan plan)
    {
        _plan = plan;
        _draft = Path.Join(plan.Path, Draft);
        Make(plan.Path);
        _lock = Hold(plan.Path);
    }

    private IEnumerable<FolderFile> Written => _plan.Files.Where(file => file is { Content: not null, State: not FolderFileState.Same });

    /// <summary>Makes it ready.</summary>
    /// <exception cref="OperationException">It cannot be written there; nothing was.</exception>
    public static async Task<StagedFolder> PrepareAsync(FolderPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var staged = new StagedFolder(plan);
            try
            {
                await staged.WriteAsync(cancellationToken).ConfigureAwait(false);
                return staged;
            }
            catch
            {
                staged.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OperationException.Failed($"nothing can be written into {plan.Path}: {failure.Message}", failure);
        }
    }

    /// <summary>Moves it into place, and takes away what is not wanted any more.</summary>
    public void MoveIntoPlace()
    {
        // From here on it is the next run's to finish.
        _isKept = true;
        foreach (var file in Written)
            Move(file.Path);
        foreach (var file in _plan.Of(FolderFileState.Obsolete))
            File.Delete(Path.Join(_plan.Path, file.Path));
        Move(FolderRecord.Name);
        _isKept = false;
    }

    /// <summary>Takes the draft away, and lets others write.</summary>
    public void Dispose()
    {
        if (!_isKept && Directory.Exists(_draft))
            Directory.Delete(_draft, recursive: true);
        File.Delete(_lock.Name);
        _lock.Dispose();
    }

    private static FileStream Hold(string folder)
    {
        var file = Path.Join(folder, Lock);
        try
        {
            return new(file, Options(FileMode.OpenOrCreate));
        }
        catch (IOException) when (File.Exists(file))
        {
            throw OperationException.Conflict($"somebody else writes into {folder} just now; nothing was written, try again");
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(_draft))
            Directory.Delete(_draft, recursive: true);
        Make(_draft);
        foreach (var file in Written)
            await WriteAsync(file.Path, file.Content!.Value, cancellationToken).ConfigureAwait(false);
        await WriteAsync(FolderRecord.Name, FolderRecord.Encode(_plan.Files), cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = Path.Join(_draft, path);
        Make(Path.GetDirectoryName(file)!);
        var stream = new FileStream(file, Options(FileMode.CreateNew));
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
    }

    // What stands there keeps its mode, and a link leads where it did.
    private void Move(string path)
    {
        var (from, to) = (Path.Join(_draft, path), Path.Join(_plan.Path, path));
        Make(Path.GetDirectoryName(to)!);
        if (new FileInfo(to) is { LinkTarget: not null } link)
            to = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (!OperatingSystem.IsWindows() && File.Exists(to))
            File.SetUnixFileMode(from, File.GetUnixFileMode(to));
        File.Move(from, to, overwrite: true);
    }

    // User data may hold what opens a store: nobody but the user reads new files.
    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersOnly;
        return options;
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnersOnly | UnixFileMode.UserExecute);
    }
}
