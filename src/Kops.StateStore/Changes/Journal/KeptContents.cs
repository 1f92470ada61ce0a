using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// The contents that the journal keeps: those of files before and after, each once for each cluster, so that whoever may read one cluster
/// reads nothing of another. Never of private keys or secrets.
/// </summary>
internal sealed class KeptContents(KopsDirectory places)
{
    /// <summary>Keeps the contents of the files that may be kept.</summary>
    public async Task KeepAsync(ChangeSet set, int width, CancellationToken cancellationToken)
    {
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var change in set.Files.Where(change => change.Secrecy is FileSecrecy.Plain))
        {
            if (change.Before.Content is { } before)
                contents[ContentDigest.Of(before)] = before;
            if (change.After is { } after)
                contents[ContentDigest.Of(after)] = after;
        }

        // One that is there already is the same: its name says so. It is written again even so, since its age tells a prune that it is
        // wanted.
        _ = await FanOut
            .SelectAsync(
                [.. contents],
                (pair, token) => places.Object(set.Cluster, pair.Key).WriteAsync(pair.Value, WriteCondition.Any, token),
                cancellationToken,
                width
            )
            .ConfigureAwait(false);
    }

    /// <summary>A kept content; null when it is not there, or is not what its name says.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string cluster, string? sha256, CancellationToken cancellationToken)
    {
        if (sha256 is null)
            return null;
        var path = places.Object(cluster, sha256);

        // What is larger than all that is ever kept is not read: whoever may write there could fill this process's memory.
        if (await path.OpenReadAsync(cancellationToken).ConfigureAwait(false) is not { } reader)
            return null;
        await using (reader.ConfigureAwait(false))
        {
            if (reader.Info.Size > StoredFile.MaxBytes)
                return null;
            var found = await ObjectContent.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            return ContentDigest.Of(found.Bytes) == sha256 ? found.Bytes : null;
        }
    }
}
