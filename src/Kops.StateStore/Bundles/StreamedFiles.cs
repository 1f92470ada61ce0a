using System.Security.Cryptography;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.StateStore.Bundles;

/// <summary>Files that are written before a change and outside of its record, and taken back where the change is not made.</summary>
internal sealed class StreamedFiles(ClusterHold hold)
{
    private readonly System.Collections.Concurrent.ConcurrentBag<(VfsPath Path, ObjectVersion Version)> _written = [];

    /// <summary>Writes a file where none stands. Says whether it is there now: one with the same content was there already.</summary>
    public Task<bool> WriteAsync(VfsPath path, BundleFile file, CancellationToken cancellationToken) =>
        WriteAsync(path, file.Body(), file.Sha256, cancellationToken);

    /// <summary>The same, of a content in memory.</summary>
    public Task<bool> WriteAsync(VfsPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, ObjectBody.FromBytes(content), SHA256.HashData(content.Span), cancellationToken);

    private async Task<bool> WriteAsync(VfsPath path, ObjectBody body, byte[] sha256, CancellationToken cancellationToken)
    {
        await hold.KeepAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await path.WriteAsync(body, WriteCondition.IfAbsent.Marked(hold.Name), cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded)
        {
            if (outcome.Version is { } version)
                _written.Add((path, version));
            return true;
        }

        // An import that was killed is run again: what it wrote is there already.
        return await ContentComparison.HashAsync(path, HashAlgorithmName.SHA256, cancellationToken).ConfigureAwait(false) is { } there
            && there.AsSpan().SequenceEqual(sha256);
    }

    /// <summary>Deletes what was written, as far as it still stands so.</summary>
    public Task TakeBackAsync() =>
        Parallel.ForEachAsync(
            _written,
            async (file, token) =>
            {
                try
                {
                    var condition = file.Path.Store.Capabilities.ConditionalDelete
                        ? WriteCondition.IfMatch(file.Version)
                        : WriteCondition.Any;
                    _ = await file.Path.DeleteAsync(condition, token).ConfigureAwait(false);
                }
                catch (StoreException)
                {
                    // Why the import failed is what is told; the same import takes it for its own.
                }
            }
        );
}
