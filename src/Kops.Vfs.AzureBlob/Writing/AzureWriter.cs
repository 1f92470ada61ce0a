using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.AzureBlob.Writing;

/// <summary>Writes objects, with one request what is no longer than a block, the rest in blocks; copies and deletes them.</summary>
internal sealed class AzureWriter(AzureContainer container)
{
    private const int MaxUploads = 4;
    private readonly ConditionalWrite _conditional = new(container);
    private readonly AzureBlocks _blocks = new(container);

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireKey(key);
        var blockSize = container.Options.BlockSize;
        if (body.Bytes is { } bytes && bytes.Length <= blockSize)
            return await PutBytesAsync(key, bytes, condition, cancellationToken).ConfigureAwait(false);
        for (var uploads = 1; ; uploads++)
        {
            var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var parts = new PartReader(content, blockSize, body.Length, container.PathOf(key));
                var buffer = parts.NewBuffer();
                var first = await parts.NextAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (parts.IsAtEnd)
                    return await PutBytesAsync(key, first, condition, cancellationToken).ConfigureAwait(false);
                if (await PutBlocksAsync(key, buffer, parts, condition, cancellationToken).ConfigureAwait(false) is { } outcome)
                    return outcome;
            }

            // Another writer's upload was finished meanwhile, with which Azure forgets the blocks of all others.
            if (uploads == MaxUploads)
            {
                throw new StoreException(
                    StoreErrorKind.Unavailable,
                    "write",
                    container.PathOf(key),
                    "others keep finishing uploads of the same object; try again later",
                    isTransient: true
                );
            }
        }
    }

    internal async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (AzureBlobNames.KeyProblem(key) is not null)
            return WriteOutcome.Absent;
        cancellationToken.ThrowIfCancellationRequested();
        var trail = new RequestTrail();
        var blob = container.Client.Container.GetBlobClient(key);
        try
        {
            using (trail.Follow())
                await blob.DeleteAsync(DeleteSnapshotsOption.None, AzureETag.Conditions(condition), cancellationToken)
                    .ConfigureAwait(false);
            return WriteOutcome.Deleted;
        }
        catch (RequestFailedException e) when (AzureFailure.Is(e, "BlobNotFound"))
        {
            return trail.LostAnswer is null ? WriteOutcome.Absent : WriteOutcome.Deleted;
        }
        catch (RequestFailedException e) when (AzureFailure.Is(e, "ConditionNotMet"))
        {
            // Azurite says so of what is not there, too.
            if (!await _conditional.HoldsAsync(key, WriteCondition.IfAbsent, cancellationToken).ConfigureAwait(false))
                return trail.LostAnswer is null ? WriteOutcome.Conflict : throw Lost(key, condition, trail.LostAnswer, e);
            return trail.LostAnswer is null ? WriteOutcome.Absent : WriteOutcome.Deleted;
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            throw container.Wrap("delete", key, e);
        }
    }

    /// <returns>Null when the object cannot be copied by the server.</returns>
    internal async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        Func<string, CancellationToken, ValueTask<ObjectInfo?>> stat,
        CancellationToken cancellationToken
    )
    {
        RequireKey(target);
        if (await stat(source, cancellationToken).ConfigureAwait(false) is not { Size: <= AzureCopySource.MaxBytes, Version: { } version })
            return null;
        var (address, authorization) = await AzureCopySource.OfAsync(container, source, cancellationToken).ConfigureAwait(false);
        var mark = WriteMark.New(condition);
        try
        {
            return await _conditional.RunAsync(target, condition, mark, SendAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (AzureFailure.Is(e, "SourceConditionNotMet", "CannotVerifyCopySource"))
        {
            return null;
        }

        async Task<ETag> SendAsync(BlobRequestConditions? conditions)
        {
            var options = new BlobCopyFromUriOptions
            {
                Metadata = AzureMetadata.Of(mark),
                SourceAuthentication = authorization,
                SourceConditions = AzureETag.Conditions(WriteCondition.IfMatch(version)),
                DestinationConditions = conditions,
            };
            var blob = container.Client.Container.GetBlobClient(target);
            return (await blob.SyncCopyFromUriAsync(address, options, cancellationToken).ConfigureAwait(false)).Value.ETag;
        }
    }

    private async ValueTask<WriteOutcome> PutBytesAsync(
        string key,
        ReadOnlyMemory<byte> bytes,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = condition is { Kind: WriteConditionKind.Any, Mark: null } ? null : WriteMark.New(condition);
        var outcome = await _conditional.RunAsync(key, condition, mark, SendAsync, cancellationToken).ConfigureAwait(false);
        return outcome ?? WriteOutcome.Conflict;

        async Task<ETag> SendAsync(BlobRequestConditions? conditions)
        {
            var options = new BlobUploadOptions
            {
                Conditions = conditions,
                Metadata = mark is null ? null : AzureMetadata.Of(mark),
                TransferValidation = AzureBlocks.Validation,
            };
            var content = await ObjectBody.FromBytes(bytes).OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
                return (
                    await container
                        .Client.Container.GetBlockBlobClient(key)
                        .UploadAsync(content, options, cancellationToken)
                        .ConfigureAwait(false)
                )
                    .Value
                    .ETag;
        }
    }

    private async ValueTask<WriteOutcome?> PutBlocksAsync(
        string key,
        byte[] first,
        PartReader rest,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var blob = container.Client.Container.GetBlockBlobClient(key);
        // The service looks at the condition when the blocks are committed. A look before it saves sending what cannot be written.
        if (!await _conditional.HoldsAsync(key, condition, cancellationToken).ConfigureAwait(false))
            return WriteOutcome.Conflict;
        var staged = await _blocks.StageAsync(key, blob, first, rest, cancellationToken).ConfigureAwait(false);
        var mark = WriteMark.New(condition);
        return await _conditional.RunAsync(key, condition, mark, SendAsync, cancellationToken).ConfigureAwait(false);

        async Task<ETag> SendAsync(BlobRequestConditions? conditions)
        {
            var options = new CommitBlockListOptions
            {
                Conditions = conditions,
                Metadata = AzureMetadata.Of(mark),
                HttpHeaders = new BlobHttpHeaders { ContentHash = staged.Md5 },
            };
            return (await blob.CommitBlockListAsync(staged.Ids, options, cancellationToken).ConfigureAwait(false)).Value.ETag;
        }
    }

    private void RequireKey(string key)
    {
        if (AzureBlobNames.KeyProblem(key) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, "write", container.PathOf(key), problem);
    }

    private StoreException Lost(string key, WriteCondition condition, string how, Exception e) =>
        new FailedWrite("delete", container.PathOf(key), condition, null)
        {
            IsRefused = true,
            Lost = how,
            LostBy = e,
            Look = _ => default,
            Explain = () => container.Wrap("delete", key, e),
        }.Unknown();
}
