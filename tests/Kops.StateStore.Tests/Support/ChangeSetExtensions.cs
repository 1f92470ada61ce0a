using Kops.StateStore.Changes;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Tests.Support;

/// <summary>Carries a change set over to another process's view of the same store.</summary>
internal static class ChangeSetExtensions
{
    public static ChangeSet Through(this ChangeSet set, VfsPath from, VfsPath to) =>
        new(
            set.Cluster,
            set.Title,
            [
                .. set.Files.Select(file => new FileChange(
                    Through(file.Before, from, to),
                    file.After is { } after ? new Lazy<ReadOnlyMemory<byte>>(after) : null,
                    file.Secrecy
                )),
            ],
            [.. set.Requires.Select(file => Through(file, from, to))]
        );

    private static StoredFile Through(StoredFile file, VfsPath from, VfsPath to) =>
        file with
        {
            Path = to.Join(file.Path.RelativeTo(from)!),
        };
}
