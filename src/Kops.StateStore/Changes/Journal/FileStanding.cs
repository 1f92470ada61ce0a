using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>A file of a recorded change, as it stands now.</summary>
internal sealed record FileStanding(RecordedFile Recorded, StoredFile Now, Standing Standing)
{
    public static async ValueTask<FileStanding> ReadAsync(RecordedFile recorded, VfsPath path, CancellationToken cancellationToken)
    {
        if (recorded.Secrecy is FileSecrecy.Opaque)
        {
            var info = await path.StatAsync(cancellationToken).ConfigureAwait(false);
            return info is null
                ? new(recorded, StoredFile.Absent(path), Standing.After)
                : new(recorded, StoredFile.Listed(path, info), Standing.Before);
        }

        var now = await StoredFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var digest = now.Sha256;
        return new(
            recorded,
            now,
            digest == recorded.AfterSha256 ? Standing.After
                : digest == recorded.BeforeSha256 ? Standing.Before
                : Standing.Other
        );
    }
}
