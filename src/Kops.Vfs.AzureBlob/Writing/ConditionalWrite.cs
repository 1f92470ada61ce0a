using Azure;
using Azure.Storage.Blobs.Models;
using Kops.Vfs.AzureBlob.Transport;

namespace Kops.Vfs.AzureBlob.Writing;

/// <summary>Sends a write with its condition, and finds out how it ended when the answer does not say.</summary>
internal sealed class ConditionalWrite(AzureContainer container)
{
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(10);

    /// <param name="key">The object.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="id">The mark that the write leaves; null for a write that may be done twice.</param>
    /// <param name="send">Sends it, and gives the new ETag.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The outcome; null when the blocks of an upload are gone, and it has to begin anew.</returns>
    internal async ValueTask<WriteOutcome?> RunAsync(
        string key, WriteCondition condition, WriteId? id, Func<BlobRequestConditions?, Task<ETag>> send, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var trail = new RequestTrail();
        try
        {
            using (trail.Follow()) return WriteOutcome.Written(AzureETag.ToVersion(await send(AzureETag.Conditions(condition)).ConfigureAwait(false)));
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            var gone = AzureFailure.Is(e, "InvalidBlockList");
            var refused = IsRefusal(e, condition) || gone;
            var lost = id is null ? null
                : trail.LostAnswer ?? (AzureFailure.IsTransient(e) && AzureFailure.MayHaveHappened(e) ? AzureFailure.Describe(e) : null);
            if (lost is null && !gone) return refused ? WriteOutcome.Conflict : throw Wrap(key, e);

            var found = await LookAsync(key, e, cancellationToken).ConfigureAwait(false);
            if (id is { } own && found?.Mark?.Id == own.Id) return WriteOutcome.Written(found.Value.Version);
            // It has not happened so far, and may be tried later.
            if (Holds(condition, found)) return gone ? null : refused ? WriteOutcome.Conflict : throw Wrap(key, e);
            // Where another write stands that was made on what ours was to be made on, ours has not happened.
            if (lost is null || found?.Mark?.Replaced == id!.Value.Replaced) return WriteOutcome.Conflict;
            throw Unknown("write", key, lost, e);
        }
    }

    /// <summary>Whether a condition holds now; so whether it is worth to begin a long upload.</summary>
    internal async ValueTask<bool> HoldsAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        condition.Kind is WriteConditionKind.Any || Holds(condition, await LookAsync(key, null, cancellationToken).ConfigureAwait(false));

    internal StoreException Unknown(string operation, string key, string lost, Exception cause) => new(
        StoreErrorKind.Unavailable, operation, container.PathOf(key),
        $"the answer was lost ({lost}), and the object has been changed again since: it cannot be told whether this {operation} happened; look at it before you try again",
        isTransient: false, cause);

    private static bool Holds(WriteCondition condition, Found? found) => condition.Kind switch
    {
        WriteConditionKind.IfAbsent => found is null,
        WriteConditionKind.IfMatch => found?.Version == condition.Version,
        _ => true,
    };

    private static bool IsRefusal(Exception exception, WriteCondition condition) => condition.Kind switch
    {
        WriteConditionKind.IfAbsent => AzureFailure.Is(exception, "BlobAlreadyExists", "ConditionNotMet", "TargetConditionNotMet"),
        WriteConditionKind.IfMatch => AzureFailure.Is(exception, "ConditionNotMet", "TargetConditionNotMet", "BlobNotFound"),
        _ => false,
    };

    private StoreException Wrap(string key, Exception e) => container.Wrap("write", key, e);

    private async ValueTask<Found?> LookAsync(string key, Exception? failure, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookTimeout);
        try
        {
            var blob = container.Client.Container.GetBlobClient(key);
            var answer = await blob.GetPropertiesAsync(cancellationToken: limit.Token).ConfigureAwait(false);
            return new Found(AzureETag.ToVersion(answer.Value.ETag), WriteId.Read(answer.Value.Metadata));
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

    private readonly record struct Found(ObjectVersion Version, WriteId? Mark);
}
