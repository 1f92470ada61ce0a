using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>A file of a recorded change, as it stands now.</summary>
/// <param name="Recorded">What was to be done to it.</param>
/// <param name="Mark">The mark that its write bears.</param>
/// <param name="Now">The file; null when it cannot be reached.</param>
/// <param name="Standing">How it stands.</param>
internal sealed record FileStanding(RecordedFile Recorded, string Mark, StoredFile? Now, Standing Standing)
{
    /// <summary>
    /// Whether it may be the change's own doing though nothing shows it: a deletion leaves no mark, and some stores keep none.
    /// </summary>
    public bool MayBeOurs => Standing is Standing.Wanted && Now is { } now && (!now.Exists || !now.Path.KeepsMarks());

    public static async ValueTask<FileStanding> ReadAsync(
        RecordedFile recorded,
        string mark,
        VfsPath? path,
        CancellationToken cancellationToken
    )
    {
        if (path is null)
            return new(recorded, mark, null, Standing.Unreachable);
        if (recorded.Secrecy is FileSecrecy.Opaque)
        {
            // It is only ever deleted, and never read.
            var info = await path.StatAsync(cancellationToken).ConfigureAwait(false);
            return info is null
                ? new(recorded, mark, StoredFile.Absent(path), Deleted(recorded))
                : new(
                    recorded,
                    mark,
                    StoredFile.Listed(path, info),
                    recorded.BeforeVersion is { } before && info.Version?.Value is { } now && now != before
                        ? Standing.Other
                        : Standing.Before
                );
        }

        var file = await StoredFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return new(recorded, mark, file, Judge(recorded, mark, file));
    }

    private static Standing Judge(RecordedFile recorded, string mark, StoredFile now)
    {
        if (!now.Exists)
            return recorded.AfterSha256 is null ? Deleted(recorded)
                : recorded.BeforeSha256 is null ? Standing.Before
                : Standing.Other;
        if (now.Mark == mark)
            return Standing.Ours;
        var digest = now.Sha256;
        return digest == recorded.AfterSha256
            ? !now.Path.KeepsMarks() && recorded.IsConfirmed && now.Version?.Value == recorded.AfterVersion
                ? Standing.Ours
                : Standing.Wanted
            : digest == recorded.BeforeSha256
                ? Standing.Before
                : Standing.Other;
    }

    private static Standing Deleted(RecordedFile recorded) => recorded.IsConfirmed ? Standing.Ours : Standing.Wanted;
}
