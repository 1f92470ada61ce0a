using Azure;
using Azure.Storage.Blobs.Models;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.AzureBlob.Writing;

/// <summary>Sends a write with its condition, and finds out how it ended when the answer does not say.</summary>
internal sealed class ConditionalWrite(AzureContainer container)
{
    /// <param name="key">The object.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="mark">The mark that the write leaves; null for a write that may be done twice.</param>
    /// <param name="send">Sends it, and gives the new ETag.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The outcome; null when the blocks of an upload are gone, and it has to begin anew.</returns>
    internal async ValueTask<WriteOutcome?> RunAsync(
        string key,
        WriteCondition condition,
        WriteMark? mark,
        Func<BlobRequestConditions?, Task<ETag>> send,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var trail = new RequestTrail();
        try
        {
            using (trail.Follow())
                return WriteOutcome.Written(AzureETag.ToVersion(await send(AzureETag.Conditions(condition)).ConfigureAwait(false)));
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            var gone = AzureFailure.Is(e, "InvalidBlockList");
            var refused = IsRefusal(e, condition) || gone;
            var lost = mark is null
                ? null
                : trail.LostAnswer ?? (AzureFailure.IsTransient(e) && AzureFailure.MayHaveHappened(e) ? AzureFailure.Describe(e) : null);
            if (lost is null && !gone)
                return refused ? WriteOutcome.Conflict : throw Wrap(key, e);

            var found = await LookAsync(key, e, cancellationToken).ConfigureAwait(false);
            // Gone blocks without a lost answer: the look tells only whether it is worth to send them again.
            var verdict =
                lost is not null ? LostWrite.Judge(condition, mark!, found)
                : LostWrite.Holds(condition, found) ? WriteVerdict.NotYet
                : WriteVerdict.Conflict;
            return verdict switch
            {
                WriteVerdict.Happened => WriteOutcome.Written(found!.Version),
                WriteVerdict.NotYet => gone ? null
                : refused ? WriteOutcome.Conflict
                : throw Wrap(key, e),
                WriteVerdict.Conflict => WriteOutcome.Conflict,
                _ => throw LostWrite.Unknown("write", container.PathOf(key), lost!, e),
            };
        }
    }

    /// <summary>Whether a condition holds now; so whether it is worth to begin a long upload.</summary>
    internal async ValueTask<bool> HoldsAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        condition.Kind is WriteConditionKind.Any
        || LostWrite.Holds(condition, await LookAsync(key, null, cancellationToken).ConfigureAwait(false));

    private static bool IsRefusal(Exception exception, WriteCondition condition) =>
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => AzureFailure.Is(exception, "BlobAlreadyExists", "ConditionNotMet", "TargetConditionNotMet"),
            WriteConditionKind.IfMatch => AzureFailure.Is(exception, "ConditionNotMet", "TargetConditionNotMet", "BlobNotFound"),
            _ => false,
        };

    private StoreException Wrap(string key, Exception e) => container.Wrap("write", key, e);

    private async ValueTask<MarkedObject?> LookAsync(string key, Exception? failure, CancellationToken cancellationToken)
    {
        try
        {
            var blob = container.Client.Container.GetBlobClient(key);
            return await LostWrite
                .LookAsync(
                    async limited =>
                    {
                        var answer = await blob.GetPropertiesAsync(cancellationToken: limited).ConfigureAwait(false);
                        return new MarkedObject(AzureETag.ToVersion(answer.Value.ETag), AzureMetadata.Read(answer.Value.Metadata));
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return null;
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            throw Wrap(key, failure ?? e);
        }
    }
}
