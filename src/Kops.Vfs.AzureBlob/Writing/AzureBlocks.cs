using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.AzureBlob.Writing;

/// <summary>
/// Sends the blocks of a long object, a few at a time, so that memory is bounded. Nothing is seen of them before they are committed.
/// </summary>
internal sealed class AzureBlocks(AzureContainer container)
{
    /// <summary>The service checks that what arrives is what was sent.</summary>
    internal static UploadTransferValidationOptions Validation => new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    internal async ValueTask<StagedBlocks> StageAsync(
        string key,
        BlockBlobClient blob,
        byte[] first,
        PartReader rest,
        CancellationToken cancellationToken
    )
    {
        var ids = new List<string>();
        var buffers = new ConcurrentBag<byte[]>();
        var sending = new List<Task>();
        var upload = Guid.NewGuid();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var buffer = first;
            for (ReadOnlyMemory<byte> block = first; ; block = await rest.NextAsync(buffer, cancellationToken).ConfigureAwait(false))
            {
                ids.Add(BlockId(upload, ids.Count));
                hash.AppendData(block.Span);
                sending.Add(SendAsync(key, blob, ids[^1], buffer, block.Length, buffers, stop.Token));
                if (sending.Count >= container.Options.ParallelBlocks)
                {
                    var done = await Task.WhenAny(sending).ConfigureAwait(false);
                    sending.Remove(done);
                    await done.ConfigureAwait(false);
                }

                if (rest.IsAtEnd)
                    break;
                if (!buffers.TryTake(out buffer!))
                    buffer = new byte[first.Length];
            }

            await Task.WhenAll(sending).ConfigureAwait(false);
            return new StagedBlocks(ids, hash.GetHashAndReset());
        }
        catch
        {
            // What was sent is forgotten by Azure within a week, or with the next write.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <remarks>
    /// The ids of all unfinished uploads of an object must have one length; this is that of Azure's own libraries for .NET. What is encoded
    /// is
    /// text, so that no character of the Base64 has to be escaped in the URL.
    /// </remarks>
    private static string BlockId(Guid upload, int number) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{upload:N}{number:x16}"));

    private async Task SendAsync(
        string key,
        BlockBlobClient blob,
        string id,
        byte[] buffer,
        int count,
        ConcurrentBag<byte[]> buffers,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream(buffer, 0, count, writable: false);
        var options = new BlockBlobStageBlockOptions { TransferValidation = Validation };
        await container
            .RunAsync("write", key, _ => blob.StageBlockAsync(id, content, options, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        buffers.Add(buffer);
    }
}
