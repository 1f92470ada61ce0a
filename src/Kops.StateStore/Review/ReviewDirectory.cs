using Kops.StateStore.Changes;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.Vfs.Files;

namespace Kops.StateStore.Review;

/// <summary>
/// A directory of this machine that holds clusters for review. Nothing outside of it is read or written: links are refused.
/// </summary>
/// <param name="path">The directory.</param>
public sealed class ReviewDirectory(string path)
{
    private const int MaxBytes = 16 << 20;
    private static readonly EnumerationOptions Each = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>The directory, as the user named it.</summary>
    public string Path => path;

    /// <summary>What was pulled; null for nothing.</summary>
    /// <exception cref="StateStoreException">The record cannot be read.</exception>
    public PullRecord? ReadRecord() => Read(PullRecord.FileName) is { } text ? PullRecord.Parse(text, PathOf(PullRecord.FileName)) : null;

    /// <summary>A file's place on this machine.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(path, name);

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name, with <c>/</c> between directories.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="StateStoreException">It cannot be read, or it is a link, or below one.</exception>
    public ReadOnlyMemory<byte>? Read(string name)
    {
        var file = Check(name);
        if (!file.Exists)
            return null;
        if (file.Length > MaxBytes)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{file.FullName} is larger than {MaxBytes >> 20} MiB, which no object is"
            );
        return Try(name, "read", () => PlainFile.Read(file.FullName, MaxBytes));
    }

    /// <summary>Writes a file, in one step.</summary>
    /// <exception cref="StateStoreException">It cannot be written, or it is a link, or below one.</exception>
    public void Write(string name, ReadOnlyMemory<byte> content)
    {
        var file = Check(name);
        Try(
            name,
            "write",
            () =>
            {
                System.IO.Directory.CreateDirectory(file.DirectoryName!);
                using var draft = new FileDraft(file.FullName, ".kops-new", isPrivate: SecretContent.IsIn(content));
                draft.Content.Write(content.Span);
                draft.Commit();
                return true;
            }
        );
    }

    /// <summary>Removes a file, and directories that are empty then.</summary>
    /// <exception cref="StateStoreException">It cannot be removed.</exception>
    public void Delete(string name)
    {
        var file = Check(name);
        Try(
            name,
            "remove",
            () =>
            {
                file.Delete();
                for (
                    var directory = file.Directory!;
                    directory.FullName != System.IO.Path.GetFullPath(path)
                        && directory.Exists
                        && !directory.EnumerateFileSystemInfos().Any();
                    directory = directory.Parent!
                )
                    directory.Delete();
                return true;
            }
        );
    }

    /// <summary>The clusters for which there is a directory with a Cluster object.</summary>
    /// <exception cref="StateStoreException">The directory cannot be read.</exception>
    public IReadOnlyList<string> FindClusters() =>
        Try(
            string.Empty,
            "read",
            () =>
                (IReadOnlyList<string>)
                    [
                        .. Directory
                            .GetDirectories(path, "*", Each)
                            .Select(System.IO.Path.GetFileName)
                            .OfType<string>()
                            .Where(name => name[0] != '.' && File.Exists(PathOf($"{name}/{ReviewNames.Cluster}")))
                            .Order(StringComparer.Ordinal),
                    ]
        );

    /// <summary>The names of the files of a cluster that are there, within its directory.</summary>
    /// <exception cref="StateStoreException">The directory cannot be read, or holds a link.</exception>
    public IReadOnlyList<string> FindFiles(string cluster)
    {
        var files = new List<string>();
        foreach (var below in (string[])[string.Empty, ReviewNames.InstanceGroups, ReviewNames.SshKeys])
        {
            Check($"{cluster}/{below}x");
            var directory = PathOf($"{cluster}/{below}");
            if (Directory.Exists(directory))
                files.AddRange(
                    Try($"{cluster}/{below}", "read", () => Directory.GetFiles(directory, "*", Each))
                        .Select(file => below + System.IO.Path.GetFileName(file))
                        .Where(ReviewNames.IsOne)
                );
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>The digest of a content, as records have it.</summary>
    public static string Digest(ReadOnlyMemory<byte> content) => ContentDigest.Of(content);

    /// <summary>A file's place; nothing on the way to it may lead out of the directory.</summary>
    private FileInfo Check(string name)
    {
        if (name.Split('/').Any(part => part is "" or "." or "..") || name.Contains('\0', StringComparison.Ordinal))
            throw new StateStoreException(StateErrorKind.Invalid, $"{path}: '{name}' leads out of the directory");
        for (var end = name.IndexOf('/', StringComparison.Ordinal); ; end = name.IndexOf('/', end + 1))
        {
            var part = new FileInfo(PathOf(end < 0 ? name : name[..end]));
            if (part.LinkTarget is not null)
                throw new StateStoreException(
                    StateErrorKind.Invalid,
                    $"{part.FullName} is a link, and none is followed here: put the file itself there"
                );
            if (end < 0)
                return part;
        }
    }

    private T Try<T>(string name, string what, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateStoreException(StateErrorKind.Invalid, $"cannot {what} {PathOf(name)}: {error.Message}", error);
        }
    }
}
