using System.Globalization;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>The contents that the journal keeps: those of files before and after, each once. Never of private keys or secrets.</summary>
internal sealed class JournalFiles(VfsPath root)
{
    /// <summary>The root of the state store.</summary>
    public VfsPath Root { get; } = root;

    /// <summary>Where they are.</summary>
    public KopsDirectory Places { get; } = new(root);

    /// <summary>A new name for a change: names sort by time. The first 32 bits of a GUID are all random, and need no OpenSSL.</summary>
    public static string NewId(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>Keeps the contents of the files that may be kept.</summary>
    public async Task KeepAsync(ChangeSet set, CancellationToken cancellationToken)
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
        await FanOut
            .SelectAsync(
                [.. contents],
                (pair, token) => Places.Object(pair.Key).WriteAsync(pair.Value, WriteCondition.Any, token),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>A kept content; null when it is not there, or is not what its name says.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string? sha256, CancellationToken cancellationToken)
    {
        if (sha256 is null)
            return null;
        var found = await Places.Object(sha256).ReadAsync(cancellationToken).ConfigureAwait(false);
        return found is not null && ContentDigest.Of(found.Bytes) == sha256 ? found.Bytes : null;
    }
}
