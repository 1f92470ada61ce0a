using Kops.Vfs.Setup;

namespace Kops.Vfs.Files;

/// <summary>What a directory should have that keeps state.</summary>
internal sealed class FileSetup(FileTree tree, string root, string address)
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    internal IReadOnlyList<BucketSetting> Settings =>
        [
            new("directory", "exists", _ => ValueTask.FromResult(LookDirectory()), _ => Create()),
            new("access", "its owner's alone (0700)", _ => ValueTask.FromResult(LookMode()), _ => SetMode()),
        ];

    private BucketFinding LookDirectory()
    {
        using var directory = tree.OpenDirectory(string.Empty, "open");
        return BucketFinding.Of(directory is not null);
    }

    private ValueTask Create()
    {
        using var directory = tree.OpenOrCreateDirectory(string.Empty, "create");
        return ValueTask.CompletedTask;
    }

#pragma warning disable CA1416 // the driver's constructor has refused other platforms
    private BucketFinding LookMode()
    {
        var mode = File.GetUnixFileMode(root);
        var isOpen = (mode & Others) is not UnixFileMode.None;
        return BucketFinding.Of(!isOpen, isOpen ? "now 0" + Convert.ToString((int)mode, 8) : null);
    }

    private ValueTask SetMode()
    {
        try
        {
            File.SetUnixFileMode(root, File.GetUnixFileMode(root) & ~Others);
            return ValueTask.CompletedTask;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException(
                StoreErrorKind.PermissionDenied,
                "set up",
                address,
                "only the directory's owner can change who may read it",
                false,
                e
            );
        }
    }
#pragma warning restore CA1416
}
