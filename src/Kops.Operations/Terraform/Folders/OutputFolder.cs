namespace Kops.Operations.Terraform.Folders;

/// <summary>
/// A folder of this machine whose files are written as one set (<see cref="StagedFolder"/>). What was written is recorded
/// (<see cref="FolderRecord"/>), so that what somebody changed since is told from what may be written over.
/// </summary>
internal static class OutputFolder
{
    /// <summary>Compares what shall stand there with what does.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    /// <param name="wanted">What shall stand in it, in the order in which it is put there.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">It can be no folder with these files.</exception>
    public static async Task<FolderPlan> PlanAsync(string folder, IReadOnlyList<FolderContent> wanted, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(folder))
            throw OperationException.InvalidRequest("--out is empty; name a folder to write into");
        foreach (var parent in wanted.Select(file => Path.GetDirectoryName(Path.Join(folder, file.Path))!).Append(folder).Distinct())
        {
            if (File.Exists(parent))
                throw OperationException.Failed($"'{parent}' is a file, and a folder is needed there; --out names another one");
        }

        // What a killed run was about to put there is as much ours as what stood there before.
        string[] records = [Path.Join(folder, FolderRecord.Name), Path.Join(folder, StagedFolder.Draft, FolderRecord.Name)];
        var record = await FolderRecord.ReadAsync(records, cancellationToken).ConfigureAwait(false);
        var files = new List<FolderFile>();
        foreach (var file in wanted)
        {
            if (!IsWithin(file.Path))
                throw OperationException.Failed($"'{file.Path}' does not lie within the folder that is written");
            if (Directory.Exists(Path.Join(folder, file.Path)))
                throw OperationException.Failed($"'{Path.Join(folder, file.Path)}' is a folder, and a file is needed there");
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

    private static bool IsWithin(string path) => !Path.IsPathRooted(path) && !path.Split('/').Contains("..");

    private static async Task<byte[]?> ReadAsync(string folder, string path, CancellationToken cancellationToken)
    {
        var file = Path.Join(folder, path);
        return File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false) : null;
    }
}
