namespace Kops.Operations.Terraform.Folders;

/// <summary>
/// A folder of this machine whose files are written as one set. All of it is made ready beside, on the disk, before anything is
/// moved into place; a run that is killed while it moves is finished by the next one. What was written is recorded
/// (<see cref="FolderRecord"/>), so that what somebody changed since is told from what may be written over.
/// </summary>
internal static class OutputFolder
{
    private const string Draft = ".kops-new";
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Compares what shall stand there with what does.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    /// <param name="wanted">What shall stand in it, in the order in which it is put there.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<FolderPlan> PlanAsync(string folder, IReadOnlyList<FolderContent> wanted, CancellationToken cancellationToken)
    {
        // What a killed run was about to put there is as much ours as what stood there before.
        string[] records = [Path.Join(folder, FolderRecord.Name), Path.Join(folder, Draft, FolderRecord.Name)];
        var record = await FolderRecord.ReadAsync(records, cancellationToken).ConfigureAwait(false);
        var files = new List<FolderFile>();
        foreach (var file in wanted)
        {
            var there = await ReadAsync(folder, file.Path, cancellationToken).ConfigureAwait(false);
            var state = there switch
            {
                null => FolderFileState.New,
                { } bytes when bytes.AsSpan().SequenceEqual(file.Content.Span) => FolderFileState.Same,
                { } bytes when record.Knows(file.Path, bytes) => FolderFileState.Changed,
                _ => FolderFileState.Foreign,
            };
            files.Add(new(file.Path, state, file.Content));
        }

        foreach (var path in record.Paths.Except(wanted.Select(file => file.Path)).Where(IsWithin).Order(StringComparer.Ordinal))
        {
            if (await ReadAsync(folder, path, cancellationToken).ConfigureAwait(false) is { } bytes)
                files.Add(new(path, record.Knows(path, bytes) ? FolderFileState.Obsolete : FolderFileState.Left, null));
        }

        return new(folder, files);
    }

    /// <summary>Carries it out, files of others that stand in the way included.</summary>
    public static async Task ApplyAsync(FolderPlan plan, CancellationToken cancellationToken)
    {
        var (folder, draft) = (plan.Path, Path.Join(plan.Path, Draft));
        Make(folder);
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Make(draft);
        var written = plan.Files.Where(file => file is { Content: not null, State: not FolderFileState.Same }).ToList();
        foreach (var file in written)
            await WriteAsync(Path.Join(draft, file.Path), file.Content!.Value, cancellationToken).ConfigureAwait(false);
        // From here on it is whole, and is not stopped any more.
        await WriteAsync(Path.Join(draft, FolderRecord.Name), FolderRecord.Encode(plan.Files), cancellationToken).ConfigureAwait(false);
        foreach (var file in written)
            Move(draft, folder, file.Path);
        foreach (var file in plan.Of(FolderFileState.Obsolete))
            File.Delete(Path.Join(folder, file.Path));
        Move(draft, folder, FolderRecord.Name);
        Directory.Delete(draft, recursive: true);
    }

    private static bool IsWithin(string path) => !Path.IsPathRooted(path) && !path.Split('/').Contains("..");

    private static async Task<byte[]?> ReadAsync(string folder, string path, CancellationToken cancellationToken)
    {
        var file = Path.Join(folder, path);
        return File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false) : null;
    }

    // User data may hold what opens a store: nobody but the user reads new files. Those that stand there keep their mode.
    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Make(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersOnly;
        var stream = new FileStream(path, options);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
    }

    private static void Move(string draft, string folder, string path)
    {
        var (from, to) = (Path.Join(draft, path), Path.Join(folder, path));
        Make(Path.GetDirectoryName(to)!);
        if (!OperatingSystem.IsWindows() && File.Exists(to))
            File.SetUnixFileMode(from, File.GetUnixFileMode(to));
        File.Move(from, to, overwrite: true);
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnersOnly | UnixFileMode.UserExecute);
    }
}
