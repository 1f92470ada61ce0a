using Azure;
using Azure.Storage.Blobs.Models;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Writing;

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
            var failed = new FailedWrite("write", container.PathOf(key), condition, mark)
            {
                IsRefused = gone || IsRefusal(e, condition),
                Lost = mark is null
                    ? null
                    : trail.LostAnswer
                        ?? (AzureFailure.IsTransient(e) && AzureFailure.MayHaveHappened(e) ? AzureFailure.Describe(e) : null),
                LostBy = e,
                Look = token => LookAsync(key, token),
                Explain = () => container.Wrap("write", key, e),
            };
            if (!gone)
                return await failed.SettleAsync(cancellationToken).ConfigureAwait(false);
            // The look tells whether it is worth to send the blocks again.
            var found = await failed.LookAsync(cancellationToken).ConfigureAwait(false);
            return failed.Judge(found) is var verdict and not WriteVerdict.NotYet ? failed.Conclude(verdict, found) : null;
        }
    }

    /// <summary>Whether a condition holds now; so whether it is worth to begin a long upload.</summary>
    internal async ValueTask<bool> HoldsAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.Any)
            return true;
        var found = await container
            .RunAsync("write", key, _ => LookAsync(key, cancellationToken).AsTask(), cancellationToken)
            .ConfigureAwait(false);
        return condition.HoldsOf(found?.Version);
    }

    private static bool IsRefusal(Exception exception, WriteCondition condition) =>
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => AzureFailure.Is(exception, "BlobAlreadyExists", "ConditionNotMet", "TargetConditionNotMet"),
            WriteConditionKind.IfMatch => AzureFailure.Is(exception, "ConditionNotMet", "TargetConditionNotMet", "BlobNotFound"),
            _ => false,
        };

    private async ValueTask<MarkedObject?> LookAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var blob = container.Client.Container.GetBlobClient(key);
            var answer = await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return new MarkedObject(AzureETag.ToVersion(answer.Value.ETag), AzureMetadata.Read(answer.Value.Metadata));
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return null;
        }
    }
}
